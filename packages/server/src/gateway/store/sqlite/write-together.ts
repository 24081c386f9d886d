import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Compilable } from 'kysely'
import { inTransaction } from './transaction.ts'

/** Runs queries built with Kysely as one transaction. */
export const writeTogether =
  (db: DatabaseSync) =>
  async (queries: readonly Compilable[]): Promise<void> =>
    inTransaction(db, () => {
      for (const query of queries) {
        const { sql, parameters } = query.compile()
        db.prepare(sql).run(...(parameters as SQLInputValue[])) // Kysely types them as unknown
      }
    })
