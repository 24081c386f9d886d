// How callbacks reach a customer in Sinch's way: the form, the signature and the pauses between attempts.
import { createHmac } from 'node:crypto'
import { newUuid, ulidToUuid, uuidToUlid } from '../../../kit/ids.ts'
import { type MessageId, parseId } from '../../core/ids.ts'
import type { MediaLinks } from '../../core/media.ts'
import type { CallbackDialect } from '../../core/ports.ts'
import { writeCallback } from './from-core.ts'

// Facts sheet, C.4: the first retry after 5 s, doubling; the last pause is 81,920 s (22 h 45 min).
const FIRST_PAUSE_MS = 5000
const LONGEST_PAUSE_MS = 81_920_000

export const sinchCallbacks = (links: MediaLinks): CallbackDialect => ({
  render: (notice, webhook) => writeCallback(notice, webhook, links),
  messageIdOf: readMessageId,

  /** Facts sheet, C.3: HMAC-SHA256 over body, nonce and time in seconds, joined by dots. */
  headers({ secret }, body, nowMs) {
    if (secret === undefined) return {}
    const nonce = uuidToUlid(newUuid(nowMs))
    const timestamp = String(Math.floor(nowMs / 1000))
    return {
      'x-sinch-webhook-signature': createHmac('sha256', secret)
        .update(`${body}.${nonce}.${timestamp}`)
        .digest('base64'),
      'x-sinch-webhook-signature-nonce': nonce,
      'x-sinch-webhook-signature-timestamp': timestamp,
      'x-sinch-webhook-signature-algorithm': 'HmacSHA256',
    }
  },

  /** Facts sheet, C.4: a client error other than 408 and 429 would come again. */
  retryDelayMs(failedAttempts, status) {
    if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429) return undefined
    const pauseMs = FIRST_PAUSE_MS * 2 ** (failedAttempts - 1)
    return pauseMs > LONGEST_PAUSE_MS ? undefined : pauseMs
  },
})

/** Of a body that {@link writeCallback} wrote. */
function readMessageId(body: string): MessageId | undefined {
  const { message, message_delivery_report: report } = JSON.parse(body)
  return parseId<MessageId>(ulidToUuid(message?.id ?? report?.message_id ?? '') ?? '')
}
