// Puts the hot statements together over one connection.
import type { DatabaseSync } from 'node:sqlite'
import type { Statements } from '../port.ts'
import { accept } from './accept.ts'
import { batches } from './batches.ts'
import { complete } from './complete.ts'
import { deadLetters } from './dead-letters.ts'
import { endJob } from './end-job.ts'
import { lanesOf } from './lanes.ts'
import { placeJob } from './place-job.ts'
import { recipients } from './recipients.ts'
import { scheduled } from './scheduled.ts'
import { takeLanes } from './take-lanes.ts'
import { workers } from './workers.ts'

const ALONE = { alone: true, silentMs: 0 }

export function sqliteStatements(db: DatabaseSync, now: () => number, life = ALONE): Statements {
  const lanes = lanesOf(db)
  const place = placeJob(db)
  const parts = { lanes, place, endJob: endJob(db, place, now), now }
  const pause = db.prepare(
    `INSERT INTO gate_pause (app_id, name, until_ms) VALUES (?, ?, ?)
     ON CONFLICT (name, app_id) DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)`,
  )
  const forgetPauses = db.prepare('DELETE FROM gate_pause WHERE until_ms < ?')
  const forgetEvents = db.prepare(
    `DELETE FROM line_event WHERE (app_id, line_channel_id, dedupe_key) IN
       (SELECT app_id, line_channel_id, dedupe_key FROM line_event WHERE received_at_ms < ? LIMIT ?)`,
  )
  const forgetKeys = db.prepare(
    'DELETE FROM idempotency WHERE (app_id, key) IN (SELECT app_id, key FROM idempotency WHERE at_ms < ? LIMIT ?)',
  )
  return {
    ...workers(db, now, life),
    accept: accept(db, place, now),
    ...recipients(db, place, now),
    complete: complete(db, parts),
    ...takeLanes(db, now),
    ...batches(db, parts),
    ...scheduled(db, parts),
    ...deadLetters(db, place, now),
    async pauseGate(appId, name, forMs) {
      forgetPauses.run(now())
      pause.run(appId, name, now() + forMs)
    },
    forget: async ({ eventsMs, idempotencyMs }, most) =>
      Number(forgetEvents.run(eventsMs, most).changes) + Number(forgetKeys.run(idempotencyMs, most).changes),
  }
}
