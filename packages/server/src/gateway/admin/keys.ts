// Keys of three uses: `sinch` (key id and secret), `8x8` (an API key, which can be limited to some sub-accounts) and
// `admin` (owner or viewer). The secret is shown once, in the answer that makes the key; only its SHA-256 is stored.
import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { hashSecret } from '../../kit/compare.ts'
import { newUuid } from '../../kit/ids.ts'
import type { AppId, ProjectId } from '../core/ids.ts'
import type { Schema } from '../store/schema.ts'
import { type AdminAnswer, created, gone, isoTime, notFound, ok, refused } from './answer.ts'
import { type AdminCall, type AdminContext, type AdminRoute, apply, changesOf, pageOf } from './context.ts'
import { Fields, parseAnyId, type TextRule } from './fields.ts'
import { findProject } from './projects.ts'

export const keyRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/keys', handle: list },
  { method: 'POST', path: '/keys', handle: create },
  { method: 'GET', path: '/keys/:keyId', handle: show },
  { method: 'PATCH', path: '/keys/:keyId', handle: update },
  { method: 'DELETE', path: '/keys/:keyId', handle: remove },
]

type Row = Selectable<Schema['api_key']>

const USES = ['sinch', '8x8', 'admin'] as const
const ROLES = ['owner', 'viewer'] as const
const LABEL: TextRule = { most: 100 }
const KEY_ID: TextRule = { least: 1, most: 100 }
const MOST_APPS = 100

const appIdsOf = (row: Row): AppId[] | undefined => (row.app_ids === null ? undefined : JSON.parse(row.app_ids))

const write = (row: Row) => ({
  keyId: row.key_id,
  use: row.use,
  name: row.name,
  ...(row.project_id !== null && { projectId: row.project_id }),
  ...(row.use === 'admin' && { role: row.role }),
  ...(row.use === '8x8' && { appIds: appIdsOf(row) ?? 'all' }),
  enabled: row.disabled_at_ms === null,
  createdAt: isoTime(row.created_at_ms),
})

export function newSecret(use: Row['use']): string {
  const secret = randomBytes(32).toString('base64url')
  return use === 'admin' ? `hat_${secret}` : secret
}

async function findKey({ cold }: AdminContext, keyId: string | undefined): Promise<Row | undefined> {
  if (keyId === undefined || keyId.length > KEY_ID.most) return undefined
  return cold.selectFrom('api_key').selectAll().where('key_id', '=', keyId).executeTakeFirst()
}

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['projectId', 'use', 'limit', 'after'])
  const limit = fields.limit()
  const projectId = fields.id<ProjectId>('projectId')
  const use = fields.choice('use', USES)
  const after = fields.optionalText('after', KEY_ID)
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('api_key')
    .selectAll()
    .orderBy('key_id')
    .limit(limit + 1)
  if (projectId !== undefined) rows = rows.where('project_id', '=', projectId)
  if (use !== undefined) rows = rows.where('use', '=', use)
  if (after !== undefined) rows = rows.where('key_id', '>', after)
  return ok(pageOf(await rows.execute(), limit, (row) => row.key_id, write))
}

async function create(call: AdminCall): Promise<AdminAnswer> {
  const { context } = call
  const fields = new Fields(call.body, ['use', 'name', 'projectId', 'role', 'appIds'])
  const use = fields.choice('use', USES)
  if (use === undefined) fields.refuse(`is required: one of ${USES.join(', ')}`, 'use')
  const name = fields.optionalText('name', LABEL) ?? ''
  const role = fields.choice('role', ROLES)
  const wantedProject = fields.optionalText('projectId', { most: 36 })
  const wantedApps = fields.list('appIds', MOST_APPS, { most: 36 })
  if (use === 'admin' && role === undefined) fields.refuse(`is required: one of ${ROLES.join(', ')}`, 'role')
  if (use === 'admin' && wantedProject !== undefined) fields.refuse('is not for admin keys, which see all', 'projectId')
  if (use !== 'admin' && role !== undefined) fields.refuse('is for admin keys only', 'role')
  if (use !== 'admin' && wantedProject === undefined) fields.refuse('is required', 'projectId')
  if (use !== '8x8' && wantedApps !== undefined) fields.refuse('is for 8x8 keys only', 'appIds')
  if (fields.problem || use === undefined) return fields.problem ?? refused('invalid', 'use is required.', 'use')

  const project = wantedProject === undefined ? undefined : await findProject(context, wantedProject)
  if (wantedProject !== undefined && project === undefined)
    return refused('invalid', 'There is no project with this id.', 'projectId')
  const appIds = wantedApps === undefined ? undefined : await appsOfProject(context, project?.project_id, wantedApps)
  if (appIds === 'foreign') return refused('invalid', 'appIds names an app that is not in this project.', 'appIds')

  const secret = newSecret(use)
  const row = {
    key_id: newUuid(context.clock.now()),
    project_id: project?.project_id ?? null,
    use,
    secret_sha256: hashSecret(secret),
    name,
    role: role ?? 'owner',
    app_ids: appIds === undefined ? null : JSON.stringify(appIds),
    created_at_ms: context.clock.now(),
    disabled_at_ms: null,
  } satisfies Row
  const detail = { use, name, role, appIds }
  await apply(call, { action: 'key.create', targetId: row.key_id, projectId: project?.project_id, detail }, [
    context.cold.insertInto('api_key').values(row),
  ])
  return created({ ...write(row), secret })
}

async function appsOfProject(
  { cold }: AdminContext,
  projectId: ProjectId | undefined,
  wanted: readonly string[],
): Promise<AppId[] | 'foreign'> {
  const ids = wanted.map((text) => parseAnyId<AppId>(text)).filter((id) => id !== undefined)
  if (ids.length !== wanted.length || projectId === undefined) return 'foreign'
  if (ids.length === 0) return []
  const query = cold.selectFrom('app').select('app_id').where('project_id', '=', projectId).where('app_id', 'in', ids)
  const found = new Set((await query.execute()).map((row) => row.app_id))
  return ids.every((id) => found.has(id)) ? ids : 'foreign'
}

async function show({ context, params }: AdminCall) {
  const row = await findKey(context, params.keyId)
  return row === undefined ? notFound('key') : ok(write(row))
}

async function update(call: AdminCall): Promise<AdminAnswer> {
  const { context, params } = call
  const row = await findKey(context, params.keyId)
  if (row === undefined) return notFound('key')
  const fields = new Fields(call.body, ['name', 'enabled', 'appIds'])
  const name = fields.optionalText('name', LABEL) ?? row.name
  const enabled = fields.flag('enabled') ?? row.disabled_at_ms === null
  const wantedApps = fields.list('appIds', MOST_APPS, { most: 36 })
  if (wantedApps !== undefined && row.use !== '8x8') fields.refuse('is for 8x8 keys only', 'appIds')
  if (fields.problem) return fields.problem
  const appIds = wantedApps && (await appsOfProject(context, row.project_id ?? undefined, wantedApps))
  if (appIds === 'foreign') return refused('invalid', 'appIds names an app that is not in this project.', 'appIds')
  if (!enabled && (await isLastOwner(context, row))) return lastOwner()
  const change = {
    name,
    disabled_at_ms: enabled ? null : (row.disabled_at_ms ?? context.clock.now()),
    app_ids: appIds === undefined ? row.app_ids : JSON.stringify(appIds),
  }
  const detail = changesOf(fields, {
    ...(fields.has('name') && { name }),
    ...(fields.has('enabled') && { enabled }),
    appIds,
  })
  await apply(call, { action: 'key.update', targetId: row.key_id, projectId: row.project_id ?? undefined, detail }, [
    context.cold.updateTable('api_key').set(change).where('key_id', '=', row.key_id),
  ])
  return ok(write({ ...row, ...change }))
}

async function remove(call: AdminCall): Promise<AdminAnswer> {
  const { context, params } = call
  const row = await findKey(context, params.keyId)
  if (row === undefined) return notFound('key')
  if (await isLastOwner(context, row)) return lastOwner()
  const detail = { use: row.use, name: row.name }
  await apply(call, { action: 'key.delete', targetId: row.key_id, projectId: row.project_id ?? undefined, detail }, [
    context.cold.deleteFrom('api_key').where('key_id', '=', row.key_id),
  ])
  return gone()
}

const lastOwner = () =>
  refused('conflict', 'This is the last owner key. Make another one first, or nobody could change anything any more.')

async function isLastOwner({ cold }: AdminContext, row: Row): Promise<boolean> {
  if (row.use !== 'admin' || row.role !== 'owner' || row.disabled_at_ms !== null) return false
  const other = await cold
    .selectFrom('api_key')
    .select('key_id')
    .where('use', '=', 'admin')
    .where('role', '=', 'owner')
    .where('disabled_at_ms', 'is', null)
    .where('key_id', '<>', row.key_id)
    .executeTakeFirst()
  return other === undefined
}
