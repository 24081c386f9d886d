// Projects: the tenants, and 8x8's accounts.
import type { Selectable } from 'kysely'
import { newId, type ProjectId } from '../core/ids.ts'
import type { Schema } from '../store/schema.ts'
import { created, gone, isoTime, notFound, ok, refused } from './answer.ts'
import { type AdminCall, type AdminContext, type AdminRoute, apply, changesOf, pageOf } from './context.ts'
import { Fields, NAME, parseAnyId } from './fields.ts'

export const projectRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/projects', handle: list },
  { method: 'POST', path: '/projects', handle: create },
  { method: 'GET', path: '/projects/:projectId', handle: show },
  { method: 'PATCH', path: '/projects/:projectId', handle: update },
  { method: 'DELETE', path: '/projects/:projectId', handle: remove },
]

type Row = Selectable<Schema['project']>

const write = ({ project_id, name, created_at_ms }: Row) => ({
  projectId: project_id,
  name,
  createdAt: isoTime(created_at_ms),
})

export async function findProject({ cold }: AdminContext, id: string | undefined): Promise<Row | undefined> {
  const projectId = parseAnyId<ProjectId>(id ?? '')
  if (projectId === undefined) return undefined
  return cold.selectFrom('project').selectAll().where('project_id', '=', projectId).executeTakeFirst()
}

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['limit', 'after'])
  const limit = fields.limit()
  const after = fields.id<ProjectId>('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('project')
    .selectAll()
    .orderBy('project_id')
    .limit(limit + 1)
  if (after !== undefined) rows = rows.where('project_id', '>', after)
  return ok(pageOf(await rows.execute(), limit, (row) => row.project_id, write))
}

async function create(call: AdminCall) {
  const fields = new Fields(call.body, ['name'])
  const name = fields.text('name', NAME)
  if (fields.problem) return fields.problem
  const { cold, clock } = call.context
  const nowMs = clock.now()
  const row: Row = { project_id: newId<ProjectId>(nowMs), name, created_at_ms: nowMs }
  const { project_id: projectId } = row
  await apply(call, { action: 'project.create', targetId: projectId, projectId, detail: { name } }, [
    cold.insertInto('project').values(row),
  ])
  return created(write(row))
}

async function show({ context, params }: AdminCall) {
  const row = await findProject(context, params.projectId)
  return row === undefined ? notFound('project') : ok(write(row))
}

async function update(call: AdminCall) {
  const row = await findProject(call.context, call.params.projectId)
  if (row === undefined) return notFound('project')
  const fields = new Fields(call.body, ['name'])
  const name = fields.optionalText('name', NAME) ?? row.name
  if (fields.problem) return fields.problem
  const { project_id: projectId } = row
  const detail = changesOf(fields, { name })
  await apply(call, { action: 'project.update', targetId: projectId, projectId, detail }, [
    call.context.cold.updateTable('project').set({ name }).where('project_id', '=', projectId),
  ])
  return ok(write({ ...row, name }))
}

async function remove(call: AdminCall) {
  const { context, params } = call
  const row = await findProject(context, params.projectId)
  if (row === undefined) return notFound('project')
  const { project_id: projectId } = row
  const app = await context.cold
    .selectFrom('app')
    .select('app_id')
    .where('project_id', '=', projectId)
    .executeTakeFirst()
  if (app !== undefined) return refused('conflict', 'The project has apps. Delete them first.')
  await apply(call, { action: 'project.delete', targetId: projectId, projectId, detail: { name: row.name } }, [
    context.cold.deleteFrom('api_key').where('project_id', '=', projectId),
    context.cold.deleteFrom('project').where('project_id', '=', projectId),
  ])
  return gone()
}
