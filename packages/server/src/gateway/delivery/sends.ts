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
import type { SendEffect, Verdict } from '../store/port.ts'
import { sendPauseMs } from './back-off.ts'

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
const APP_GONE: Failure = { code: 'channel-missing', description: 'The app does not exist any more.' }

export function sendAttempts(options: SendOptions): (send: StoredSend) => Promise<Verdict<SendEffect>> {
  const { connector, directory, dialects, attempts: attemptLog, clock, log } = options
  const pauses = new Map<ConnectorAccountId, { untilMs: number; strikes: number }>()

  /** A channel that was too slow for us rests, whole: its sends neither go out nor burn an attempt meanwhile. */
  function pause(accountId: ConnectorAccountId): void {
    const strikes = (pauses.get(accountId)?.strikes ?? 0) + 1
    pauses.set(accountId, { untilMs: clock.now() + sendPauseMs(strikes), strikes })
  }

  return async (send) => {
    const app = await directory.app(send.message.appId)
    const nowMs = clock.now()
    if (app === undefined) return finish(send, undefined, { state: 'failed', failure: APP_GONE })
    if (send.expiresAtMs !== undefined && nowMs >= send.expiresAtMs)
      return finish(send, app, { state: 'failed', failure: EXPIRED })
    const { attempts, firstAttemptAtMs } = send
    const pausedUntilMs = pauses.get(send.accountId)?.untilMs ?? 0
    if (nowMs < pausedUntilMs) return { kind: 'park', dueMs: pausedUntilMs, attempts, firstAttemptAtMs }

    const answer = await attempt(send)
    switch (answer.kind) {
      case 'taken':
        pauses.delete(send.accountId)
        return finish(send, app, { state: 'sent' })
      case 'refused':
        return finish(send, app, { state: 'failed', failure: answer.failure })
      case 'throttled': {
        pause(send.accountId)
        const dueMs = pauses.get(send.accountId)?.untilMs ?? 0
        return again(send, app, { attempts, firstAtMs: firstAttemptAtMs ?? nowMs, dueMs }, RATE_LIMITED)
      }
      case 'unanswered': {
        const dueMs = clock.now() + sendPauseMs(attempts + 1)
        return again(send, app, { attempts: attempts + 1, firstAtMs: firstAttemptAtMs ?? nowMs, dueMs }, answer.failure)
      }
      default:
        return answer satisfies never
    }
  }

  /** The last attempt falls on the end of the retry time, or of the message's life. */
  function again(
    send: StoredSend,
    app: App,
    next: { attempts: number; firstAtMs: number; dueMs: number },
    failure: Failure,
  ): Verdict<SendEffect> {
    const untilMs = Math.min(next.firstAtMs + app.retryDurationMs, send.expiresAtMs ?? Number.POSITIVE_INFINITY)
    if (clock.now() >= untilMs) return finish(send, app, { state: 'failed', failure })
    const dueMs = Math.min(next.dueMs, untilMs)
    return { kind: 'park', dueMs, attempts: next.attempts, firstAttemptAtMs: next.firstAtMs }
  }

  function finish({ message }: StoredSend, app: App | undefined, final: FinalState): Verdict<SendEffect> {
    const atMs = clock.now()
    const callbacks =
      app === undefined ? [] : draftCallbacks(statusNotice(app, message, final, atMs), app.webhooks, dialects, atMs)
    const { appId, messageId } = message
    return { kind: 'done', effect: { appId, messageId, final, atMs, callbacks } }
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
