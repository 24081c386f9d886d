import type { DatabaseSync } from 'node:sqlite'

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
