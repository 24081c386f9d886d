import type { Compilable } from 'kysely'
import type { Pool } from 'pg'
import { inDoubt } from './session.ts'

/** Runs queries built with Kysely as one transaction. */
export const writeTogether =
  (pool: Pool) =>
  async (queries: readonly Compilable[]): Promise<void> => {
    if (queries.length === 0) return
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      for (const query of queries) {
        const { sql, parameters } = query.compile()
        await client.query(sql, [...parameters])
      }
      await client.query('COMMIT')
      client.release()
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {}) // what it ended on counts
      client.release(true)
      throw inDoubt(error)
    }
  }
