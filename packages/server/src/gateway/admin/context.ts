// What the routes of the admin API work with, and the one way in which they change something: the change and its
// line in the audit log are one transaction, and the directory forgets what it remembers.
import type { Compilable, Kysely } from 'kysely'
import type { Clock } from '../../kit/clock.ts'
import { newUuid } from '../../kit/ids.ts'
import type { Logger } from '../../kit/log.ts'
import type { Sealer } from '../../kit/seal.ts'
import type { ConnectorAccountId, ProjectId, WebhookId } from '../core/ids.ts'
import type { AdminRole, Message, Reach } from '../core/model.ts'
import type { Connector } from '../core/ports.ts'
import type { DeadLetterFilter } from '../store/port.ts'
import type { Schema } from '../store/schema.ts'
import type { AdminAnswer } from './answer.ts'
import type { Fields } from './fields.ts'

type LineCredentials = { apiUrl: string; reach: Reach; channelSecret: string } & (
  | { channelAccessToken: string; channelId: string | undefined }
  | { channelAccessToken: undefined; channelId: string }
)

export type LineProof =
  | { kind: 'proven'; channelId: string; botUserId: string; displayName: string; basicId: string }
  | { kind: 'refused'; field: 'channelId' | 'channelSecret' | 'channelAccessToken'; reason: string }
  | { kind: 'unreachable'; reason: string }

/** What the admin API asks of LINE. */
interface LineDesk {
  prove(given: LineCredentials): Promise<LineProof>
  setWebhookUrl(id: ConnectorAccountId, url: string): Promise<{ kind: 'set' } | { kind: 'failed'; reason: string }>
}

export interface AdminContext {
  cold: Kysely<Schema>
  writeTogether(queries: readonly Compilable[]): Promise<void> | void
  /** Configuration changed. */
  forget(): void
  sealer: Sealer
  sealPurpose: {
    channelSecret(id: ConnectorAccountId): string
    previousChannelSecret(id: ConnectorAccountId): string
    channelAccessToken(id: ConnectorAccountId): string
    webhookSecret(id: WebhookId): string
  }
  line: LineDesk
  /** LINE's base URLs for channels made from here on. */
  lineHosts(): { apiUrl: string; dataUrl: string }
  publicUrl(): string
  /** The one project whose webhooks may be on this machine. */
  demoProjectId: ProjectId | undefined
  connector: Pick<Connector, 'prepare'>
  deadLetters: {
    count(filter: DeadLetterFilter): Promise<number>
    /** Returns how many. */
    replay(filter: DeadLetterFilter, most: number): Promise<number>
  }
  /** A message as a customer's API prints it. */
  northboundForm(message: Message): unknown
  clock: Clock
  log: Logger
}

export interface Actor {
  keyId: string
  role: AdminRole
}

export interface AdminCall {
  context: AdminContext
  actor: Actor
  params: Readonly<Record<string, string>>
  query: unknown
  body: unknown
}

export interface AdminRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Under /admin/v1. */
  path: string
  handle(call: AdminCall): Promise<AdminAnswer>
}

export interface Change {
  /** `project.create` */
  action: string
  targetId: string
  projectId: ProjectId | undefined
  /** Never a secret: of these only the name of the field is told. */
  detail: Readonly<Record<string, unknown>>
}

export async function apply({ context, actor }: AdminCall, change: Change, queries: Compilable[]): Promise<void> {
  const { cold, clock, log } = context
  const atMs = clock.now()
  const entry = cold.insertInto('audit_log').values({
    audit_id: newUuid(atMs),
    at_ms: atMs,
    key_id: actor.keyId,
    action: change.action,
    target_id: change.targetId,
    project_id: change.projectId ?? null,
    detail: JSON.stringify(change.detail),
  })
  await context.writeTogether([...queries, entry])
  context.forget()
  log.info({ action: change.action, targetId: change.targetId, keyId: actor.keyId }, 'configuration changed')
}

/** SQLite's or PostgreSQL's word for a value that exists already. */
export function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const [sqlite, postgres] = [Reflect.get(error, 'errcode'), Reflect.get(error, 'code')]
  return sqlite === 2067 || sqlite === 1555 || postgres === '23505'
}

/** Rows of a page, read with one more than its limit. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  write: (row: Row) => Item,
): { items: Item[]; next?: string } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(write),
    ...(rows.length > limit && last !== undefined && { next: cursorOf(last) }),
  }
}

/** What a body changes, for the audit log: values of open fields, only the names of secret ones. */
export function changesOf(fields: Fields, open: Readonly<Record<string, unknown>>, secret: readonly string[] = []) {
  const changed = Object.fromEntries(Object.entries(open).filter(([, value]) => value !== undefined))
  const secrets = secret.filter((name) => fields.has(name))
  return { ...changed, ...(secrets.length > 0 && { secretsChanged: secrets }) }
}
