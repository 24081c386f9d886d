// Puts the hot statements together over one pool of connections.
import type { Statements } from '../port.ts'
import { accept } from './accept.ts'
import { batches } from './batches.ts'
import { complete } from './complete.ts'
import { leavingTables } from './leaving-tables.ts'
import { recipients } from './recipients.ts'
import type { Session } from './session.ts'
import { takeLanes } from './take-lanes.ts'
import type { Lives } from './workers.ts'

const PAUSE = `INSERT INTO gate_pause (app_id, name, until_ms) VALUES ($1, $2, now_ms() + $3)
  ON CONFLICT (name, app_id) DO UPDATE SET until_ms = greatest(gate_pause.until_ms, excluded.until_ms)`
const FORGET_PAUSES = 'DELETE FROM gate_pause WHERE until_ms < now_ms() - 60000'
const FORGET_EVENTS = `DELETE FROM line_event WHERE ctid = ANY(ARRAY(SELECT ctid FROM line_event WHERE received_at_ms < $1 LIMIT $2)) RETURNING 1`
const FORGET_KEYS = `DELETE FROM idempotency WHERE ctid = ANY(ARRAY(SELECT ctid FROM idempotency WHERE at_ms < $1 LIMIT $2)) RETURNING 1`

export function postgresStatements(session: Session, lives: Lives): Statements {
  const { ask } = session
  const { register, beat, leave } = lives
  return {
    register,
    beat,
    leave,
    accept: accept(session),
    ...recipients(session),
    complete: complete(session),
    ...takeLanes(session),
    ...batches(session),
    ...leavingTables(session),
    async pauseGate(appId, name, forMs) {
      await ask('pause-gate', PAUSE, [appId, name, forMs])
    },
    async forget({ eventsMs, idempotencyMs }, most) {
      await ask('forget-pauses', FORGET_PAUSES)
      const events = await ask('forget-events', FORGET_EVENTS, [eventsMs, most])
      const keys = await ask('forget-keys', FORGET_KEYS, [idempotencyMs, most])
      return events.length + keys.length
    },
    async probe(worker) {
      await ask('probe', 'UPDATE worker SET beat_ms = beat_ms WHERE id = $1', [worker])
    },
  }
}
