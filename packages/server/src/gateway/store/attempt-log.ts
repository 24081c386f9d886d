// What became of each attempt to send a message or to deliver a callback about it, for people who look into one
// message. It is written behind the work, many rows at once: a crash may lose the last moment of it, never a message.
import type { CompiledQuery, Kysely } from 'kysely'
import type { Activity } from '../../kit/activity.ts'
import type { Logger } from '../../kit/log.ts'
import type { AppId, CallbackId, MessageId, WebhookId } from '../core/ids.ts'
import type { Engine } from './open-store.ts'
import type { Schema } from './schema.ts'

const WRITE_EVERY_MS = 25
const MOST_WAITING = 5000
const MOST_PER_WRITE = 500
const LONGEST_REASON = 500
/** The first attempts stay; later ones overwrite each other in turn, so that the latest are there too. */
const FIRST_KEPT = 20
const LAST_KEPT = 20

interface DeliveryAttempt {
  appId: AppId
  messageId: MessageId
  of: { kind: 'send' } | { kind: 'callback'; callbackId: CallbackId; webhookId: WebhookId; trigger: string }
  attempt: number
  atMs: number
  outcome: string
  status: number | undefined
  reason: string | undefined
  requestId: string | undefined
  durationMs: number
}

export interface AttemptLog {
  record(attempt: DeliveryAttempt): void
  /** Writes what waits. */
  flush(): Promise<void>
}

export function attemptLog(
  cold: Kysely<Schema>,
  writeTogether: Engine['writeTogether'],
  { activity, log }: { activity: Activity; log: Logger },
): AttemptLog {
  const statement = compileInsert(cold)
  let waiting: DeliveryAttempt[] = []
  let lost = 0
  let timer: NodeJS.Timeout | undefined
  let end = () => {}

  let writing = Promise.resolve()

  /** One after the other, so that whoever waits for the last has waited for all. */
  function flush(): Promise<void> {
    writing = writing.then(writeWaiting)
    return writing
  }

  async function writeWaiting(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const attempts = waiting
    waiting = []
    const ended = end
    end = () => {}
    try {
      if (lost > 0) log.warn({ lost }, 'attempts were not written down: too many at once')
      lost = 0
      for (let at = 0; at < attempts.length; at += MOST_PER_WRITE)
        await writeTogether(attempts.slice(at, at + MOST_PER_WRITE).map(statement))
    } catch (error) {
      log.error({ err: error, attempts: attempts.length }, 'attempts could not be written down')
    }
    ended()
  }

  return {
    record(attempt) {
      if (waiting.length >= MOST_WAITING) {
        lost += 1
        return
      }
      waiting.push(attempt)
      if (timer !== undefined) return
      end = activity.begin()
      timer = setTimeout(() => void flush(), WRITE_EVERY_MS)
    },
    flush,
  }
}

const slotOf = (attempt: number): number =>
  attempt <= FIRST_KEPT ? attempt : FIRST_KEPT + 1 + ((attempt - FIRST_KEPT - 1) % LAST_KEPT)

/** The text of the statement is made once: only its values change. */
function compileInsert(cold: Kysely<Schema>): (attempt: DeliveryAttempt) => { compile(): CompiledQuery } {
  const row = {
    app_id: '' as AppId, // the brands of this row stand for no real id: only the text is used
    message_id: '' as MessageId,
    job: '',
    slot: 0,
    webhook_id: '' as WebhookId,
    trigger: '',
    attempt: 0,
    at_ms: 0,
    outcome: '',
    status: 0,
    reason: '',
    request_id: '',
    duration_ms: 0,
  }
  const template = cold
    .insertInto('delivery_attempt')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'message_id', 'job', 'slot']).doUpdateSet((eb) => ({
        attempt: eb.ref('excluded.attempt'),
        at_ms: eb.ref('excluded.at_ms'),
        outcome: eb.ref('excluded.outcome'),
        status: eb.ref('excluded.status'),
        reason: eb.ref('excluded.reason'),
        request_id: eb.ref('excluded.request_id'),
        duration_ms: eb.ref('excluded.duration_ms'),
      })),
    )
    .compile()
  return ({ appId, messageId, of, attempt, atMs, outcome, status, reason, requestId, durationMs }) => {
    const about =
      of.kind === 'send'
        ? ['send', slotOf(attempt), null, null]
        : [of.callbackId, slotOf(attempt), of.webhookId, of.trigger]
    const parameters = [
      appId,
      messageId,
      ...about,
      attempt,
      atMs,
      outcome,
      status ?? null,
      reason?.slice(0, LONGEST_REASON) ?? null,
      requestId ?? null,
      durationMs,
    ]
    return { compile: () => ({ ...template, parameters }) }
  }
}
