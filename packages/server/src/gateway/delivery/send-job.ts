// A send as a job: what it needs when it is due stands in its body.
import { createHash } from 'node:crypto'
import { gateOf, type NewJob } from '../core/jobs.ts'
import type { AcceptRow, StoredSend } from '../core/ports.ts'
import type { StoredJob } from '../store/port.ts'

type SendBody = Pick<StoredSend, 'message' | 'accountId' | 'payload' | 'expiresAtMs' | 'reply'>

/** One order per person and priority. */
const laneOf = (identity: string, urgent: boolean): string => `${urgent ? 0 : 1}/${identity}`

export function sendJob(row: AcceptRow, next: AcceptRow['next'] & { kind: 'send' }): NewJob {
  const {
    messageId,
    appId,
    contactId,
    conversationId,
    channel,
    identity,
    metadata,
    correlationId,
    acceptedAtMs,
    traceId,
  } = row
  const { accountId, retryKey, payload, expiresAtMs, urgent = false, mayCoalesce = false, reply } = next
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
    ...(traceId !== undefined && { traceId }),
  }
  const body: SendBody = {
    ...(reply && { reply }), // first: see holdsReplyToken
    message,
    accountId,
    payload,
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  }
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
  return { ...readSendBody(body), retryKey, attempts, firstAttemptAtMs }
}

export const readSendBody = (body: string): SendBody => JSON.parse(body) as SendBody // written above

/** Whether a repeat of the next attempt could deliver twice, so that it is marked on disk before it is made. */
export function needsMark({ retryKey, body, marks, attempts }: StoredJob): boolean {
  if (retryKey === undefined) return marks <= attempts
  return holdsReplyToken(body) && marks <= 1 && (marks === 0 || attempts < marks)
}

const holdsReplyToken = (body: string): boolean => body.startsWith('{"reply":')

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
