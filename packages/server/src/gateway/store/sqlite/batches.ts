// Jobs of several lanes that go out together. A batch is a lane of its own with one job; while it lives, only its holder
// may touch its members, whose lanes belong to the batch.
import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { IN_BATCH } from '../../core/jobs.ts'
import type { PlacedJob, Statements } from '../port.ts'
import { readMember } from '../rows.ts'
import type { EndJob } from './end-job.ts'
import { FENCE, fenceOf, LANE_KEY, type Lanes } from './lanes.ts'
import type { PlaceJob } from './place-job.ts'
import { inTransaction } from './transaction.ts'

export function batches(
  db: DatabaseSync,
  { lanes, place, endJob, now }: { lanes: Lanes; place: PlaceJob; endJob: EndJob; now: () => number },
): Pick<Statements, 'form' | 'members' | 'finishBatch'> {
  // Only what was certainly never sent may join: under another key it would be a second message.
  const free = db.prepare(`SELECT 1 FROM lane WHERE ${FENCE} AND taint < ?`)
  const join = db.prepare(
    `UPDATE job SET batch = ? WHERE ${LANE_KEY} AND seq = ? AND attempts = 0 AND no_batch = 0 AND batch IS NULL`,
  )
  const hold = db.prepare(`UPDATE lane SET owner = ${IN_BATCH}, due_ms = ${Number.MAX_SAFE_INTEGER} WHERE ${LANE_KEY}`)
  const members = db.prepare('SELECT lane, seq, job_id, body FROM job WHERE app_id = ? AND batch = ? ORDER BY lane')
  const alone = db.prepare(`UPDATE job SET batch = NULL, no_batch = 1, retry_key = ? WHERE ${LANE_KEY} AND seq = ?`)
  const removeBatchJob = db.prepare(`DELETE FROM job WHERE ${LANE_KEY}`)

  return {
    async form(taker, asked, batch) {
      return inTransaction(db, () => {
        const joined = asked.map(({ ref, seq }) => {
          const { appId, queue, lane } = ref
          if (free.get(...fenceOf(ref), seq) === undefined) return false
          if (join.run(batch.jobId, appId, queue, lane, seq).changes === 0) return false
          hold.run(appId, queue, lane)
          return true
        })
        if (joined.includes(true)) place(taker, { ...batch, take: true }, now())
        return joined
      })
    },

    members: async (appId, batchJobId) => members.all(appId, batchJobId).map(readMember),

    async finishBatch(taker, ref, batchJobId, outcome) {
      const { appId, queue } = ref
      return inTransaction(db, () => {
        if (lanes.tail(ref) === undefined) return undefined
        const placed: (PlacedJob | undefined)[] = []
        const ends = outcome.kind === 'taken' ? outcome.ends : []
        for (const { lane, seq, end } of ends) {
          const jobs = endJob.end(taker, { appId, queue, lane, seq }, end)
          placed.push(...(jobs ?? end.jobs.map(() => undefined)))
          const member = { ...ref, lane }
          if (!lanes.release(member, seq)) lanes.park(member, now())
        }
        if (outcome.kind === 'split')
          for (const { lane, seq } of members.all(appId, batchJobId).map(readMember)) {
            alone.run(randomUUID(), appId, queue, lane, seq)
            lanes.park({ ...ref, lane }, now())
          }
        removeBatchJob.run(appId, queue, ref.lane)
        lanes.release(ref, 1)
        return placed
      })
    },
  }
}
