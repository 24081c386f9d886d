// The gateway's own ids: one 128-bit UUIDv7 per thing, kept as lower-case UUID text. Each dialect prints them in its own way.
import { isUuid, newUuid } from '../../kit/ids.ts'

declare const kind: unique symbol
type Id<Name extends string> = string & { readonly [kind]: Name }

export type ProjectId = Id<'ProjectId'>
export type AppId = Id<'AppId'>
export type ContactId = Id<'ContactId'>
export type ConversationId = Id<'ConversationId'>
export type MessageId = Id<'MessageId'>
export type WebhookId = Id<'WebhookId'>
export type CallbackId = Id<'CallbackId'>
/** One account of the company on a channel, such as a LINE channel's row. */
export type ConnectorAccountId = Id<'ConnectorAccountId'>

type AnyId = ProjectId | AppId | ContactId | ConversationId | MessageId | WebhookId | CallbackId | ConnectorAccountId

export const newId = <T extends AnyId>(nowMs: number): T => newUuid(nowMs) as T // the brand exists in types only

/** UUID text in either case; undefined where it is something else. */
export function parseId<T extends AnyId>(text: string): T | undefined {
  const id = text.toLowerCase()
  return isUuid(id) ? (id as T) : undefined // checked just now
}
