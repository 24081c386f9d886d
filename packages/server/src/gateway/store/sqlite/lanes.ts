// The lane table's single-row statements. Each belongs into the transaction of what it is done for.
import type { DatabaseSync } from 'node:sqlite'
import type { AppId } from '../../core/ids.ts'
import type { LaneRef } from '../port.ts'

const NOBODY = 0

export interface Place {
  ref: LaneRef
  seq: number
  mine: boolean
}

export type SqliteLanes = ReturnType<typeof sqliteLanes>

export function sqliteLanes(db: DatabaseSync, queue: 'send' | 'callback', worker: number) {
  const take = db.prepare(
    `INSERT INTO lane (app_id, queue, lane, tail, owner, lease, due_ms) VALUES (?, '${queue}', ?, 1, ?, ?, ?)
     ON CONFLICT (app_id, queue, lane) DO UPDATE SET tail = tail + 1 RETURNING tail, owner, lease`,
  )
  const fence = `app_id = ? AND queue = '${queue}' AND lane = ? AND owner = ${worker} AND lease = ?`
  const tail = db.prepare(`SELECT tail FROM lane WHERE ${fence}`)
  const release = db.prepare(`DELETE FROM lane WHERE ${fence}`)
  const park = db.prepare(`UPDATE lane SET owner = ${NOBODY}, due_ms = ? WHERE ${fence}`)
  const claimable = db.prepare(
    `SELECT app_id, lane FROM lane
     WHERE queue = '${queue}' AND owner IN (SELECT ${NOBODY} UNION ALL SELECT id FROM worker WHERE dead = 1) AND due_ms <= ?
     ORDER BY due_ms LIMIT ?`,
  )
  const claim = db.prepare(
    `UPDATE lane SET owner = ${worker}, lease = ? WHERE app_id = ? AND queue = '${queue}' AND lane = ?`,
  )
  const nextDue = db.prepare(`SELECT min(due_ms) AS due_ms FROM lane WHERE queue = '${queue}' AND owner = ${NOBODY}`)
  let lastLease = 0

  return {
    /** A number for one statement's leases, never used again by this process. */
    newLease: () => ++lastLease,

    /** The next place in a lane. A lane that did not exist is leased to this process if it wants it. */
    take(appId: AppId, lane: string, lease: number, wanted: boolean, nowMs: number): Place {
      const row = take.get(appId, lane, wanted ? worker : NOBODY, lease, nowMs)
      if (row === undefined) throw new Error('RETURNING gave no row')
      return {
        ref: { appId, lane, lease: Number(row.lease) },
        seq: Number(row.tail),
        mine: row.owner === worker,
      }
    },

    /** The last seq given out, or undefined where the lane is no longer held under this lease. */
    tail({ appId, lane, lease }: LaneRef): number | undefined {
      const row = tail.get(appId, lane, lease)
      return row === undefined ? undefined : Number(row.tail)
    },

    release({ appId, lane, lease }: LaneRef): void {
      release.run(appId, lane, lease)
    },

    park({ appId, lane, lease }: LaneRef, dueMs: number): void {
      park.run(dueMs, appId, lane, lease)
    },

    claim(nowMs: number, most: number): LaneRef[] {
      const lease = ++lastLease
      return claimable.all(nowMs, most).map((row) => {
        const ref = { appId: String(row.app_id) as AppId, lane: String(row.lane), lease } // written as an AppId
        claim.run(lease, ref.appId, ref.lane)
        return ref
      })
    },

    nextDueMs(): number | undefined {
      const dueMs = nextDue.get()?.due_ms
      return typeof dueMs === 'number' ? dueMs : undefined
    },
  }
}
