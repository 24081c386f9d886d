// Who calls: the channel whose access token stands in the Authorization header, or, where there is none, the channel
// that three headers name. LINE guide, "Calling APIs": "a Channel access token or Channel ID, Channel secret and the MID".
import type { IncomingHttpHeaders } from 'node:http'
import type { ApiProfile } from '@hatoba/line/wire'
import { secretsEqual } from '../../kit/compare.ts'
import { isWhitelisted } from '../accounts/api-access.ts'
import type { ChannelAccessTokens } from '../accounts/channel-access-tokens.ts'
import type { Channels, LineChannel } from '../accounts/channels.ts'
import { type Answer, errorAnswer } from './answers.ts'

export type Authentication = { ok: true; channel: LineChannel } | { ok: false; answer: Answer }

export interface Caller {
  readonly headers: IncomingHttpHeaders
  /** The address that the call came from. */
  readonly address: string | undefined
}

interface Parties {
  readonly channels: Channels
  readonly tokens: ChannelAccessTokens
  readonly newChannelProfile: ApiProfile
}

const BEARER = /^Bearer +([^ ]+) *$/i

/** The names are of any case on the wire; Node gives them in lower case. */
const CHANNEL_HEADERS = ['X-Line-ChannelID', 'X-Line-ChannelSecret', 'X-Line-Trusted-User-With-ACL'] as const

// LINE facts sheet, "Authentication of bot APIs": the wordings seen in logs of the real platform
const HEADER_REQUIRED = errorAnswer(
  401,
  "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'",
)
export const INVALID_TOKEN = errorAnswer(
  401,
  'Authentication failed. Confirm that the access token in the authorization header is valid.',
)
const INVALID_TOKEN_2017 = failedBecause(
  'invalid token. Confirm that the access token in the authorization header is valid.',
)
// unconfirmed: LINE's reference names the list of allowed addresses and no wording
const FOREIGN_ADDRESS = failedBecause('the address of the caller is not on the IP whitelist of the channel')

export function authenticate(caller: Caller, parties: Parties): Authentication {
  const { authorization } = caller.headers
  if (authorization === undefined && CHANNEL_HEADERS.some((name) => name.toLowerCase() in caller.headers))
    return authenticateByHeaders(caller, parties)
  const token = authorization === undefined ? undefined : bearerToken(authorization)
  if (token === undefined) return { ok: false, answer: HEADER_REQUIRED }
  const found = parties.tokens.find(token)
  const channel = found && parties.channels.find(found.channelId)
  if (channel === undefined) return { ok: false, answer: speaks2017(parties) ? INVALID_TOKEN_2017 : INVALID_TOKEN }
  // LINE documentation, "Channel access token": the list of allowed addresses is for long-lived tokens
  if (found?.expiresAtMs === undefined && !isWhitelisted(channel.apiAccess, caller.address))
    return { ok: false, answer: FOREIGN_ADDRESS }
  return { ok: true, channel }
}

/** The three headers; the third may be undefined where it is not the MID that is compared. */
export function readChannelHeaders({ headers }: Caller): readonly (string | undefined)[] {
  return CHANNEL_HEADERS.map((name) => headers[name.toLowerCase()]?.toString())
}

function authenticateByHeaders(caller: Caller, { channels }: Parties): Authentication {
  const values = readChannelHeaders(caller)
  const missing = CHANNEL_HEADERS.filter((_, i) => !values[i])
  if (missing.length > 0) {
    const said = `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`
    return { ok: false, answer: failedBecause(said) }
  }
  const [channelId = '', channelSecret = '', mid = ''] = values
  const channel = channels.find(channelId)
  if (channel === undefined) return { ok: false, answer: failedBecause('invalid X-Line-ChannelID') }
  if (!secretsEqual(channelSecret, channel.channelSecret))
    return { ok: false, answer: failedBecause('invalid X-Line-ChannelSecret') }
  if (!secretsEqual(mid, channel.mid))
    return { ok: false, answer: failedBecause('invalid X-Line-Trusted-User-With-ACL') }
  if (!isWhitelisted(channel.apiAccess, caller.address)) return { ok: false, answer: FOREIGN_ADDRESS }
  return { ok: true, channel }
}

// LINE reference 2017, "Error messages"
function failedBecause(reason: string): Answer {
  return errorAnswer(401, `Authentication failed due to the following reason: ${reason}`)
}

function bearerToken(authorization: string): string | undefined {
  if (authorization.startsWith('Bearer ') && authorization.indexOf(' ', 7) === -1)
    return authorization.length > 7 ? authorization.slice(7) : undefined
  return BEARER.exec(authorization)?.[1]
}

/** An unknown token names no channel whose profile could decide: where they differ, a new channel's does. */
function speaks2017({ channels, newChannelProfile }: Parties): boolean {
  const profiles = new Set<ApiProfile>()
  for (const { profile } of channels.all()) profiles.add(profile)
  if (profiles.size !== 1) return newChannelProfile === '2017'
  return profiles.has('2017')
}
