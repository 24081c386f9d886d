// The chats on disk: a file that only grows while the platform runs, a row of JSON a line, and is compacted at start
// where much of it is out of date. Rows are gathered in memory and written within a second, in slices.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Logger } from '../../kit/log.ts'
import { SavedStateError } from '../accounts/accounts-file.ts'
import { nextTurn } from '../next-turn.ts'
import type { ChatJournal, Chats, MessageObject, StoredMessage, UserChat } from './chats.ts'
import type { AcceptedRequest, RetryKeys } from './retry-keys.ts'

const FORMAT = 'hatoba-platform-chats-1\n'
const WRITE_AFTER_MS = 1000
const ROWS_PER_TURN = 500
/** Below this many rows out of date, compacting is not worth the start's time. */
const WORTH_COMPACTING = 1000

/** One line of the file; short names, since it is most of what the file holds. */
type JournalRow =
  | { k: 'm'; c: string; u: string; i: string; f: 'user' | 'bot'; t: number; m: MessageObject; q?: string }
  | { k: 'r'; c: string; u: string; i: string }
  | { k: 'k'; r: AcceptedRequest }

const messageRow = ({ chat, id, from, sentAtMs, message, quoteToken }: StoredMessage): JournalRow => ({
  k: 'm',
  c: chat.channelId,
  u: chat.userId,
  i: id,
  f: from,
  t: sentAtMs,
  m: message,
  ...(quoteToken !== undefined && { q: quoteToken }),
})

const readRow = (chat: UserChat): JournalRow => ({ k: 'r', c: chat.channelId, u: chat.userId, i: chat.readUpTo })

/** What waits to be written, by reference: it becomes text when it is written. */
type Waiting = { message: StoredMessage } | { read: UserChat } | { accepted: AcceptedRequest }

function toRow(waiting: Waiting): JournalRow {
  if ('message' in waiting) return messageRow(waiting.message)
  if ('read' in waiting) return readRow(waiting.read)
  return { k: 'k', r: waiting.accepted }
}

export class Journal implements ChatJournal {
  readonly #file: string
  readonly #log: Logger
  #waiting: Waiting[] = []
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

  read(chat: UserChat): void {
    this.#add({ read: chat })
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
export function loadChats(file: string, chats: Chats, retryKeys: RetryKeys): void {
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
      restoreRow(JSON.parse(line) as JournalRow, chats, retryKeys) // our own file of the format above
    } catch (cause) {
      throw new SavedStateError(`${file}, line ${i + 2}, is not readable`, { cause })
    }
  }
  let live = 0
  for (const chat of chats.all()) live += chat.messages.length + 1
  for (const _ of retryKeys.all()) live += 1
  if (lines.length - live > Math.max(WORTH_COMPACTING, live)) compact(file, chats, retryKeys)
}

function restoreRow(row: JournalRow, chats: Chats, retryKeys: RetryKeys): void {
  switch (row.k) {
    case 'm': {
      const stored = { chat: chats.open(row.c, row.u), id: row.i, from: row.f, sentAtMs: row.t, message: row.m }
      chats.restore(row.q === undefined ? stored : { ...stored, quoteToken: row.q })
      return
    }
    case 'r':
      chats.open(row.c, row.u).readUpTo = row.i
      return
    case 'k':
      retryKeys.restore(row.r)
      return
    default: {
      const unknown: never = row
      throw new Error(`a journal row of unknown kind: ${JSON.stringify(unknown)}`)
    }
  }
}

/** Writes what still counts to a new file that takes the old one's place. */
function compact(file: string, chats: Chats, retryKeys: RetryKeys): void {
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
      for (const stored of chat.messages) write(messageRow(stored))
      if (chat.readUpTo !== '') write(readRow(chat))
    }
    for (const request of retryKeys.all()) write({ k: 'k', r: request })
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
}
