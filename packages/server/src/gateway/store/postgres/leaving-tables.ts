// Scheduled jobs and dead letters: rows that leave a table of their own for the end of their lane, where nobody owns them
// yet. The row lock decides between the one that takes a row and the one that cancels it.
import type { DeadLetterFilter, Statements } from '../port.ts'
import { ending, endRows } from './ending.ts'
import { placing, readPlaced, takerValues } from './placing.ts'
import { rowsOf, type Session } from './session.ts'

const JOB = 'app_id, queue, lane, job_id, gate'

const RELEASE = `
WITH due AS (
    DELETE FROM scheduled WHERE (job_id, app_id) IN (
      SELECT job_id, app_id FROM scheduled WHERE due_ms <= now_ms() ORDER BY due_ms LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *),
  offered AS (
    SELECT ${JOB}, retry_key, coalesce_hash, body, 0::bigint AS take, row_number() OVER (ORDER BY due_ms, job_id) AS ord FROM due),
  ${placing('0', '0')}
SELECT count(*) AS count FROM placed`

const CANCEL = `
WITH gone AS (DELETE FROM scheduled WHERE job_id = $3 AND app_id = $4 RETURNING *, 0::bigint AS part),
  ${ending(5, '$1::bigint', '$2::bigint')}
SELECT null::bigint AS ord, app_id, queue, lane, null::bigint AS owner, null::bigint AS lease, null::bigint AS seq FROM gone
UNION ALL SELECT ord, app_id, queue, lane, owner, lease, seq FROM placed`

const MATCHES = `($1::text IS NULL OR app_id = $1) AND ($2::text IS NULL OR queue = $2) AND ($3::text IS NULL OR job_id = $3)
  AND ($4::text IS NULL OR substr(gate, 3) = $4) AND ($5::bigint IS NULL OR died_at_ms >= $5)`

const REPLAY = `
WITH taken AS (
    DELETE FROM dead_letter WHERE (job_id, app_id) IN (
      SELECT job_id, app_id FROM dead_letter WHERE ${MATCHES} ORDER BY died_at_ms, job_id LIMIT $6 FOR UPDATE SKIP LOCKED) RETURNING *),
  queued AS (
    UPDATE message m SET state = 'queued', failure_code = NULL, failure_description = NULL, state_at_ms = now_ms()
    FROM taken t WHERE m.message_id = t.message_id AND m.app_id = t.app_id),
  offered AS (
    SELECT ${JOB}, CASE WHEN retry_key IS NOT NULL AND definite = 1 THEN gen_random_uuid()::text ELSE retry_key END AS retry_key,
      null::text AS coalesce_hash, body, 0::bigint AS take, row_number() OVER (ORDER BY died_at_ms, job_id) AS ord FROM taken),
  ${placing('0', '0')}
SELECT count(*) AS count FROM placed`

const valuesOf = ({ appId, queue, jobId, gateName, diedSinceMs }: DeadLetterFilter) =>
  [appId ?? null, queue ?? null, jobId ?? null, gateName ?? null, diedSinceMs ?? null] as const

export function leavingTables({
  ask,
}: Session): Pick<Statements, 'releaseDue' | 'nextScheduledInMs' | 'cancel' | 'countDead' | 'replayDead'> {
  const countOf = ([row]: readonly Record<string, unknown>[]) => Number(row?.count)
  return {
    releaseDue: async (most) => countOf(await ask('release-due', RELEASE, [most])),
    async nextScheduledInMs() {
      const [row] = await ask('next-scheduled', 'SELECT min(due_ms) - now_ms() AS in_ms FROM scheduled')
      return row?.in_ms === null || row === undefined ? undefined : Number(row.in_ms)
    },
    async cancel(taker, appId, jobId, end) {
      const { verdicts, received, dead, offered } = endRows([end])
      const values = [...takerValues(taker), jobId, appId, ...[verdicts, received, dead, offered].map(rowsOf)]
      const rows = await ask('cancel', CANCEL, values)
      return rows.length === 0 ? false : readPlaced(rows, offered.length)
    },
    countDead: async (filter) =>
      countOf(await ask('count-dead', `SELECT count(*) AS count FROM dead_letter WHERE ${MATCHES}`, valuesOf(filter))),
    replayDead: async (filter, most) => countOf(await ask('replay', REPLAY, [...valuesOf(filter), most])),
  }
}
