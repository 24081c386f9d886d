// Who changed what, and when. Newest first.

import type { ProjectId } from '../core/ids.ts'
import { isoTime, ok } from './answer.ts'
import { type AdminCall, type AdminRoute, pageOf } from './context.ts'
import { Fields } from './fields.ts'

export const auditLogRoutes: readonly AdminRoute[] = [{ method: 'GET', path: '/audit-log', handle: list }]

async function list({ context, query }: AdminCall) {
  const fields = new Fields(query, ['projectId', 'targetId', 'limit', 'after'])
  const limit = fields.limit()
  const projectId = fields.id<ProjectId>('projectId')
  const targetId = fields.optionalText('targetId', { least: 1, most: 100 })
  const after = fields.id('after')
  if (fields.problem) return fields.problem
  let rows = context.cold
    .selectFrom('audit_log')
    .selectAll()
    .orderBy('audit_id', 'desc')
    .limit(limit + 1)
  if (projectId !== undefined) rows = rows.where('project_id', '=', projectId)
  if (targetId !== undefined) rows = rows.where('target_id', '=', targetId)
  if (after !== undefined) rows = rows.where('audit_id', '<', after)
  return ok(
    pageOf(
      await rows.execute(),
      limit,
      (row) => row.audit_id,
      (row) => ({
        auditId: row.audit_id,
        at: isoTime(row.at_ms),
        keyId: row.key_id,
        action: row.action,
        targetId: row.target_id,
        ...(row.project_id !== null && { projectId: row.project_id }),
        detail: JSON.parse(row.detail),
      }),
    ),
  )
}
