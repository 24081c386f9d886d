// Makes an attempt and writes it down: one wide line in the log, a row for people who look into one message, a count.
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Connector, SendAnswer, SendWay, StoredSend } from '../core/ports.ts'
import type { AttemptLog } from '../store/attempt-log.ts'
import type { SendFigures } from './figures.ts'

export interface SendRecords {
  connector: Pick<Connector, 'send'>
  attempts: Pick<AttemptLog, 'record'>
  figures?: SendFigures
  clock: Clock
  log: Logger
}

export function sendRecords({ connector, attempts, figures, clock, log }: SendRecords) {
  return async (send: StoredSend, way: SendWay): Promise<SendAnswer> => {
    const atMs = clock.now()
    const startedAt = performance.now()
    const { messageId, appId, traceId } = send.message
    const answer = await connector.send(send, way).catch((error: unknown): SendAnswer => {
      log.error({ err: error, messageId }, 'an attempt to send broke')
      return { kind: 'unanswered', failure: { code: 'internal', description: 'Internal error.' }, detail: {} }
    })
    const failure = 'failure' in answer ? answer.failure.code : undefined
    const ms = Math.round(performance.now() - startedAt)
    const { accountId, retryKey } = send
    const attempt = send.attempts + 1
    const recipients = way.kind === 'multicast' ? way.members.length : 1
    const facts = { messageId, appId, accountId, retryKey, traceId, way: way.kind, recipients, attempt }
    const sizeBytes = Buffer.byteLength(send.payload)
    log.info({ ...facts, outcome: answer.kind, failure, ...answer.detail, sizeBytes, ms }, 'send attempted')
    figures?.sendAttempted({ accountId, way: way.kind, outcome: answer.kind, recipients })
    const { status, lineRequestId } = answer.detail
    for (const message of way.kind === 'multicast' ? way.members : [send.message])
      attempts.record({
        appId,
        messageId: message.messageId,
        of: { kind: 'send' },
        attempt,
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
