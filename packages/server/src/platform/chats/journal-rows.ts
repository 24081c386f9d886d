// What stands in the journal: a row for each message, for what changed about it, for what was read, and for the other
// things that grow with every call. How each row is made, and how it is put back.
import type { Channels } from '../accounts/channels.ts'
import type { Users } from '../accounts/users.ts'
import type { ContentRow, ContentStore } from '../content/content-store.ts'
import type { StateOwner } from '../state/state-owner.ts'
import { type Chat, type Chats, type MessageChange, type MessageObject, readUpTo, type StoredMessage } from './chats.ts'
import type { GroupChats } from './group-chats.ts'
import type { ReplyToken, ReplyTokens } from './reply-tokens.ts'
import type { AcceptedRequest, RetryKeys } from './retry-keys.ts'
import type { SentCount, SentCounts } from './sent-counts.ts'

/** A chat of two by channel and user; a group or room by its id, with the user or bot of whom the row tells. */
type ChatOfRow = { c: string; u: string } | { g: string; u: string }

/** One line of the file; short names, since it is most of what the file holds. */
export type JournalRow =
  | (ChatOfRow & { k: 'm'; i: string; f: 'user' | 'bot'; t: number; m: MessageObject; q?: string })
  | (ChatOfRow & { k: 'e'; i: string } & MessageChange)
  | (ChatOfRow & { k: 'r'; i: string })
  | (ChatOfRow & { k: 'b'; i: string })
  | (ChatOfRow & { k: 't'; i: string; b?: string; t: number; x: number })
  | { k: 'u'; i: string }
  | { k: 'c'; r: ContentRow }
  | { k: 'k'; r: AcceptedRequest }
  | { k: 'n'; r: SentCount }

/** Whose state the journal holds, or names. */
export interface JournalParts {
  readonly channels: Channels
  readonly users: Users
  readonly chats: Chats
  readonly groups: GroupChats
  readonly contents: ContentStore
  readonly replyTokens: ReplyTokens
  readonly retryKeys: RetryKeys
  readonly sentCounts: SentCounts
}

const chatOfRow = (chat: Chat, userId: string): ChatOfRow =>
  chat.kind === 'user' ? { c: chat.channelId, u: chat.userId } : { g: chat.chatId, u: userId }

export const messageRow = ({ chat, id, from, senderId, sentAtMs, message, quoteToken }: StoredMessage): JournalRow => ({
  k: 'm',
  ...chatOfRow(chat, senderId),
  i: id,
  f: from,
  t: sentAtMs,
  m: message,
  ...(quoteToken !== undefined && { q: quoteToken }),
})

/** What was taken back or edited. */
export const changeRow = (stored: StoredMessage): JournalRow => {
  const { chat, id, senderId, message, quoteToken, olderQuoteTokens, unsent, editedAtMs } = stored
  return {
    k: 'e',
    ...chatOfRow(chat, senderId),
    i: id,
    message,
    ...(quoteToken !== undefined && { quoteToken }),
    ...(olderQuoteTokens !== undefined && { olderQuoteTokens }),
    ...(unsent !== undefined && { unsent }),
    ...(editedAtMs !== undefined && { editedAtMs }),
  }
}

export const readRow = (chat: Chat, userId: string): JournalRow => ({
  k: 'r',
  ...chatOfRow(chat, userId),
  i: readUpTo(chat, userId),
})

export const botReadRow = (chat: Chat): JournalRow => ({ k: 'b', ...chatOfRow(chat, ''), i: chat.botReadUpTo ?? '' })

export const replyTokenRow = ({ token, chat, channelId, issuedAtMs, expiresAtMs, used }: ReplyToken): JournalRow =>
  used === true
    ? { k: 'u', i: token }
    : {
        k: 't',
        ...chatOfRow(chat, ''),
        i: token,
        ...(channelId !== undefined && { b: channelId }),
        t: issuedAtMs,
        x: expiresAtMs,
      }

export function journalOwners(parts: JournalParts): StateOwner[] {
  const { chats, contents, replyTokens, retryKeys, sentCounts } = parts
  const restore = (row: JournalRow) => restoreRow(row, parts)
  return [
    owner({ kind: 'chat', rows: () => chatRows(chats), restore, clear: () => chats.clear() }),
    owner({
      kind: 'content',
      rows: () => mapped(contents.rows(), (row) => ({ k: 'c', r: row })),
      restore,
      clear: () => contents.clear(),
    }),
    owner({
      kind: 'retry-key',
      rows: () => mapped(retryKeys.all(), (row) => ({ k: 'k', r: row })),
      restore,
      clear: () => retryKeys.clear(),
    }),
    owner({
      kind: 'sent-count',
      rows: () => mapped(sentCounts.rows(), (row) => ({ k: 'n', r: { ...row } })), // it grows in place
      restore,
      clear: () => sentCounts.clear(),
    }),
    owner({
      kind: 'reply-token',
      rows: () => mapped(replyTokens.live(), replyTokenRow),
      restore,
      clear: () => replyTokens.clear(),
    }),
  ]
}

/** An owner is given only rows that it gave out itself. */
const owner = (typed: StateOwner<JournalRow>): StateOwner => typed

function* mapped<T>(items: Iterable<T>, toRow: (item: T) => JournalRow): Generator<JournalRow> {
  for (const item of items) yield toRow(item)
}

function* chatRows(chats: Chats): Generator<JournalRow> {
  for (const chat of chats.all()) {
    for (const stored of chat.messages) {
      yield messageRow(stored)
      if (stored.unsent !== undefined || stored.editedAtMs !== undefined) yield changeRow(stored)
    }
    if (chat.botReadUpTo !== undefined) yield botReadRow(chat)
    const readers = chat.kind === 'user' ? [chat.userId] : chat.readUpTo.keys()
    for (const userId of readers) if (readUpTo(chat, userId) !== '') yield readRow(chat, userId)
  }
}

export function restoreRow(row: JournalRow, parts: JournalParts): void {
  const { channels, users, chats, groups, contents, replyTokens, retryKeys, sentCounts } = parts
  const isKnown = (from: 'user' | 'bot', id: string) =>
    (from === 'user' ? users.find(id) : channels.find(id)) !== undefined
  /** Undefined where the accounts, saved more rarely, do not know the group, the bot or the user yet. */
  const chatOf = (of: ChatOfRow) => {
    if ('g' in of) return groups.find(of.g)
    return isKnown('bot', of.c) && isKnown('user', of.u) ? chats.open(of.c, of.u) : undefined
  }
  switch (row.k) {
    case 'm': {
      const chat = chatOf(row)
      const senderId = 'c' in row && row.f === 'bot' ? row.c : row.u
      if (chat === undefined || !isKnown(row.f, senderId)) return
      const stored = { chat, id: row.i, from: row.f, senderId, sentAtMs: row.t, message: row.m }
      chats.restore(row.q === undefined ? stored : { ...stored, quoteToken: row.q })
      return
    }
    case 'e': {
      const chat = chatOf(row)
      const { message, quoteToken, olderQuoteTokens, unsent, editedAtMs } = row
      if (chat !== undefined)
        chats.restoreChange(chat, row.i, {
          ...(message !== undefined && { message }),
          ...(quoteToken !== undefined && { quoteToken }),
          ...(olderQuoteTokens !== undefined && { olderQuoteTokens }),
          ...(unsent !== undefined && { unsent }),
          ...(editedAtMs !== undefined && { editedAtMs }),
        })
      return
    }
    case 'r': {
      const chat = chatOf(row)
      if (chat !== undefined) chats.restoreRead(chat, row.u, row.i)
      return
    }
    case 'b': {
      const chat = chatOf(row)
      if (chat !== undefined) chat.botReadUpTo = row.i
      return
    }
    case 't': {
      const chat = chatOf(row)
      const of = { token: row.i, issuedAtMs: row.t, expiresAtMs: row.x, causeId: 0, channelId: row.b }
      if (chat !== undefined) replyTokens.restore({ ...of, chat })
      return
    }
    case 'u':
      replyTokens.forget(row.i)
      return
    case 'c':
      contents.restore(row.r)
      return
    case 'k':
      retryKeys.restore(row.r)
      return
    case 'n':
      sentCounts.restore(row.r)
      return
    default: {
      const unknown: never = row
      throw new Error(`a journal row of unknown kind: ${JSON.stringify(unknown)}`)
    }
  }
}
