// One attempt to deliver a callback to a customer's webhook, and what follows from how it ended. After its third
// failure a callback leaves its lane for one of its own, so that it holds up those behind it no longer.
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { type Outbound, OutboundError } from '../../kit/outbound.ts'
import type { Webhook } from '../core/model.ts'
import type { CallbackDialect, CallbackDialects, Directory } from '../core/ports.ts'
import type { AttemptLog } from '../store/attempt-log.ts'
import type { StoredJob } from '../store/port.ts'
import { retryAfterMs } from './back-off.ts'
import { readCallback } from './callback-job.ts'
import type { CallbackFigures } from './figures.ts'
import type { Verdict } from './verdict.ts'

const TIMEOUT_MS = 10_000
const ATTEMPTS_IN_LANE = 3
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000
const BROKEN_STORE_PAUSE_MS = 1000

interface CallOutcome {
  delivered: boolean
  /** Another attempt would end the same way. */
  hopeless: boolean
  status: number | undefined
  reason: string
  retryAfterMs: number | undefined
}

export interface CallbackOptions {
  directory: Directory
  dialects: CallbackDialects
  outbound: Outbound
  /** Where attempts are written down for people. */
  attempts: Pick<AttemptLog, 'record'>
  figures?: CallbackFigures
  clock: Clock
  log: Logger
}

export function callbackAttempts(options: CallbackOptions): (job: StoredJob) => Promise<Verdict> {
  const { directory, dialects, outbound, attempts: attemptLog, figures, clock, log } = options

  async function call(webhook: Webhook, dialect: CallbackDialect, body: string): Promise<CallOutcome> {
    const headers = { 'content-type': 'application/json', ...dialect.headers(webhook, body, clock.now()) }
    const { target: url, reach } = webhook
    try {
      const answer = await outbound.request({
        url,
        method: 'POST',
        headers,
        body,
        timeoutMs: TIMEOUT_MS,
        reach,
        keepBodyBytes: 0,
      })
      const { status } = answer
      return {
        delivered: status >= 200 && status < 300,
        hopeless: false,
        status,
        reason: `status ${status}`,
        retryAfterMs: retryAfterMs(answer.headers['retry-after'], clock.now()),
      }
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error
      const hopeless = error.code === 'bad_url' || error.code === 'address_denied'
      return { delivered: false, hopeless, status: undefined, reason: error.code, retryAfterMs: undefined }
    }
  }

  return async (job) => {
    const { callbackId, webhookId, trigger, body } = readCallback(job)
    const { appId } = job
    const attempts = job.attempts + 1
    const webhook = await directory.webhook(webhookId).catch(() => 'unavailable' as const)
    if (webhook === 'unavailable')
      return { kind: 'park', delayMs: BROKEN_STORE_PAUSE_MS, attempts: job.attempts, firstAttemptAtMs: undefined }
    const dialect = webhook === undefined ? undefined : dialects[webhook.dialect]
    const dead = (reason: string): Verdict => {
      figures?.callbackAttempted('dead')
      return {
        kind: 'done',
        end: { dead: { reason, definite: false, attempts, atMs: clock.now() }, jobs: [] },
        free: false,
      }
    }
    if (webhook === undefined || dialect === undefined) return dead('webhook deleted')
    const atMs = clock.now()
    const startedAt = performance.now()
    const outcome = await call(webhook, dialect, body)
    const ms = Math.round(performance.now() - startedAt)
    const sizeBytes = Buffer.byteLength(body)
    const { delivered, status, reason } = outcome
    log.info(
      { callbackId, appId, webhookId, trigger, attempt: attempts, delivered, status, reason, sizeBytes, ms },
      'callback attempted',
    )
    const messageId = dialect.messageIdOf(body)
    if (messageId !== undefined)
      attemptLog.record({
        appId,
        messageId,
        of: { kind: 'callback', callbackId, webhookId, trigger },
        attempt: attempts,
        atMs,
        outcome: delivered ? 'delivered' : 'failed',
        status,
        reason: delivered ? undefined : reason,
        requestId: undefined,
        durationMs: ms,
      })
    figures?.callbackAttempted(delivered ? 'delivered' : 'failed')
    if (delivered) return { kind: 'done', end: { jobs: [] }, free: true }
    const delayMs = outcome.hopeless ? undefined : dialect.retryDelayMs(attempts, status)
    if (delayMs === undefined) return dead(reason)
    const longerMs = Math.max(delayMs, Math.min(outcome.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS))
    if (attempts === ATTEMPTS_IN_LANE)
      return { kind: 'aside', delayMs: longerMs, attempts, lane: `${job.lane}#${callbackId}` }
    return { kind: 'park', delayMs: longerMs, attempts, firstAttemptAtMs: undefined }
  }
}
