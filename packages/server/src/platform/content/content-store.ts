// Owner of the files that users send: where their bytes lie, which message they belong to, and whether a bot can have
// them yet. Bytes are written to the folder as they arrive and never changed; a file that nothing names any more is
// removed at the next start. Without a data folder the bytes lie in a temporary one that goes with the platform.
import { createReadStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../../kit/clock.ts'

export type ContentKind = 'image' | 'video' | 'audio' | 'file'

/** A file that was uploaded. One file can be sent in many messages. */
export interface StoredFile {
  readonly fileId: string
  /** As `image/jpeg`. */
  readonly mediaType: string
  readonly sizeBytes: number
  readonly uploadedAtMs: number
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
}

/** What a message of a user carries. */
export interface MessageContent {
  readonly messageId: string
  /** The bot that may fetch it; absent where none was in the chat. */
  readonly channelId?: string
  readonly kind: ContentKind
  readonly fileId: string
  readonly fileName?: string
  /** Until then LINE prepares it (videos and audio): 202, and `processing`. */
  readonly preparedAtMs: number
  /** Preparing it ends in `failed`. */
  readonly preparingFails?: true
  /** Taken back by its sender: 410. */
  readonly gone?: true
}

export type ContentRow = { file: StoredFile } | { content: MessageContent }

export type ReceivedFile = { ok: true; sizeBytes: number } | { ok: false; refused: 'too_large' | 'no_room' }

// ours: what all files of users take together
const MOST_STORED_BYTES = 4 * 1024 * 1024 * 1024

export class ContentStore {
  readonly #files = new Map<string, StoredFile>()
  readonly #contents = new Map<string, MessageContent>()
  readonly #clock: Clock
  readonly #onChange: (row: ContentRow) => void
  readonly #mostStoredBytes: number
  #folder: string | undefined
  #temporary = false
  /** Sizes of the files that lie in the folder, those among them that a reset has forgotten. */
  readonly #onDisk = new Map<string, number>()
  #storedBytes = 0

  constructor(clock: Clock, onChange: (row: ContentRow) => void, mostStoredBytes = MOST_STORED_BYTES) {
    this.#clock = clock
    this.#onChange = onChange
    this.#mostStoredBytes = mostStoredBytes
  }

  /**
   * Where the bytes are kept. Called once, before anything is received; what nothing names is removed.
   * @param alsoNamed files that do not count now, but may be wanted again
   */
  keepIn(folder: string, alsoNamed: ReadonlySet<string>): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#folder = folder
    for (const name of readdirSync(folder))
      if (!this.#files.has(name) && !alsoNamed.has(name)) rmSync(join(folder, name), { force: true })
  }

  findFile(fileId: string): StoredFile | undefined {
    return this.#files.get(fileId)
  }

  find(messageId: string): MessageContent | undefined {
    return this.#contents.get(messageId)
  }

  isPrepared(content: MessageContent): boolean {
    return content.preparedAtMs <= this.#clock.now()
  }

  /** Writes a file as it arrives. {@link addFile} makes it known afterwards. */
  async receive(
    fileId: string,
    bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
    mostBytes: number,
  ): Promise<ReceivedFile> {
    const path = this.pathOf(fileId)
    const handle = await open(path, 'wx', 0o600)
    let sizeBytes = 0
    let whole = false
    try {
      for await (const chunk of bytes) {
        sizeBytes += chunk.length
        this.#storedBytes += chunk.length
        if (sizeBytes > mostBytes) return { ok: false, refused: 'too_large' }
        if (this.#storedBytes > this.#mostStoredBytes) return { ok: false, refused: 'no_room' }
        await handle.writeFile(chunk)
      }
      whole = true
      this.#onDisk.set(fileId, sizeBytes)
      return { ok: true, sizeBytes }
    } finally {
      await handle.close()
      if (!whole) {
        this.#storedBytes -= sizeBytes
        await rm(path, { force: true })
      }
    }
  }

  /** A file that was received and is not wanted after all. */
  async discard(fileId: string): Promise<void> {
    this.#storedBytes -= this.#onDisk.get(fileId) ?? 0
    this.#onDisk.delete(fileId)
    await rm(this.pathOf(fileId), { force: true })
  }

  hasRoomFor(sizeBytes: number): boolean {
    return this.#storedBytes + sizeBytes <= this.#mostStoredBytes
  }

  addFile(file: StoredFile): void {
    this.restore({ file })
    this.#onChange({ file })
  }

  add(content: MessageContent): void {
    this.restore({ content })
    this.#onChange({ content })
  }

  /** Its sender took the message back. The bytes stay until the next start, for the chats that still show the file. */
  markGone(messageId: string): void {
    const content = this.#contents.get(messageId)
    if (content !== undefined && content.gone === undefined) this.add({ ...content, gone: true })
  }

  read(file: StoredFile, range?: { start: number; end: number }): Readable {
    return createReadStream(this.pathOf(file.fileId), range)
  }

  restore(row: ContentRow): void {
    if ('file' in row) {
      const { fileId, sizeBytes } = row.file
      this.#storedBytes += sizeBytes - (this.#onDisk.get(fileId) ?? 0)
      this.#onDisk.set(fileId, sizeBytes)
      this.#files.set(fileId, row.file)
    } else this.#contents.set(row.content.messageId, row.content)
  }

  /** The bytes stay until the next start: a snapshot may name them. */
  clear(): void {
    this.#files.clear()
    this.#contents.clear()
  }

  *rows(): Generator<ContentRow> {
    for (const file of this.#files.values()) yield { file }
    for (const content of this.#contents.values()) yield { content }
  }

  close(): void {
    if (this.#temporary && this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  pathOf(fileId: string): string {
    if (!/^[0-9a-f]{32}$/.test(fileId)) throw new Error('a file id that is none') // it becomes part of a path
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), 'hatoba-content-'))
      this.#temporary = true
    }
    return join(this.#folder, fileId)
  }
}
