// Look, claim, load and mark: how lanes that are nobody's, or a dead worker's, come into a process's memory.
import { NOBODY } from '../../core/jobs.ts'
import type { ClaimedLane, LaneRef, Look, Statements, StoredJob } from '../port.ts'
import { type Row, readJob, readRef } from '../rows.ts'
import { rowsOf, type Session } from './session.ts'

const MOST_GATES = 1000

// Gates one by one through the index, whatever number of lanes waits in each.
const LOOK = `
WITH RECURSIVE owners AS (SELECT unnest($2::bigint[]) AS owner),
  gates AS (
    SELECT owner, (SELECT min(gate) FROM lane WHERE queue = $1 AND lane.owner = owners.owner) AS gate FROM owners
    UNION ALL
    SELECT owner, (SELECT min(gate) FROM lane WHERE queue = $1 AND lane.owner = gates.owner AND lane.gate > gates.gate)
    FROM gates WHERE gate IS NOT NULL)
SELECT 'gate' AS kind, gate AS name, greatest(
    min((SELECT min(due_ms) FROM lane WHERE queue = $1 AND lane.owner = gates.owner AND lane.gate = gates.gate)),
    coalesce((SELECT max(until_ms) FROM gate_pause WHERE gate_pause.name = substr(gates.gate, 3)), 0)) - now_ms() AS in_ms
FROM (SELECT * FROM gates WHERE gate IS NOT NULL LIMIT ${MOST_GATES}) gates GROUP BY gate
UNION ALL SELECT 'pause', name, max(until_ms) - now_ms() FROM gate_pause WHERE until_ms > now_ms() GROUP BY name
ORDER BY 1, 2`

// What a dead worker held, it may have sent. SKIP LOCKED waits for nobody, so it may lock in any order.
const CLAIM = `
WITH wanted AS (SELECT * FROM json_to_recordset($4::json) AS g(gate text, most bigint)),
  found AS (
    SELECT l.app_id, l.lane, l.owner FROM wanted w CROSS JOIN LATERAL (
      SELECT app_id, lane, owner FROM lane
      WHERE queue = $3 AND owner = ANY($5::bigint[]) AND gate = w.gate AND due_ms <= now_ms()
      ORDER BY due_ms LIMIT w.most FOR UPDATE SKIP LOCKED) l
    WHERE NOT EXISTS (SELECT 1 FROM gate_pause p WHERE p.name = substr(w.gate, 3) AND p.until_ms > now_ms()))
UPDATE lane SET owner = $1, lease = $2, taint = CASE WHEN f.owner <> ${NOBODY} THEN lane.tail ELSE lane.taint END
FROM found f WHERE lane.app_id = f.app_id AND lane.queue = $3 AND lane.lane = f.lane
RETURNING lane.app_id, lane.queue, lane.lane, lane.owner, lane.lease, lane.taint`

const ASKS = `json_to_recordset($1::json) AS a(part bigint, app_id text, queue text, lane text, owner bigint, lease bigint,
  after_seq bigint, seq bigint, marks bigint)`

const LOAD = `
SELECT a.part, j.* FROM ${ASKS}
JOIN lane l ON l.app_id = a.app_id AND l.queue = a.queue AND l.lane = a.lane AND l.owner = a.owner AND l.lease = a.lease
LEFT JOIN LATERAL (
  SELECT * FROM job WHERE app_id = a.app_id AND queue = a.queue AND lane = a.lane AND seq > a.after_seq ORDER BY seq LIMIT $2) j ON true
ORDER BY a.part, j.seq`

// Again by the same holder, as it does after an answer that was lost, finds the mark that it wanted.
const MARK = `
WITH held AS MATERIALIZED (
    SELECT a.* FROM lane l JOIN ${ASKS} USING (app_id, queue, lane)
    WHERE l.owner = a.owner AND l.lease = a.lease ORDER BY l.queue DESC, l.app_id, l.lane FOR UPDATE OF l)
UPDATE job j SET marks = h.marks + 1 FROM held h
WHERE j.app_id = h.app_id AND j.queue = h.queue AND j.lane = h.lane AND j.seq = h.seq AND j.marks IN (h.marks, h.marks + 1)
RETURNING h.part`

const refRow = ({ appId, queue, lane, owner, lease }: LaneRef, part: number): Row => ({
  part,
  app_id: appId,
  queue,
  lane,
  owner,
  lease,
})

export function takeLanes({ ask }: Session): Pick<Statements, 'look' | 'claim' | 'load' | 'mark'> {
  return {
    async look(queue, owners): Promise<Look> {
      const rows = await ask('look', LOOK, [queue, owners])
      const of = (kind: string) => rows.filter((row) => row.kind === kind)
      return {
        waiting: of('gate').map(({ name, in_ms }) => ({ gate: String(name), dueInMs: Number(in_ms) })),
        paused: of('pause').map(({ name, in_ms }) => ({ name: String(name), forMs: Number(in_ms) })),
      }
    },
    async claim({ worker, lease }, queue, owners, gates): Promise<ClaimedLane[]> {
      const rows = await ask('claim', CLAIM, [worker, lease, queue, rowsOf(gates.map((gate) => ({ ...gate }))), owners])
      return rows.map((row) => ({ ref: readRef(row), taint: Number(row.taint) }))
    },
    async load(asks, most) {
      const rows = await ask('load', LOAD, [
        rowsOf(asks.map(({ ref, afterSeq }, part) => ({ ...refRow(ref, part), after_seq: afterSeq }))),
        most,
      ])
      const answers = asks.map((): StoredJob[] | undefined => undefined)
      for (const row of rows) {
        const jobs = answers[Number(row.part)] ?? []
        if (row.seq !== null) jobs.push(readJob(row))
        answers[Number(row.part)] = jobs
      }
      return answers
    },
    async mark(asks) {
      const rows = await ask('mark', MARK, [
        rowsOf(asks.map(({ ref, seq, marks }, part) => ({ ...refRow(ref, part), seq, marks }))),
      ])
      const marked = new Set(rows.map(({ part }) => Number(part)))
      return asks.map((_ask, part) => marked.has(part))
    },
  }
}
