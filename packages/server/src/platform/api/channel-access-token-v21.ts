// Channel access tokens, version 2.1: with a life of the bot's choice, asked for with a signed assertion. LINE Login
// shares the paths of issuing, verifying and revoking; what is asked of them for LINE Login is told by the grant type.
import { secretsEqual } from '../../kit/compare.ts'
import { LONGEST_V21_SECONDS, type SignedTokenState } from '../accounts/channel-access-tokens.ts'
import { answerLoginGrant, answerLoginRevokeV21, answerLoginVerify } from '../login/user-tokens.ts'
import { type Answer, errorAnswer, jsonAnswer, NO_BODY, oauthErrorAnswer } from './answers.ts'
import { ASSERTION_TYPE, checkAssertion } from './client-assertion.ts'
import type { OpenOperation } from './operation.ts'
import { RATE_EXCEEDED } from './rate-limits.ts'

// unconfirmed: the wording of version 2 for what is missing
const missing = (): Answer => oauthErrorAnswer('invalid_request', 'some parameters missed or invalid')

/** LINE reference, "Issue channel access token v2.1". */
export const issueChannelTokenByJWT: OpenOperation = {
  name: 'issueChannelTokenByJWT',
  method: 'POST',
  path: '/oauth2/v2.1/token',
  auth: 'none',
  body: 'form',
  async handle(call, core): Promise<Answer> {
    const ofLogin = await answerLoginGrant('v2.1', call, core)
    if (ofLogin !== undefined) return ofLogin
    const form = new URLSearchParams(call.rawText)
    const grantType = form.get('grant_type')
    const assertion = form.get('client_assertion')
    if (grantType !== 'client_credentials' || form.get('client_assertion_type') !== ASSERTION_TYPE || !assertion)
      return missing()
    const checked = await checkAssertion(assertion, core)
    if (!checked.ok) return checked.answer
    if (!core.rateLimits.take(checked.channel, 'issueChannelTokenByJWT')) return RATE_EXCEEDED
    const life = checked.claims.token_exp
    // unconfirmed, formed after "Invalid exp"
    if (!isWholeNumber(life, 1, LONGEST_V21_SECONDS)) return oauthErrorAnswer('invalid_client', 'Invalid token_exp')
    const issued = core.tokens.issueV21(checked.channel.channelId, life)
    if (issued === undefined) return errorAnswer(400, 'The maximum number of access tokens has already been issued')
    const { token, keyId } = issued
    return jsonAnswer(200, { access_token: token, token_type: 'Bearer', expires_in: life, key_id: keyId })
  },
}

/** LINE reference, "Verify the validity of the channel access token v2.1". unconfirmed: stateless tokens too. */
export const verifyChannelTokenByJWT: OpenOperation = {
  name: 'verifyChannelTokenByJWT',
  method: 'GET',
  path: '/oauth2/v2.1/verify',
  auth: 'none',
  body: 'none',
  handle(call, core): Answer {
    const { tokens, clock } = core
    const token = call.query('access_token')
    if (!token) return missing()
    const ofLogin = answerLoginVerify('v2.1', token, call, core)
    if (ofLogin !== undefined) return ofLogin
    const found = tokens.inspectSigned(token)
    if (found.state !== 'live') return describe(found.state)
    const seconds = Math.floor((found.expiresAtMs - clock.now()) / 1000)
    return jsonAnswer(200, { client_id: found.channelId, expires_in: seconds })
  },
}

/** LINE reference, "Get all valid channel access token key IDs v2.1". */
export const getsAllValidChannelAccessTokenKeyIds: OpenOperation = {
  name: 'getsAllValidChannelAccessTokenKeyIds',
  method: 'GET',
  path: '/oauth2/v2.1/tokens/kid',
  auth: 'none',
  body: 'none',
  async handle({ query }, core): Promise<Answer> {
    const assertion = query('client_assertion')
    if (query('client_assertion_type') !== ASSERTION_TYPE || !assertion) return missing()
    const checked = await checkAssertion(assertion, core)
    if (!checked.ok) return checked.answer
    if (!core.rateLimits.take(checked.channel, 'getsAllValidChannelAccessTokenKeyIds')) return RATE_EXCEEDED
    return jsonAnswer(200, { kids: core.tokens.liveV21(checked.channel.channelId).map(({ keyId }) => keyId) })
  },
}

/** LINE reference, "Revoke channel access token v2.1": one that is not live any more is no error. */
export const revokeChannelTokenByJWT: OpenOperation = {
  name: 'revokeChannelTokenByJWT',
  method: 'POST',
  path: '/oauth2/v2.1/revoke',
  auth: 'none',
  body: 'form',
  handle(call, core): Answer {
    const ofLogin = answerLoginRevokeV21(call, core)
    if (ofLogin !== undefined) return ofLogin
    const { channels, tokens, rateLimits } = core
    const form = new URLSearchParams(call.rawText)
    const clientId = form.get('client_id')
    const clientSecret = form.get('client_secret')
    const token = form.get('access_token')
    if (!clientId || !clientSecret || !token) return missing()
    const channel = channels.find(clientId)
    // unconfirmed: the wordings of version 2
    if (channel === undefined) return oauthErrorAnswer('invalid_client', 'invalid client_id')
    if (!secretsEqual(clientSecret, channel.channelSecret))
      return oauthErrorAnswer('invalid_client', 'invalid client_secret')
    if (!rateLimits.take(channel, 'revokeChannelTokenByJWT')) return RATE_EXCEEDED
    const found = tokens.inspectSigned(token)
    if (found.state === 'not-jws' || found.state === 'malformed') return describe(found.state)
    // A stateless token cannot be revoked, and another channel's token is not this one's to revoke.
    if (found.state === 'live' && found.channelId === clientId) tokens.revoke(token)
    return NO_BODY
  },
}

function describe(state: Exclude<SignedTokenState['state'], 'live'>): Answer {
  switch (state) {
    case 'expired':
      return oauthErrorAnswer('invalid_request', 'The access token expired')
    case 'revoked':
      return oauthErrorAnswer('invalid_request', 'The access token revoked')
    case 'not-jws':
      return oauthErrorAnswer('invalid_request', 'The access token not JWS')
    case 'malformed':
      return oauthErrorAnswer('invalid_request', 'The access token malformed')
    default:
      return state satisfies never
  }
}

function isWholeNumber(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
}
