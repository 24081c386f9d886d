// Complete: what became of a lane's first jobs, under the lane's fence. The lane is given back only if nobody stored a
// job in it since; whoever holds it finds that job otherwise.
import type { DatabaseSync } from 'node:sqlite'
import { NOBODY } from '../../core/jobs.ts'
import type { LaneCompletion, LaneState, PlacedJob, Statements, Taker } from '../port.ts'
import type { EndJob } from './end-job.ts'
import type { Lanes } from './lanes.ts'
import type { PlaceJob } from './place-job.ts'
import { inTransaction } from './transaction.ts'

export function complete(
  db: DatabaseSync,
  { lanes, place, endJob, now }: { lanes: Lanes; place: PlaceJob; endJob: EndJob; now: () => number },
): Statements['complete'] {
  const where = 'WHERE app_id = ? AND queue = ? AND lane = ? AND seq = ?'
  const attempt = db.prepare(`UPDATE job SET attempts = ?, first_attempt_at_ms = ? ${where}`)
  const moved = db.prepare(`DELETE FROM job ${where} RETURNING *`)
  const setAttempts = db.prepare(`UPDATE job SET attempts = ? ${where}`)

  function moveAside({ ref, upto }: LaneCompletion, rest: { lane: string; attempts: number; delayMs: number }): void {
    const row = moved.get(ref.appId, ref.queue, ref.lane, upto)
    if (row === undefined) return
    const job = {
      ...ref,
      lane: rest.lane,
      gate: String(row.gate),
      jobId: String(row.job_id),
      retryKey: row.retry_key === null ? undefined : String(row.retry_key),
      coalesceHash: undefined,
      body: String(row.body),
      take: false,
    }
    const { seq } = place({ worker: NOBODY, lease: 0 }, job, now() + rest.delayMs)
    setAttempts.run(rest.attempts, ref.appId, ref.queue, rest.lane, seq)
  }

  function completeOne(taker: Taker, item: LaneCompletion, placed: (PlacedJob | undefined)[]): LaneState {
    const { ref, upto, ends, rest, token } = item
    const tail = lanes.tail(ref)
    for (const { seq, end } of ends) {
      const jobs = tail === undefined ? undefined : endJob.end(taker, { ...ref, seq }, end)
      placed.push(...(jobs ?? end.jobs.map(() => undefined)))
    }
    if (tail === undefined) return { kind: 'lost', token }
    if (rest?.kind === 'aside') moveAside(item, rest)
    if (lanes.release(ref, upto)) return { kind: 'released', token }
    if (rest?.kind !== 'park') return { kind: 'held', tail, token }
    attempt.run(rest.attempts, rest.firstAttemptAtMs ?? null, ref.appId, ref.queue, ref.lane, upto + 1)
    lanes.park(ref, now() + rest.delayMs)
    return { kind: 'parked', token }
  }

  return async (taker, items) => {
    const placed: (PlacedJob | undefined)[] = []
    const states = inTransaction(db, () => items.map((item) => completeOne(taker, item, placed)))
    return { states, placed }
  }
}
