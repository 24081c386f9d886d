// Channel access tokens, version 2: the credentials stand in a form.
import { secretsEqual } from '../../kit/compare.ts'
import { SHORT_LIVED_SECONDS } from '../accounts/channel-access-tokens.ts'
import { answerLoginGrant, answerLoginRevokeV2, answerLoginVerify } from '../login/user-tokens.ts'
import { type Answer, jsonAnswer, NO_BODY, oauthErrorAnswer } from './answers.ts'
import type { OpenOperation } from './operation.ts'
import { RATE_EXCEEDED } from './rate-limits.ts'

// LINE facts sheet, "Channel token endpoints": a long-lived token shows a huge rest of life
const LONG_LIVED_SECONDS = 3_138_007_490
const TOKEN_FORM = /^[A-Za-z0-9+/=._~-]{1,1000}$/

const missing = (): Answer => oauthErrorAnswer('invalid_request', 'some parameters missed or invalid')

/** LINE reference, "Issue short-lived channel access token". */
export const issueChannelToken: OpenOperation = {
  name: 'issueChannelToken',
  method: 'POST',
  path: '/v2/oauth/accessToken',
  auth: 'none',
  body: 'form',
  async handle(call, core): Promise<Answer> {
    const ofLogin = await answerLoginGrant('v2', call, core)
    if (ofLogin !== undefined) return ofLogin
    const { channels, tokens, rateLimits } = core
    const form = new URLSearchParams(call.rawText)
    const grantType = form.get('grant_type')
    const clientId = form.get('client_id')
    const clientSecret = form.get('client_secret')
    if (grantType !== 'client_credentials' || !clientId || !clientSecret) return missing()
    const channel = channels.find(clientId)
    if (channel === undefined) return oauthErrorAnswer('invalid_client', 'invalid client_id')
    if (!secretsEqual(clientSecret, channel.channelSecret))
      return oauthErrorAnswer('invalid_client', 'invalid client_secret')
    if (!rateLimits.take(channel, 'issueChannelToken')) return RATE_EXCEEDED
    const { token } = tokens.issueShortLived(channel.channelId)
    return jsonAnswer(200, { access_token: token, expires_in: SHORT_LIVED_SECONDS, token_type: 'Bearer' })
  },
}

/** LINE reference, "Verify the validity of short-lived and long-lived channel access tokens". */
export const verifyChannelToken: OpenOperation = {
  name: 'verifyChannelToken',
  method: 'POST',
  path: '/v2/oauth/verify',
  auth: 'none',
  body: 'form',
  handle(call, core): Answer {
    const { tokens, clock } = core
    const token = new URLSearchParams(call.rawText).get('access_token')
    if (!token) return missing()
    if (!TOKEN_FORM.test(token)) return oauthErrorAnswer('invalid_request', 'access_token in invalid format')
    const ofLogin = answerLoginVerify('v2', token, call, core)
    if (ofLogin !== undefined) return ofLogin
    const found = tokens.findKept(token)
    // LINE reference: for short-lived and long-lived tokens; those of v2.1 have a path of their own
    if (found === undefined || found.keyId !== undefined)
      return oauthErrorAnswer('invalid_request', 'access_token invalid')
    const restMs = found.expiresAtMs === undefined ? undefined : found.expiresAtMs - clock.now()
    const seconds = restMs === undefined ? LONG_LIVED_SECONDS : Math.floor(restMs / 1000)
    return jsonAnswer(200, { client_id: found.channelId, expires_in: seconds, scope: 'P CM' })
  },
}

/** LINE reference, "Revoke short-lived or long-lived channel access token": an unknown one is no error. */
export const revokeChannelToken: OpenOperation = {
  name: 'revokeChannelToken',
  method: 'POST',
  path: '/v2/oauth/revoke',
  auth: 'none',
  body: 'form',
  handle(call, core): Answer {
    const ofLogin = answerLoginRevokeV2(call, core)
    if (ofLogin !== undefined) return ofLogin
    const { tokens } = core
    const token = new URLSearchParams(call.rawText).get('access_token')
    if (!token) return missing()
    if (!TOKEN_FORM.test(token)) return oauthErrorAnswer('invalid_request')
    if (tokens.findKept(token)?.keyId === undefined) tokens.revoke(token)
    return NO_BODY
  },
}
