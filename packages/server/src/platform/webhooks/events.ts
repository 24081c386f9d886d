// Webhook events as they arise from what users do. They are made in today's shape; the wire's serializer leaves out
// what a channel of the 2017 profile does not get. LINE reference, "Webhook event objects".
import type {
  BeaconEvent,
  EventSource,
  GroupSource,
  MembershipEvent,
  MessageContent,
  PostbackParams,
  RoomSource,
  TextContent,
  UserSource,
  WebhookEvent,
} from '@hatoba/line/wire'
import type { Clock } from '../../kit/clock.ts'
import type { Users } from '../accounts/users.ts'
import type { Chat, UserChat } from '../chats/chats.ts'
import type { GroupChat } from '../chats/group-chats.ts'
import type { ReplyTokens } from '../chats/reply-tokens.ts'
import type { Identifiers } from '../identifiers.ts'

/** An event with what the platform must know of it to send it. */
export interface RaisedEvent {
  readonly event: WebhookEvent
  readonly webhookEventId: string
  readonly replyToken?: string
}

export interface EventParts {
  readonly clock: Clock
  readonly identifiers: Identifiers
  readonly replyTokens: ReplyTokens
  readonly users: Users
}

/** LINE reference, "Common properties": what every event of an active channel carries. */
function commonFields({ clock, identifiers }: EventParts) {
  const timestamp = clock.now()
  return {
    mode: 'active' as const,
    timestamp,
    webhookEventId: identifiers.webhookEventId(timestamp),
    deliveryContext: { isRedelivery: false },
  }
}

const userSource = (userId: string): UserSource => ({ type: 'user', userId })

/** LINE facts sheet, "Envelope and common event fields": a user who does not consent is not named in groups and rooms. */
function sourceOf({ users }: EventParts, chat: Chat, userId: string): EventSource {
  if (chat.kind === 'user') return userSource(chat.userId)
  return { ...manySource(chat), ...(consents(users, userId) && { userId }) }
}

const manySource = (chat: GroupChat): GroupSource | RoomSource =>
  chat.kind === 'group' ? { type: 'group', groupId: chat.chatId } : { type: 'room', roomId: chat.chatId }

export const consents = (users: Users, userId: string): boolean => users.find(userId)?.consent !== false

type Fields<E> = E extends WebhookEvent ? Omit<E, 'mode' | 'timestamp' | 'webhookEventId' | 'deliveryContext'> : never

/** @param chat given where the bot may reply */
function raised(parts: EventParts, fields: Fields<WebhookEvent>, chat?: Chat): RaisedEvent {
  const common = commonFields(parts)
  if (chat === undefined) {
    const event = { ...fields, ...common } as WebhookEvent // its fields and the common ones are all there are
    return { event, webhookEventId: common.webhookEventId }
  }
  const replyToken = parts.replyTokens.issue(chat)
  const event = { ...fields, ...common, replyToken } as WebhookEvent // as above
  return { event, webhookEventId: common.webhookEventId, replyToken }
}

type WithoutReplyToken<E> = E extends unknown ? Omit<E, 'replyToken'> : never

/** As {@link raised} for events whose reply token is not optional. */
function repliable(parts: EventParts, fields: WithoutReplyToken<Fields<WebhookEvent>>, chat: Chat): RaisedEvent {
  return raised(parts, fields as Fields<WebhookEvent>, chat) // the token is added there
}

export function messageEvent(parts: EventParts, chat: Chat, userId: string, message: MessageContent): RaisedEvent {
  return repliable(parts, { type: 'message', message, source: sourceOf(parts, chat, userId) }, chat)
}

/** LINE reference, "Message edited event": the same message id and a new quote token. */
export function messageEditedEvent(parts: EventParts, chat: Chat, userId: string, message: TextContent): RaisedEvent {
  return repliable(parts, { type: 'messageEdited', message, source: sourceOf(parts, chat, userId) }, chat)
}

export function unsendEvent(parts: EventParts, chat: Chat, userId: string, messageId: string): RaisedEvent {
  return raised(parts, { type: 'unsend', unsend: { messageId }, source: sourceOf(parts, chat, userId) })
}

/** A friend was added, or the bot was unblocked. */
export function followEvent(parts: EventParts, chat: UserChat, isUnblocked: boolean): RaisedEvent {
  return repliable(parts, { type: 'follow', follow: { isUnblocked }, source: userSource(chat.userId) }, chat)
}

/** The bot was blocked; it cannot answer. */
export function unfollowEvent(parts: EventParts, chat: UserChat): RaisedEvent {
  return raised(parts, { type: 'unfollow', source: userSource(chat.userId) })
}

export function joinEvent(parts: EventParts, chat: GroupChat): RaisedEvent {
  return repliable(parts, { type: 'join', source: manySource(chat) }, chat)
}

/** The bot was removed, or left. */
export function leaveEvent(parts: EventParts, chat: GroupChat): RaisedEvent {
  return raised(parts, { type: 'leave', source: manySource(chat) })
}

/** @param userIds all of them consent */
export function memberJoinedEvent(parts: EventParts, chat: GroupChat, userIds: readonly string[]): RaisedEvent {
  const joined = { members: userIds.map(userSource) }
  return repliable(parts, { type: 'memberJoined', joined, source: manySource(chat) }, chat)
}

/** @param userIds all of them consent */
export function memberLeftEvent(parts: EventParts, chat: GroupChat, userIds: readonly string[]): RaisedEvent {
  return raised(parts, { type: 'memberLeft', left: { members: userIds.map(userSource) }, source: manySource(chat) })
}

export function postbackEvent(
  parts: EventParts,
  chat: Chat,
  userId: string,
  postback: { data: string; params?: PostbackParams },
): RaisedEvent {
  return repliable(parts, { type: 'postback', postback, source: sourceOf(parts, chat, userId) }, chat)
}

export function videoPlayCompleteEvent(parts: EventParts, chat: UserChat, trackingId: string): RaisedEvent {
  const source = userSource(chat.userId)
  return repliable(parts, { type: 'videoPlayComplete', videoPlayComplete: { trackingId }, source }, chat)
}

export function beaconEvent(parts: EventParts, chat: UserChat, beacon: BeaconEvent['beacon']): RaisedEvent {
  return repliable(parts, { type: 'beacon', beacon, source: userSource(chat.userId) }, chat)
}

/** LINE reference, "Account link event": where linking failed, the bot is not told who it was and cannot reply. */
export function accountLinkEvent(
  parts: EventParts,
  chat: UserChat,
  link: { result: 'ok' | 'failed'; nonce: string },
): RaisedEvent {
  if (link.result === 'failed') return raised(parts, { type: 'accountLink', link })
  return repliable(parts, { type: 'accountLink', link, source: userSource(chat.userId) }, chat)
}

export function membershipEvent(
  parts: EventParts,
  chat: UserChat,
  membership: MembershipEvent['membership'],
): RaisedEvent {
  return repliable(parts, { type: 'membership', membership, source: userSource(chat.userId) }, chat)
}

/** Events that no user of the chat causes: they have no source, and nobody to reply to. */
export type OperatorEvent = Fields<
  Extract<WebhookEvent, { type: 'module' | 'activated' | 'deactivated' | 'botSuspended' | 'botResumed' | 'delivery' }>
>

export function operatorEvent(parts: EventParts, fields: OperatorEvent): RaisedEvent {
  return raised(parts, fields)
}

/** An event of a kind that this platform does not know: what a bot will get one day. */
export function futureEvent(parts: EventParts, fields: { type: string }): RaisedEvent {
  return raised(parts, fields as unknown as Fields<WebhookEvent>) // LINE may add kinds; the serializer passes them on
}
