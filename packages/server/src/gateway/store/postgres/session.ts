// How statements reach PostgreSQL: one round trip each, autocommitted, with limits on both sides, so that a half-open
// connection cannot hold anything up. Whatever ends without PostgreSQL's own word that nothing was done is in doubt.
import { Pool, type PoolConfig, types } from 'pg'
import type { Logger } from '../../../kit/log.ts'
import type { Row } from '../rows.ts'
import { StoreInDoubtError } from '../store-error.ts'

const STATEMENT_LIMIT_MS = 5000
/** A little longer than PostgreSQL's own limit: only a connection that is gone reaches it. */
const ANSWER_LIMIT_MS = 6000
const CONNECT_LIMIT_MS = 3000
const MOST_CONNECTIONS = 8
const INT8 = 20
/** Errors after which PostgreSQL has certainly done nothing: bad data, bad rows, bad text, no room, a lost race, a limit. */
const NOTHING_DONE = /^(22|23|25|40|42|53|54|55)|^57014$|^0A/

export const poolConfig = (url: string): PoolConfig => ({
  connectionString: url,
  max: MOST_CONNECTIONS,
  statement_timeout: STATEMENT_LIMIT_MS,
  query_timeout: ANSWER_LIMIT_MS,
  connectionTimeoutMillis: CONNECT_LIMIT_MS,
  idle_in_transaction_session_timeout: STATEMENT_LIMIT_MS,
  keepAlive: true,
  application_name: 'hatoba',
  types: {
    // Every bigint of ours is a count, a time in ms or a seq: all far below 2 to the 53.
    getTypeParser: (oid: number, format: 'text' | 'binary' = 'text') =>
      oid === INT8 && format === 'text' ? Number : types.getTypeParser(oid, format as 'text'), // the overloads name only literals
  },
})

export interface Session {
  pool: Pool
  /** One statement, prepared under its name. */
  ask(name: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export function openSession(url: string, log: Logger): Session {
  const pool = new Pool(poolConfig(url))
  // Without listeners the end of a connection, idle or in use, would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'a connection to PostgreSQL ended'))
  pool.on('connect', (client) => client.on('error', () => {})) // whoever uses it is told by its query
  return {
    pool,
    async ask(name, text, values = []) {
      try {
        const { rows } = await pool.query({ name, text, values: [...values] })
        return rows
      } catch (error) {
        throw inDoubt(error)
      }
    },
    close: () => pool.end(),
  }
}

export function inDoubt(error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (typeof code === 'string' && code.length === 5 && NOTHING_DONE.test(code)) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new StoreInDoubtError(`PostgreSQL did not answer: ${reason}`, { cause: error })
}

/** Rows as one parameter. PostgreSQL's text holds no zero character and its JSON no half of a surrogate pair. */
export const rowsOf = (rows: readonly (Row | Record<string, unknown>)[]): string =>
  JSON.stringify(rows, (_name, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value,
  )
