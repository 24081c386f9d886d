// Look, claim, load and mark: how lanes that are nobody's, or a dead worker's, come into a process's memory.
import type { DatabaseSync } from 'node:sqlite'
import { NOBODY } from '../../core/jobs.ts'
import type { ClaimedLane, Look, Statements } from '../port.ts'
import { readJob, readRef } from '../rows.ts'
import { FENCE, fenceOf, LANE_KEY } from './lanes.ts'
import { inTransaction } from './transaction.ts'

const MOST_GATES = 1000

export function takeLanes(db: DatabaseSync, now: () => number): Pick<Statements, 'look' | 'claim' | 'load' | 'mark'> {
  // Gates one by one through the index, whatever number of lanes waits in each.
  const firstGate = db.prepare('SELECT min(gate) AS gate FROM lane WHERE queue = ? AND owner = ?')
  const nextGate = db.prepare('SELECT min(gate) AS gate FROM lane WHERE queue = ? AND owner = ? AND gate > ?')
  const dueOf = db.prepare('SELECT min(due_ms) AS due_ms FROM lane WHERE queue = ? AND owner = ? AND gate = ?')
  const paused = db.prepare('SELECT name, until_ms FROM gate_pause WHERE until_ms > ?')
  const isPaused = db.prepare('SELECT 1 FROM gate_pause WHERE name = substr(?, 3) AND until_ms > ?')
  const claimable = db.prepare(
    'SELECT app_id, lane FROM lane WHERE queue = ? AND owner = ? AND gate = ? AND due_ms <= ? ORDER BY due_ms LIMIT ?',
  )
  // What a dead worker held, it may have sent.
  const claim = db.prepare(
    `UPDATE lane SET taint = CASE WHEN owner <> ${NOBODY} THEN tail ELSE taint END, owner = ?, lease = ?
     WHERE ${LANE_KEY} RETURNING app_id, queue, lane, owner, lease, taint`,
  )
  const held = db.prepare(`SELECT 1 FROM lane WHERE ${FENCE}`)
  const load = db.prepare(`SELECT * FROM job WHERE ${LANE_KEY} AND seq > ? ORDER BY seq LIMIT ?`)
  // Again by the same holder, as it does after an answer that was lost, finds the mark that it wanted.
  const mark = db.prepare(`UPDATE job SET marks = ? WHERE ${LANE_KEY} AND seq = ? AND marks IN (?, ?)`)

  function gatesOf(queue: string, owner: number): string[] {
    const gates: string[] = []
    let gate = firstGate.get(queue, owner)?.gate
    while (typeof gate === 'string' && gates.length < MOST_GATES) {
      gates.push(gate)
      gate = nextGate.get(queue, owner, gate)?.gate
    }
    return gates
  }

  return {
    async look(queue, owners): Promise<Look> {
      const nowMs = now()
      const pauses = new Map(paused.all(nowMs).map((row) => [String(row.name), Number(row.until_ms) - nowMs]))
      const waiting = new Map<string, number>()
      for (const owner of owners)
        for (const gate of gatesOf(queue, owner)) {
          const dueInMs = Math.max(
            Number(dueOf.get(queue, owner, gate)?.due_ms) - nowMs,
            pauses.get(gate.slice(2)) ?? 0,
          )
          waiting.set(gate, Math.min(waiting.get(gate) ?? Number.POSITIVE_INFINITY, dueInMs))
        }
      return {
        waiting: [...waiting].sort(([a], [b]) => (a < b ? -1 : 1)).map(([gate, dueInMs]) => ({ gate, dueInMs })),
        paused: [...pauses].map(([name, forMs]) => ({ name, forMs })),
      }
    },

    async claim({ worker, lease }, queue, owners, gates): Promise<ClaimedLane[]> {
      const nowMs = now()
      return inTransaction(db, () =>
        gates.flatMap(({ gate, most }) => {
          if (isPaused.get(gate, nowMs) !== undefined) return []
          const lanes = [...new Set(owners)]
            .flatMap((owner) => claimable.all(queue, owner, gate, nowMs, most))
            .slice(0, most)
          return lanes.map((found): ClaimedLane => {
            const row = claim.get(worker, lease, String(found.app_id), queue, String(found.lane))
            if (row === undefined) throw new Error('RETURNING gave no row')
            return { ref: readRef(row), taint: Number(row.taint) }
          })
        }),
      )
    },

    async load(asks, most) {
      return inTransaction(db, () =>
        asks.map(({ ref, afterSeq }) =>
          held.get(...fenceOf(ref)) === undefined
            ? undefined
            : load.all(ref.appId, ref.queue, ref.lane, afterSeq, most).map(readJob),
        ),
      )
    },

    async mark(asks) {
      return inTransaction(db, () =>
        asks.map(({ ref, seq, marks }) => {
          if (held.get(...fenceOf(ref)) === undefined) return false
          return mark.run(marks + 1, ref.appId, ref.queue, ref.lane, seq, marks, marks + 1).changes === 1
        }),
      )
    },
  }
}
