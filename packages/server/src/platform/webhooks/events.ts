// Webhook events as they arise from what users do. They are made in today's shape; the wire's serializer leaves out
// what a channel of the 2017 profile does not get.
import type { EventSource, WebhookEvent } from '@hatoba/line/wire'
import type { Clock } from '../../kit/clock.ts'
import type { Chat, StoredMessage, UserChat } from '../chats/chats.ts'
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
}

/** @param userId who did it, where the bot may know */
function sourceOf(chat: Chat, userId?: string): EventSource {
  if (chat.kind === 'user') return { type: 'user', userId: chat.userId }
  const who = userId === undefined ? {} : { userId }
  return chat.kind === 'group'
    ? { type: 'group', groupId: chat.chatId, ...who }
    : { type: 'room', roomId: chat.chatId, ...who }
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

/** LINE reference, "Message event": text. */
export function textMessageEvent(parts: EventParts, stored: StoredMessage, text: string): RaisedEvent {
  const common = commonFields(parts)
  const replyToken = parts.replyTokens.issue(stored.chat)
  const message = { type: 'text' as const, id: stored.id, quoteToken: stored.quoteToken ?? '', text }
  const event: WebhookEvent = {
    type: 'message',
    message,
    ...common,
    source: sourceOf(stored.chat, stored.senderId),
    replyToken,
  }
  return { event, webhookEventId: common.webhookEventId, replyToken }
}

/** LINE reference, "Follow event": a friend was added, or the bot was unblocked. */
export function followEvent(parts: EventParts, chat: UserChat, isUnblocked: boolean): RaisedEvent {
  const common = commonFields(parts)
  const replyToken = parts.replyTokens.issue(chat)
  const event: WebhookEvent = { type: 'follow', follow: { isUnblocked }, ...common, source: sourceOf(chat), replyToken }
  return { event, webhookEventId: common.webhookEventId, replyToken }
}

/** LINE reference, "Unfollow event": the bot was blocked; it cannot answer. */
export function unfollowEvent(parts: EventParts, chat: UserChat): RaisedEvent {
  const common = commonFields(parts)
  const event: WebhookEvent = { type: 'unfollow', ...common, source: sourceOf(chat) }
  return { event, webhookEventId: common.webhookEventId }
}
