// Apps of Sinch's words, which are sub-accounts of 8x8's: one row for both.
import type { Selectable } from 'kysely'
import { uuidToUlid } from '../../kit/ids.ts'
import { type AppId, newId, type ProjectId } from '../core/ids.ts'
import type { Schema } from '../store/schema.ts'
import { type AdminAnswer, created, gone, isoTime, notFound, ok, refused } from './answer.ts'
import { type AdminCall, type AdminContext, type AdminRoute, apply, changesOf, isTaken, pageOf } from './context.ts'
import { Fields, NAME, parseAnyId, type TextRule } from './fields.ts'
import { findProject } from './projects.ts'

export const appRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/apps', handle: list },
  { method: 'POST', path: '/apps', handle: create },
  { method: 'GET', path: '/apps/:appId', handle: show },
  { method: 'PATCH', path: '/apps/:appId', handle: update },
  { method: 'DELETE', path: '/apps/:appId', handle: remove },
]

type Row = Selectable<Schema['app']>

/** 8x8 facts sheet, 1.1. */
const SUB_ACCOUNT_ID: TextRule = {
  least: 3,
  most: 50,
  pattern: /^[A-Za-z0-9\-._&]{3,50}$/,
  form: 'of letters, digits and the signs - . _ &',
}
const LONGEST_RETRY_S = 86_400
const CHANGEABLE = [
  'displayName',
  'subAccountId',
  'retryDurationSeconds',
  'replyTokenSaving',
  'multicastCoalescing',
  'allowDuplicates',
  'universalThumbnail',
] as const

const write = (row: Row) => ({
  appId: row.app_id,
  /** The same id as the Conversation API prints it. */
  sinchAppId: uuidToUlid(row.app_id),
  projectId: row.project_id,
  displayName: row.display_name,
  subAccountId: row.sub_account_id,
  retryDurationSeconds: row.retry_duration_ms / 1000,
  replyTokenSaving: row.reply_token_saving !== 0,
  multicastCoalescing: row.multicast_coalescing !== 0,
  allowDuplicates: row.allow_duplicates !== 0,
  universalThumbnail: row.universal_thumbnail !== 0,
  createdAt: isoTime(row.created_at_ms),
})

export async function findApp({ cold }: AdminContext, id: string | undefined): Promise<Row | undefined> {
  const appId = parseAnyId<AppId>(id ?? '')
  if (appId === undefined) return undefined
  return cold.selectFrom('app').selectAll().where('app_id', '=', appId).executeTakeFirst()
}

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['projectId', 'limit', 'after'])
  const limit = fields.limit()
  const projectId = fields.id<ProjectId>('projectId')
  const after = fields.id<AppId>('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('app')
    .selectAll()
    .orderBy('app_id')
    .limit(limit + 1)
  if (projectId !== undefined) rows = rows.where('project_id', '=', projectId)
  if (after !== undefined) rows = rows.where('app_id', '>', after)
  return ok(pageOf(await rows.execute(), limit, (row) => row.app_id, write))
}

function readChanges(fields: Fields) {
  const retryDurationSeconds = fields.wholeNumber('retryDurationSeconds', 0, LONGEST_RETRY_S)
  const replyTokenSaving = fields.flag('replyTokenSaving')
  const multicastCoalescing = fields.flag('multicastCoalescing')
  const allowDuplicates = fields.flag('allowDuplicates')
  const universalThumbnail = fields.flag('universalThumbnail')
  const displayName = fields.optionalText('displayName', NAME)
  const subAccountId = fields.optionalText('subAccountId', SUB_ACCOUNT_ID)
  return {
    displayName,
    subAccountId,
    retryDurationSeconds,
    replyTokenSaving,
    multicastCoalescing,
    allowDuplicates,
    universalThumbnail,
  }
}

function changed(row: Row, changes: ReturnType<typeof readChanges>): Row {
  const flag = (value: boolean | undefined, before: number) => (value === undefined ? before : Number(value))
  const { retryDurationSeconds } = changes
  return {
    ...row,
    display_name: changes.displayName ?? row.display_name,
    sub_account_id: changes.subAccountId ?? row.sub_account_id,
    retry_duration_ms: retryDurationSeconds === undefined ? row.retry_duration_ms : retryDurationSeconds * 1000,
    reply_token_saving: flag(changes.replyTokenSaving, row.reply_token_saving),
    multicast_coalescing: flag(changes.multicastCoalescing, row.multicast_coalescing),
    allow_duplicates: flag(changes.allowDuplicates, row.allow_duplicates),
    universal_thumbnail: flag(changes.universalThumbnail, row.universal_thumbnail),
  }
}

const taken = () => refused('conflict', 'The project has another app with this sub-account id.', 'subAccountId')

async function create(call: AdminCall): Promise<AdminAnswer> {
  const { context } = call
  const fields = new Fields(call.body, ['projectId', ...CHANGEABLE])
  const projectId = fields.text('projectId', { most: 36 })
  fields.text('displayName', NAME)
  const changes = readChanges(fields)
  if (fields.problem) return fields.problem
  const project = await findProject(context, projectId)
  if (project === undefined) return refused('invalid', 'There is no project with this id.', 'projectId')
  const nowMs = context.clock.now()
  const appId = newId<AppId>(nowMs)
  const empty: Row = {
    app_id: appId,
    project_id: project.project_id,
    display_name: '',
    sub_account_id: uuidToUlid(appId),
    retry_duration_ms: LONGEST_RETRY_S * 1000,
    reply_token_saving: 0,
    multicast_coalescing: 0,
    allow_duplicates: 0,
    universal_thumbnail: 0,
    created_at_ms: nowMs,
  }
  const row = changed(empty, changes)
  try {
    const detail = changesOf(fields, changes)
    await apply(call, { action: 'app.create', targetId: appId, projectId: row.project_id, detail }, [
      context.cold.insertInto('app').values(row),
    ])
  } catch (error) {
    if (isTaken(error)) return taken()
    throw error
  }
  return created(write(row))
}

async function show({ context, params }: AdminCall) {
  const row = await findApp(context, params.appId)
  return row === undefined ? notFound('app') : ok(write(row))
}

async function update(call: AdminCall): Promise<AdminAnswer> {
  const { context, params } = call
  const before = await findApp(context, params.appId)
  if (before === undefined) return notFound('app')
  const fields = new Fields(call.body, CHANGEABLE)
  const changes = readChanges(fields)
  if (fields.problem) return fields.problem
  const { app_id: appId, project_id: projectId, created_at_ms: _, ...row } = changed(before, changes)
  try {
    const detail = changesOf(fields, changes)
    await apply(call, { action: 'app.update', targetId: appId, projectId, detail }, [
      context.cold.updateTable('app').set(row).where('app_id', '=', appId),
    ])
  } catch (error) {
    if (isTaken(error)) return taken()
    throw error
  }
  return ok(write({ ...before, ...row }))
}

/** With its LINE channel and webhooks. What it sent and received stays until its retention ends. */
async function remove(call: AdminCall) {
  const { context, params } = call
  const row = await findApp(context, params.appId)
  if (row === undefined) return notFound('app')
  const { app_id: appId, project_id: projectId } = row
  const detail = { displayName: row.display_name, subAccountId: row.sub_account_id }
  await apply(call, { action: 'app.delete', targetId: appId, projectId, detail }, [
    context.cold.deleteFrom('webhook').where('app_id', '=', appId),
    context.cold.deleteFrom('line_channel').where('app_id', '=', appId),
    context.cold.deleteFrom('app').where('app_id', '=', appId),
  ])
  return gone()
}
