// A bot's messages on their way into users' chats: who is reached, and what the bot is told.

import type { Clock } from '../../kit/clock.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { Users } from '../accounts/users.ts'
import type { Identifiers } from '../identifiers.ts'
import { nextTurn } from '../next-turn.ts'
import type { Timeline } from '../timeline.ts'
import type { Chat, Chats, MessageObject } from './chats.ts'
import type { GroupChat } from './group-chats.ts'
import type { SentMessage } from './retry-keys.ts'

/** How a message is sent decides whom it reaches. */
export type SendKind = 'reply' | 'push' | 'multicast' | 'broadcast' | 'notification'

// LINE reference, "Send push message": also users who wrote to the bot one to one within the last 7 days
const REMEMBERED_MS = 7 * 24 * 60 * 60_000
// LINE facts sheet, "Message sending": which types can be quoted
const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex'])
const RECIPIENTS_PER_TURN = 500

export interface DeliveryParts {
  readonly clock: Clock
  readonly identifiers: Identifiers
  readonly users: Users
  readonly chats: Chats
  readonly timeline: Timeline
}

export class Delivery {
  readonly #parts: DeliveryParts
  readonly #running = new Set<Promise<void>>()
  #generation = 0

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** LINE facts sheet, "Delivery rules by relationship". */
  reaches(kind: SendKind, channelId: string, userId: string): boolean {
    const friendship = this.#parts.users.friendship(channelId, userId)
    if (friendship === 'friend') return true
    if (friendship === 'blocked') return false
    // A notification goes to a phone number, friend or not.
    if (kind === 'reply' || kind === 'notification') return true
    if (kind !== 'push') return false
    const wroteAtMs = this.#parts.chats.find(channelId, userId)?.lastFromUserAtMs
    return wroteAtMs !== undefined && wroteAtMs + REMEMBERED_MS > this.#parts.clock.now()
  }

  /**
   * Puts the messages into the user's chat where the user is reached. The bot is told the same either way.
   * @param causeId the timeline's entry of the call
   */
  send(
    kind: SendKind,
    channel: LineChannel,
    userId: string,
    messages: readonly MessageObject[],
    causeId: number,
  ): SentMessage[] {
    const reached = this.reaches(kind, channel.channelId, userId)
    const chat = reached ? this.#parts.chats.open(channel.channelId, userId) : undefined
    return this.#put(channel, chat, messages, causeId)
  }

  /** LINE facts sheet, "Delivery rules by relationship": one copy for all members. The bot is one of them. */
  sendToGroup(
    channel: LineChannel,
    chat: GroupChat,
    messages: readonly MessageObject[],
    causeId: number,
  ): SentMessage[] {
    return this.#put(channel, chat, messages, causeId)
  }

  #put(
    channel: LineChannel,
    chat: Chat | undefined,
    messages: readonly MessageObject[],
    causeId: number,
  ): SentMessage[] {
    const { clock, identifiers, chats, timeline } = this.#parts
    const { channelId } = channel
    const sentAtMs = clock.now()
    const sent: SentMessage[] = []
    for (const message of messages) {
      const id = identifiers.messageId(sentAtMs)
      const answer = QUOTABLE.has(message.type) ? { id, quoteToken: identifiers.quoteToken() } : { id }
      sent.push(answer)
      if (chat === undefined) continue
      chats.add({ chat, from: 'bot', senderId: channelId, sentAtMs, message, ...answer })
      timeline.add(
        {
          kind: 'message',
          atMs: sentAtMs,
          causeId,
          channelId,
          ...(chat.kind === 'user' ? { userId: chat.userId } : { chatId: chat.chatId }),
          from: 'bot',
          messageId: id,
          message,
        },
        0, // the chat holds the message anyway
      )
    }
    return sent
  }

  /** Sends to each; a long list goes on after this returns, in slices. {@link settle} waits for it. */
  sendToMany(
    kind: 'multicast' | 'broadcast',
    channel: LineChannel,
    userIds: readonly string[],
    messages: readonly MessageObject[],
    causeId: number,
  ): void {
    const sendSlice = (from: number) => {
      for (const userId of userIds.slice(from, from + RECIPIENTS_PER_TURN))
        this.send(kind, channel, userId, messages, causeId)
    }
    sendSlice(0)
    if (userIds.length <= RECIPIENTS_PER_TURN) return
    const generation = this.#generation
    const rest = async () => {
      for (let from = RECIPIENTS_PER_TURN; from < userIds.length; from += RECIPIENTS_PER_TURN) {
        await nextTurn()
        if (generation !== this.#generation) return
        sendSlice(from)
      }
    }
    const running: Promise<void> = rest().finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  /** Drops what is on its way: the chats are replaced by others. */
  clear(): void {
    this.#generation += 1
  }

  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}
