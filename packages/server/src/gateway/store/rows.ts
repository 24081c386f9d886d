// Rows as both engines keep them: column names and plain values. What is read is what was written, so ids are taken
// as the ids they were written as.
import type { AppId, MessageId } from '../core/ids.ts'
import type { NewJob, QueueName } from '../core/jobs.ts'
import type { AcceptUnit, BatchMember, LaneRef, MessageRow, StoredJob } from './port.ts'

type Value = string | number | null
export type Row = Record<string, Value>

export function messageRow(message: MessageRow): Row {
  return {
    app_id: message.appId,
    message_id: message.messageId,
    direction: message.direction,
    state: message.state,
    dialect: message.dialect ?? null,
    contact_id: message.contactId,
    conversation_id: message.conversationId,
    channel: message.channel,
    identity: message.identity,
    content: JSON.stringify(message.content),
    metadata: message.metadata,
    correlation_id: message.correlationId,
    client_message_id: message.clientMessageId ?? null,
    failure_code: message.failure?.code ?? null,
    failure_description: message.failure?.description ?? null,
    accepted_at_ms: message.acceptedAtMs,
    state_at_ms: message.stateAtMs,
  }
}

export function jobRow(job: NewJob): Row {
  return {
    app_id: job.appId,
    queue: job.queue,
    lane: job.lane,
    job_id: job.jobId,
    gate: job.gate,
    retry_key: job.retryKey ?? null,
    coalesce_hash: job.coalesceHash ?? null,
    body: job.body,
  }
}

/** What makes a unit be stored only once, if anything does. */
export function onceRows({ message, idempotency, event, jobs }: AcceptUnit): { idempotency?: Row; event?: Row } {
  const [job] = jobs
  return {
    ...(idempotency !== undefined &&
      message !== undefined && {
        idempotency: {
          app_id: message.appId,
          key: idempotency.key,
          request_hash: idempotency.requestHash,
          message_id: message.messageId,
          at_ms: idempotency.atMs,
        },
      }),
    ...(event !== undefined &&
      job !== undefined && {
        event: {
          app_id: job.appId,
          line_channel_id: event.lineChannelId,
          dedupe_key: event.dedupeKey,
          event_id: job.jobId,
          event: event.event,
          received_at_ms: event.receivedAtMs,
        },
      }),
  }
}

type ReadRow = Record<string, unknown>

export const readJob = (row: ReadRow): StoredJob => ({
  appId: String(row.app_id) as AppId, // see above
  queue: String(row.queue) as QueueName, // see above
  lane: String(row.lane),
  seq: Number(row.seq),
  jobId: String(row.job_id),
  gate: String(row.gate),
  retryKey: row.retry_key === null ? undefined : String(row.retry_key),
  coalesceHash: row.coalesce_hash === null ? undefined : String(row.coalesce_hash),
  body: String(row.body),
  attempts: Number(row.attempts),
  firstAttemptAtMs: row.first_attempt_at_ms === null ? undefined : Number(row.first_attempt_at_ms),
  marks: Number(row.marks),
  noBatch: Number(row.no_batch) === 1,
})

export const readRef = (row: ReadRow): LaneRef => ({
  appId: String(row.app_id) as AppId, // see above
  queue: String(row.queue) as QueueName, // see above
  lane: String(row.lane),
  owner: Number(row.owner),
  lease: Number(row.lease),
})

export const readMember = (row: ReadRow): BatchMember => ({
  lane: String(row.lane),
  seq: Number(row.seq),
  jobId: String(row.job_id),
  body: String(row.body),
})

export const readKnown = (
  row: ReadRow | undefined,
): { messageId: MessageId | undefined; requestHash: string | undefined } => ({
  messageId: row === undefined ? undefined : (String(row.message_id) as MessageId), // see above
  requestHash: row === undefined ? undefined : String(row.request_hash),
})
