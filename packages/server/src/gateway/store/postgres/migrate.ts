// Brings the database forward to the newest schema. Of processes that start together one does it, the others wait.
import type { Pool } from 'pg'
import { openSteps } from '../migrations/list.ts'
import { hashOf, postgresText } from '../migrations/migration.ts'
import { StoreError } from '../store-error.ts'

const OLDEST_VERSION = 150_000
/** Any number of ours. */
const MIGRATION_LOCK = 7_461_001

export async function migrate(pool: Pool, nowMs: number): Promise<void> {
  const client = await pool.connect()
  try {
    const version = Number((await client.query('SHOW server_version_num')).rows[0]?.server_version_num)
    if (version < OLDEST_VERSION)
      throw new StoreError(
        'old_server',
        `PostgreSQL ${Math.floor(version / 10_000)} is too old: 15 or later is needed.`,
      )
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (number bigint PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_at_ms bigint NOT NULL)',
    )
    const { rows } = await client.query('SELECT number, name, hash FROM schema_migration')
    const applied = rows.map((row) => ({ number: Number(row.number), name: String(row.name), hash: String(row.hash) }))
    for (const migration of openSteps(applied, postgresText)) {
      await client.query(postgresText(migration))
      await client.query('INSERT INTO schema_migration (number, name, hash, applied_at_ms) VALUES ($1, $2, $3, $4)', [
        migration.number,
        migration.name,
        hashOf(postgresText(migration)),
        nowMs,
      ])
    }
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}) // what it ended on counts
    client.release(true)
    throw error
  }
}
