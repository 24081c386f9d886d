// One attempt to send a message to its channel, and what follows from how it ended: sent, failed, or again later. A
// repeat carries the same retry key; where the channel knows none, a send of unknown fate is not repeated unless the app
// allows duplicates. A free reply is tried first where the message holds a reply token: see replies.ts.
import type { Clock } from '../../kit/clock.ts'
import type { Failure } from '../core/model.ts'
import type { CallbackDialects, Directory, SendWay, StoredSend } from '../core/ports.ts'
import { batchAttempts } from './batches.ts'
import { replyStep } from './replies.ts'
import { readSend } from './send-job.ts'
import { type SendOutcomes, sendOutcomes } from './send-outcomes.ts'
import { type SendRecords, sendRecords } from './send-records.ts'
import { Strikes } from './strikes.ts'
import type { AttemptJob, Verdict } from './verdict.ts'

export interface SendOptions extends SendRecords {
  directory: Directory
  dialects: CallbackDialects
  clock: Clock
}

/** What every kind of attempt works with. */
export interface SendTools {
  directory: Directory
  outcomes: SendOutcomes
  strikes: Strikes
  clock: Clock
  attempt(send: StoredSend, way: SendWay): ReturnType<ReturnType<typeof sendRecords>>
}

const BROKEN_STORE_PAUSE_MS = 1000
const EXPIRED: Failure = { code: 'expired', description: 'The message expired before the channel took it.' }
const APP_GONE: Failure = { code: 'channel-missing', description: 'The app does not exist any more.' }

export function sendAttempts(options: SendOptions): (job: AttemptJob) => Promise<Verdict> {
  const { directory, dialects, clock } = options
  const outcomes = sendOutcomes({ dialects, clock })
  const tools: SendTools = { directory, outcomes, strikes: new Strikes(), clock, attempt: sendRecords(options) }
  const sendBatch = batchAttempts(tools)

  return async (job) => {
    const { members, attempts, firstAttemptAtMs } = job
    const app = await directory.app(job.appId).catch(() => 'unavailable' as const)
    if (app === 'unavailable') return { kind: 'park', delayMs: BROKEN_STORE_PAUSE_MS, attempts, firstAttemptAtMs }
    if (members !== undefined) return sendBatch(job, members, app)
    const send = readSend(job)
    const end = outcomes.of(job, send, app)
    if (app === undefined) return end.failed(APP_GONE)
    if (send.expiresAtMs !== undefined && clock.now() >= send.expiresAtMs) return end.failed(EXPIRED)
    const { allowDuplicates } = app
    const step = replyStep(job, send, clock.now())
    if (step.kind === 'unknown') return allowDuplicates ? push() : end.fateUnknown()
    if (step.kind === 'reply') return reply(step.replyToken, step.isRepeat)
    // Marked by somebody who did not live to tell how it went.
    if (send.retryKey === undefined && job.marks > attempts && !allowDuplicates) return end.fateUnknown()
    return push()

    async function push(): Promise<Verdict> {
      const seen = tools.strikes.seen(send.accountId)
      const answer = await tools.attempt(send, { kind: 'push' })
      if (answer.kind !== 'throttled') tools.strikes.clear(send.accountId, seen)
      switch (answer.kind) {
        case 'taken':
          return end.sent()
        case 'refused':
          return end.failed(answer.failure)
        case 'throttled':
          return end.throttled(tools.strikes.pauseMs(send.accountId, seen))
        case 'unanswered':
          return end.unanswered(answer)
        default:
          return answer satisfies never
      }
    }

    async function reply(replyToken: string, isRepeat: boolean): Promise<Verdict> {
      const answer = await tools.attempt(send, { kind: 'reply', replyToken })
      if (answer.kind === 'taken') return end.sent()
      if (answer.kind === 'unanswered' && !answer.notSent) return end.again(attempts)
      // The first one took the token: that it is spent is LINE's word for having the message.
      if (isRepeat && answer.kind === 'refused' && answer.tokenSpent) return end.sent()
      // Certainly not delivered. That is written down before anything else is tried, so that nobody has to guess.
      if (!isRepeat) return { ...end.again(job.marks + 1), delayMs: 0 }
      return allowDuplicates ? push() : end.fateUnknown()
    }
  }
}
