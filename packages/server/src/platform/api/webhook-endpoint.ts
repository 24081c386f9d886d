// The channel's webhook URL: set, get, test.
import { type Checked, parseJson } from '@hatoba/line/wire'
import { isWebhookUrl } from '../accounts/webhook-url.ts'
import type { AttemptOutcome } from '../webhooks/attempt.ts'
import { type Answer, EMPTY_OBJECT, errorAnswer, jsonAnswer } from './answers.ts'
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
    const checked = readEndpoint(rawText)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    const url = checked.value
    if (url === undefined)
      return errorAnswer(400, {
        message: 'The request body has 1 error(s)',
        details: [{ message: 'May not be empty', property: 'endpoint' }],
      })
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
    const checked = rawText === '' ? { ok: true as const, value: undefined } : readEndpoint(rawText)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.value !== undefined && !isWebhookUrl(checked.value, channel.allowLoopbackHttp)) return invalidUrl()
    const url = checked.value ?? channel.webhook.url
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

/** The property `endpoint`, undefined where it is missing, null or empty. */
function readEndpoint(rawText: string): Checked<string | undefined> {
  const parsed = parseJson(rawText)
  if (!parsed.ok) return parsed
  const body = parsed.value.value
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  const endpoint = isObject && 'endpoint' in body ? (body.endpoint ?? '') : ''
  if (isObject && typeof endpoint === 'string')
    return { ok: true, value: endpoint === '' ? undefined : endpoint, notes: [] }
  const at = parsed.value.positionOf(isObject ? ['endpoint'] : [])
  const message = isObject
    ? `The property, 'endpoint', in the request body is invalid (line: ${at?.line ?? '-'}, column: ${at?.column ?? '-'})`
    : `The request body could not be parsed as JSON (line: ${at?.line ?? 1}, column: ${at?.column ?? 1})`
  return { ok: false, status: 400, error: { message } }
}
