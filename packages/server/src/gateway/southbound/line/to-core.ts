// What LINE's webhook events mean in the gateway's terms, and what makes two of them the same event.
import { createHash } from 'node:crypto'
import { parseWebhook, type ReceivedContent, type ReceivedEvent } from '@hatoba/line/webhook'
import type { EventSource } from '@hatoba/line/wire'
import type { ChannelMedia } from '../../core/media.ts'
import type { InboundEvent } from '../../core/model.ts'
import { writeReference } from './fetch-content.ts'

interface StoredEvent {
  destination: string
  /** The JSON of one event as it came. */
  event: string
  receivedAtMs: number
}

/** LINE documentation, "Reply tokens": to be used within one minute. Some of it is for the way. */
const REPLY_TOKEN_LIFE_MS = 50_000

export function readLineEvent(stored: StoredEvent): InboundEvent {
  const received = readReceived(stored)
  const meaning = meaningOf(received, stored)
  if (!('replyToken' in received) || received.replyToken === undefined) return meaning
  // Of one that comes again nobody knows how old its token is.
  if (received.deliveryContext?.isRedelivery === true) return meaning
  return { ...meaning, reply: { replyToken: received.replyToken, untilMs: stored.receivedAtMs + REPLY_TOKEN_LIFE_MS } }
}

function readReceived({ destination, event }: StoredEvent): ReceivedEvent {
  const [received] = parseWebhook(bodyOf({ destination, event })).events
  if (received === undefined) throw new Error('a stored event is missing')
  return received
}

/** What a customer gets of an event that has no form of its own: LINE's body, with just that event. */
const bodyOf = ({ destination, event }: Pick<StoredEvent, 'destination' | 'event'>): string =>
  `{"destination":${JSON.stringify(destination)},"events":[${event}]}`

function meaningOf(received: ReceivedEvent, { destination, event, receivedAtMs }: StoredEvent): InboundEvent {
  const payload = bodyOf({ destination, event })
  const eventAtMs = received.timestamp ?? receivedAtMs
  const identity = sourceOf(received)?.userId
  // Groups have no form in the customers' APIs: a contact is one person, met alone.
  if (identity !== undefined && sourceOf(received)?.type === 'user') {
    if (received.type === 'message') {
      const { message } = received
      if (message.type === 'text')
        return { kind: 'message', eventAtMs, identity, content: { kind: 'text', text: message.text } }
      if (message.type === 'location') {
        const { latitude, longitude, title = '', address = '' } = message
        const content = { kind: 'location', latitude, longitude, title, address } as const
        return { kind: 'message', eventAtMs, identity, content }
      }
      const media = mediaOf(message)
      if (media !== undefined) return { kind: 'media-message', eventAtMs, identity, media, payload }
    }
    if (received.type === 'follow') return { kind: 'opt-in', eventAtMs, identity }
    if (received.type === 'unfollow') return { kind: 'opt-out', eventAtMs, identity }
  }
  return { kind: 'unsupported', eventAtMs, identity: identity ?? destination, payload }
}

function mediaOf(message: ReceivedContent): ChannelMedia | undefined {
  switch (message.type) {
    case 'file':
      return { media: 'file', reference: writeReference({ messageId: message.id }), fileName: message.fileName }
    case 'image':
    case 'video':
    case 'audio': {
      // Webhooks of 2017 tell no provider: it was always LINE.
      const provider = message.contentProvider
      const { type: media, id: messageId } = message
      const reference = writeReference(
        provider?.type === 'external' ? { url: provider.originalContentUrl } : { messageId },
      )
      const durationMs = 'duration' in message ? message.duration : undefined
      return { media, reference, ...(durationMs !== undefined && { durationMs }) }
    }
    default:
      return undefined
  }
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
