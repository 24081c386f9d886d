// What a route of the admin API ends with: an answer, or a reason why not.
import type { AdminError, AdminErrorCode } from './errors.ts'

export type AdminAnswer =
  | { kind: 'ok'; body: unknown }
  | { kind: 'created'; body: unknown }
  | { kind: 'gone' }
  | { kind: 'refused'; error: AdminError }

export const ok = (body: unknown): AdminAnswer => ({ kind: 'ok', body })

export const created = (body: unknown): AdminAnswer => ({ kind: 'created', body })

/** Deleted: there is nothing more to say. */
export const gone = (): AdminAnswer => ({ kind: 'gone' })

export const refused = (code: AdminErrorCode, message: string, field?: string): AdminAnswer & { kind: 'refused' } => ({
  kind: 'refused',
  error: { code, message, ...(field !== undefined && { field }) },
})

export const notFound = (what: string) => refused('not_found', `There is no ${what} with this id.`)

export const isoTime = (atMs: number): string => new Date(atMs).toISOString()
