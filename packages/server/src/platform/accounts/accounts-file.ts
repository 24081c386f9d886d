// The accounts on disk: one small file, a row of JSON a line, replaced whole by an atomic rename. Rows are written
// some hundred at a time with a pause between, so that many users do not hold the event loop.
import { existsSync, readFileSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import type { Logger } from '../../kit/log.ts'
import { nextTurn } from '../next-turn.ts'
import { restoreRows, rowsOf, type StateOwner, type StateRow } from '../state/state-owner.ts'

const FORMAT = 'hatoba-platform-accounts-1'
const SAVE_AFTER_MS = 2000
const ROWS_PER_TURN = 500

/** A saved state that this version cannot read. */
export class SavedStateError extends Error {
  override name = 'SavedStateError'
  readonly code = 'unreadable_state'
}

/** The row that names the journal, where it is not the first one. */
const JOURNAL_KIND = 'journal'

/** Undefined where there is no file yet; else with the name of the journal that belongs to it. @throws SavedStateError */
export function loadAccounts(file: string, owners: readonly StateOwner[]): { journal?: string } | undefined {
  if (!existsSync(file)) return undefined
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n')
  if (first !== FORMAT) throw new SavedStateError(`${file} was not written by this version of Hatoba`)
  let journal: string | undefined
  const readRow = (line: string): StateRow[] => {
    const row = JSON.parse(line) as StateRow // our own file of the format above
    if (row.kind !== JOURNAL_KIND) return [row]
    journal = String(row.row)
    return []
  }
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    try {
      restoreRows(owners, readRow(line))
    } catch (cause) {
      throw new SavedStateError(`${file}, line ${i + 2}, is not readable`, { cause })
    }
  }
  return journal === undefined ? {} : { journal }
}

/** The file of accounts says which journal counts, so that both can be replaced at one moment. */
export interface JournalOfAccounts {
  /** Its file's name; undefined for the first one. */
  name(): string | undefined
  /** Resolves once a journal that was begun anew is whole on the disk. */
  ready(): Promise<void>
  /** The journal of that name counts: others can go. */
  counts(name: string | undefined): Promise<void>
}

export class AccountsFile {
  readonly #file: string
  readonly #owners: readonly StateOwner[]
  readonly #journal: JournalOfAccounts
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #saving: Promise<void> = Promise.resolve()
  #changed = false

  constructor(file: string, owners: readonly StateOwner[], journal: JournalOfAccounts, log: Logger) {
    this.#file = file
    this.#owners = owners
    this.#journal = journal
    this.#log = log
  }

  /** Something changed: it is on disk a few seconds later. */
  changed(): void {
    this.#changed = true
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.save().catch((error) => {
        this.#log.error({ err: error, file: this.#file }, 'accounts were not saved; trying again')
        this.changed()
      })
    }, SAVE_AFTER_MS).unref()
  }

  /** Resolves once everything up to this moment is on disk. */
  save(): Promise<void> {
    const next = this.#saving.catch(() => undefined).then(() => (this.#changed ? this.#write() : undefined))
    this.#saving = next
    return next
  }

  async close(): Promise<void> {
    do {
      clearTimeout(this.#timer)
      this.#timer = undefined
      await this.save()
    } while (this.#changed)
    clearTimeout(this.#timer)
  }

  async #write(): Promise<void> {
    this.#changed = false
    const fresh = `${this.#file}.new`
    try {
      await this.#journal.ready()
      const journal = this.#journal.name()
      const handle = await open(fresh, 'w', 0o600) // holds channel secrets and tokens
      try {
        await this.#writeRows(handle, journal)
        await handle.sync()
      } finally {
        await handle.close()
      }
      if (journal !== this.#journal.name()) {
        this.changed() // all began anew meanwhile: these rows are a mixture
        return
      }
      await rename(fresh, this.#file)
      await this.#journal.counts(journal)
    } catch (error) {
      this.#changed = true
      throw error
    }
  }

  /** A row that changes while others are written is marked as changed and written again by the next save. */
  async #writeRows(handle: FileHandle, journal: string | undefined): Promise<void> {
    let text = `${FORMAT}\n`
    if (journal !== undefined) text += `${JSON.stringify({ kind: JOURNAL_KIND, row: journal })}\n`
    let count = 0
    for (const row of rowsOf(this.#owners)) {
      text += `${JSON.stringify(row)}\n`
      if (++count % ROWS_PER_TURN === 0) {
        await handle.appendFile(text)
        text = ''
        await nextTurn()
      }
    }
    await handle.appendFile(text)
  }
}
