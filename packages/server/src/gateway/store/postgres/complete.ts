// Complete: what became of lanes' first jobs, many lanes in one statement, each under its fence. `held` locks the lanes
// in the common order and shows their tail as it is under the lock; all else is read as it was when the statement began.
import { NOBODY } from '../../core/jobs.ts'
import type { LaneState, Statements } from '../port.ts'
import type { Row } from '../rows.ts'
import { ending, endRows } from './ending.ts'
import { readPlaced, takerValues } from './placing.ts'
import { rowsOf, type Session } from './session.ts'

const COMPLETE = `
WITH items AS (
    SELECT * FROM json_to_recordset($3::json) AS i(item bigint, app_id text, queue text, lane text, owner bigint, lease bigint,
      upto bigint, park_ms bigint, attempts bigint, first_attempt_at_ms bigint, aside_lane text, aside_ms bigint)),
  held AS MATERIALIZED (
    SELECT i.*, l.tail FROM lane l JOIN items i USING (app_id, queue, lane)
    WHERE l.owner = i.owner AND l.lease = i.lease ORDER BY l.queue DESC, l.app_id, l.lane FOR UPDATE OF l),
  removed AS (
    DELETE FROM job j USING held h WHERE j.app_id = h.app_id AND j.queue = h.queue AND j.lane = h.lane AND j.seq <= h.upto
    RETURNING j.*, h.item),
  gone AS (
    SELECT r.*, e.part FROM removed r JOIN json_to_recordset($4::json) AS e(item bigint, seq bigint, part bigint)
      ON e.item = r.item AND e.seq = r.seq),
  released AS (
    DELETE FROM lane l USING held h WHERE l.app_id = h.app_id AND l.queue = h.queue AND l.lane = h.lane AND h.tail = h.upto),
  parked AS (
    UPDATE lane l SET owner = ${NOBODY}, due_ms = now_ms() + h.park_ms FROM held h
    WHERE l.app_id = h.app_id AND l.queue = h.queue AND l.lane = h.lane AND h.tail > h.upto AND h.park_ms IS NOT NULL),
  tried AS (
    UPDATE job j SET attempts = h.attempts, first_attempt_at_ms = h.first_attempt_at_ms FROM held h
    WHERE j.app_id = h.app_id AND j.queue = h.queue AND j.lane = h.lane AND j.seq = h.upto + 1 AND h.park_ms IS NOT NULL),
  aside AS MATERIALIZED (
    SELECT r.*, h.aside_lane, h.aside_ms, h.attempts AS new_attempts FROM removed r JOIN held h ON h.item = r.item AND r.seq = h.upto
    WHERE h.aside_lane IS NOT NULL),
  aside_lanes AS (
    INSERT INTO lane (app_id, queue, lane, tail, owner, lease, gate, due_ms)
    SELECT app_id, queue, aside_lane, 1, ${NOBODY}, 0, gate, now_ms() + aside_ms FROM aside ORDER BY queue DESC, app_id, aside_lane),
  aside_jobs AS (
    INSERT INTO job (app_id, queue, lane, seq, job_id, gate, retry_key, body, attempts, first_attempt_at_ms, marks)
    SELECT app_id, queue, aside_lane, 1, job_id, gate, retry_key, body, new_attempts, first_attempt_at_ms, marks FROM aside),
  ${ending(5, '$1::bigint', '$2::bigint')}
SELECT item, tail, null::bigint AS ord, null AS app_id, null AS queue, null AS lane, null::bigint AS owner, null::bigint AS lease,
  null::bigint AS seq FROM held
UNION ALL SELECT null, null, ord, app_id, queue, lane, owner, lease, seq FROM placed`

export function complete({ ask }: Session): Statements['complete'] {
  return async (taker, items) => {
    const itemRows = items.map(({ ref, upto, rest }, item): Row => {
      const { appId, queue, lane, owner, lease } = ref
      const park = rest?.kind === 'park' ? rest : undefined
      const aside = rest?.kind === 'aside' ? rest : undefined
      return {
        ...{ item, app_id: appId, queue, lane, owner, lease, upto },
        ...(rest !== undefined && { attempts: rest.attempts }),
        ...(park !== undefined && { park_ms: park.delayMs, first_attempt_at_ms: park.firstAttemptAtMs ?? null }),
        ...(aside !== undefined && { aside_lane: aside.lane, aside_ms: aside.delayMs }),
      }
    })
    const ends = items.flatMap(({ ends }, item) => ends.map(({ seq, end }) => ({ item, seq, end })))
    const { verdicts, received, dead, offered } = endRows(ends.map(({ end }) => end))
    const endNumbers = ends.map(({ item, seq }, part): Row => ({ item, seq, part }))
    const rows = await ask('complete', COMPLETE, [
      ...takerValues(taker),
      ...[itemRows, endNumbers, verdicts, received, dead, offered].map(rowsOf),
    ])
    const tails = new Map(
      rows.filter(({ item }) => item !== null).map(({ item, tail }) => [Number(item), Number(tail)]),
    )
    const states = items.map(({ upto, rest, token }, item): LaneState => {
      const tail = tails.get(item)
      if (tail === undefined) return { kind: 'lost', token }
      if (tail === upto) return { kind: 'released', token }
      return rest?.kind === 'park' ? { kind: 'parked', token } : { kind: 'held', tail, token }
    })
    return { states, placed: readPlaced(rows, offered.length) }
  }
}
