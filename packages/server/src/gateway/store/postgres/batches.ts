// Jobs of several lanes that go out together: see the SQLite twin. Lanes are locked in the common order; the batch's own
// lane begins with a letter and is locked after those of its members, whose names begin with a digit.
import { IN_BATCH, NOBODY } from '../../core/jobs.ts'
import type { Statements } from '../port.ts'
import { jobRow, type Row, readMember } from '../rows.ts'
import { ending, endRows } from './ending.ts'
import { readPlaced, takerValues } from './placing.ts'
import { rowsOf, type Session } from './session.ts'

const NEVER = Number.MAX_SAFE_INTEGER

// Only what was certainly never sent may join: under another key it would be a second message.
const FORM = `
WITH asked AS (
    SELECT * FROM json_to_recordset($3::json) AS a(part bigint, app_id text, queue text, lane text, owner bigint, lease bigint, seq bigint)),
  free AS MATERIALIZED (
    SELECT a.* FROM lane l JOIN asked a USING (app_id, queue, lane)
    WHERE l.owner = a.owner AND l.lease = a.lease AND l.taint < a.seq ORDER BY l.queue DESC, l.app_id, l.lane FOR UPDATE OF l),
  joined AS (
    UPDATE job j SET batch = $4 FROM free f
    WHERE j.app_id = f.app_id AND j.queue = f.queue AND j.lane = f.lane AND j.seq = f.seq
      AND j.attempts = 0 AND j.no_batch = 0 AND j.batch IS NULL
    RETURNING f.part, j.app_id, j.queue, j.lane),
  held AS (
    UPDATE lane l SET owner = ${IN_BATCH}, due_ms = ${NEVER} FROM joined j
    WHERE l.app_id = j.app_id AND l.queue = j.queue AND l.lane = j.lane),
  batch AS (SELECT * FROM json_to_recordset($5::json) AS b(app_id text, queue text, lane text, job_id text, gate text, retry_key text, body text)
    WHERE EXISTS (SELECT 1 FROM joined)),
  batch_lane AS (
    INSERT INTO lane (app_id, queue, lane, tail, owner, lease, gate, due_ms)
    SELECT app_id, queue, lane, 1, coalesce((SELECT id FROM worker WHERE id = $1::bigint AND dead = 0), ${NOBODY}), $2::bigint, gate, now_ms()
    FROM batch),
  batch_job AS (
    INSERT INTO job (app_id, queue, lane, seq, job_id, gate, retry_key, body)
    SELECT app_id, queue, lane, 1, job_id, gate, retry_key, body FROM batch)
SELECT part FROM joined`

const MEMBERS = 'SELECT lane, seq, job_id, body FROM job WHERE app_id = $1 AND batch = $2 ORDER BY lane'

const FINISH = `
WITH own AS MATERIALIZED (
    SELECT app_id, queue, lane FROM lane
    WHERE app_id = $3 AND queue = $4 AND lane = $5 AND owner = $6 AND lease = $7 FOR UPDATE),
  members AS MATERIALIZED (
    SELECT l.app_id, l.queue, l.lane, l.tail, m.seq FROM lane l
    JOIN job m ON m.app_id = l.app_id AND m.queue = l.queue AND m.lane = l.lane
    WHERE m.app_id = (SELECT app_id FROM own) AND m.batch = $8 ORDER BY l.queue DESC, l.app_id, l.lane FOR UPDATE OF l),
  removed AS (
    DELETE FROM job j USING members m
    WHERE NOT $9::boolean AND j.app_id = m.app_id AND j.queue = m.queue AND j.lane = m.lane AND j.seq = m.seq RETURNING j.*),
  gone AS (
    SELECT r.*, e.part FROM removed r JOIN json_to_recordset($10::json) AS e(lane text, seq bigint, part bigint)
      ON e.lane = r.lane AND e.seq = r.seq),
  released AS (
    DELETE FROM lane l USING members m
    WHERE NOT $9::boolean AND l.app_id = m.app_id AND l.queue = m.queue AND l.lane = m.lane AND m.tail = m.seq),
  freed AS (
    UPDATE lane l SET owner = ${NOBODY}, due_ms = now_ms() FROM members m
    WHERE l.app_id = m.app_id AND l.queue = m.queue AND l.lane = m.lane AND ($9::boolean OR m.tail > m.seq)),
  alone AS (
    UPDATE job j SET batch = NULL, no_batch = 1, retry_key = gen_random_uuid()::text FROM members m
    WHERE $9::boolean AND j.app_id = m.app_id AND j.queue = m.queue AND j.lane = m.lane AND j.seq = m.seq),
  over AS (DELETE FROM job j USING own o WHERE j.app_id = o.app_id AND j.queue = o.queue AND j.lane = o.lane),
  over_lane AS (DELETE FROM lane l USING own o WHERE l.app_id = o.app_id AND l.queue = o.queue AND l.lane = o.lane),
  ${ending(11, '$1::bigint', '$2::bigint')}
SELECT null::bigint AS ord, app_id, queue, lane, null::bigint AS owner, null::bigint AS lease, null::bigint AS seq FROM own
UNION ALL SELECT ord, app_id, queue, lane, owner, lease, seq FROM placed`

export function batches({ ask }: Session): Pick<Statements, 'form' | 'members' | 'finishBatch'> {
  return {
    async form(taker, members, batch) {
      const asked = members.map(({ ref: { appId, queue, lane, owner, lease }, seq }, part): Row => {
        return { part, app_id: appId, queue, lane, owner, lease, seq }
      })
      const rows = await ask('form', FORM, [...takerValues(taker), rowsOf(asked), batch.jobId, rowsOf([jobRow(batch)])])
      const joined = new Set(rows.map(({ part }) => Number(part)))
      return members.map((_member, part) => joined.has(part))
    },
    members: async (appId, batchJobId) => (await ask('members', MEMBERS, [appId, batchJobId])).map(readMember),
    async finishBatch(taker, { appId, queue, lane, owner, lease }, batchJobId, outcome) {
      const ends = outcome.kind === 'taken' ? outcome.ends : []
      const { verdicts, received, dead, offered } = endRows(ends.map(({ end }) => end))
      const numbers = ends.map(({ lane, seq }, part): Row => ({ lane, seq, part }))
      const rows = await ask('finish-batch', FINISH, [
        ...takerValues(taker),
        ...[appId, queue, lane, owner, lease, batchJobId, outcome.kind === 'split'],
        ...[numbers, verdicts, received, dead, offered].map(rowsOf),
      ])
      return rows.length === 0 ? undefined : readPlaced(rows, offered.length)
    },
  }
}
