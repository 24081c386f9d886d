// One attempt to send equal messages to many people as one. Each keeps its own status. The batch and its members are
// stored before the call; a refusal takes the batch apart, and its members go out alone under new keys.
import type { App, Failure } from '../core/model.ts'
import type { StoredSend } from '../core/ports.ts'
import type { FinalState } from '../core/send-message.ts'
import type { BatchMember } from '../store/port.ts'
import { readSendBody } from './send-job.ts'
import type { SendTools } from './sends.ts'
import type { AttemptJob, Verdict } from './verdict.ts'

const APP_GONE: Failure = { code: 'channel-missing', description: 'The app does not exist any more.' }

export function batchAttempts({ outcomes, strikes, attempt }: SendTools) {
  return async (job: AttemptJob, members: readonly BatchMember[], app: App | undefined): Promise<Verdict> => {
    const sends = members.map((member) => ({
      member,
      send: { ...job, ...readSendBody(member.body) } satisfies StoredSend,
    }))
    // A repeat under the same key has to be the same request, in whatever order the members were read.
    sends.sort((a, b) => (a.send.message.identity < b.send.message.identity ? -1 : 1))
    const [first] = sends
    if (first === undefined) return { kind: 'batch-taken', ends: [] }
    const all = (final: FinalState, dead?: { attempts: number }): Verdict => ({
      kind: 'batch-taken',
      ends: sends.map(({ member: { lane, seq }, send }) => ({ lane, seq, end: outcomes.end(send, app, final, dead) })),
    })
    const failed = (failure: Failure) => all({ state: 'failed', failure })
    if (app === undefined) return failed(APP_GONE)
    if (job.retryKey === undefined && job.marks > job.attempts && !app.allowDuplicates)
      return failed(outcomes.fateUnknown)

    const { accountId } = first.send
    const seen = strikes.seen(accountId)
    const answer = await attempt(first.send, { kind: 'multicast', members: sends.map(({ send }) => send.message) })
    if (answer.kind !== 'throttled') strikes.clear(accountId, seen)
    switch (answer.kind) {
      case 'taken':
        return all({ state: 'sent' })
      case 'refused':
        return { kind: 'batch-split' }
      case 'throttled':
        return outcomes.rest(job, first.send, strikes.pauseMs(accountId, seen)) ?? failed(outcomes.rateLimited)
      case 'unanswered': {
        if (job.retryKey === undefined && !answer.notSent && !app.allowDuplicates) return failed(outcomes.fateUnknown)
        const { failure } = answer
        return outcomes.retry(job, app, undefined) ?? all({ state: 'failed', failure }, { attempts: job.attempts + 1 })
      }
      default:
        return answer satisfies never
    }
  }
}
