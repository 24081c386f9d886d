// Storing a job: it takes the next place in its lane. A lane that did not exist is leased to whoever stores the job, if
// that process is alive and has room; a lane that exists stays with whom it is.
import type { DatabaseSync } from 'node:sqlite'
import { NOBODY } from '../../core/jobs.ts'
import type { OfferedJob, PlacedJob, Taker } from '../port.ts'
import { jobRow } from '../rows.ts'
import { insertInto } from './insert-row.ts'

export type PlaceJob = (taker: Taker, job: OfferedJob, dueMs: number) => PlacedJob

export function placeJob(db: DatabaseSync): PlaceJob {
  const alive = db.prepare('SELECT 1 FROM worker WHERE id = ? AND dead = 0')
  const extend = db.prepare(
    `INSERT INTO lane (app_id, queue, lane, tail, owner, lease, gate, due_ms) VALUES (?, ?, ?, 1, ?, ?, ?, ?)
     ON CONFLICT (app_id, queue, lane) DO UPDATE SET tail = tail + 1 RETURNING tail, owner, lease`,
  )
  const insert = insertInto(db, 'job')
  return ({ worker, lease }, job, dueMs) => {
    const { appId, queue, lane, gate } = job
    const owner = job.take && alive.get(worker) !== undefined ? worker : NOBODY
    const row = extend.get(appId, queue, lane, owner, lease, gate, dueMs)
    if (row === undefined) throw new Error('RETURNING gave no row')
    const seq = Number(row.tail)
    insert({ ...jobRow(job), seq })
    return { ref: { appId, queue, lane, owner: Number(row.owner), lease: Number(row.lease) }, seq }
  }
}
