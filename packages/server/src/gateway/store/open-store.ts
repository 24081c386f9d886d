// The gateway's store: everything it may not forget, in one folder that one process holds.
import { Kysely } from 'kysely'
import type { Clock } from '../../kit/clock.ts'
import type { Sealer } from '../../kit/seal.ts'
import type { MessageId, ProjectId } from '../core/ids.ts'
import type { Message } from '../core/model.ts'
import type { Activity } from '../delivery/activity.ts'
import { type StoreDirectory, storeDirectory } from './directory.ts'
import { findMessage } from './messages.ts'
import type { HotStore } from './port.ts'
import type { Schema } from './schema.ts'
import { checkSeal } from './sqlite/check-seal.ts'
import { sqliteHotStore } from './sqlite/hot-store.ts'
import { nodeSqliteDialect } from './sqlite/kysely-dialect.ts'
import { migrate } from './sqlite/migrate.ts'
import { openDatabase } from './sqlite/open-database.ts'
import { type WriteTogether, writeTogether } from './sqlite/write-together.ts'

export interface Store extends HotStore {
  /** For single statements; what must be written together goes through {@link writeTogether}. */
  cold: Kysely<Schema>
  writeTogether: WriteTogether
  directory: StoreDirectory
  findMessage(projectId: ProjectId, messageId: MessageId): Promise<Message | undefined>
  close(): void
}

export interface StoreOptions {
  dataDir: string
  sealer: Sealer
  clock: Clock
  activity: Activity
}

/** @throws StoreError where the folder cannot be used */
export function openStore({ dataDir, sealer, clock, activity }: StoreOptions): Store {
  const { db, close } = openDatabase(dataDir)
  try {
    migrate(db, clock.now())
    checkSeal(db, sealer)
    const cold = new Kysely<Schema>({ dialect: nodeSqliteDialect(db) })
    return {
      ...sqliteHotStore(db, clock, activity),
      cold,
      writeTogether: writeTogether(db),
      directory: storeDirectory(cold, sealer),
      findMessage: (projectId, messageId) => findMessage(cold, projectId, messageId),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}
