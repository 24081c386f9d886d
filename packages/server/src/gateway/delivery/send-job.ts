// A send as a job: what it needs when it is due stands in its body.
import { createHash } from 'node:crypto'
import { gateOf, type NewJob } from '../core/jobs.ts'
import type { AcceptRow, StoredSend } from '../core/ports.ts'
import type { StoredJob } from '../store/port.ts'

type SendBody = Pick<StoredSend, 'message' | 'accountId' | 'payload'> & { expiresAtMs?: number }

/** One order per person and priority. */
const laneOf = (identity: string, urgent: boolean): string => `${urgent ? 0 : 1}/${identity}`

export function sendJob(row: AcceptRow, next: AcceptRow['next'] & { kind: 'send' }): NewJob {
  const { messageId, appId, contactId, conversationId, channel, identity, metadata, correlationId, acceptedAtMs } = row
  const { accountId, retryKey, payload, expiresAtMs, urgent = false, mayCoalesce = false } = next
  const message = {
    messageId,
    appId,
    contactId,
    conversationId,
    channel,
    identity,
    metadata,
    correlationId,
    acceptedAtMs,
  }
  const body: SendBody = { message, accountId, payload, ...(expiresAtMs !== undefined && { expiresAtMs }) }
  return {
    appId,
    queue: 'send',
    lane: laneOf(identity, urgent),
    gate: gateOf(accountId, urgent),
    jobId: messageId,
    retryKey,
    coalesceHash: mayCoalesce ? hashOf(`${accountId}/${payload}`) : undefined,
    body: JSON.stringify(body),
  }
}

export function readSend({ body, retryKey, attempts, firstAttemptAtMs }: StoredJob): StoredSend {
  const { message, accountId, payload, expiresAtMs } = JSON.parse(body) as SendBody // written above
  return { message, accountId, payload, expiresAtMs, retryKey, attempts, firstAttemptAtMs }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
