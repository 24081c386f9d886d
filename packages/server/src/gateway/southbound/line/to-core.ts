// What LINE's webhook events mean in the gateway's terms, and what makes two of them the same event.
import { createHash } from 'node:crypto'
import { parseWebhook, type ReceivedEvent } from '@hatoba/line/webhook'
import type { EventSource } from '@hatoba/line/wire'
import type { InboundEvent } from '../../core/model.ts'

interface StoredEvent {
  destination: string
  /** The JSON of one event as it came. */
  event: string
  receivedAtMs: number
}

export function readLineEvent({ destination, event, receivedAtMs }: StoredEvent): InboundEvent {
  // What a customer gets of an event that has no form of its own: LINE's body, with just that event.
  const payload = `{"destination":${JSON.stringify(destination)},"events":[${event}]}`
  const [received] = parseWebhook(payload).events
  if (received === undefined) throw new Error('a stored event is missing')
  const eventAtMs = received.timestamp ?? receivedAtMs
  const identity = sourceOf(received)?.userId
  // Groups have no form in the customers' APIs: a contact is one person, met alone.
  if (identity !== undefined && sourceOf(received)?.type === 'user') {
    if (received.type === 'message' && received.message.type === 'text')
      return { kind: 'message', eventAtMs, identity, content: { kind: 'text', text: received.message.text } }
    if (received.type === 'follow') return { kind: 'opt-in', eventAtMs, identity }
    if (received.type === 'unfollow') return { kind: 'opt-out', eventAtMs, identity }
  }
  return { kind: 'unsupported', eventAtMs, identity: identity ?? destination, payload }
}

function sourceOf(event: ReceivedEvent): EventSource | undefined {
  return event.type !== 'unknown' && 'source' in event ? event.source : undefined
}

/** Who an event is about: one person, or the group or room that none of its people stands for. */
export function whoseEvent(event: ReceivedEvent): string {
  const source = sourceOf(event)
  if (source === undefined) return ''
  return source.userId ?? ('groupId' in source ? source.groupId : 'roomId' in source ? source.roomId : '')
}

/** LINE reference, "Webhook event objects": a redelivered event keeps its webhookEventId. Webhooks of 2017 have none. */
export function dedupeKey(event: ReceivedEvent, raw: unknown): string {
  if (event.webhookEventId !== undefined && event.webhookEventId.length <= 64) return event.webhookEventId
  if (event.type === 'unknown') return digest(['unknown', raw])
  const token = 'replyToken' in event ? event.replyToken : undefined
  const own = event.type === 'message' ? event.message.id : token
  return digest([event.type, sourceOf(event), own, event.timestamp])
}

const digest = (parts: unknown): string =>
  `2017-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`
