// Snapshots by name: all state at one moment, in a file of rows. The first line tells of the rest, so that listing reads
// no rows. Without a data folder they lie in a temporary one that goes with the platform. The clock is no part of it.
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nextTurn } from '../next-turn.ts'
import { rowsOf, type StateOwner, type StateRow } from './state-owner.ts'

const FORMAT = 'hatoba-platform-snapshot-1'
const SUFFIX = '.jsonl'
const FOLDER = 'snapshots'
const ROWS_PER_TURN = 1000
const READ_BYTES = 64 * 1024
export const MOST_SNAPSHOTS = 100
/** Lower case: some file systems know no other. */
export const SNAPSHOT_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

export interface SnapshotHeader {
  readonly name: string
  /** On the platform's clock. */
  readonly atMs: number
  readonly rows: number
}

/** The first line of the file. */
interface FirstLine extends SnapshotHeader {
  readonly format: typeof FORMAT
  /** Files of users that the snapshot names: their bytes are kept. */
  readonly fileIds: readonly string[]
}

export type TakenSnapshot = { ok: true; value: SnapshotHeader } | { ok: false; refused: 'too_many' }

export class Snapshots {
  #folder: string | undefined
  #temporary = false
  /** One at a time: two of one name would write one file. */
  #busy: Promise<unknown> = Promise.resolve()

  /** @param dataDir undefined: a temporary folder, made with the first snapshot */
  constructor(dataDir: string | undefined) {
    this.#folder = dataDir === undefined ? undefined : join(dataDir, FOLDER)
  }

  /** Takes the place of an earlier one of that name. All rows are those of the moment of the call. */
  take(name: string, atMs: number, owners: readonly StateOwner[]): Promise<TakenSnapshot> {
    const rows = [...rowsOf(owners)]
    return this.#next(async () => {
      const folder = this.#open()
      const path = join(folder, name + SUFFIX)
      if (!existsSync(path) && this.list().length >= MOST_SNAPSHOTS) return { ok: false, refused: 'too_many' }
      const header: SnapshotHeader = { name, atMs, rows: rows.length }
      await writeRows(`${path}.new`, { format: FORMAT, ...header, fileIds: rows.flatMap(fileIdsOf) }, rows)
      await rename(`${path}.new`, path)
      return { ok: true, value: header }
    })
  }

  /** Undefined where there is none of that name. */
  read(name: string): Promise<readonly StateRow[] | undefined> {
    return this.#next(async () => {
      if (this.#folder === undefined) return undefined
      const path = join(this.#folder, name + SUFFIX)
      return existsSync(path) ? readRows(path) : undefined
    })
  }

  /** False where there is none of that name. */
  remove(name: string): Promise<boolean> {
    return this.#next(async () => {
      const path = this.#folder === undefined ? undefined : join(this.#folder, name + SUFFIX)
      if (path === undefined || !existsSync(path)) return false
      await rm(path)
      return true
    })
  }

  /** The oldest first. */
  list(): SnapshotHeader[] {
    const headers = firstLines(this.#folder).map(({ name, atMs, rows }) => ({ name, atMs, rows }))
    return headers.sort((a, b) => a.atMs - b.atMs || (a.name < b.name ? -1 : 1))
  }

  close(): void {
    if (this.#temporary && this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  #next<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#busy.then(task)
    this.#busy = next.catch(() => undefined) // whoever asked for it gets the error
    return next
  }

  #open(): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), 'hatoba-snapshots-'))
      this.#temporary = true
    }
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return this.#folder
  }
}

/** The files of users that any snapshot in the folder names. */
export function filesOfSnapshots(dataDir: string): Set<string> {
  return new Set(firstLines(join(dataDir, FOLDER)).flatMap(({ fileIds }) => fileIds))
}

function fileIdsOf({ kind, row }: StateRow): string[] {
  if (kind !== 'content') return []
  const { r } = row as { r?: { file?: { fileId: string } } } // a row of the journal's owner of that kind
  return r?.file === undefined ? [] : [r.file.fileId]
}

async function writeRows(path: string, first: FirstLine, rows: readonly StateRow[]): Promise<void> {
  const handle = await open(path, 'w', 0o600) // holds channel secrets and tokens
  try {
    let text = `${JSON.stringify(first)}\n`
    for (let from = 0; from < rows.length; from += ROWS_PER_TURN) {
      for (const row of rows.slice(from, from + ROWS_PER_TURN)) text += `${JSON.stringify(row)}\n`
      await handle.appendFile(text)
      text = ''
      await nextTurn()
    }
    await handle.appendFile(text)
  } finally {
    await handle.close()
  }
}

async function readRows(path: string): Promise<StateRow[]> {
  const [, ...lines] = (await readFile(path, 'utf8')).split('\n')
  const rows: StateRow[] = []
  for (let from = 0; from < lines.length; from += ROWS_PER_TURN) {
    for (const line of lines.slice(from, from + ROWS_PER_TURN)) if (line !== '') rows.push(JSON.parse(line) as StateRow) // our own file of the format above
    await nextTurn()
  }
  return rows
}

function firstLines(folder: string | undefined): FirstLine[] {
  if (folder === undefined || !existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .flatMap((file) => readFirstLine(join(folder, file)))
}

/** None where the file is not one of ours. */
function readFirstLine(path: string): FirstLine[] {
  const handle = openSync(path, 'r')
  try {
    const chunks: Buffer[] = []
    for (let at = 0; ; ) {
      const chunk = Buffer.alloc(READ_BYTES)
      const length = readSync(handle, chunk, 0, READ_BYTES, at)
      const end = chunk.subarray(0, length).indexOf(0x0a)
      chunks.push(chunk.subarray(0, end === -1 ? length : end))
      if (end !== -1 || length === 0) break
      at += length
    }
    const first = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Partial<FirstLine> // its format is checked
    return first.format === FORMAT ? [first as FirstLine] : []
  } catch {
    return [] // whatever somebody else put there
  } finally {
    closeSync(handle)
  }
}
