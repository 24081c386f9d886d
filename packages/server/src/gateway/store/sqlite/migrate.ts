// Brings the database file forward to the newest schema, one step after the other.
import type { DatabaseSync } from 'node:sqlite'
import { openSteps } from '../migrations/list.ts'
import { hashOf, sqliteText } from '../migrations/migration.ts'
import { inTransaction } from './transaction.ts'

export function migrate(db: DatabaseSync, nowMs: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT',
  )
  const applied = db.prepare('SELECT number, name, hash FROM schema_migration').all()
  const known = applied.map((row) => ({ number: Number(row.number), name: String(row.name), hash: String(row.hash) }))
  for (const migration of openSteps(known, sqliteText))
    inTransaction(db, () => {
      db.exec(sqliteText(migration))
      db.prepare('INSERT INTO schema_migration (number, name, hash, applied_at_ms) VALUES (?, ?, ?, ?)').run(
        migration.number,
        migration.name,
        hashOf(sqliteText(migration)),
        nowMs,
      )
    })
}
