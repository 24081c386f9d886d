// Writes the body of a webhook byte for byte as LINE does: its order of properties (as in published logs of both
// eras), no property without a value, and characters outside the basic plane as pairs of escapes.
import type { ApiProfile } from '../limits.ts'
import type { MessageContent } from './message-content.ts'
import type { EventSource, WebhookBody, WebhookEvent } from './webhook-event.ts'

type Json = Record<string, unknown>

export function serializeWebhookBody(body: WebhookBody, profile: ApiProfile): string {
  return escapeAstral(JSON.stringify(profile === 'current' ? currentBody(body) : bodyOf2017(body)))
}

/** Whether bots of a profile are told of such an event at all; the serializer leaves out what they are not. */
export function isKnownEvent(event: WebhookEvent, profile: ApiProfile): boolean {
  switch (event.type) {
    case 'message':
    case 'follow':
    case 'unfollow':
    case 'join':
    case 'leave':
    case 'postback':
      return true
    case 'beacon':
      // LINE facts sheet, "2017 versus current": `leave` was dropped, `stay` came.
      return event.beacon.type !== (profile === '2017' ? 'stay' : 'leave')
    case 'messageEdited':
    case 'unsend':
    case 'memberJoined':
    case 'memberLeft':
    case 'videoPlayComplete':
    case 'accountLink':
    case 'membership':
    case 'module':
    case 'activated':
    case 'deactivated':
    case 'botSuspended':
    case 'botResumed':
    case 'delivery':
      return profile === 'current'
    default:
      return event satisfies never
  }
}

function currentBody({ destination, events }: WebhookBody): Json {
  const known = events.filter((event) => isKnownEvent(event, 'current'))
  return { destination, events: known.map(currentEvent) }
}

function currentEvent(event: WebhookEvent): Json {
  const { type, webhookEventId, deliveryContext, timestamp, mode, ...rest } = event
  const { source, replyToken, ...payload }: Json = rest
  return { type, ...payload, webhookEventId, deliveryContext, timestamp, source, replyToken, mode }
}

/** LINE reference 2017, "Webhook event object": no destination, mode, event id or delivery context. */
function bodyOf2017({ events }: WebhookBody): Json {
  return { events: events.filter((event) => isKnownEvent(event, '2017')).map(eventOf2017) }
}

function eventOf2017(event: WebhookEvent): Json {
  return {
    type: event.type,
    replyToken: 'replyToken' in event ? event.replyToken : undefined,
    source: 'source' in event && event.source !== undefined ? sourceOf2017(event.source) : undefined,
    timestamp: event.timestamp,
    message: event.type === 'message' ? contentOf2017(event.message) : undefined,
    postback: event.type === 'postback' ? event.postback : undefined,
    beacon: event.type === 'beacon' ? event.beacon : undefined,
  }
}

function sourceOf2017(source: EventSource): Json {
  switch (source.type) {
    case 'user':
      return { userId: source.userId, type: source.type }
    case 'group':
      return { groupId: source.groupId, userId: source.userId, type: source.type }
    case 'room':
      return { roomId: source.roomId, userId: source.userId, type: source.type }
    default:
      return source satisfies never
  }
}

/** LINE reference 2017, "Message event". */
function contentOf2017(content: MessageContent): Json {
  const { type, id } = content
  switch (content.type) {
    case 'text':
      return { type, id, text: content.text }
    case 'image':
    case 'video':
    case 'audio':
      return { type, id }
    case 'file':
      return { type, id, fileName: content.fileName, fileSize: content.fileSize }
    case 'location':
      return {
        type,
        id,
        title: content.title,
        address: content.address,
        latitude: content.latitude,
        longitude: content.longitude,
      }
    case 'sticker':
      return { type, id, stickerId: content.stickerId, packageId: content.packageId }
    default:
      return content satisfies never
  }
}

const ASTRAL = /[\u{10000}-\u{10ffff}]/gu

function escapeAstral(json: string): string {
  return json.replace(ASTRAL, (pair) => escaped(pair.charCodeAt(0)) + escaped(pair.charCodeAt(1)))
}

const escaped = (unit: number) => `\\u${unit.toString(16).toUpperCase()}`
