// The chats on disk: a file that only grows while the platform runs, a row of JSON a line, and is compacted at start
// where much of it is out of date. Rows are gathered in memory and written within a second, in slices.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Logger } from '../../kit/log.ts'
import { SavedStateError } from '../accounts/accounts-file.ts'
import type { ContentRow, ContentStore } from '../content/content-store.ts'
import { nextTurn } from '../next-turn.ts'
import {
  type Chat,
  type ChatJournal,
  type Chats,
  type MessageChange,
  type MessageObject,
  readUpTo,
  type StoredMessage,
} from './chats.ts'
import type { GroupChats } from './group-chats.ts'
import type { AcceptedRequest, RetryKeys } from './retry-keys.ts'
import type { SentCount, SentCounts } from './sent-counts.ts'

const FORMAT = 'hatoba-platform-chats-1\n'
const WRITE_AFTER_MS = 1000
const ROWS_PER_TURN = 500
/** Below this many rows out of date, compacting is not worth the start's time. */
const WORTH_COMPACTING = 1000

/** A chat of two by channel and user; a group or room by its id, with the user or bot of whom the row tells. */
type ChatOfRow = { c: string; u: string } | { g: string; u: string }

/** One line of the file; short names, since it is most of what the file holds. */
type JournalRow =
  | (ChatOfRow & { k: 'm'; i: string; f: 'user' | 'bot'; t: number; m: MessageObject; q?: string })
  | (ChatOfRow & { k: 'e'; i: string } & MessageChange)
  | (ChatOfRow & { k: 'r'; i: string })
  | (ChatOfRow & { k: 'b'; i: string })
  | { k: 'c'; r: ContentRow }
  | { k: 'k'; r: AcceptedRequest }
  | { k: 'n'; r: SentCount }

const messageRow = ({ chat, id, from, senderId, sentAtMs, message, quoteToken }: StoredMessage): JournalRow => ({
  k: 'm',
  ...(chat.kind === 'user' ? { c: chat.channelId, u: chat.userId } : { g: chat.chatId, u: senderId }),
  i: id,
  f: from,
  t: sentAtMs,
  m: message,
  ...(quoteToken !== undefined && { q: quoteToken }),
})

/** What was taken back or edited. */
const changeRow = ({ chat, id, senderId, message, quoteToken, unsent, editedAtMs }: StoredMessage): JournalRow => ({
  k: 'e',
  ...(chat.kind === 'user' ? { c: chat.channelId, u: chat.userId } : { g: chat.chatId, u: senderId }),
  i: id,
  message,
  ...(quoteToken !== undefined && { quoteToken }),
  ...(unsent !== undefined && { unsent }),
  ...(editedAtMs !== undefined && { editedAtMs }),
})

const botReadRow = (chat: Chat): JournalRow => ({
  k: 'b',
  ...(chat.kind === 'user' ? { c: chat.channelId, u: chat.userId } : { g: chat.chatId, u: '' }),
  i: chat.botReadUpTo ?? '',
})

const readRow = (chat: Chat, userId: string): JournalRow => ({
  k: 'r',
  ...(chat.kind === 'user' ? { c: chat.channelId } : { g: chat.chatId }),
  u: userId,
  i: readUpTo(chat, userId),
})

/** What waits to be written, by reference: it becomes text when it is written. */
type Waiting =
  | { message: StoredMessage }
  | { change: StoredMessage }
  | { read: Chat; userId: string }
  | { readByBot: Chat }
  | { content: ContentRow }
  | { accepted: AcceptedRequest }
  | { counted: SentCount }

function toRow(waiting: Waiting): JournalRow {
  if ('message' in waiting) return messageRow(waiting.message)
  if ('change' in waiting) return changeRow(waiting.change)
  if ('readByBot' in waiting) return botReadRow(waiting.readByBot)
  if ('read' in waiting) return readRow(waiting.read, waiting.userId)
  if ('content' in waiting) return { k: 'c', r: waiting.content }
  if ('counted' in waiting) return { k: 'n', r: waiting.counted }
  return { k: 'k', r: waiting.accepted }
}

export class Journal implements ChatJournal {
  readonly #file: string
  readonly #log: Logger
  #waiting: Waiting[] = []
  readonly #waitingCounts = new Set<SentCount>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #handle: FileHandle | undefined

  constructor(file: string, log: Logger) {
    this.#file = file
    this.#log = log
  }

  added(message: StoredMessage): void {
    this.#add({ message })
  }

  read(chat: Chat, userId: string): void {
    this.#add({ read: chat, userId })
  }

  changed(message: StoredMessage): void {
    this.#add({ change: message })
  }

  readByBot(chat: Chat): void {
    this.#add({ readByBot: chat })
  }

  content(content: ContentRow): void {
    this.#add({ content })
  }

  /** Counts grow with every send: one that waits already is not added again. */
  counted(counted: SentCount): void {
    if (this.#waitingCounts.has(counted)) return
    this.#waitingCounts.add(counted)
    this.#add({ counted })
  }

  accepted(accepted: AcceptedRequest): void {
    this.#add({ accepted })
  }

  /** Resolves once everything up to this moment is in the file. */
  save(): Promise<void> {
    const next = this.#writing.catch(() => undefined).then(() => this.#writeAll())
    this.#writing = next
    return next
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      await this.save()
      await this.#handle?.sync()
    } finally {
      clearTimeout(this.#timer)
      await this.#handle?.close()
      this.#handle = undefined
    }
  }

  #add(waiting: Waiting): void {
    this.#waiting.push(waiting)
    if (this.#timer === undefined) this.#arm()
  }

  #arm(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.save().catch((error) => {
        this.#log.error({ err: error, file: this.#file }, 'chats were not saved; trying again')
        this.#arm()
      })
    }, WRITE_AFTER_MS).unref()
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const rows = this.#waiting.slice(0, ROWS_PER_TURN)
      let text = ''
      for (const waiting of rows) if ('counted' in waiting) this.#waitingCounts.delete(waiting.counted)
      for (const waiting of rows) text += `${JSON.stringify(toRow(waiting))}\n`
      this.#handle ??= await open(this.#file, 'a', 0o600)
      const { size } = await this.#handle.stat()
      try {
        await this.#handle.appendFile(size === 0 ? FORMAT + text : text)
      } catch (error) {
        await this.#handle.truncate(size) // a full disk: no half row may stay before the next try
        throw error
      }
      this.#waiting.splice(0, rows.length)
      await nextTurn()
    }
  }
}

/** Reads the file into the owners and compacts it where that pays. @throws SavedStateError */
export function loadChats(file: string, owners: JournalOwners): void {
  if (!existsSync(file)) return
  const bytes = readFileSync(file)
  if (bytes.length === 0) return
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) truncateSync(file, end) // the last row was being written when the process was killed
  if (end === 0) return
  const [first, ...lines] = bytes.toString('utf8', 0, end).split('\n')
  if (`${first}\n` !== FORMAT) throw new SavedStateError(`${file} was not written by this version of Hatoba`)
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    try {
      restoreRow(JSON.parse(line) as JournalRow, owners) // our own file of the format above
    } catch (cause) {
      throw new SavedStateError(`${file}, line ${i + 2}, is not readable`, { cause })
    }
  }
  let live = 0
  for (const chat of owners.chats.all()) live += chat.messages.length + readersOf(chat).length
  for (const _ of owners.contents.rows()) live += 1
  for (const _ of owners.retryKeys.all()) live += 1
  for (const _ of owners.sentCounts.rows()) live += 1
  if (lines.length - live > Math.max(WORTH_COMPACTING, live)) compact(file, owners)
}

/** Those who may have a row of what they have read. */
const readersOf = (chat: Chat): string[] => (chat.kind === 'user' ? [chat.userId] : [...chat.readUpTo.keys()])

/** Whose state the file holds, or names. */
export interface JournalOwners {
  chats: Chats
  groups: GroupChats
  contents: ContentStore
  retryKeys: RetryKeys
  sentCounts: SentCounts
}

function restoreRow(row: JournalRow, { chats, groups, contents, retryKeys, sentCounts }: JournalOwners): void {
  switch (row.k) {
    case 'm': {
      const chat = 'g' in row ? groups.find(row.g) : chats.open(row.c, row.u)
      if (chat === undefined) return // a group that the accounts, saved more rarely, do not know yet
      const senderId = 'c' in row && row.f === 'bot' ? row.c : row.u
      const stored = { chat, id: row.i, from: row.f, senderId, sentAtMs: row.t, message: row.m }
      chats.restore(row.q === undefined ? stored : { ...stored, quoteToken: row.q })
      return
    }
    case 'r': {
      const chat = 'g' in row ? groups.find(row.g) : chats.open(row.c, row.u)
      if (chat !== undefined) chats.restoreRead(chat, row.u, row.i)
      return
    }
    case 'e': {
      const chat = 'g' in row ? groups.find(row.g) : chats.open(row.c, row.u)
      const { message, quoteToken, unsent, editedAtMs } = row
      if (chat !== undefined)
        chats.restoreChange(chat, row.i, {
          ...(message !== undefined && { message }),
          ...(quoteToken !== undefined && { quoteToken }),
          ...(unsent !== undefined && { unsent }),
          ...(editedAtMs !== undefined && { editedAtMs }),
        })
      return
    }
    case 'b': {
      const chat = 'g' in row ? groups.find(row.g) : chats.open(row.c, row.u)
      if (chat !== undefined) chat.botReadUpTo = row.i
      return
    }
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

/** Writes what still counts to a new file that takes the old one's place. */
function compact(file: string, { chats, contents, retryKeys, sentCounts }: JournalOwners): void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    let text = FORMAT
    const write = (row: JournalRow) => {
      text += `${JSON.stringify(row)}\n`
      if (text.length < 1_000_000) return
      writeSync(handle, text)
      text = ''
    }
    for (const chat of chats.all()) {
      for (const stored of chat.messages) {
        write(messageRow(stored))
        if (stored.unsent !== undefined || stored.editedAtMs !== undefined) write(changeRow(stored))
      }
      if (chat.botReadUpTo !== undefined) write(botReadRow(chat))
      for (const userId of readersOf(chat)) if (readUpTo(chat, userId) !== '') write(readRow(chat, userId))
    }
    for (const row of contents.rows()) write({ k: 'c', r: row })
    for (const request of retryKeys.all()) write({ k: 'k', r: request })
    for (const count of sentCounts.rows()) write({ k: 'n', r: count })
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
}
