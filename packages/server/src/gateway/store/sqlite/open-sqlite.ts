// SQLite as the store's engine: node:sqlite in this process, one file in a folder of its own.
import { Kysely } from 'kysely'
import type { Clock } from '../../../kit/clock.ts'
import type { Engine } from '../open-store.ts'
import type { Schema } from '../schema.ts'
import { nodeSqliteDialect } from './kysely-dialect.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { sqliteStatements } from './statements.ts'
import { writeTogether } from './write-together.ts'

export function openSqlite(dataDir: string, clock: Clock): Engine {
  const { db, close } = openDatabase(dataDir)
  try {
    migrate(db, clock.now())
    return {
      statements: sqliteStatements(db, () => clock.now()),
      cold: new Kysely<Schema>({ dialect: nodeSqliteDialect(db) }),
      writeTogether: writeTogether(db),
      shared: false,
      close: async () => close(),
    }
  } catch (error) {
    close()
    throw error
  }
}
