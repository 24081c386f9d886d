// The chats on disk: a file that only grows while the platform runs, a row of JSON a line, and is compacted at start
// where much of it is out of date. Rows are gathered in memory and written within a second, in slices.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Logger } from '../../kit/log.ts'
import { SavedStateError } from '../accounts/accounts-file.ts'
import type { ContentRow } from '../content/content-store.ts'
import { nextTurn } from '../next-turn.ts'
import type { Chat, ChatJournal, StoredMessage } from './chats.ts'
import {
  botReadRow,
  changeRow,
  type JournalParts,
  type JournalRow,
  journalOwners,
  messageRow,
  readRow,
  replyTokenRow,
  restoreRow,
} from './journal-rows.ts'
import type { ReplyToken } from './reply-tokens.ts'
import type { AcceptedRequest } from './retry-keys.ts'
import type { SentCount } from './sent-counts.ts'

const FORMAT = 'hatoba-platform-chats-1\n'
const WRITE_AFTER_MS = 1000
/** Two milliseconds' work or so. */
const ROWS_PER_TURN = 500
/** Below this many rows out of date, compacting is not worth the start's time. */
const WORTH_COMPACTING = 1000

/** A file and what waits to be written to it; a thing becomes a row when it is written. */
interface Target {
  readonly file: string
  /** The file begins empty, whatever lies there. */
  readonly fresh: boolean
  readonly waiting: (() => JournalRow)[]
}

export class Journal implements ChatJournal {
  readonly #log: Logger
  #target: Target
  /** Things that change often: one that waits already is not added again. */
  readonly #waitingOnce = new Set<object>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #opened: { target: Target; handle: FileHandle } | undefined

  constructor(file: string, log: Logger) {
    this.#target = { file, fresh: false, waiting: [] }
    this.#log = log
  }

  added(message: StoredMessage): void {
    this.#add(() => messageRow(message))
  }

  read(chat: Chat, userId: string): void {
    this.#add(() => readRow(chat, userId))
  }

  changed(message: StoredMessage): void {
    this.#add(() => changeRow(message))
  }

  readByBot(chat: Chat): void {
    this.#add(() => botReadRow(chat))
  }

  content(row: ContentRow): void {
    this.#add(() => ({ k: 'c', r: row }))
  }

  counted(count: SentCount): void {
    this.#addOnce(count, () => ({ k: 'n', r: count }))
  }

  replyToken(token: ReplyToken): void {
    this.#addOnce(token, () => replyTokenRow(token))
  }

  accepted(request: AcceptedRequest): void {
    this.#add(() => ({ k: 'k', r: request }))
  }

  /**
   * From now on another, new file, which begins with these rows. What waited for the old one is forgotten: the rows
   * are all there is. The old file stays.
   */
  beginFile(file: string, rows: readonly JournalRow[]): void {
    this.#target = { file, fresh: true, waiting: rows.map((row) => () => row) }
    this.#waitingOnce.clear()
    this.#arm()
  }

  /** Resolves once everything up to this moment is in the file. */
  save(): Promise<void> {
    const next = this.#writing.catch(() => undefined).then(() => this.#writeAll())
    this.#writing = next
    return next
  }

  /** As {@link save}, and the disk has it. */
  async sync(): Promise<void> {
    await this.save()
    await this.#opened?.handle.sync()
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      await this.sync()
    } finally {
      clearTimeout(this.#timer)
      await this.#opened?.handle.close()
      this.#opened = undefined
    }
  }

  #add(row: () => JournalRow): void {
    this.#target.waiting.push(row)
    if (this.#timer === undefined) this.#arm()
  }

  #addOnce(thing: object, toRow: () => JournalRow): void {
    if (this.#waitingOnce.has(thing)) return
    this.#waitingOnce.add(thing)
    this.#add(() => {
      this.#waitingOnce.delete(thing)
      return toRow()
    })
  }

  #arm(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.save().catch((error) => {
        this.#log.error({ err: error, file: this.#target.file }, 'chats were not saved; trying again')
        this.#arm()
      })
    }, WRITE_AFTER_MS).unref()
  }

  async #writeAll(): Promise<void> {
    const target = this.#target
    const { waiting } = target
    if (target.fresh) await this.#open(target) // also where nothing is to be written: it takes the place of another
    let written = 0
    try {
      while (written < waiting.length && target === this.#target) {
        const rows = waiting.slice(written, written + ROWS_PER_TURN)
        let text = ''
        for (const toRow of rows) text += `${JSON.stringify(toRow())}\n`
        await this.#append(target, text)
        written += rows.length
        await nextTurn()
      }
    } finally {
      waiting.splice(0, written)
    }
  }

  async #append(target: Target, text: string): Promise<void> {
    const handle = await this.#open(target)
    const { size } = await handle.stat()
    try {
      await handle.appendFile(size === 0 ? FORMAT + text : text)
    } catch (error) {
      await handle.truncate(size) // a full disk: no half row may stay before the next try
      throw error
    }
  }

  async #open(target: Target): Promise<FileHandle> {
    if (this.#opened?.target === target) return this.#opened.handle
    await this.#opened?.handle.close()
    this.#opened = undefined
    this.#opened = { target, handle: await open(target.file, target.fresh ? 'w' : 'a', 0o600) }
    return this.#opened.handle
  }
}

/** Reads the file into the owners and compacts it where that pays. @throws SavedStateError */
export function loadChats(file: string, parts: JournalParts): void {
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
      restoreRow(JSON.parse(line) as JournalRow, parts) // our own file of the format above
    } catch (cause) {
      throw new SavedStateError(`${file}, line ${i + 2}, is not readable`, { cause })
    }
  }
  let live = 0
  for (const owner of journalOwners(parts)) for (const _ of owner.rows()) live += 1
  if (lines.length - live > Math.max(WORTH_COMPACTING, live)) compact(file, parts)
}

/** Writes what still counts to a new file that takes the old one's place. */
function compact(file: string, parts: JournalParts): void {
  const fresh = `${file}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    let text = FORMAT
    for (const owner of journalOwners(parts))
      for (const row of owner.rows()) {
        text += `${JSON.stringify(row)}\n`
        if (text.length < 1_000_000) continue
        writeSync(handle, text)
        text = ''
      }
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, file)
}
