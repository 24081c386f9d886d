// What follows from how an attempt to send ended, as verdicts: the message's last state with the callbacks that tell of
// it, or a pause.
import type { Clock } from '../../kit/clock.ts'
import type { App, Failure } from '../core/model.ts'
import { draftCallbacks } from '../core/notify.ts'
import type { CallbackDialects, SendAnswer, StoredSend } from '../core/ports.ts'
import { type FinalState, statusNotice } from '../core/send-message.ts'
import type { StoredJob } from '../store/port.ts'
import { sendPauseMs } from './back-off.ts'
import { callbackJob } from './callback-job.ts'
import type { EndDraft, Verdict } from './verdict.ts'

/** LINE documentation, "Retrying a failed API request": a retry key is known for 24 hours. */
const LONGEST_RETRY_MS = 24 * 3_600_000
const RATE_LIMITED: Failure = { code: 'rate-limited', description: 'The channel limited the rate of sending.' }
const FATE_UNKNOWN: Failure = {
  code: 'channel-unreachable',
  description: 'The channel did not answer, and a repeat could deliver the message twice.',
}

type Park = Verdict & { kind: 'park' }
type Unanswered = SendAnswer & { kind: 'unanswered' }

interface Outcome {
  sent(): Verdict
  failed(failure: Failure): Verdict
  fateUnknown(): Verdict
  throttled(pauseMs: number): Verdict
  unanswered(answer: Unanswered): Verdict
  /** Later, with so many attempts counted. */
  again(attempts: number): Park
}

export interface SendOutcomes {
  of(job: StoredJob, send: StoredSend, app: App | undefined): Outcome
  /** The end of one message. `dead`: kept, as LINE may have it and somebody may want to try again. */
  end(send: StoredSend, app: App | undefined, final: FinalState, dead?: { attempts: number }): EndDraft
  /** When an attempt ended like this: again with a pause, or undefined where it is over. */
  retry(job: StoredJob, app: App, expiresAtMs: number | undefined): Park | undefined
  /** Too fast, on behalf of so many: undefined where they waited long enough. */
  rest(job: StoredJob, send: StoredSend, pauseMs: number): Verdict | undefined
  rateLimited: Failure
  fateUnknown: Failure
}

export function sendOutcomes({ dialects, clock }: { dialects: CallbackDialects; clock: Clock }): SendOutcomes {
  const outcomes: SendOutcomes = { of, end, retry, rest, rateLimited: RATE_LIMITED, fateUnknown: FATE_UNKNOWN }
  return outcomes

  function end(
    { message }: StoredSend,
    app: App | undefined,
    final: FinalState,
    dead?: { attempts: number },
  ): EndDraft {
    const atMs = clock.now()
    const callbacks =
      app === undefined ? [] : draftCallbacks(statusNotice(app, message, final, atMs), app.webhooks, dialects, atMs)
    const failure = final.state === 'failed' ? final.failure : undefined
    return {
      verdict: { messageId: message.messageId, state: final.state, failure, atMs },
      ...(dead && { dead: { reason: failure?.description ?? '', definite: false, attempts: dead.attempts, atMs } }),
      jobs: callbacks.map(callbackJob),
    }
  }

  /** The last attempt falls on the end of the retry time, or of the message's life. */
  function retry(job: StoredJob, app: App, expiresAtMs = Number.POSITIVE_INFINITY): Park | undefined {
    const nowMs = clock.now()
    const firstAttemptAtMs = job.firstAttemptAtMs ?? nowMs
    const untilMs = Math.min(firstAttemptAtMs + Math.min(app.retryDurationMs, LONGEST_RETRY_MS), expiresAtMs)
    if (nowMs >= untilMs) return undefined
    const delayMs = Math.min(sendPauseMs(job.attempts + 1), untilMs - nowMs)
    return { kind: 'park', delayMs, attempts: job.attempts + 1, firstAttemptAtMs }
  }

  /** The channel rests, whole: its sends neither go out nor burn an attempt meanwhile. */
  function rest(job: StoredJob, { message, expiresAtMs = Number.POSITIVE_INFINITY }: StoredSend, pauseMs: number) {
    const { retryKey, attempts, firstAttemptAtMs } = job
    if (clock.now() >= Math.min(message.acceptedAtMs + LONGEST_RETRY_MS, expiresAtMs)) return undefined
    if (retryKey !== undefined) return { kind: 'pause-gate', delayMs: pauseMs } as const
    // Its mark has to be answered for: LINE certainly did not take it.
    return { kind: 'park', delayMs: pauseMs, attempts: attempts + 1, firstAttemptAtMs, pauseGateMs: pauseMs } as const
  }

  function of(job: StoredJob, send: StoredSend, app: App | undefined): Outcome {
    const done = (final: FinalState, dead?: { attempts: number }): Verdict => ({
      kind: 'done',
      end: end(send, app, final, dead),
      // LINE knows a repeat of what it took by its key. Any other end has to be on disk before the next may start.
      free: final.state === 'sent' && job.retryKey !== undefined && send.reply === undefined,
    })
    const failed = (failure: Failure) => done({ state: 'failed', failure })
    return {
      sent: () => done({ state: 'sent' }),
      failed,
      fateUnknown: () => failed(FATE_UNKNOWN),
      throttled: (pauseMs) => rest(job, send, pauseMs) ?? failed(RATE_LIMITED),
      unanswered({ failure, notSent = false }) {
        if (send.retryKey === undefined && !notSent && !app?.allowDuplicates) return failed(FATE_UNKNOWN)
        const park = app && retry(job, app, send.expiresAtMs)
        return park ?? done({ state: 'failed', failure }, { attempts: job.attempts + 1 })
      },
      again: (attempts) => ({
        kind: 'park',
        delayMs: sendPauseMs(1),
        attempts,
        firstAttemptAtMs: job.firstAttemptAtMs ?? clock.now(),
      }),
    }
  }
}
