// What the operations of LINE Login share: who calls, and the forms of their answers. OAuth endpoints answer
// `{error, error_description?}`, profile and friendship `{message}`.
import { secretsEqual } from '../../kit/compare.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import { type Answer, errorAnswer, jsonAnswer, oauthErrorAnswer } from '../api/answers.ts'
import type { OpenOperation } from '../api/operation.ts'
import type { PlatformCore } from '../core.ts'
import type { LoginGrant } from './logins.ts'

export type LoginCall = Parameters<OpenOperation['handle']>[0]

/** unconfirmed: LINE does not publish the limits of LINE Login; these are those of the smallest plan of 2017 */
const COUNTED_AS = { profile: '2017', plan: 'developer-trial' } as const

export function isWithinRate({ channelId, limits = 'off' }: LoginChannel, name: string, core: PlatformCore): boolean {
  const { profile, plan } = COUNTED_AS
  return core.rateLimits.take({ channelId, profile, apiAccess: { limits, plan } }, name)
}

export type FoundClient = { ok: true; channel: LoginChannel } | { ok: false; answer: Answer }

// LINE facts sheet, "Channel token endpoints": the wordings of the token endpoints
const refused = (error: string, description: string): FoundClient => ({
  ok: false,
  answer: oauthErrorAnswer(error, description),
})

/**
 * The Login channel that a form names and whose secret it proves.
 * @param secret `always`: of v2; `web`: of v2.1, where a channel with native applications may leave it out
 */
export function findClient(form: URLSearchParams, secret: 'always' | 'web', core: PlatformCore): FoundClient {
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (!clientId) return refused('invalid_request', 'some parameters missed or invalid')
  const channel = core.loginChannels.find(clientId)
  if (channel === undefined) return refused('invalid_client', 'invalid client_id')
  if (clientSecret === null || clientSecret === '') {
    const needed = secret === 'always' || !hasNativeApps(channel)
    return needed ? refused('invalid_request', 'some parameters missed or invalid') : { ok: true, channel }
  }
  if (secretsEqual(clientSecret, channel.channelSecret)) return { ok: true, channel }
  return refused('invalid_client', 'invalid client_secret')
}

const hasNativeApps = ({ appTypes }: LoginChannel): boolean => appTypes?.includes('native') ?? true

/**
 * The form, with the client's id and secret from the Authorization header where it has none.
 * unconfirmed for v2.1, but Auth.js's provider for LINE sends them so; v2 is known not to take them there.
 */
export function formWithClient(call: LoginCall): URLSearchParams {
  const form = new URLSearchParams(call.rawText)
  const basic = /^Basic +([A-Za-z0-9+/=]{1,2000})$/i.exec(call.header('authorization') ?? '')?.[1]
  if (basic === undefined || form.has('client_secret')) return form
  const [, id = '', secret = ''] = /^([^:]*):(.*)$/.exec(Buffer.from(basic, 'base64').toString('utf8')) ?? []
  // RFC 6749, section 2.3.1: both are encoded as in a form
  const decoded = new URLSearchParams(`id=${id.replaceAll('&', '%26')}&secret=${secret.replaceAll('&', '%26')}`)
  form.set('client_id', decoded.get('id') ?? '')
  form.set('client_secret', decoded.get('secret') ?? '')
  return form
}

export type UserCaller =
  | { ok: true; grant: LoginGrant; channel: LoginChannel }
  /** `channel`: whose token it was, where that can be told. */
  | { ok: false; status: 401; reason: string; channel: LoginChannel | undefined }

const BEARER = /^Bearer +([^ ]+) *$/i

/** The user whose access token stands in the Authorization header. unconfirmed: the wordings */
export function authenticateUser(call: LoginCall, core: PlatformCore): UserCaller {
  const refuse = (reason: string, channel?: LoginChannel): UserCaller => ({ ok: false, status: 401, reason, channel })
  const token = BEARER.exec(call.header('authorization') ?? '')?.[1]
  if (token === undefined)
    return refuse("Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'")
  const found = core.logins.inspect(token)
  if (found.state === 'unknown') return refuse('invalid token')
  if (found.state !== 'live') return refuse(`The access token ${found.state}`, core.loginChannels.find(found.channelId))
  const channel = core.loginChannels.find(found.grant.channelId)
  return channel === undefined ? refuse('invalid token') : { ok: true, grant: found.grant, channel }
}

/** As profile and friendship tell it. */
export const messageRefusal = (status: number, message: string): Answer => errorAnswer(status, message)

/** As userinfo tells it. RFC 6750, section 3.1 */
export const bearerRefusal = (status: number, error: string, description: string): Answer => ({
  ...jsonAnswer(status, { error, error_description: description }),
  headers: { 'WWW-Authenticate': `Bearer error="${error}"` },
})

/**
 * Lets pages of the channel's own applications read the answer: those of the origins of its registered redirect URIs.
 * Where no channel can be told, those of any Login channel's.
 */
export function withCors(
  answer: Answer,
  call: LoginCall,
  channel: LoginChannel | undefined,
  core: PlatformCore,
): Answer {
  const origin = call.header('origin')
  if (origin === undefined || !isKnownOrigin(origin, channel, core)) return answer
  return { ...answer, headers: { ...answer.headers, 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } }
}

export function isKnownOrigin(
  origin: string,
  channel: LoginChannel | undefined,
  { loginChannels }: PlatformCore,
): boolean {
  for (const { callbackUrls } of channel === undefined ? loginChannels.all() : [channel])
    for (const url of callbackUrls) if (URL.canParse(url) && new URL(url).origin === origin) return true
  return false
}

/** This platform as the caller reaches it: LINE's own hosts are reached by TLS. */
export function originOfCall(host = '127.0.0.1'): string {
  return `${/\.line\.me$/.test(host) ? 'https' : 'http'}://${host}`
}
