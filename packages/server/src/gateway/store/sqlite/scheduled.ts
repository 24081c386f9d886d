// Jobs for later. They take their place at the end of their lane when they are due, so that they hold nobody up before.
import type { DatabaseSync } from 'node:sqlite'
import { type NewJob, NOBODY } from '../../core/jobs.ts'
import type { Statements } from '../port.ts'
import { readJob } from '../rows.ts'
import type { EndJob } from './end-job.ts'
import type { PlaceJob } from './place-job.ts'
import { inTransaction } from './transaction.ts'

const WAITING = { seq: 0, attempts: 0, first_attempt_at_ms: null, marks: 0, no_batch: 0 }

/** A row of a table that keeps jobs out of their lanes. */
export const readNewJob = (row: object): NewJob => readJob({ ...WAITING, coalesce_hash: null, ...row })

export function scheduled(
  db: DatabaseSync,
  { place, endJob, now }: { place: PlaceJob; endJob: EndJob; now: () => number },
): Pick<Statements, 'releaseDue' | 'nextScheduledInMs' | 'cancel'> {
  const take = db.prepare(
    `DELETE FROM scheduled WHERE (job_id, app_id) IN
       (SELECT job_id, app_id FROM scheduled WHERE due_ms <= ? ORDER BY due_ms LIMIT ?) RETURNING *`,
  )
  const next = db.prepare('SELECT min(due_ms) AS due_ms FROM scheduled')
  const remove = db.prepare('DELETE FROM scheduled WHERE job_id = ? AND app_id = ?')

  return {
    releaseDue: async (most) =>
      inTransaction(db, () => {
        const rows = take.all(now(), most).sort((a, b) => Number(a.due_ms) - Number(b.due_ms))
        for (const row of rows) place({ worker: NOBODY, lease: 0 }, { ...readNewJob(row), take: false }, now())
        return rows.length
      }),
    async nextScheduledInMs() {
      const dueMs = next.get()?.due_ms
      return typeof dueMs === 'number' ? dueMs - now() : undefined
    },
    cancel: async (taker, appId, jobId, end) =>
      inTransaction(db, () => (remove.run(jobId, appId).changes === 1 ? endJob.write(taker, appId, end) : false)),
  }
}
