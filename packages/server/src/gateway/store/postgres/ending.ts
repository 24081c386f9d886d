// The part that statements share which end jobs: from `gone` (jobs just deleted, with the number of their end) to the
// message's new state, messages received, dead letters and callbacks. What is written is written only for a job that this
// statement deleted, so never twice.
import type { JobEnd } from '../port.ts'
import { messageRow, type Row } from '../rows.ts'
import { OFFERED, offeredRows, placing } from './placing.ts'

export interface EndRows {
  verdicts: Row[]
  received: Row[]
  dead: Row[]
  offered: Row[]
}

/** Rows for the parameters. `part` is the number of the end. */
export function endRows(ends: readonly JobEnd[]): EndRows {
  const rows: EndRows = { verdicts: [], received: [], dead: [], offered: [] }
  ends.forEach(({ verdict, received, dead }, part) => {
    if (verdict !== undefined) {
      const { messageId, state, failure, atMs } = verdict
      const [failure_code, failure_description] = [failure?.code ?? null, failure?.description ?? null]
      rows.verdicts.push({ part, message_id: messageId, state, failure_code, failure_description, state_at_ms: atMs })
    }
    if (received !== undefined) rows.received.push({ ...messageRow(received), part })
    if (dead !== undefined) {
      const { reason, definite, attempts, atMs } = dead
      const message_id = verdict?.messageId ?? null
      rows.dead.push({ part, message_id, attempts, reason, definite: definite ? 1 : 0, died_at_ms: atMs })
    }
  })
  rows.offered = offeredRows(ends.flatMap(({ jobs }, part) => jobs.map((job) => ({ job, part }))))
  return rows
}

/** @param first number of the first of four parameters: verdicts, received, dead, offered */
export const ending = (first: number, worker: string, lease: string): string => `
  verdicts AS (
    UPDATE message m SET state = v.state, failure_code = v.failure_code, failure_description = v.failure_description,
      state_at_ms = v.state_at_ms
    FROM gone g JOIN json_to_recordset($${first}::json) AS v(part bigint, message_id text, state text, failure_code text,
      failure_description text, state_at_ms bigint) USING (part)
    WHERE m.message_id = v.message_id AND m.app_id = g.app_id),
  received AS (
    INSERT INTO message SELECT m.* FROM json_array_elements($${first + 1}::json) AS e(row), json_populate_record(null::message, e.row) m
    WHERE (e.row ->> 'part')::bigint IN (SELECT part FROM gone) RETURNING app_id, conversation_id, accepted_at_ms),
  heard AS (
    UPDATE conversation c SET last_received_ms = greatest(coalesce(c.last_received_ms, 0), r.at_ms)
    FROM (SELECT app_id, conversation_id, max(accepted_at_ms) at_ms FROM received GROUP BY app_id, conversation_id) r
    WHERE c.conversation_id = r.conversation_id AND c.app_id = r.app_id),
  buried AS (
    INSERT INTO dead_letter (app_id, queue, lane, job_id, gate, retry_key, body, message_id, attempts, reason, definite, died_at_ms)
    SELECT g.app_id, g.queue, g.lane, g.job_id, g.gate, g.retry_key, g.body, x.message_id, x.attempts, x.reason, x.definite, x.died_at_ms
    FROM gone g JOIN json_to_recordset($${first + 2}::json) AS x(part bigint, message_id text, attempts bigint, reason text,
      definite bigint, died_at_ms bigint) USING (part)
    ON CONFLICT (job_id, app_id) DO NOTHING),
  offered AS (SELECT * FROM json_to_recordset($${first + 3}::json) AS j(${OFFERED}) WHERE part IN (SELECT part FROM gone)),
  ${placing(worker, lease)}`
