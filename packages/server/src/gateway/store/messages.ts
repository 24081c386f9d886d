// Cold reads of messages.
import type { Kysely } from 'kysely'
import type { MessageId, ProjectId } from '../core/ids.ts'
import type { Message } from '../core/model.ts'
import type { Schema } from './schema.ts'

/** A message of any app of the project. */
export async function findMessage(
  db: Kysely<Schema>,
  projectId: ProjectId,
  messageId: MessageId,
): Promise<Message | undefined> {
  const row = await db
    .selectFrom('message')
    .innerJoin('app', 'app.app_id', 'message.app_id')
    .selectAll('message')
    .where('message.message_id', '=', messageId)
    .where('app.project_id', '=', projectId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    messageId: row.message_id,
    appId: row.app_id,
    direction: row.direction,
    state: row.state,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    channel: row.channel,
    identity: row.identity,
    content: JSON.parse(row.content),
    metadata: row.metadata,
    correlationId: row.correlation_id,
    clientMessageId: row.client_message_id ?? undefined,
    failure:
      row.failure_code === null ? undefined : { code: row.failure_code, description: row.failure_description ?? '' },
    acceptedAtMs: row.accepted_at_ms,
    stateAtMs: row.state_at_ms,
  }
}
