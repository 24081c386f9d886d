// The part that statements share which store jobs: each takes the next place in its lane. A lane that did not exist is
// leased to whoever stores the job, if that process is alive and has room. `tail` changes only under the lane's row lock,
// so the order in a lane is the order of the commits. Lanes are locked in one order everywhere: queue descending, app, lane.
import type { OfferedJob, PlacedJob, Taker } from '../port.ts'
import { jobRow, type Row, readRef } from '../rows.ts'

/** Rows for the parameter: `ord` orders them, `part` says what they belong to. */
export const offeredRows = (jobs: readonly { job: OfferedJob; part: number; seq?: number }[]): Row[] =>
  jobs.map(({ job, part, seq }, ord) => ({
    ...jobRow(job),
    take: job.take ? 1 : 0,
    ord,
    part,
    ...(seq !== undefined && { of_seq: seq }),
  }))

export const OFFERED = `app_id text, queue text, lane text, job_id text, gate text, retry_key text, coalesce_hash text,
  body text, take bigint, ord bigint, part bigint, of_seq bigint`

/**
 * Common table expressions from `offered` (the jobs whose condition holds) to `placed`.
 * @param due SQL for when a new lane may be claimed
 */
export const placing = (worker: string, lease: string, due = 'now_ms()'): string => `
  wanted AS (SELECT app_id, queue, lane, count(*) n, min(take) take, min(gate) gate FROM offered GROUP BY app_id, queue, lane),
  alive AS (SELECT id FROM worker WHERE id = ${worker} AND dead = 0),
  extended AS (
    INSERT INTO lane (app_id, queue, lane, tail, owner, lease, gate, due_ms)
    SELECT app_id, queue, lane, n, CASE WHEN take = 1 THEN coalesce((SELECT id FROM alive), 0) ELSE 0 END, ${lease}, gate, ${due}
    FROM wanted ORDER BY queue DESC, app_id, lane
    ON CONFLICT (app_id, queue, lane) DO UPDATE SET tail = lane.tail + excluded.tail
    RETURNING app_id, queue, lane, tail, owner, lease),
  placed AS MATERIALIZED (
    SELECT o.*, e.owner, e.lease,
      e.tail - w.n + row_number() OVER (PARTITION BY o.app_id, o.queue, o.lane ORDER BY o.ord) AS seq
    FROM offered o JOIN wanted w USING (app_id, queue, lane) JOIN extended e USING (app_id, queue, lane)),
  stored AS (
    INSERT INTO job (app_id, queue, lane, seq, job_id, gate, retry_key, coalesce_hash, body)
    SELECT app_id, queue, lane, seq, job_id, gate, retry_key, coalesce_hash, body FROM placed)`

/** From rows with `ord` to the places in the order of the jobs. */
export function readPlaced(rows: readonly Record<string, unknown>[], count: number): (PlacedJob | undefined)[] {
  const places: (PlacedJob | undefined)[] = Array.from({ length: count }, () => undefined)
  for (const row of rows) if (row.ord !== null) places[Number(row.ord)] = { ref: readRef(row), seq: Number(row.seq) }
  return places
}

export const takerValues = ({ worker, lease }: Taker): readonly number[] => [worker, lease]
