import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Row } from '../rows.ts'

/** Inserts rows that all have the same columns; says whether one was stored. */
export function insertInto(db: DatabaseSync, table: string, onConflict = ''): (row: Row) => boolean {
  let statement: StatementSync | undefined
  return (row) => {
    const columns = Object.keys(row)
    statement ??= db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ${onConflict}`,
    )
    return statement.run(...Object.values(row)).changes === 1
  }
}
