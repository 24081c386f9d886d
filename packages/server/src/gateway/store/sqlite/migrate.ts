// Brings a database forward to the newest schema, one numbered migration after the other. A database that is ahead
// of this program, or has another history, is left alone.
import type { DatabaseSync } from 'node:sqlite'
import { firstTables } from '../migrations/0001-first-tables.ts'
import { StoreError } from '../store-error.ts'
import { inTransaction } from './transaction.ts'

const MIGRATIONS = [firstTables]

/** The number of the newest migration that this program knows. */
export const NEWEST_SCHEMA = MIGRATIONS.length

export function migrate(db: DatabaseSync, nowMs: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT',
  )
  const applied = new Map<number, string>()
  for (const { number, name } of db.prepare('SELECT number, name FROM schema_migration').all())
    applied.set(Number(number), String(name))
  const newest = Math.max(0, ...applied.keys())
  if (newest > MIGRATIONS.length)
    throw new StoreError(
      'newer_schema',
      `The data folder was written by a newer version of Hatoba (schema ${newest}, this program knows ${MIGRATIONS.length}). Start that version, or restore an older backup.`,
    )
  for (const migration of MIGRATIONS) {
    const name = applied.get(migration.number)
    if (name === migration.name) continue
    if (name !== undefined)
      throw new StoreError(
        'foreign_schema',
        `Migration ${migration.number} of the data folder is "${name}", not "${migration.name}".`,
      )
    inTransaction(db, () => {
      db.exec(migration.sqlite)
      db.prepare('INSERT INTO schema_migration (number, name, applied_at_ms) VALUES (?, ?, ?)').run(
        migration.number,
        migration.name,
        nowMs,
      )
    })
  }
}
