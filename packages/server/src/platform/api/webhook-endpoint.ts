// The channel's webhook URL: set, get, test.
import type { LineChannel } from '../accounts/channels.ts'
import { isWebhookUrl } from '../accounts/webhook-url.ts'
import type { AttemptOutcome } from '../webhooks/attempt.ts'
import { type Answer, EMPTY_OBJECT, errorAnswer, jsonAnswer } from './answers.ts'
import { openBody } from './body-reader.ts'
import type { ChannelOperation } from './operation.ts'

const invalidUrl = (): Answer => errorAnswer(400, 'Invalid webhook endpoint URL')
const noUrl = (): Answer => errorAnswer(404, 'Webhook endpoint not found')

/** LINE reference, "Set webhook endpoint URL". */
export const setWebhookEndpoint: ChannelOperation = {
  name: 'setWebhookEndpoint',
  method: 'PUT',
  path: '/v2/bot/channel/webhook/endpoint',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText }, { channels }): Answer {
    const opened = openBody(rawText, channel.profile)
    if (!opened.ok) return opened.answer
    const url = opened.body.requiredText('endpoint')
    const refused = opened.body.refusal()
    if (refused !== undefined || url === undefined) return refused ?? invalidUrl()
    if (!isWebhookUrl(url, channel.allowLoopbackHttp)) return invalidUrl()
    channels.changeWebhook(channel.channelId, { url })
    return EMPTY_OBJECT
  },
}

/** LINE reference, "Get webhook endpoint information". */
export const getWebhookEndpoint: ChannelOperation = {
  name: 'getWebhookEndpoint',
  method: 'GET',
  path: '/v2/bot/channel/webhook/endpoint',
  auth: 'channel',
  body: 'none',
  handle({ channel: { webhook } }): Answer {
    return webhook.url === undefined ? noUrl() : jsonAnswer(200, { endpoint: webhook.url, active: webhook.use })
  },
}

/** LINE reference, "Test webhook endpoint": what became of it is told with status 200. */
export const testWebhookEndpoint: ChannelOperation = {
  name: 'testWebhookEndpoint',
  method: 'POST',
  path: '/v2/bot/channel/webhook/test',
  auth: 'channel',
  body: 'json',
  async handle({ channel, rawText, entryId }, { webhooks, clock }): Promise<Answer> {
    const asked = rawText === '' ? { ok: true as const, value: undefined } : readAskedUrl(rawText, channel)
    if (!asked.ok) return asked.answer
    const url = asked.value ?? channel.webhook.url
    if (url === undefined) return noUrl()
    const timestamp = new Date(clock.now()).toISOString()
    const outcome = await webhooks.verify(channel, url, entryId)
    if (!outcome.ok && outcome.unknownHost) return invalidUrl()
    return jsonAnswer(200, { success: outcome.ok, timestamp, ...describeOutcome(outcome) })
  },
}

/** LINE reference, "Test webhook endpoint": status code 0 or below where no answer came. */
function describeOutcome(outcome: AttemptOutcome): { statusCode: number; reason: string; detail: string } {
  if (outcome.ok) return { statusCode: outcome.status, reason: 'OK', detail: String(outcome.status) }
  return { statusCode: outcome.status, reason: outcome.reason.toUpperCase(), detail: outcome.detail }
}

/** Undefined where the body names none: then the channel's own is tested. */
function readAskedUrl(
  rawText: string,
  { profile, allowLoopbackHttp }: LineChannel,
): { ok: true; value: string | undefined } | { ok: false; answer: Answer } {
  const opened = openBody(rawText, profile)
  if (!opened.ok) return opened
  const url = opened.body.text('endpoint') || undefined
  const refused = opened.body.refusal()
  if (refused !== undefined) return { ok: false, answer: refused }
  if (url !== undefined && !isWebhookUrl(url, allowLoopbackHttp)) return { ok: false, answer: invalidUrl() }
  return { ok: true, value: url }
}
