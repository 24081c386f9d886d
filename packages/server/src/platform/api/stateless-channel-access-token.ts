// Channel access tokens, version 3: short, without number and not to be revoked.
import { secretsEqual } from '../../kit/compare.ts'
import { STATELESS_SECONDS } from '../accounts/channel-access-tokens.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import { type Answer, jsonAnswer, oauthErrorAnswer } from './answers.ts'
import { ASSERTION_TYPE, checkAssertion } from './client-assertion.ts'
import type { OpenOperation } from './operation.ts'
import { RATE_EXCEEDED } from './rate-limits.ts'

/** LINE reference, "Issue stateless channel access token": by the channel's secret or by a signed assertion. */
export const issueStatelessChannelToken: OpenOperation = {
  name: 'issueStatelessChannelToken',
  method: 'POST',
  path: '/oauth2/v3/token',
  auth: 'none',
  body: 'form',
  async handle({ rawText }, core): Promise<Answer> {
    const form = new URLSearchParams(rawText)
    // unconfirmed: the wording of version 2 for what is missing
    if (form.get('grant_type') !== 'client_credentials') return missing()
    const type = form.get('client_assertion_type')
    if (type === null) return issueBySecret(form, core)
    const assertion = form.get('client_assertion')
    if (type !== ASSERTION_TYPE || !assertion) return missing()
    const checked = await checkAssertion(assertion, core)
    return checked.ok ? issue(checked.channel, core) : checked.answer
  },
}

function issueBySecret(form: URLSearchParams, core: PlatformCore): Answer {
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (!clientId || !clientSecret) return missing()
  const channel = core.channels.find(clientId)
  if (channel === undefined || !secretsEqual(clientSecret, channel.channelSecret))
    return oauthErrorAnswer('invalid_request', "Invalid 'client_credentials'.")
  return issue(channel, core)
}

function issue(channel: LineChannel, { tokens, rateLimits }: PlatformCore): Answer {
  if (!rateLimits.take(channel, 'issueStatelessChannelToken')) return RATE_EXCEEDED
  const token = tokens.issueStateless(channel.channelId)
  return jsonAnswer(200, { token_type: 'Bearer', access_token: token, expires_in: STATELESS_SECONDS })
}

const missing = (): Answer => oauthErrorAnswer('invalid_request', 'some parameters missed or invalid')
