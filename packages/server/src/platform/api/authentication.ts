// Who calls: the channel whose access token stands in the Authorization header.
import type { ChannelAccessTokens } from '../accounts/channel-access-tokens.ts'
import type { Channels, LineChannel } from '../accounts/channels.ts'
import { type Answer, errorAnswer } from './answers.ts'

export type Authentication = { ok: true; channel: LineChannel } | { ok: false; answer: Answer }

const BEARER = /^Bearer +([^ ]+) *$/i

// LINE facts sheet, "Authentication of bot APIs": the wordings seen in logs of the real platform
const HEADER_REQUIRED = errorAnswer(
  401,
  "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'",
)
const INVALID_TOKEN = errorAnswer(
  401,
  'Authentication failed. Confirm that the access token in the authorization header is valid.',
)
const INVALID_TOKEN_2017 = errorAnswer(
  401,
  'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
)

export function authenticate(
  authorization: string | undefined,
  { channels, tokens }: { channels: Channels; tokens: ChannelAccessTokens },
): Authentication {
  const token = authorization === undefined ? undefined : bearerToken(authorization)
  if (token === undefined) return { ok: false, answer: HEADER_REQUIRED }
  const found = tokens.find(token)
  const channel = found && channels.find(found.channelId)
  if (channel !== undefined) return { ok: true, channel }
  return { ok: false, answer: speaks2017(channels) ? INVALID_TOKEN_2017 : INVALID_TOKEN }
}

function bearerToken(authorization: string): string | undefined {
  if (authorization.startsWith('Bearer ') && authorization.indexOf(' ', 7) === -1)
    return authorization.length > 7 ? authorization.slice(7) : undefined
  return BEARER.exec(authorization)?.[1]
}

/** An unknown token names no channel whose profile could decide: all of them must be of 2017. */
function speaks2017(channels: Channels): boolean {
  let any = false
  for (const { profile } of channels.all()) {
    if (profile !== '2017') return false
    any = true
  }
  return any
}
