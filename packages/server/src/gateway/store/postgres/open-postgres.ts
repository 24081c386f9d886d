// PostgreSQL as the store's engine, shared by any number of processes.
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import type { Pool } from 'pg'
import type { Clock } from '../../../kit/clock.ts'
import type { Logger } from '../../../kit/log.ts'
import type { Engine } from '../open-store.ts'
import type { Schema } from '../schema.ts'
import { StoreError } from '../store-error.ts'
import { migrate } from './migrate.ts'
import { inDoubt, openSession } from './session.ts'
import { postgresStatements } from './statements.ts'
import { workers } from './workers.ts'
import { writeTogether } from './write-together.ts'

export async function openPostgres(url: string, clock: Clock, log: Logger): Promise<Engine> {
  const session = openSession(url, log)
  try {
    await migrate(session.pool, clock.now())
  } catch (cause) {
    await session.close()
    if (cause instanceof StoreError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError('unreachable', `PostgreSQL cannot be used: ${reason}`, cause)
  }
  const lives = workers(session, { url, log })
  return {
    statements: postgresStatements(session, lives),
    cold: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: coldPool(session.pool) }) }),
    writeTogether: writeTogether(session.pool),
    shared: true,
    async close() {
      await lives.close()
      await session.close()
    },
  }
}

/** Kysely's view of the pool: what is not answered is told in the store's terms, and its connection is not used again. */
function coldPool(pool: Pool): PostgresPool {
  const told = (error: unknown): never => {
    throw inDoubt(error)
  }
  return {
    async connect() {
      const client = await pool.connect().catch(told)
      let failed = false
      const query = (sql: string, parameters: readonly unknown[]) =>
        client.query(sql, [...parameters]).catch((error: unknown) => {
          failed = true
          return told(error)
        })
      return { query, release: () => client.release(failed) } as unknown as PostgresPoolClient // without cursors, which nobody uses here
    },
    options: pool.options,
    end: async () => {}, // the store ends it
  }
}
