// Owner of chats: a user and a bot, and, with group-chats.ts, groups and rooms. Messages, what is read, who hears.
import type { GroupChat, GroupChats } from './group-chats.ts'

/** Kept for each chat; the oldest go. */
const MOST_MESSAGES_PER_CHAT = 100_000

/** Changed by {@link Chats.change} alone. */
export interface StoredMessage {
  readonly chat: Chat
  readonly id: string
  readonly from: 'user' | 'bot'
  /** The user's id, or the bot's channel id: in a group the bot may be another one since. */
  readonly senderId: string
  readonly sentAtMs: number
  /** The message object as it went over the wire. */
  message: MessageObject
  /** LINE reference, "Send push message": given for messages that can be quoted. */
  quoteToken?: string
  /** Of the texts before they were edited: they stay good. LINE reference, "Text", quoteToken */
  olderQuoteTokens?: readonly string[]
  /** Taken back by its sender: nobody sees it any more. */
  unsent?: true
  /** When its sender last changed its text. */
  editedAtMs?: number
}

export type MessageChange = Partial<
  Pick<StoredMessage, 'message' | 'quoteToken' | 'olderQuoteTokens' | 'unsent' | 'editedAtMs'>
>

/** What a message object of either direction is for sure. */
export interface MessageObject {
  readonly type: string
}

/** Ids and not the objects: a channel's settings change, and a user's profile. */
export interface UserChat {
  readonly kind: 'user'
  readonly channelId: string
  readonly userId: string
  readonly messages: StoredMessage[]
  /** The newest message that the user has seen, '' at first. */
  readUpTo: string
  lastFromUserAtMs?: number
  /** The newest message that the bot has marked as read. */
  botReadUpTo?: string
}

export type Chat = UserChat | GroupChat

/** The bot that is in the chat. */
export function botOf(chat: Chat): string | undefined {
  return chat.kind === 'user' ? chat.channelId : chat.botChannelId
}

/** The users who see the chat. */
export function usersOf(chat: Chat): Iterable<string> {
  return chat.kind === 'user' ? [chat.userId] : chat.members
}

export type MessageListener = (stored: StoredMessage, what: 'added' | 'changed') => void

/** What the journal is told of. */
export interface ChatJournal {
  added(stored: StoredMessage): void
  changed(stored: StoredMessage): void
  read(chat: Chat, userId: string): void
  readByBot(chat: Chat): void
}

export class Chats {
  readonly #byUser = new Map<string, Map<string, UserChat>>()
  readonly #listeners = new Map<string, Set<MessageListener>>()
  readonly #groups: GroupChats
  readonly #journal: ChatJournal

  constructor(groups: GroupChats, journal: ChatJournal) {
    this.#groups = groups
    this.#journal = journal
  }

  find(channelId: string, userId: string): UserChat | undefined {
    return this.#byUser.get(userId)?.get(channelId)
  }

  /** The chat; begun where there is none. */
  open(channelId: string, userId: string): UserChat {
    let chats = this.#byUser.get(userId)
    if (chats === undefined) {
      chats = new Map()
      this.#byUser.set(userId, chats)
    }
    let chat = chats.get(channelId)
    if (chat === undefined) {
      chat = { kind: 'user', channelId, userId, messages: [], readUpTo: '' }
      chats.set(channelId, chat)
    }
    return chat
  }

  *all(): Generator<Chat> {
    for (const chats of this.#byUser.values()) yield* chats.values()
    yield* this.#groups.all()
  }

  add(stored: StoredMessage): void {
    this.restore(stored)
    this.#journal.added(stored)
    this.#tell(stored, 'added')
  }

  /** The message is edited or taken back. */
  change(stored: StoredMessage, change: MessageChange): void {
    Object.assign(stored, change)
    this.#journal.changed(stored)
    this.#tell(stored, 'changed')
  }

  /** As {@link change}, for what the journal holds already. */
  restoreChange(chat: Chat, messageId: string, change: MessageChange): void {
    const stored = findMessage(chat, messageId)
    if (stored !== undefined) Object.assign(stored, change)
  }

  /** As {@link add}, for what the journal holds already. */
  restore(stored: StoredMessage): void {
    const { chat } = stored
    chat.messages.push(stored)
    if (stored.from === 'user') {
      // who answers has read
      if (chat.kind !== 'user') chat.readUpTo.set(stored.senderId, stored.id)
      else {
        chat.readUpTo = stored.id
        chat.lastFromUserAtMs = stored.sentAtMs
      }
    }
    // Cut by the block: taking one from the front of a long array moves all the others.
    if (chat.messages.length > MOST_MESSAGES_PER_CHAT * 1.1)
      chat.messages.splice(0, chat.messages.length - MOST_MESSAGES_PER_CHAT)
  }

  markRead(chat: Chat, userId: string, messageId: string): void {
    if (messageId <= readUpTo(chat, userId)) return
    this.restoreRead(chat, userId, messageId)
    this.#journal.read(chat, userId)
  }

  /** As {@link markRead}, for what the journal holds already. */
  restoreRead(chat: Chat, userId: string, messageId: string): void {
    if (chat.kind === 'user') chat.readUpTo = messageId
    else chat.readUpTo.set(userId, messageId)
  }

  /** The bot has marked everything up to that message as read. */
  markReadByBot(chat: Chat, messageId: string): void {
    if (messageId <= (chat.botReadUpTo ?? '')) return
    chat.botReadUpTo = messageId
    this.#journal.readByBot(chat)
  }

  /** Listeners stay: they are of readers and not of the chats. Messages of groups go with the groups. */
  clear(): void {
    this.#byUser.clear()
  }

  /** Hears of every message in the user's chats, until the answer is called. */
  listen(userId: string, listener: MessageListener): () => void {
    let listeners = this.#listeners.get(userId)
    if (listeners === undefined) {
      listeners = new Set()
      this.#listeners.set(userId, listeners)
    }
    const ofUser = listeners.add(listener)
    return () => {
      ofUser.delete(listener)
      if (ofUser.size === 0 && this.#listeners.get(userId) === ofUser) this.#listeners.delete(userId)
    }
  }

  /** Newest messages of the user's chats after that id, in order of time. */
  after(userId: string, messageId: string): StoredMessage[] {
    const found: StoredMessage[] = []
    for (const chat of this.#byUser.get(userId)?.values() ?? []) found.push(...messagesAfter(chat, messageId))
    for (const group of this.#groups.ofUser(userId)) found.push(...messagesAfter(group, messageId))
    return found.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  #tell(stored: StoredMessage, what: 'added' | 'changed'): void {
    for (const userId of usersOf(stored.chat)) {
      const listeners = this.#listeners.get(userId)
      if (listeners !== undefined) for (const listener of [...listeners]) listener(stored, what)
    }
  }
}

export function findMessage(chat: Chat, messageId: string): StoredMessage | undefined {
  const found = chat.messages[indexAfter(chat.messages, messageId) - 1]
  return found?.id === messageId ? found : undefined
}

/** The newest message that the user has seen, '' where there is none. */
export function readUpTo(chat: Chat, userId: string): string {
  return chat.kind === 'user' ? chat.readUpTo : (chat.readUpTo.get(userId) ?? '')
}

/** Index of the first message whose id sorts after the given one. */
function indexAfter(messages: readonly StoredMessage[], messageId: string): number {
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((messages[middle]?.id ?? '') <= messageId) low = middle + 1
    else high = middle
  }
  return low
}

/** @param messageId '' for all */
export function messagesAfter(chat: Chat, messageId: string, limit = Infinity): StoredMessage[] {
  const from = indexAfter(chat.messages, messageId)
  return chat.messages.slice(from, from + limit)
}

/** The page of messages that ends before that id, or with the newest. */
export function messagesBefore(
  chat: Chat,
  messageId: string | undefined,
  limit: number,
): { messages: StoredMessage[]; hasMore: boolean } {
  let end = chat.messages.length
  if (messageId !== undefined) {
    end = indexAfter(chat.messages, messageId)
    while (end > 0 && chat.messages[end - 1]?.id === messageId) end -= 1
  }
  const from = Math.max(end - limit, 0)
  return { messages: chat.messages.slice(from, end), hasMore: from > 0 }
}

/** Messages of others that the user has not seen. */
export function countUnread(chat: Chat, userId: string): number {
  const seen = readUpTo(chat, userId)
  let unread = 0
  for (let i = chat.messages.length - 1; i >= 0; i--) {
    const stored = chat.messages[i]
    if (stored === undefined || stored.id <= seen) break
    if (stored.senderId !== userId) unread += 1
  }
  return unread
}
