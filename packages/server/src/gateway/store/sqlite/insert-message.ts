import type { DatabaseSync } from 'node:sqlite'
import type { DialectName, Message } from '../../core/model.ts'

export type InsertMessage = (message: Message & { dialect: DialectName | undefined }) => void

export function insertMessage(db: DatabaseSync): InsertMessage {
  const insert = db.prepare(
    `INSERT INTO message (app_id, message_id, direction, state, dialect, contact_id, conversation_id, channel, identity,
       content, metadata, correlation_id, client_message_id, failure_code, failure_description, accepted_at_ms, state_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return (message) => {
    insert.run(
      message.appId,
      message.messageId,
      message.direction,
      message.state,
      message.dialect ?? null,
      message.contactId,
      message.conversationId,
      message.channel,
      message.identity,
      JSON.stringify(message.content),
      message.metadata,
      message.correlationId,
      message.clientMessageId ?? null,
      message.failure?.code ?? null,
      message.failure?.description ?? null,
      message.acceptedAtMs,
      message.stateAtMs,
    )
  }
}
