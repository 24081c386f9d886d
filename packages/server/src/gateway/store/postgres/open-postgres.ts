// PostgreSQL as the store's engine, shared by any number of processes.
import { Kysely, PostgresDialect } from 'kysely'
import type { Clock } from '../../../kit/clock.ts'
import type { Logger } from '../../../kit/log.ts'
import type { Engine } from '../open-store.ts'
import type { Schema } from '../schema.ts'
import { StoreError } from '../store-error.ts'
import { migrate } from './migrate.ts'
import { openSession } from './session.ts'
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
    cold: new Kysely<Schema>({ dialect: new PostgresDialect({ pool: session.pool }) }),
    writeTogether: writeTogether(session.pool),
    shared: true,
    async close() {
      await lives.close()
      await session.close()
    },
  }
}
