import type { EventCommon, MessageContent, MessageEditedEvent, MessageEvent, WebhookEvent } from '../wire/index.ts'

type Loosened<T, Keys extends PropertyKey> = T extends unknown
  ? Omit<T, Keys & keyof T> & Partial<Pick<T, Keys & keyof T>>
  : never

/** A message as it arrives: webhooks of 2017 lack the quote token, the content provider and the resource type. */
export type ReceivedContent = Loosened<MessageContent, 'quoteToken' | 'contentProvider' | 'stickerResourceType'>

type EventWithContent = MessageEvent | MessageEditedEvent
type WithReceivedContent<T> = T extends EventWithContent ? Omit<T, 'message'> & { message: ReceivedContent } : T

/** An event this version knows. Webhooks of 2017 lack the mode, the event id and the delivery context. */
export type KnownEvent = Loosened<
  WithReceivedContent<WebhookEvent>,
  'mode' | 'webhookEventId' | 'deliveryContext' | 'follow'
>

/** An event of a type or shape this version does not know, as it came: LINE adds some without notice. */
export interface UnknownEvent extends Partial<EventCommon> {
  type: 'unknown'
  /** The `type` on the wire, where there is one. */
  wireType: string | undefined
  raw: unknown
}

export type ReceivedEvent = KnownEvent | UnknownEvent

export interface ReceivedWebhook {
  /** The bot's user id; absent in webhooks of 2017. */
  destination?: string
  events: ReceivedEvent[]
}

export type WebhookParseErrorCode = 'not-json' | 'not-a-webhook'

/** The body is no webhook of LINE. Holds nothing of the body. */
export class WebhookParseError extends Error {
  readonly code: WebhookParseErrorCode

  constructor(code: WebhookParseErrorCode, options?: ErrorOptions) {
    super(code === 'not-json' ? 'the webhook body is not JSON' : 'the JSON is not a webhook body', options)
    this.name = 'WebhookParseError'
    this.code = code
  }
}

/**
 * Reads the body of a webhook whose signature was verified.
 *
 * @throws {WebhookParseError} for a body that is no webhook
 * @example
 * ```ts
 * for (const event of parseWebhook(rawBody).events) {
 *   if (event.type === 'message' && event.message.type === 'text') console.log(event.message.text)
 * }
 * ```
 */
export function parseWebhook(rawBody: string | Uint8Array): ReceivedWebhook {
  const body = readJson(rawBody)
  if (!isObject(body) || !Array.isArray(body.events)) throw new WebhookParseError('not-a-webhook')
  const events = body.events.map(readEvent)
  return typeof body.destination === 'string' ? { destination: body.destination, events } : { events }
}

function readJson(rawBody: string | Uint8Array): unknown {
  try {
    const text = typeof rawBody === 'string' ? rawBody : new TextDecoder('utf-8', { fatal: true }).decode(rawBody)
    return JSON.parse(text)
  } catch (cause) {
    // The parser's own error quotes the text, which may be private: only its name goes along.
    throw new WebhookParseError('not-json', { cause: cause instanceof Error ? cause.name : undefined })
  }
}

type JsonObject = Record<string, unknown>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readEvent(raw: unknown): ReceivedEvent {
  if (isObject(raw) && isKnownEvent(raw)) return raw
  const event = isObject(raw) ? raw : {}
  return {
    type: 'unknown',
    wireType: typeof event.type === 'string' ? event.type : undefined,
    ...commonOf(event),
    raw,
  }
}

/** What every event has is kept readable on events this version does not know. */
function commonOf({ timestamp, mode, webhookEventId, deliveryContext }: JsonObject): Partial<EventCommon> {
  return {
    ...(typeof timestamp === 'number' && { timestamp }),
    ...((mode === 'active' || mode === 'standby') && { mode }),
    ...(typeof webhookEventId === 'string' && { webhookEventId }),
    ...(isObject(deliveryContext) &&
      typeof deliveryContext.isRedelivery === 'boolean' && {
        deliveryContext: { isRedelivery: deliveryContext.isRedelivery },
      }),
  }
}

/** Checks what callers rely on: the payload that belongs to the type, and the ids and texts in it. */
function isKnownEvent(event: JsonObject): event is JsonObject & KnownEvent {
  if (typeof event.timestamp !== 'number' || !isMissingOr(event.source, isSource)) return false
  if (!isMissingOr(event.replyToken, isString) || !isMissingOr(event.webhookEventId, isString)) return false
  if (!isMissingOr(event.mode, isMode) || !isMissingOr(event.deliveryContext, isDeliveryContext)) return false
  const check = typeof event.type === 'string' ? payloadChecks.get(event.type) : undefined
  return check?.(event) ?? false
}

type Check = (value: unknown) => boolean
const isString: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number'
const isBoolean: Check = (value) => typeof value === 'boolean'
const isMissingOr = (value: unknown, check: Check) => value === undefined || check(value)
const isListOf = (value: unknown, check: Check) => Array.isArray(value) && value.every(check)
const has = (value: unknown, checks: Readonly<Record<string, Check>>) =>
  isObject(value) && Object.entries(checks).every(([name, check]) => check(value[name]))

const isMode: Check = (value) => value === 'active' || value === 'standby'
const isDeliveryContext: Check = (value) => has(value, { isRedelivery: isBoolean })
const isStretch = { index: isNumber, length: isNumber }
const isEmoji: Check = (value) => has(value, { ...isStretch, productId: isString, emojiId: isString })
const isMentionee: Check = (value) => has(value, { ...isStretch, type: isString })
const areMentionees: Check = (value) => has(value, { mentionees: (list) => isListOf(list, isMentionee) })

const isSource: Check = (value) => {
  if (!isObject(value)) return false
  switch (value.type) {
    case 'user':
      return isString(value.userId)
    case 'group':
      return isString(value.groupId) && isMissingOr(value.userId, isString)
    case 'room':
      return isString(value.roomId) && isMissingOr(value.userId, isString)
    default:
      return false
  }
}

const isContent: Check = (value) => {
  if (!isObject(value) || !isString(value.id)) return false
  switch (value.type) {
    case 'text':
      return (
        isString(value.text) &&
        isMissingOr(value.emojis, (emojis) => isListOf(emojis, isEmoji)) &&
        isMissingOr(value.mention, areMentionees)
      )
    case 'image':
    case 'video':
    case 'audio':
      return (
        isMissingOr(value.contentProvider, (provider) => has(provider, { type: isString })) &&
        isMissingOr(value.imageSet, (set) => has(set, { id: isString }))
      )
    case 'file':
      // LINE reference 2017, "File message", calls the size a string; its sample has a number, as has every webhook.
      return isString(value.fileName) && isNumber(value.fileSize)
    case 'location':
      return isNumber(value.latitude) && isNumber(value.longitude)
    case 'sticker':
      return isString(value.packageId) && isString(value.stickerId)
    default:
      return false
  }
}

const hasSource = (event: JsonObject) => event.source !== undefined
const areMembers: Check = (value) => has(value, { members: (members) => isListOf(members, isSource) })

const payloadChecks: ReadonlyMap<string, (event: JsonObject) => boolean> = new Map(
  Object.entries<(event: JsonObject) => boolean>({
    message: (event) => hasSource(event) && isContent(event.message),
    messageEdited: (event) =>
      hasSource(event) && has(event.message, { type: (type) => type === 'text', text: isString, id: isString }),
    unsend: (event) => hasSource(event) && has(event.unsend, { messageId: isString }),
    follow: (event) =>
      hasSource(event) && isMissingOr(event.follow, (follow) => has(follow, { isUnblocked: isBoolean })),
    unfollow: hasSource,
    join: hasSource,
    leave: hasSource,
    memberJoined: (event) => hasSource(event) && areMembers(event.joined),
    memberLeft: (event) => hasSource(event) && areMembers(event.left),
    postback: (event) =>
      hasSource(event) && has(event.postback, { data: isString, params: (params) => isMissingOr(params, isObject) }),
    videoPlayComplete: (event) => hasSource(event) && has(event.videoPlayComplete, { trackingId: isString }),
    beacon: (event) => hasSource(event) && has(event.beacon, { hwid: isString, type: isString }),
    accountLink: (event) => has(event.link, { result: isString, nonce: isString }),
    membership: (event) => hasSource(event) && has(event.membership, { type: isString, membershipId: isNumber }),
    module: (event) => has(event.module, { type: isString, botId: isString }),
    activated: (event) => has(event.chatControl, { expireAt: isNumber }),
    deactivated: () => true,
    botSuspended: () => true,
    botResumed: () => true,
    delivery: (event) => has(event.delivery, { data: isString }),
  }),
)
