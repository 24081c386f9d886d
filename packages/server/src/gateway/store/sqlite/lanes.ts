// The lane table under its fence: owner and lease.
import type { DatabaseSync } from 'node:sqlite'
import { NOBODY } from '../../core/jobs.ts'
import type { LaneRef } from '../port.ts'

export interface Lanes {
  /** The last seq given out, or undefined where the lane is no longer held under this lease. */
  tail(ref: LaneRef): number | undefined
  /** Only if nobody stored a job in it since: `upto` is the last that is over. */
  release(ref: LaneRef, upto: number): boolean
  /** Back to nobody, to be claimed from then on. */
  park(ref: LaneRef, dueMs: number): void
}

export const LANE_KEY = 'app_id = ? AND queue = ? AND lane = ?'
export const FENCE = `${LANE_KEY} AND owner = ? AND lease = ?`
export const fenceOf = ({ appId, queue, lane, owner, lease }: LaneRef) => [appId, queue, lane, owner, lease] as const

export function lanesOf(db: DatabaseSync): Lanes {
  const tail = db.prepare(`SELECT tail FROM lane WHERE ${FENCE}`)
  const release = db.prepare(`DELETE FROM lane WHERE ${LANE_KEY} AND tail = ?`)
  const park = db.prepare(`UPDATE lane SET owner = ${NOBODY}, due_ms = ? WHERE ${LANE_KEY}`)
  return {
    tail(ref) {
      const row = tail.get(...fenceOf(ref))
      return row === undefined ? undefined : Number(row.tail)
    },
    release: ({ appId, queue, lane }, upto) => release.run(appId, queue, lane, upto).changes === 1,
    park({ appId, queue, lane }, dueMs) {
      park.run(dueMs, appId, queue, lane)
    },
  }
}
