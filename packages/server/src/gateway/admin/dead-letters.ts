// What could not be delivered: how many there are, and their way back into their lanes: one, by filter, or since a time.
import type { AppId } from '../core/ids.ts'
import type { DeadLetterFilter } from '../store/port.ts'
import { ok } from './answer.ts'
import { findApp } from './apps.ts'
import { type AdminCall, type AdminRoute, apply } from './context.ts'
import { Fields } from './fields.ts'

export const deadLetterRoutes: readonly AdminRoute[] = [
  { method: 'POST', path: '/dead-letters/replay', handle: replay },
]

/** One statement takes so many; between two others get their turn. */
const PER_STATEMENT = 500
const MOST_PER_CALL = 100_000
const TIME = { most: 40, pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d/, form: 'a time as 2026-01-31T12:00:00Z' }

/** Without `dryRun: false` it only counts: what is replayed is delivered to people. */
async function replay(call: AdminCall) {
  const { context, body } = call
  const fields = new Fields(body, ['jobId', 'appId', 'queue', 'target', 'since', 'dryRun'])
  const appId = fields.id<AppId>('appId')
  const queue = fields.choice('queue', ['send', 'callback'] as const)
  const jobId = fields.optionalText('jobId', { least: 1, most: 100 })
  const gateName = fields.optionalText('target', { least: 1, most: 100 })
  const since = fields.optionalText('since', TIME)
  const dryRun = fields.flag('dryRun') ?? true
  const diedSinceMs = since === undefined ? undefined : Date.parse(since)
  if (Number.isNaN(diedSinceMs)) fields.refuse('must be a time as 2026-01-31T12:00:00Z', 'since')
  if (fields.problem) return fields.problem
  const filter: DeadLetterFilter = {
    ...(appId !== undefined && { appId }),
    ...(queue !== undefined && { queue }),
    ...(jobId !== undefined && { jobId }),
    ...(gateName !== undefined && { gateName }),
    ...(diedSinceMs !== undefined && { diedSinceMs }),
  }
  const { deadLetters } = context
  const count = await deadLetters.count(filter)
  if (dryRun) return ok({ dryRun, count, replayed: 0 })
  let replayed = 0
  const goal = Math.min(count, MOST_PER_CALL) // those that die again meanwhile are not taken twice
  while (replayed < goal) {
    const took = await deadLetters.replay(filter, Math.min(PER_STATEMENT, goal - replayed))
    if (took === 0) break
    replayed += took
  }
  const app = appId === undefined ? undefined : await findApp(context, appId)
  const detail = { ...filter, replayed }
  const action = 'dead-letters.replay'
  await apply(call, { action, targetId: jobId ?? gateName ?? appId ?? '', projectId: app?.project_id, detail }, [])
  return ok({ dryRun, count, replayed })
}
