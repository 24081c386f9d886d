// Several processes may work on one database. A change of configuration made through one of them stands in the audit
// log; the others look there, so that a disabled key opens nothing for longer than a moment anywhere.
import type { Kysely } from 'kysely'
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Schema } from '../store/schema.ts'

const LOOK_EVERY_MS = 1000
/** Clocks of different machines may differ by this, and a transaction may take as long. */
const LOOK_BACK_MS = 300_000

export interface WatchOptions {
  changed(): void
  clock: Clock
  log: Logger
}

/** @returns ends it */
export function watchChanges(cold: Kysely<Schema>, { changed, clock, log }: WatchOptions): () => void {
  let seen: ReadonlySet<string> | undefined
  let stopped = false
  let cancel: CancelTimer = () => {}

  async function look(): Promise<void> {
    const recent = cold.selectFrom('audit_log').select('audit_id').where('audit_id', '>', idsFrom(clock.now()))
    const ids = new Set((await recent.execute()).map((row) => row.audit_id))
    const known = seen
    seen = ids
    if (known === undefined || [...ids].some((id) => !known.has(id))) changed()
  }

  function again(): void {
    if (stopped) return
    cancel = clock.after(LOOK_EVERY_MS, () => {
      look()
        .catch((error: unknown) => {
          // What is remembered may be old now.
          changed()
          log.error({ err: error }, 'the audit log cannot be read')
        })
        .finally(again)
    })
  }

  again()
  return () => {
    stopped = true
    cancel()
  }
}

/** Ids begin with their time: the smallest that can be of interest. */
function idsFrom(nowMs: number): string {
  const hex = Math.max(nowMs - LOOK_BACK_MS, 0)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
