// What core stores: messages to send, contacts, events of a channel. Many together in one statement each; what is
// accepted is handed over for delivery after the commit.
import type { Activity } from '../../kit/activity.ts'
import type { Acceptance, AcceptOutcome, AcceptRow, Recipient, RecipientCandidate, Recipients } from '../core/ports.ts'
import { UnavailableError } from '../core/unavailable-error.ts'
import type { AcceptAnswer, AcceptUnit, MessageRow, OfferedCandidate, Statements } from '../store/port.ts'
import { callbackJob } from './callback-job.ts'
import type { Dispatch } from './dispatch.ts'
import { eventJob, type LineEventRow, type LineEvents } from './event-job.ts'
import { Gather } from './gather.ts'
import type { NextTurn } from './next-turn.ts'
import { sendJob } from './send-job.ts'

const MOST_WAITING = 10_000

export interface StoringOptions {
  statements: Pick<Statements, 'accept' | 'ensureRecipients' | 'findRecipient' | 'identityOf'>
  dispatch: Dispatch
  /** A job for later was stored. */
  scheduled(dueMs: number): void
  nextTurn: NextTurn
  activity: Activity
}

export interface Storing {
  acceptance: Acceptance
  recipients: Recipients
  lineEvents: LineEvents
}

export function storing(options: StoringOptions): Storing {
  const { statements, dispatch, nextTurn, activity } = options
  const mayRepeat = (error: unknown) => !(error instanceof UnavailableError)

  async function acceptUnits(units: readonly AcceptUnit[]): Promise<AcceptAnswer[]> {
    const offered = units.map((unit) => ({ ...unit, jobs: unit.jobs.map((job) => dispatch.offer(job)) }))
    return dispatch.store(
      offered.flatMap(({ jobs }) => jobs),
      (taker) => statements.accept(taker, offered),
      (answers) =>
        answers.flatMap((answer, index) =>
          answer.kind === 'accepted' ? answer.placed : (offered[index]?.jobs ?? []).map(() => undefined),
        ),
    )
  }

  const shared = { activity, nextTurn, mayRepeat }
  const accepted = new Gather<AcceptUnit, AcceptAnswer>({ ...shared, commit: acceptUnits, mostWaiting: MOST_WAITING })
  const events = new Gather<AcceptUnit, AcceptAnswer>({ ...shared, commit: acceptUnits, mostWaiting: MOST_WAITING })
  const ensured = new Gather<RecipientCandidate, Recipient>({
    ...shared,
    async commit(candidates) {
      const offered: OfferedCandidate[] = candidates.map(({ callbacks, ...candidate }) => ({
        ...candidate,
        jobs: callbacks.map((draft) => dispatch.offer(callbackJob(draft))),
      }))
      const { recipients } = await dispatch.store(
        offered.flatMap(({ jobs }) => jobs),
        (taker) => statements.ensureRecipients(taker, offered),
        ({ placed }) => placed,
      )
      return recipients
    },
  })

  return {
    acceptance: {
      async accept(row): Promise<AcceptOutcome> {
        if (accepted.isFull) return { kind: 'full' }
        const answer = await accepted.add(unitOf(row))
        const dueMs = row.next.kind === 'send' ? row.next.sendAtMs : undefined
        if (answer.kind === 'accepted') {
          if (dueMs !== undefined) options.scheduled(dueMs)
          return { kind: 'accepted' }
        }
        if (answer.messageId === undefined)
          throw new UnavailableError('The first request with the key is not over yet.')
        const same = answer.requestHash === row.idempotency?.requestHash
        return { kind: 'repeated', messageId: answer.messageId, same }
      },
    },
    recipients: {
      find: (appId, channel, identity) => statements.findRecipient(appId, channel, identity),
      identityOf: (appId, contactId) => statements.identityOf(appId, contactId),
      ensure: (candidate) => ensured.add(candidate),
    },
    lineEvents: {
      async store(row: LineEventRow) {
        if (events.isFull) return 'full'
        const { lineChannelId, dedupeKey, event, receivedAtMs } = row
        const job = { ...eventJob(row), take: false } // offered when its turn comes
        const answer = await events.add({ event: { lineChannelId, dedupeKey, event, receivedAtMs }, jobs: [job] })
        return answer.kind === 'accepted' ? 'stored' : 'duplicate'
      },
    },
  }
}

function unitOf(row: AcceptRow): AcceptUnit {
  const { next, idempotency, ...facts } = row
  const message: MessageRow = {
    ...facts,
    direction: 'outbound',
    state: next.kind === 'fail' ? 'failed' : 'queued',
    failure: next.kind === 'fail' ? next.failure : undefined,
    stateAtMs: row.acceptedAtMs,
  }
  const once = idempotency === undefined ? {} : { idempotency: { ...idempotency, atMs: row.acceptedAtMs } }
  if (next.kind === 'fail')
    return { message, ...once, jobs: next.callbacks.map((draft) => ({ ...callbackJob(draft), take: false })) }
  const job = sendJob(row, next)
  if (next.sendAtMs !== undefined) return { message, ...once, jobs: [], scheduled: { job, dueMs: next.sendAtMs } }
  return { message, ...once, jobs: [{ ...job, take: false }] }
}
