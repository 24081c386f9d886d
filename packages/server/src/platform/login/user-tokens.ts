// The token endpoints of LINE Login. They share their paths with those for channel access tokens, which ask here first
// what is LINE Login's: by the grant type, by the form's fields, or by the kind of the channel.
import { createHash } from 'node:crypto'
import { secretsEqual } from '../../kit/compare.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import { type Answer, EMPTY_OBJECT, jsonAnswer, NO_BODY, oauthErrorAnswer } from '../api/answers.ts'
import type { OpenOperation } from '../api/operation.ts'
import { RATE_EXCEEDED } from '../api/rate-limits.ts'
import type { PlatformCore } from '../core.ts'
import { findClient, formWithClient, isWithinRate, type LoginCall, originOfCall, withCors } from './login-call.ts'
import type { LoginCode } from './login-flows.ts'
import { ACCESS_TOKEN_SECONDS, type LoginGrant, type LoginVersion } from './logins.ts'
import { pictureUrlOf } from './profile-images.ts'

const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/

const missing = (): Answer => oauthErrorAnswer('invalid_request', 'some parameters missed or invalid')

/** The grants of LINE Login at `/v2/oauth/accessToken` and `/oauth2/v2.1/token`; undefined for any other grant. */
export async function answerLoginGrant(
  version: LoginVersion,
  call: LoginCall,
  core: PlatformCore,
): Promise<Answer | undefined> {
  const form = version === 'v2' ? new URLSearchParams(call.rawText) : formWithClient(call)
  const grantType = form.get('grant_type')
  if (grantType !== 'authorization_code' && grantType !== 'refresh_token') return undefined
  const client = findClient(form, version === 'v2' ? 'always' : 'web', core)
  if (!client.ok) return withCors(client.answer, call, undefined, core)
  const { channel } = client
  if (!isWithinRate(channel, 'issueUserToken', core)) return withCors(RATE_EXCEEDED, call, channel, core)
  const answer =
    grantType === 'authorization_code'
      ? await exchangeCode(version, form, channel, call, core)
      : refresh(version, form, channel, core)
  return withCors(answer, call, channel, core)
}

async function exchangeCode(
  version: LoginVersion,
  form: URLSearchParams,
  channel: LoginChannel,
  call: LoginCall,
  core: PlatformCore,
): Promise<Answer> {
  const code = form.get('code')
  const redirectUri = form.get('redirect_uri')
  if (!code || !redirectUri) return missing()
  const found = core.loginFlows.findCode(code)
  if (found === undefined || found.request.version !== version || found.request.channelId !== channel.channelId)
    return oauthErrorAnswer('invalid_grant', 'invalid authorization code')
  // LINE facts sheet, "LINE Login v2.1 API": the wording seen in logs of the real platform
  if (redirectUri !== found.request.redirectUri) return oauthErrorAnswer('invalid_grant', 'redirect_uri does not match')
  const hasSecret = Boolean(form.get('client_secret'))
  const refused = whyBadProof(found, form.get('code_verifier'), hasSecret)
  if (refused !== undefined) return oauthErrorAnswer('invalid_grant', refused)
  const user = core.users.find(found.userId)
  if (user === undefined) return oauthErrorAnswer('invalid_grant', 'invalid authorization code')
  core.loginFlows.useCode(code) // before anything is waited for: two exchanges of one code must not overlap
  const { scope } = found.request
  const { grant, accessToken } = core.logins.issue({
    version,
    channelId: channel.channelId,
    userId: user.userId,
    scope,
  })
  const picture = pictureUrlOf(user, originOfCall(call.header('host')))
  // LINE documentation, "ID tokens": ES256 for native applications and SDKs, HS256 for web login
  const alg = hasSecret && found.way === 'web' ? 'HS256' : 'ES256'
  const idToken = scope.includes('openid') ? await core.idTokens.sign(found, user, channel, alg, picture) : undefined
  return jsonAnswer(200, describeIssued(grant, accessToken, idToken))
}

/** unconfirmed: the wordings */
function whyBadProof({ request }: LoginCode, verifier: string | null, hasSecret: boolean): string | undefined {
  const { codeChallenge } = request
  if (codeChallenge === undefined) {
    // Without a secret the verifier is the only proof that the code came to whom it was meant for.
    return hasSecret ? undefined : 'code_verifier is required'
  }
  if (verifier === null || !VERIFIER.test(verifier)) return 'invalid code_verifier'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return secretsEqual(challenge, codeChallenge) ? undefined : 'invalid code_verifier'
}

function refresh(version: LoginVersion, form: URLSearchParams, channel: LoginChannel, core: PlatformCore): Answer {
  const refreshToken = form.get('refresh_token')
  if (!refreshToken) return missing()
  const grant = core.logins.findByRefreshToken(refreshToken)
  if (grant === undefined || grant.version !== version || grant.channelId !== channel.channelId) {
    // LINE facts sheet, "LINE Login v2.0": with an underscore there
    const description = version === 'v2' ? 'invalid refresh_token' : 'invalid refresh token'
    return oauthErrorAnswer('invalid_grant', description)
  }
  const refreshed = core.logins.refresh(grant)
  return jsonAnswer(200, describeIssued(refreshed.grant, refreshed.accessToken, undefined))
}

function describeIssued({ refreshToken, scope }: LoginGrant, accessToken: string, idToken: string | undefined): object {
  return {
    access_token: accessToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(idToken !== undefined && { id_token: idToken }),
    refresh_token: refreshToken,
    scope: toldScope(scope),
    token_type: 'Bearer',
  }
}

/** LINE reference, "Issue access token": email is never told. */
const toldScope = (scope: readonly string[]): string => scope.filter((word) => word !== 'email').join(' ')

/** What verifying a user access token answers at either path; undefined for a token that is none of LINE Login. */
export function answerLoginVerify(
  version: LoginVersion,
  accessToken: string,
  call: LoginCall,
  core: PlatformCore,
): Answer | undefined {
  const found = core.logins.inspect(accessToken)
  if (found.state === 'unknown') return undefined
  const channel = core.loginChannels.find(found.state === 'live' ? found.grant.channelId : found.channelId)
  return withCors(describeVerified(version, found, channel, core), call, channel, core)
}

function describeVerified(
  version: LoginVersion,
  found: Exclude<ReturnType<PlatformCore['logins']['inspect']>, { state: 'unknown' }>,
  channel: LoginChannel | undefined,
  core: PlatformCore,
): Answer {
  if (channel !== undefined && !isWithinRate(channel, 'verifyUserToken', core)) return RATE_EXCEEDED
  if (found.state !== 'live' || found.grant.version !== version) {
    if (version === 'v2') return oauthErrorAnswer('invalid_request', 'access_token invalid')
    const state = found.state === 'live' ? 'not JWS' : found.state
    return oauthErrorAnswer('invalid_request', `The access token ${state}`)
  }
  const { scope, channelId } = found.grant
  const seconds = Math.floor((found.expiresAtMs - core.clock.now()) / 1000)
  return jsonAnswer(200, { scope: toldScope(scope), client_id: channelId, expires_in: seconds })
}

/** LINE reference 2017, "Revoking tokens": by the refresh token; undefined where the form has none. */
export function answerLoginRevokeV2(call: LoginCall, core: PlatformCore): Answer | undefined {
  const form = new URLSearchParams(call.rawText)
  const refreshToken = form.get('refresh_token')
  if (!refreshToken || form.has('access_token')) return undefined
  const grant = core.logins.findByRefreshToken(refreshToken)
  const channel = grant && core.loginChannels.find(grant.channelId)
  if (channel !== undefined && !isWithinRate(channel, 'revokeUserToken', core))
    return withCors(RATE_EXCEEDED, call, channel, core)
  if (grant?.version === 'v2') core.logins.revoke(grant.grantId)
  return withCors(EMPTY_OBJECT, call, channel, core)
}

/** LINE reference, "Revoke access token"; undefined where the form names no Login channel. */
export function answerLoginRevokeV21(call: LoginCall, core: PlatformCore): Answer | undefined {
  const form = new URLSearchParams(call.rawText)
  if (core.loginChannels.find(form.get('client_id') ?? '') === undefined) return undefined
  const client = findClient(form, 'web', core)
  if (!client.ok) return withCors(client.answer, call, undefined, core)
  const { channel } = client
  const accessToken = form.get('access_token')
  if (!accessToken) return withCors(missing(), call, channel, core)
  if (!isWithinRate(channel, 'revokeUserToken', core)) return withCors(RATE_EXCEEDED, call, channel, core)
  const found = core.logins.inspect(accessToken)
  // An unknown token is no error, and another channel's token is not this one's to revoke.
  if (found.state === 'live' && found.grant.channelId === channel.channelId) core.logins.revoke(found.grant.grantId)
  return withCors(NO_BODY, call, channel, core)
}

/** LINE reference, "Verify ID token". */
export const verifyIdToken: OpenOperation = {
  name: 'verifyIdToken',
  method: 'POST',
  path: '/oauth2/v2.1/verify',
  auth: 'none',
  body: 'form',
  async handle(call, core) {
    const form = new URLSearchParams(call.rawText)
    const idToken = form.get('id_token')
    const channel = core.loginChannels.find(form.get('client_id') ?? '')
    const tell = (answer: Answer) => withCors(answer, call, channel, core)
    if (!idToken || !form.get('client_id')) return tell(missing())
    if (channel === undefined) return tell(oauthErrorAnswer('invalid_request', 'Invalid IdToken Audience.'))
    if (!isWithinRate(channel, 'verifyIdToken', core)) return tell(RATE_EXCEEDED)
    const checked = await core.idTokens.check(idToken, channel, {
      nonce: form.get('nonce'),
      userId: form.get('user_id'),
    })
    return tell(checked.ok ? jsonAnswer(200, checked.payload) : oauthErrorAnswer('invalid_request', checked.fault))
  },
}
