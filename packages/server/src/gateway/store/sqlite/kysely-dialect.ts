// Kysely's SqliteDialect over node:sqlite: it only asks for prepare() and close() in better-sqlite3's shape.
// For single statements only: a transaction of Kysely's spans turns of the event loop, and the hot statements, on
// the same connection, would fall into it. Cold writes that belong together go through write-together.ts.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { SqliteDialect } from 'kysely'

const MOST_CACHED_STATEMENTS = 500

export function nodeSqliteDialect(db: DatabaseSync): SqliteDialect {
  const cache = new Map<string, { statement: StatementSync; reader: boolean }>()
  const prepared = (sql: string) => {
    let entry = cache.get(sql)
    if (entry === undefined) {
      const statement = db.prepare(sql)
      entry = { statement, reader: statement.columns().length > 0 } // RETURNING counts as reader
      if (cache.size >= MOST_CACHED_STATEMENTS) cache.clear()
      cache.set(sql, entry)
    }
    return entry
  }
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[] // Kysely types them as unknown
  return new SqliteDialect({
    database: {
      close: () => {}, // the store closes it
      prepare: (sql) => {
        const { statement, reader } = prepared(sql)
        return {
          reader,
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => db.prepare(sql).iterate(...values(parameters)), // a shared one would be invalidated by its next use
        }
      },
    },
  })
}
