// The accounts on disk: one small file, a row of JSON a line, replaced whole by an atomic rename. Rows are written
// a thousand at a time with a pause between, so that many users do not hold the event loop.
import { existsSync, readFileSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import type { Logger } from '../../kit/log.ts'
import { nextTurn } from '../next-turn.ts'
import { type AccountRow, type Accounts, accountRows, addAccountRow } from './accounts.ts'

const FORMAT = 'hatoba-platform-accounts-1'
const SAVE_AFTER_MS = 2000
const ROWS_PER_TURN = 500

/** A saved state that this version cannot read. */
export class SavedStateError extends Error {
  override name = 'SavedStateError'
  readonly code = 'unreadable_state'
}

/** False where there is no file yet. @throws SavedStateError */
export function loadAccounts(file: string, accounts: Accounts): boolean {
  if (!existsSync(file)) return false
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n')
  if (first !== FORMAT) throw new SavedStateError(`${file} was not written by this version of Hatoba`)
  for (const [i, line] of lines.entries()) {
    if (line === '') continue
    try {
      addAccountRow(accounts, JSON.parse(line) as AccountRow) // our own file of the format above
    } catch (cause) {
      throw new SavedStateError(`${file}, line ${i + 2}, is not readable`, { cause })
    }
  }
  return true
}

export class AccountsFile {
  readonly #file: string
  readonly #accounts: Accounts
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #saving: Promise<void> = Promise.resolve()
  #changed = false

  constructor(file: string, accounts: Accounts, log: Logger) {
    this.#file = file
    this.#accounts = accounts
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
    clearTimeout(this.#timer)
    await this.save()
    clearTimeout(this.#timer)
  }

  async #write(): Promise<void> {
    this.#changed = false
    const fresh = `${this.#file}.new`
    const handle = await open(fresh, 'w', 0o600) // holds channel secrets and tokens
    try {
      await this.#writeRows(handle)
      await handle.sync()
    } catch (error) {
      this.#changed = true
      throw error
    } finally {
      await handle.close()
    }
    await rename(fresh, this.#file)
  }

  /** A row that changes while others are written is marked as changed and written again by the next save. */
  async #writeRows(handle: FileHandle): Promise<void> {
    let text = `${FORMAT}\n`
    let count = 0
    for (const row of accountRows(this.#accounts)) {
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
