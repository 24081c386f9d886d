// One step of the schema for both engines. Tables are written once, in SQLite's words, which are mapped to PostgreSQL's;
// what only one engine has stands apart.
import { createHash } from 'node:crypto'

export interface Migration {
  number: number
  name: string
  tables: string
  sqlite: string
  postgres: string
}

export const sqliteText = ({ tables, sqlite }: Migration): string => `${tables}${sqlite}`

export const postgresText = ({ tables, postgres }: Migration): string =>
  `${tables
    .replace(/\bINTEGER\b/g, 'bigint')
    .replace(/\bTEXT\b/g, 'text COLLATE "C"') // texts are ids and compare by bytes, as on SQLite
    .replace(/\) STRICT(, WITHOUT ROWID)?;/g, ');')}${postgres}`

/** Tells an applied migration from one that was changed afterwards. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
