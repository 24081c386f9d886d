// The gateway's store: everything it may not forget. On SQLite in one folder that one process holds, on PostgreSQL for
// any number of processes.
import type { Compilable, Kysely } from 'kysely'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Sealer } from '../../kit/seal.ts'
import type { MessageId, ProjectId } from '../core/ids.ts'
import type { Message } from '../core/model.ts'
import { checkSeal } from './check-seal.ts'
import { type StoreDirectory, storeDirectory } from './directory.ts'
import { findMessage } from './messages.ts'
import type { Statements } from './port.ts'
import type { Schema } from './schema.ts'

/** What an engine brings. */
export interface Engine {
  statements: Statements
  /** For single statements; what must be written together goes through writeTogether. */
  cold: Kysely<Schema>
  writeTogether(queries: readonly Compilable[]): Promise<void>
  /** Whether other processes may work on it at the same time. */
  shared: boolean
  close(): Promise<void>
}

export interface Store extends Engine {
  directory: StoreDirectory
  findMessage(projectId: ProjectId, messageId: MessageId): Promise<Message | undefined>
}

export interface StoreOptions {
  dataDir: string
  /** PostgreSQL instead of the folder. */
  databaseUrl: string | undefined
  sealer: Sealer
  clock: Clock
  log: Logger
}

/** @throws StoreError where it cannot be used */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options)
  try {
    await checkSeal(engine.cold, options.sealer)
    return {
      ...engine,
      directory: storeDirectory(engine.cold, options.sealer),
      findMessage: (projectId, messageId) => findMessage(engine.cold, projectId, messageId),
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** Each engine is loaded only where it is used: the other's driver costs start-up time. */
async function openEngine({ dataDir, databaseUrl, clock, log }: StoreOptions): Promise<Engine> {
  if (databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres/open-postgres.ts')
    return openPostgres(databaseUrl, clock, log)
  }
  const { openSqlite } = await import('./sqlite/open-sqlite.ts')
  return openSqlite(dataDir, clock)
}
