// Messages: the list of a conversation, and one message's whole life: as the customer's API has it, as LINE has it, each
// attempt to send it, and each callback that told of it.
import type { Selectable } from 'kysely'
import { uuidToUlid } from '../../kit/ids.ts'
import type { AppId, MessageId } from '../core/ids.ts'
import type { Message } from '../core/model.ts'
import type { Schema } from '../store/schema.ts'
import { isoTime, notFound, ok } from './answer.ts'
import { findApp } from './apps.ts'
import { type AdminCall, type AdminContext, type AdminRoute, pageOf } from './context.ts'
import { Fields, parseAnyId } from './fields.ts'
import { findConversation } from './people.ts'

export const messageRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/apps/:appId/conversations/:conversationId/messages', handle: list },
  { method: 'GET', path: '/apps/:appId/messages/:messageId', handle: showLife },
]

type Row = Selectable<Schema['message']>
type AttemptRow = Selectable<Schema['delivery_attempt']>

/** An event and the message that it became share the moment they were received; more than this are not looked at. */
const MOST_EVENTS = 200

const write = (row: Row) => ({
  /** 8x8's umid. */
  messageId: row.message_id,
  sinchMessageId: uuidToUlid(row.message_id),
  appId: row.app_id,
  direction: row.direction,
  state: row.state,
  ...(row.dialect !== null && { dialect: row.dialect }),
  contactId: row.contact_id,
  conversationId: row.conversation_id,
  channel: row.channel,
  identity: row.identity,
  content: JSON.parse(row.content),
  metadata: row.metadata,
  correlationId: row.correlation_id,
  ...(row.client_message_id !== null && { clientMessageId: row.client_message_id }),
  ...(row.failure_code !== null && { failure: { code: row.failure_code, description: row.failure_description } }),
  acceptedAt: isoTime(row.accepted_at_ms),
  stateAt: isoTime(row.state_at_ms),
})

/** Newest first: `after` goes back in time. */
async function list({ context, params, query }: AdminCall) {
  const conversation = await findConversation(context, params)
  if (conversation === undefined) return notFound('conversation')
  const fields = new Fields(query, ['limit', 'after'])
  const limit = fields.limit()
  const after = fields.id<MessageId>('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('message')
    .selectAll()
    .where('app_id', '=', conversation.app_id)
    .where('conversation_id', '=', conversation.conversation_id)
    .orderBy('message_id', 'desc')
  if (after !== undefined) rows = rows.where('message_id', '<', after)
  return ok(pageOf(await rows.limit(limit + 1).execute(), limit, (row) => row.message_id, write))
}

async function showLife({ context, params }: AdminCall) {
  const app = await findApp(context, params.appId)
  const messageId = parseAnyId<MessageId>(params.messageId ?? '')
  if (app === undefined || messageId === undefined) return notFound('message')
  const ofMessage = { app_id: app.app_id, message_id: messageId }
  const { cold } = context
  const row = await cold
    .selectFrom('message')
    .selectAll()
    .where('app_id', '=', ofMessage.app_id)
    .where('message_id', '=', ofMessage.message_id)
    .executeTakeFirst()
  if (row === undefined) return notFound('message')
  const attempts = await cold
    .selectFrom('delivery_attempt')
    .selectAll()
    .where('app_id', '=', ofMessage.app_id)
    .where('message_id', '=', ofMessage.message_id)
    .orderBy('at_ms')
    .orderBy('attempt')
    .execute()
  const sends = attempts.filter(({ job }) => job === 'send')
  const callbacks = attempts.filter(({ job }) => job !== 'send')
  return ok({
    ...write(row),
    northbound: context.northboundForm(messageOf(row)),
    line: row.direction === 'outbound' ? await outboundForm(context, row) : await inboundForm(context, row),
    attempts: sends.map(writeAttempt),
    callbacks: await Promise.all(
      [...Map.groupBy(callbacks, ({ job }) => job)].map(([id, tries]) => writeCallback(context, app.app_id, id, tries)),
    ),
  })
}

const messageOf = (row: Row): Message => ({
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
})

/** What waits is shown as stored; what left the outbox is made from the content once more, in the same way. */
async function outboundForm({ cold, connector }: AdminContext, row: Row): Promise<unknown> {
  const stored = await cold
    .selectFrom('job')
    .select('body')
    .where('app_id', '=', row.app_id)
    .where('queue', '=', 'send')
    .where('lane', 'in', [`0/${row.identity}`, `1/${row.identity}`])
    .where('job_id', '=', row.message_id)
    .executeTakeFirst()
  if (stored !== undefined) return { to: row.identity, messages: JSON.parse(JSON.parse(stored.body).payload) }
  const channel = await cold
    .selectFrom('line_channel')
    .select('line_channel_id')
    .where('app_id', '=', row.app_id)
    .executeTakeFirst()
  if (channel === undefined) return null
  const prepared = await connector.prepare(channel.line_channel_id, JSON.parse(row.content))
  return prepared.kind === 'ready' ? { to: row.identity, messages: JSON.parse(prepared.payload) } : null
}

/** LINE's event, as long as it is kept. */
async function inboundForm({ cold }: AdminContext, row: Row): Promise<unknown> {
  const events = await cold
    .selectFrom('line_event')
    .select('event')
    .where('app_id', '=', row.app_id)
    .where('received_at_ms', '=', row.accepted_at_ms)
    .orderBy('event_id')
    .limit(MOST_EVENTS)
    .execute()
  const { text } = JSON.parse(row.content)
  const found = events
    .map(({ event }) => JSON.parse(event))
    .find((event) => event.source?.userId === row.identity && (text === undefined || event.message?.text === text))
  return found ?? null
}

const writeAttempt = (row: AttemptRow) => ({
  attempt: row.attempt,
  at: isoTime(row.at_ms),
  outcome: row.outcome,
  ...(row.status !== null && { status: row.status }),
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.request_id !== null && { lineRequestId: row.request_id }),
  durationMs: row.duration_ms,
})

async function writeCallback(
  { cold }: AdminContext,
  appId: AppId,
  callbackId: string,
  attempts: readonly AttemptRow[],
): Promise<unknown> {
  const [first] = attempts
  const dead = await cold
    .selectFrom('dead_letter')
    .select(['reason', 'died_at_ms'])
    .where('app_id', '=', appId)
    .where('job_id', '=', callbackId)
    .executeTakeFirst()
  const delivered = attempts.some(({ outcome }) => outcome === 'delivered')
  return {
    callbackId,
    webhookId: first?.webhook_id,
    trigger: first?.trigger,
    state: delivered ? 'delivered' : dead === undefined ? 'waiting' : 'given-up',
    ...(dead !== undefined && { reason: dead.reason, givenUpAt: isoTime(dead.died_at_ms) }),
    attempts: attempts.map(writeAttempt),
  }
}
