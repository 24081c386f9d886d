// Accept: the message's row, its job and what makes it be stored only once, many at a time.
import type { DatabaseSync } from 'node:sqlite'
import type { AcceptAnswer, AcceptUnit, Statements } from '../port.ts'
import { jobRow, messageRow, onceRows, readKnown } from '../rows.ts'
import { insertInto } from './insert-row.ts'
import type { PlaceJob } from './place-job.ts'
import { inTransaction } from './transaction.ts'

export function accept(db: DatabaseSync, place: PlaceJob, now: () => number): Statements['accept'] {
  const insertMessage = insertInto(db, 'message')
  const insertKey = insertInto(db, 'idempotency', 'ON CONFLICT (app_id, key) DO NOTHING')
  const insertEvent = insertInto(db, 'line_event', 'ON CONFLICT (app_id, line_channel_id, dedupe_key) DO NOTHING')
  const insertScheduled = insertInto(db, 'scheduled')
  const known = db.prepare('SELECT message_id, request_hash FROM idempotency WHERE app_id = ? AND key = ?')

  return async (taker, units) => {
    const acceptOne = (unit: AcceptUnit): AcceptAnswer => {
      const once = onceRows(unit)
      if (once.idempotency !== undefined && !insertKey(once.idempotency)) {
        const { app_id = null, key = null } = once.idempotency
        return { kind: 'known', ...readKnown(known.get(app_id, key)) }
      }
      if (once.event !== undefined && !insertEvent(once.event)) return { kind: 'known', ...readKnown(undefined) }
      if (unit.message !== undefined) insertMessage(messageRow(unit.message))
      if (unit.scheduled !== undefined) insertScheduled({ ...jobRow(unit.scheduled.job), due_ms: unit.scheduled.dueMs })
      return { kind: 'accepted', placed: unit.jobs.map((job) => place(taker, job, now())) }
    }
    return inTransaction(db, () => units.map(acceptOne))
  }
}
