// The outbox table: sends that LINE has not taken yet, and what becomes of their messages.
import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorAccountId, ContactId, ConversationId, MessageId } from '../../core/ids.ts'
import type { AcceptRow, StoredSend } from '../../core/ports.ts'
import type { LaneJob, SendEffect } from '../port.ts'
import type { JobTable } from './job-queue.ts'
import type { Place } from './lanes.ts'
import type { CallbackUnit } from './transaction.ts'

export interface SendJobs extends JobTable<StoredSend, SendEffect> {
  insert(place: Place, row: AcceptRow, next: AcceptRow['next'] & { kind: 'send' }): StoredSend
}

export function sendJobs(db: DatabaseSync, unit: CallbackUnit): SendJobs {
  const where = 'WHERE app_id = ? AND lane = ? AND seq = ?'
  const insert = db.prepare(
    `INSERT INTO outbox (app_id, lane, seq, message_id, line_channel_id, retry_key, payload, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const load = db.prepare(
    `SELECT o.*, m.contact_id, m.conversation_id, m.identity, m.metadata, m.correlation_id, m.accepted_at_ms
     FROM outbox o JOIN message m ON m.message_id = o.message_id AND m.app_id = o.app_id
     WHERE o.app_id = ? AND o.lane = ? AND o.seq > ? ORDER BY o.seq LIMIT ?`,
  )
  const remove = db.prepare(`DELETE FROM outbox ${where}`)
  const attempt = db.prepare(`UPDATE outbox SET attempts = ?, first_attempt_at_ms = ? ${where}`)
  const setState = db.prepare(
    `UPDATE message SET state = ?, failure_code = ?, failure_description = ?, state_at_ms = ?
     WHERE message_id = ? AND app_id = ?`,
  )

  return {
    insert({ ref: { appId, lane }, seq }, row, next) {
      const { accountId, retryKey, payload, expiresAtMs } = next
      insert.run(appId, lane, seq, row.messageId, accountId, retryKey, payload, expiresAtMs ?? null)
      return { message: row, accountId, retryKey, payload, attempts: 0, firstAttemptAtMs: undefined, expiresAtMs }
    },
    load(appId, lane, afterSeq, most) {
      return load.all(appId, lane, afterSeq, most).map((row): LaneJob<StoredSend> => {
        const job: StoredSend = {
          message: {
            messageId: String(row.message_id) as MessageId, // this and the next were written as such ids
            contactId: String(row.contact_id) as ContactId,
            conversationId: String(row.conversation_id) as ConversationId,
            appId,
            channel: 'LINE',
            identity: String(row.identity),
            metadata: String(row.metadata),
            correlationId: String(row.correlation_id),
            acceptedAtMs: Number(row.accepted_at_ms),
          },
          accountId: String(row.line_channel_id) as ConnectorAccountId, // written as one
          retryKey: String(row.retry_key),
          payload: String(row.payload),
          attempts: Number(row.attempts),
          firstAttemptAtMs: row.first_attempt_at_ms === null ? undefined : Number(row.first_attempt_at_ms),
          expiresAtMs: row.expires_at_ms === null ? undefined : Number(row.expires_at_ms),
        }
        return { seq: Number(row.seq), job }
      })
    },
    finish(appId, lane, seq, { messageId, final, atMs, callbacks }) {
      // A verdict is written only for a row deleted here, so never twice.
      if (remove.run(appId, lane, seq).changes === 0) return
      const failure = final.state === 'failed' ? final.failure : undefined
      setState.run(final.state, failure?.code ?? null, failure?.description ?? null, atMs, messageId, appId)
      unit.append(callbacks)
    },
    recordAttempt(appId, lane, seq, attempts, firstAttemptAtMs) {
      attempt.run(attempts, firstAttemptAtMs ?? null, appId, lane, seq)
    },
  }
}
