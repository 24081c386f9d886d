// One attempt to send a message to its channel, and what follows from how it ended: sent, failed, or again later
// with the same retry key until the app's retry time is over.
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { ConnectorAccountId } from '../core/ids.ts'
import type { App, Failure } from '../core/model.ts'
import { draftCallbacks } from '../core/notify.ts'
import type { CallbackDialects, Connector, Directory, SendAnswer, StoredSend } from '../core/ports.ts'
import { type FinalState, statusNotice } from '../core/send-message.ts'
import type { AttemptLog } from '../store/attempt-log.ts'
import type { StoredJob } from '../store/port.ts'
import { sendPauseMs } from './back-off.ts'
import { callbackJob } from './callback-job.ts'
import { readSend } from './send-job.ts'
import type { EndDraft, Verdict } from './verdict.ts'

export interface SendOptions {
  connector: Connector
  directory: Directory
  dialects: CallbackDialects
  /** Where attempts are written down for people. */
  attempts: Pick<AttemptLog, 'record'>
  clock: Clock
  log: Logger
}

const RATE_LIMITED: Failure = { code: 'rate-limited', description: 'The channel limited the rate of sending.' }
const EXPIRED: Failure = { code: 'expired', description: 'The message expired before the channel took it.' }
const BROKEN_STORE_PAUSE_MS = 1000
const APP_GONE: Failure = { code: 'channel-missing', description: 'The app does not exist any more.' }

const FATE_UNKNOWN: Failure = {
  code: 'channel-unreachable',
  description: 'The channel did not answer, and a repeat could deliver the message twice.',
}

export function sendAttempts(options: SendOptions): (job: StoredJob) => Promise<Verdict> {
  const { connector, directory, dialects, attempts: attemptLog, clock, log } = options
  const strikes = new Map<ConnectorAccountId, number>()

  return async (job) => {
    const send = readSend(job)
    const app = await directory.app(send.message.appId).catch(() => 'unavailable' as const)
    const nowMs = clock.now()
    const { attempts, firstAttemptAtMs } = send
    if (app === 'unavailable') return { kind: 'park', delayMs: BROKEN_STORE_PAUSE_MS, attempts, firstAttemptAtMs }
    if (app === undefined) return finish(job, send, undefined, { state: 'failed', failure: APP_GONE })
    if (send.expiresAtMs !== undefined && nowMs >= send.expiresAtMs)
      return finish(job, send, app, { state: 'failed', failure: EXPIRED })
    // Marked before by somebody who did not live to tell how it went.
    if (send.retryKey === undefined && job.marks > 0)
      return finish(job, send, app, { state: 'failed', failure: FATE_UNKNOWN })

    const answer = await attempt(send)
    switch (answer.kind) {
      case 'taken':
        strikes.delete(send.accountId)
        return finish(job, send, app, { state: 'sent' })
      case 'refused':
        return finish(job, send, app, { state: 'failed', failure: answer.failure })
      case 'throttled': {
        // A channel that was too fast for LINE rests, whole: its sends neither go out nor burn an attempt meanwhile.
        const count = (strikes.get(send.accountId) ?? 0) + 1
        strikes.set(send.accountId, count)
        const untilMs = endOfRetries(app, send, firstAttemptAtMs ?? nowMs)
        if (clock.now() >= untilMs) return finish(job, send, app, { state: 'failed', failure: RATE_LIMITED })
        return { kind: 'pause-gate', delayMs: sendPauseMs(count) }
      }
      case 'unanswered': {
        if (send.retryKey === undefined) return finish(job, send, app, { state: 'failed', failure: FATE_UNKNOWN })
        const firstAtMs = firstAttemptAtMs ?? nowMs
        const untilMs = endOfRetries(app, send, firstAtMs)
        if (clock.now() >= untilMs) return finish(job, send, app, { state: 'failed', failure: answer.failure }, true)
        const delayMs = Math.min(sendPauseMs(attempts + 1), untilMs - clock.now())
        return { kind: 'park', delayMs, attempts: attempts + 1, firstAttemptAtMs: firstAtMs }
      }
      default:
        return answer satisfies never
    }
  }

  /** @param keep as a dead letter: LINE may have it, and somebody may want to try again under the same key */
  function finish(
    job: StoredJob,
    { message }: StoredSend,
    app: App | undefined,
    final: FinalState,
    keep = false,
  ): Verdict {
    const atMs = clock.now()
    const callbacks =
      app === undefined ? [] : draftCallbacks(statusNotice(app, message, final, atMs), app.webhooks, dialects, atMs)
    const failure = final.state === 'failed' ? final.failure : undefined
    const reason = failure?.description ?? ''
    const end: EndDraft = {
      verdict: { messageId: message.messageId, state: final.state, failure, atMs },
      ...(keep && { dead: { reason, definite: false, attempts: job.attempts + 1, atMs } }),
      jobs: callbacks.map(callbackJob),
    }
    // LINE knows a repeat of what it took by its key. Any other end has to be on disk before the next may start.
    return { kind: 'done', end, free: final.state === 'sent' && job.retryKey !== undefined }
  }

  async function attempt(send: StoredSend): Promise<SendAnswer> {
    const atMs = clock.now()
    const startedAt = performance.now()
    const answer = await connector.send(send).catch((error: unknown): SendAnswer => {
      log.error({ err: error, messageId: send.message.messageId }, 'an attempt to send broke')
      return { kind: 'unanswered', failure: { code: 'internal', description: 'Internal error.' }, detail: {} }
    })
    const { messageId, appId } = send.message
    const failure = 'failure' in answer ? answer.failure.code : undefined
    const ms = Math.round(performance.now() - startedAt)
    log.info(
      {
        messageId,
        appId,
        accountId: send.accountId,
        retryKey: send.retryKey,
        attempt: send.attempts + 1,
        outcome: answer.kind,
        failure,
        ...answer.detail,
        sizeBytes: Buffer.byteLength(send.payload),
        ms,
      },
      'send attempted',
    )
    const { status, lineRequestId } = answer.detail
    attemptLog.record({
      appId,
      messageId,
      of: { kind: 'send' },
      attempt: send.attempts + 1,
      atMs,
      outcome: answer.kind,
      status: typeof status === 'number' ? status : undefined,
      reason: 'failure' in answer ? answer.failure.description : undefined,
      requestId: typeof lineRequestId === 'string' ? lineRequestId : undefined,
      durationMs: ms,
    })
    return answer
  }
}

/** The last attempt falls on the end of the retry time, or of the message's life. */
const endOfRetries = (app: App, send: StoredSend, firstAtMs: number): number =>
  Math.min(firstAtMs + app.retryDurationMs, send.expiresAtMs ?? Number.POSITIVE_INFINITY)
