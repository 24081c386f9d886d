// Contacts and conversations of an app, to look at.
import type { Selectable } from 'kysely'
import { uuidToUlid } from '../../kit/ids.ts'
import type { AppId, ContactId, ConversationId } from '../core/ids.ts'
import type { Schema } from '../store/schema.ts'
import { isoTime, notFound, ok } from './answer.ts'
import { findApp } from './apps.ts'
import { type AdminCall, type AdminContext, type AdminRoute, pageOf } from './context.ts'
import { Fields, parseAnyId } from './fields.ts'

export const peopleRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/apps/:appId/contacts', handle: listContacts },
  { method: 'GET', path: '/apps/:appId/contacts/:contactId', handle: showContact },
  { method: 'GET', path: '/apps/:appId/conversations', handle: listConversations },
  { method: 'GET', path: '/apps/:appId/conversations/:conversationId', handle: showConversation },
]

type ContactRow = Selectable<Schema['contact']>
type ConversationRow = Selectable<Schema['conversation']>
type IdentityRow = Selectable<Schema['channel_identity']>

const writeContact = (row: ContactRow, identities: readonly IdentityRow[]) => ({
  contactId: row.contact_id,
  sinchContactId: uuidToUlid(row.contact_id),
  appId: row.app_id,
  projectId: row.project_id,
  displayName: row.display_name,
  email: row.email,
  externalId: row.external_id,
  metadata: row.metadata,
  language: row.language,
  identities: identities
    .filter(({ contact_id }) => contact_id === row.contact_id)
    .map(({ channel, identity }) => ({ channel, identity })),
  createdAt: isoTime(row.created_at_ms),
})

const writeConversation = (row: ConversationRow) => ({
  conversationId: row.conversation_id,
  sinchConversationId: uuidToUlid(row.conversation_id),
  appId: row.app_id,
  contactId: row.contact_id,
  channel: row.channel,
  active: row.active !== 0,
  ...(row.last_received_ms !== null && { lastReceivedAt: isoTime(row.last_received_ms) }),
  createdAt: isoTime(row.created_at_ms),
})

async function identitiesOf({ cold }: AdminContext, appId: AppId, contactIds: readonly ContactId[]) {
  if (contactIds.length === 0) return []
  return cold
    .selectFrom('channel_identity')
    .selectAll()
    .where('app_id', '=', appId)
    .where('contact_id', 'in', contactIds)
    .execute()
}

async function listContacts({ context, params, query }: AdminCall) {
  const app = await findApp(context, params.appId)
  if (app === undefined) return notFound('app')
  const fields = new Fields(query, ['limit', 'after', 'identity'])
  const limit = fields.limit()
  const after = fields.id<ContactId>('after')
  const identity = fields.optionalText('identity', { least: 1, most: 100 })
  if (fields.problem) return fields.problem
  const { cold } = context
  let rows = cold.selectFrom('contact').selectAll().where('app_id', '=', app.app_id).orderBy('contact_id')
  if (after !== undefined) rows = rows.where('contact_id', '>', after)
  if (identity !== undefined)
    rows = rows.where('contact_id', 'in', (eb) =>
      eb
        .selectFrom('channel_identity')
        .select('contact_id')
        .where('app_id', '=', app.app_id)
        .where('channel', '=', 'LINE')
        .where('identity', '=', identity),
    )
  const found = await rows.limit(limit + 1).execute()
  const ids = found.map((row) => row.contact_id)
  const identities = await identitiesOf(context, app.app_id, ids)
  const write = (row: ContactRow) => writeContact(row, identities)
  return ok(pageOf(found, limit, (row) => row.contact_id, write))
}

async function showContact({ context, params }: AdminCall) {
  const app = await findApp(context, params.appId)
  const contactId = parseAnyId<ContactId>(params.contactId ?? '')
  if (app === undefined || contactId === undefined) return notFound('contact')
  const row = await context.cold
    .selectFrom('contact')
    .selectAll()
    .where('app_id', '=', app.app_id)
    .where('contact_id', '=', contactId)
    .executeTakeFirst()
  if (row === undefined) return notFound('contact')
  return ok(writeContact(row, await identitiesOf(context, app.app_id, [contactId])))
}

async function listConversations({ context, params, query }: AdminCall) {
  const app = await findApp(context, params.appId)
  if (app === undefined) return notFound('app')
  const fields = new Fields(query, ['limit', 'after', 'contactId'])
  const limit = fields.limit()
  const after = fields.id<ConversationId>('after')
  const contactId = fields.id<ContactId>('contactId')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('conversation')
    .selectAll()
    .where('app_id', '=', app.app_id)
    .orderBy('conversation_id')
  if (contactId !== undefined) rows = rows.where('contact_id', '=', contactId)
  if (after !== undefined) rows = rows.where('conversation_id', '>', after)
  return ok(pageOf(await rows.limit(limit + 1).execute(), limit, (row) => row.conversation_id, writeConversation))
}

async function showConversation({ context, params }: AdminCall) {
  const row = await findConversation(context, params)
  return row === undefined ? notFound('conversation') : ok(writeConversation(row))
}

export async function findConversation(
  context: AdminContext,
  params: AdminCall['params'],
): Promise<ConversationRow | undefined> {
  const app = await findApp(context, params.appId)
  const conversationId = parseAnyId<ConversationId>(params.conversationId ?? '')
  if (app === undefined || conversationId === undefined) return undefined
  return context.cold
    .selectFrom('conversation')
    .selectAll()
    .where('app_id', '=', app.app_id)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
}
