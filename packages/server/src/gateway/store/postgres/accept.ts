// Accept: the message's row, its job and what makes it be stored only once, many units in one statement. The rows that
// make a unit be stored once are inserted first; the grouping of what they let through drains them before a lane is locked.
import type { AcceptAnswer, AcceptUnit, Statements } from '../port.ts'
import { jobRow, messageRow, onceRows, type Row, readKnown } from '../rows.ts'
import { OFFERED, offeredRows, placing, readPlaced, takerValues } from './placing.ts'
import { rowsOf, type Session } from './session.ts'

const ACCEPT = `
WITH keys AS (
    INSERT INTO idempotency (app_id, key, request_hash, message_id, at_ms)
    SELECT app_id, key, request_hash, message_id, at_ms
    FROM json_to_recordset($3::json) AS k(app_id text, key text, request_hash text, message_id text, at_ms bigint) ORDER BY app_id, key
    ON CONFLICT DO NOTHING RETURNING message_id),
  events AS (
    INSERT INTO line_event (app_id, line_channel_id, dedupe_key, event_id, event, received_at_ms)
    SELECT app_id, line_channel_id, dedupe_key, event_id, event, received_at_ms
    FROM json_populate_recordset(null::line_event, $4::json) ORDER BY app_id, line_channel_id, dedupe_key
    ON CONFLICT DO NOTHING RETURNING event_id),
  units AS MATERIALIZED (
    SELECT part FROM json_to_recordset($5::json) AS u(part bigint, key_of text, event_of text)
    WHERE (key_of IS NULL OR key_of IN (SELECT message_id FROM keys))
      AND (event_of IS NULL OR event_of IN (SELECT event_id FROM events))),
  offered AS (SELECT * FROM json_to_recordset($6::json) AS j(${OFFERED}) WHERE part IN (SELECT part FROM units)),
  ${placing('$1::bigint', '$2::bigint')},
  messages AS (
    INSERT INTO message SELECT m.* FROM json_array_elements($7::json) AS e(row), json_populate_record(null::message, e.row) m
    WHERE (e.row ->> 'part')::bigint IN (SELECT part FROM units)),
  later AS (
    INSERT INTO scheduled SELECT s.* FROM json_array_elements($8::json) AS e(row), json_populate_record(null::scheduled, e.row) s
    WHERE (e.row ->> 'part')::bigint IN (SELECT part FROM units))
SELECT u.part, p.ord, p.app_id, p.queue, p.lane, p.owner, p.lease, p.seq FROM units u LEFT JOIN placed p USING (part)`

const KNOWN = `SELECT message_id, request_hash FROM idempotency WHERE app_id = $1 AND key = $2`

export function accept({ ask }: Session): Statements['accept'] {
  async function knownAnswer(unit: AcceptUnit): Promise<AcceptAnswer> {
    const { app_id: appId, key } = onceRows(unit).idempotency ?? {}
    // A statement of its own: the row may have been committed after the first one began.
    const [row] = appId === undefined ? [] : await ask('known-key', KNOWN, [appId, key])
    return { kind: 'known', ...readKnown(row) }
  }

  return async (taker, units) => {
    const keys: Row[] = []
    const events: Row[] = []
    const messages: Row[] = []
    const later: Row[] = []
    const parts = units.map((unit, part): Row => {
      const { idempotency, event } = onceRows(unit)
      if (idempotency !== undefined) keys.push(idempotency)
      if (event !== undefined) events.push(event)
      if (unit.message !== undefined) messages.push({ ...messageRow(unit.message), part })
      if (unit.scheduled !== undefined)
        later.push({ ...jobRow(unit.scheduled.job), due_ms: unit.scheduled.dueMs, part })
      return { part, key_of: idempotency?.message_id ?? null, event_of: event?.event_id ?? null }
    })
    const offered = units.flatMap(({ jobs }, part) => jobs.map((job) => ({ job, part })))
    const rows = await ask('accept', ACCEPT, [
      ...takerValues(taker),
      ...[keys, events, parts, offeredRows(offered), messages, later].map(rowsOf),
    ])
    const done = new Set(rows.map(({ part }) => Number(part)))
    const places = readPlaced(rows, offered.length)
    let next = 0
    return Promise.all(
      units.map(async (unit, part): Promise<AcceptAnswer> => {
        const own = places.slice(next, next + unit.jobs.length)
        next += unit.jobs.length
        if (!done.has(part)) return knownAnswer(unit)
        return { kind: 'accepted', placed: own.filter((place) => place !== undefined) }
      }),
    )
  }
}
