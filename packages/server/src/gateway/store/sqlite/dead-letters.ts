// What could not be delivered, and its way back: to the end of its lane, under a new retry key where it was refused.
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { NOBODY } from '../../core/jobs.ts'
import type { DeadLetterFilter, DeadLetterStatements } from '../port.ts'
import type { PlaceJob } from './place-job.ts'
import { readNewJob } from './scheduled.ts'
import { inTransaction } from './transaction.ts'

const MATCHES = `(?1 IS NULL OR app_id = ?1) AND (?2 IS NULL OR queue = ?2) AND (?3 IS NULL OR job_id = ?3)
  AND (?4 IS NULL OR substr(gate, 3) = ?4) AND (?5 IS NULL OR died_at_ms >= ?5)`
const valuesOf = ({ appId, queue, jobId, gateName, diedSinceMs }: DeadLetterFilter) =>
  [appId ?? null, queue ?? null, jobId ?? null, gateName ?? null, diedSinceMs ?? null] as const

export function deadLetters(db: DatabaseSync, place: PlaceJob, now: () => number): DeadLetterStatements {
  const count = db.prepare(`SELECT count(*) AS count FROM dead_letter WHERE ${MATCHES}`)
  const take = db.prepare(
    `DELETE FROM dead_letter WHERE (job_id, app_id) IN
       (SELECT job_id, app_id FROM dead_letter WHERE ${MATCHES} ORDER BY died_at_ms, job_id LIMIT ?6) RETURNING *`,
  )
  const queued = db.prepare(
    `UPDATE message SET state = 'queued', failure_code = NULL, failure_description = NULL, state_at_ms = ?
     WHERE message_id = ? AND app_id = ?`,
  )
  return {
    countDead: async (filter) => Number(count.get(...valuesOf(filter))?.count),
    replayDead: async (filter, most) =>
      inTransaction(db, () => {
        const rows = take.all(...valuesOf(filter), most)
        rows.sort(
          (a, b) => Number(a.died_at_ms) - Number(b.died_at_ms) || (String(a.job_id) < String(b.job_id) ? -1 : 1),
        )
        for (const row of rows) {
          const job = readNewJob(row)
          const retryKey = job.retryKey !== undefined && row.definite === 1 ? randomUUID() : job.retryKey
          place({ worker: NOBODY, lease: 0 }, { ...job, retryKey, take: false }, now())
          if (row.message_id !== null && row.message_id !== undefined) queued.run(now(), row.message_id, job.appId)
        }
        return rows.length
      }),
  }
}
