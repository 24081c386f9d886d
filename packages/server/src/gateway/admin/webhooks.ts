// Webhooks of both dialects: where an app's callbacks go, and which.
import { isIP } from 'node:net'
import type { Selectable } from 'kysely'
import { type AppId, newId, type ProjectId, type WebhookId } from '../core/ids.ts'
import type { DialectName, Reach } from '../core/model.ts'
import type { Schema } from '../store/schema.ts'
import { type AdminAnswer, created, gone, isoTime, notFound, ok, refused } from './answer.ts'
import { findApp } from './apps.ts'
import { type AdminCall, type AdminContext, type AdminRoute, apply, changesOf, pageOf } from './context.ts'
import { Fields, parseAnyId, type TextRule } from './fields.ts'

export const webhookRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/webhooks', handle: list },
  { method: 'POST', path: '/webhooks', handle: create },
  { method: 'GET', path: '/webhooks/:webhookId', handle: show },
  { method: 'PATCH', path: '/webhooks/:webhookId', handle: update },
  { method: 'DELETE', path: '/webhooks/:webhookId', handle: remove },
]

type Row = Selectable<Schema['webhook']>

const DIALECTS = ['sinch', '8x8'] as const

// Sinch facts sheet, "Webhooks" (some of these never come about on LINE); 8x8 facts sheet, 3: inbound messages and
// delivery receipts.
const TRIGGERS: Readonly<Record<DialectName, readonly string[]>> = {
  sinch: [
    'MESSAGE_INBOUND',
    'MESSAGE_SUBMIT',
    'MESSAGE_DELIVERY',
    'EVENT_INBOUND',
    'EVENT_DELIVERY',
    'CONVERSATION_START',
    'CONVERSATION_STOP',
    'CONVERSATION_DELETE',
    'CONTACT_CREATE',
    'CONTACT_UPDATE',
    'CONTACT_DELETE',
    'CONTACT_MERGE',
    'CONTACT_IDENTITIES_DUPLICATION',
    'CAPABILITY',
    'OPT_IN',
    'OPT_OUT',
    'CHANNEL_EVENT',
    'UNSUPPORTED',
    'SMART_CONVERSATIONS',
    'MESSAGE_INBOUND_SMART_CONVERSATION_REDACTION',
    'RECORD_NOTIFICATION',
    'BATCH_STATUS_UPDATE',
  ],
  '8x8': ['MSG', 'CADR'],
}

const MOST_PER_APP = 5 // Sinch facts sheet, "Webhooks"
const TARGET: TextRule = { least: 1, most: 742 } // Sinch facts sheet, "Webhooks"
const SECRET: TextRule = { least: 1, most: 256 }
const TRIGGER: TextRule = { least: 1, most: 60 }

const write = (row: Row) => ({
  webhookId: row.webhook_id,
  appId: row.app_id,
  dialect: row.dialect,
  target: row.target,
  triggers: JSON.parse(row.triggers),
  hasSecret: row.sealed_secret !== null,
  enabled: row.enabled !== 0,
  createdAt: isoTime(row.created_at_ms),
})

async function findWebhook({ cold }: AdminContext, text: string | undefined) {
  const id = parseAnyId<WebhookId>(text ?? '')
  if (id === undefined) return undefined
  return cold
    .selectFrom('webhook')
    .innerJoin('app', 'app.app_id', 'webhook.app_id')
    .selectAll('webhook')
    .select('app.project_id')
    .where('webhook_id', '=', id)
    .executeTakeFirst()
}

const reachOf = ({ demoProjectId }: AdminContext, projectId: ProjectId): Reach =>
  projectId === demoProjectId ? 'loopback' : 'public'

function checkTarget(fields: Fields, target: string, reach: Reach): void {
  const problem = problemOfTarget(target, reach)
  if (problem !== undefined) fields.refuse(problem, 'target')
}

/** What can be told from the text alone; the address that a name stands for is checked at each call. */
function problemOfTarget(target: string, reach: Reach): string | undefined {
  if (!URL.canParse(target)) return 'must be a URL'
  const { protocol, hostname, username, password } = new URL(target)
  if (protocol !== 'https:' && protocol !== 'http:') return 'must begin with https:// or http://'
  if (username !== '' || password !== '') return 'must not hold a user name or password'
  if (reach === 'loopback') return undefined
  const host = hostname.replace(/^\[|\]$|\.$/g, '')
  const isNamed = isIP(host) === 0 && host !== 'localhost' && !host.endsWith('.localhost')
  return isNamed ? undefined : 'must name a public host'
}

function checkTriggers(fields: Fields, triggers: readonly string[], dialect: DialectName): void {
  const unknown = triggers.find((trigger) => !TRIGGERS[dialect].includes(trigger))
  if (unknown !== undefined || triggers.length === 0)
    fields.refuse(`must be at least one of ${TRIGGERS[dialect].join(', ')}`, 'triggers')
}

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['appId', 'limit', 'after'])
  const limit = fields.limit()
  const appId = fields.id<AppId>('appId')
  const after = fields.id<WebhookId>('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('webhook')
    .selectAll()
    .orderBy('webhook_id')
    .limit(limit + 1)
  if (appId !== undefined) rows = rows.where('app_id', '=', appId)
  if (after !== undefined) rows = rows.where('webhook_id', '>', after)
  return ok(pageOf(await rows.execute(), limit, (row) => row.webhook_id, write))
}

async function create(call: AdminCall): Promise<AdminAnswer> {
  const { context } = call
  const fields = new Fields(call.body, ['appId', 'dialect', 'target', 'triggers', 'secret', 'enabled'])
  const wantedApp = fields.text('appId', { most: 36 })
  const dialect = fields.choice('dialect', DIALECTS) ?? 'sinch'
  const target = fields.text('target', TARGET)
  const triggers = fields.list('triggers', TRIGGERS.sinch.length, TRIGGER) ?? []
  const secret = fields.clearableText('secret', SECRET) ?? null
  const enabled = fields.flag('enabled') ?? true
  if (fields.problem) return fields.problem
  const app = await findApp(context, wantedApp)
  if (app === undefined) return refused('invalid', 'There is no app with this id.', 'appId')
  const reach = reachOf(context, app.project_id)
  checkTarget(fields, target, reach)
  checkTriggers(fields, triggers, dialect)
  if (fields.problem) return fields.problem
  const others = await context.cold.selectFrom('webhook').select('target').where('app_id', '=', app.app_id).execute()
  if (others.some((other) => other.target === target))
    return refused('conflict', 'The app has a webhook with this target already.', 'target')
  if (others.length >= MOST_PER_APP) return refused('conflict', `An app has at most ${MOST_PER_APP} webhooks.`)

  const nowMs = context.clock.now()
  const id = newId<WebhookId>(nowMs)
  const row: Row = {
    webhook_id: id,
    app_id: app.app_id,
    dialect,
    target,
    triggers: JSON.stringify(triggers),
    sealed_secret: secret === null ? null : context.sealer.seal(secret, context.sealPurpose.webhookSecret(id)),
    enabled: Number(enabled),
    reach,
    created_at_ms: nowMs,
  }
  const detail = changesOf(fields, { appId: app.app_id, dialect, target: shownTarget(target), triggers, enabled }, [
    'secret',
  ])
  await apply(call, { action: 'webhook.create', targetId: id, projectId: app.project_id, detail }, [
    context.cold.insertInto('webhook').values(row),
  ])
  return created(write(row))
}

async function show({ context, params }: AdminCall) {
  const row = await findWebhook(context, params.webhookId)
  return row === undefined ? notFound('webhook') : ok(write(row))
}

async function update(call: AdminCall): Promise<AdminAnswer> {
  const { context, params } = call
  const before = await findWebhook(context, params.webhookId)
  if (before === undefined) return notFound('webhook')
  const { project_id: projectId, ...row } = before
  const fields = new Fields(call.body, ['target', 'triggers', 'secret', 'enabled'])
  const target = fields.optionalText('target', TARGET)
  const triggers = fields.list('triggers', TRIGGERS.sinch.length, TRIGGER)
  const secret = fields.clearableText('secret', SECRET)
  const enabled = fields.flag('enabled')
  if (target !== undefined) checkTarget(fields, target, row.reach)
  if (triggers !== undefined) checkTriggers(fields, triggers, row.dialect)
  if (fields.problem) return fields.problem
  const id = row.webhook_id
  if (target !== undefined && (await isTargetOfAnother(context, row, target)))
    return refused('conflict', 'The app has a webhook with this target already.', 'target')
  const change = {
    target: target ?? row.target,
    triggers: triggers === undefined ? row.triggers : JSON.stringify(triggers),
    enabled: enabled === undefined ? row.enabled : Number(enabled),
    sealed_secret:
      secret === undefined
        ? row.sealed_secret
        : secret && context.sealer.seal(secret, context.sealPurpose.webhookSecret(id)),
  }
  const detail = changesOf(fields, { target: target && shownTarget(target), triggers, enabled }, ['secret'])
  await apply(call, { action: 'webhook.update', targetId: id, projectId, detail }, [
    context.cold.updateTable('webhook').set(change).where('webhook_id', '=', id),
  ])
  return ok(write({ ...row, ...change }))
}

async function isTargetOfAnother({ cold }: AdminContext, row: Row, target: string): Promise<boolean> {
  const other = await cold
    .selectFrom('webhook')
    .select('webhook_id')
    .where('app_id', '=', row.app_id)
    .where('target', '=', target)
    .where('webhook_id', '<>', row.webhook_id)
    .executeTakeFirst()
  return other !== undefined
}

/** What waits for it is given up, with that reason. */
async function remove(call: AdminCall) {
  const { context, params } = call
  const row = await findWebhook(context, params.webhookId)
  if (row === undefined) return notFound('webhook')
  const detail = { appId: row.app_id, target: shownTarget(row.target) }
  await apply(call, { action: 'webhook.delete', targetId: row.webhook_id, projectId: row.project_id, detail }, [
    context.cold.deleteFrom('webhook').where('webhook_id', '=', row.webhook_id),
  ])
  return gone()
}

/** A query often holds a key. */
function shownTarget(target: string): string {
  const { origin, pathname } = new URL(target)
  return `${origin}${pathname}`
}
