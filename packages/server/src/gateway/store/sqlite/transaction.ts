import type { DatabaseSync } from 'node:sqlite'
import type { CallbackDraft } from '../../core/model.ts'

/** Transactions that may append callbacks; these are handed over for delivery once committed. */
export interface CallbackUnit {
  transact<T>(work: () => T): T
  append(drafts: readonly CallbackDraft[]): void
}

/** Everything in `work` or nothing. It is synchronous to the end: nothing else can come between on this connection. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
