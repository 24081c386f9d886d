// Reads a SendMessageRequest into a send command's parts. Unknown fields are ignored (facts sheet, 0).
import { ulidToUuid } from '../../../kit/ids.ts'
import { type AppId, type ContactId, parseId } from '../../core/ids.ts'
import type { Failure } from '../../core/model.ts'
import type { SendCommand } from '../../core/send-message.ts'
import type { FieldViolation } from './errors.ts'
import { APP_MESSAGE_KINDS, isSinchChannel } from './wire.ts'

const LONGEST_TEXT = 100_000 // ours: LINE's own limit is checked behind it
const LONGEST_IDENTITY = 255 // ours
const MOST_IDENTITIES = 100 // ours
const LONGEST_METADATA = 1024
const LONGEST_CORRELATION_ID = 128
const TTL_PATTERN = /^(\d{1,12})s$/
const SHORTEST_TTL_S = 3
const LONGEST_TTL_S = 315_576_000_000

export interface SendRequest extends Pick<SendCommand, 'recipient' | 'content' | 'metadata' | 'correlationId'> {
  appId: AppId | undefined
  ttlMs: number | undefined
  certainFailure: Failure | undefined
}

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A ULID in either case; the UUID of the same bits. */
function readUlid<T extends AppId | ContactId>(text: string): T | undefined {
  const uuid = ulidToUuid(text)
  return uuid === undefined ? undefined : parseId<T>(uuid)
}

export function readSendRequest(
  body: unknown,
): { ok: true; request: SendRequest } | { ok: false; violations: FieldViolation[] } {
  if (!isObject(body)) return { ok: false, violations: [{ field: '', description: 'must be a JSON object' }] }
  const violations: FieldViolation[] = []
  const refuse = (field: string, description: string): undefined => {
    violations.push({ field, description })
  }
  const text = (field: string, most: number): string => {
    const value = body[field] ?? ''
    if (typeof value !== 'string' || value.includes('\0')) refuse(field, 'must be a string')
    else if (value.length > most) refuse(field, `must have at most ${most} characters`)
    else return value
    return ''
  }
  if (typeof body.app_id !== 'string' || body.app_id === '') refuse('app_id', 'is required')
  const recipient = readRecipient(body.recipient, refuse)
  const content = readAppMessage(body.message, refuse)
  const metadata = text('message_metadata', LONGEST_METADATA)
  const correlationId = text('correlation_id', LONGEST_CORRELATION_ID)
  const ttlMs = readTtl(body.ttl, refuse)
  if (violations.length > 0 || recipient === undefined || content === undefined) return { ok: false, violations }
  const request = {
    appId: readUlid<AppId>(String(body.app_id)),
    ...recipient,
    content,
    metadata,
    correlationId,
    ttlMs,
  }
  return { ok: true, request }
}

type Refuse = (field: string, description: string) => undefined

function readRecipient(value: unknown, refuse: Refuse): Pick<SendRequest, 'recipient' | 'certainFailure'> | undefined {
  if (!isObject(value)) return refuse('recipient', 'is required')
  const { contact_id: contactId, identified_by: identifiedBy } = value
  if ((contactId === undefined) === (identifiedBy === undefined))
    return refuse('recipient', 'must have either contact_id or identified_by')
  if (contactId !== undefined) {
    const id = typeof contactId === 'string' ? readUlid<ContactId>(contactId) : undefined
    if (id === undefined) return refuse('recipient.contact_id', 'is not an id')
    return { recipient: { kind: 'contact', contactId: id }, certainFailure: undefined }
  }
  const field = 'recipient.identified_by.channel_identities'
  const list = isObject(identifiedBy) ? identifiedBy.channel_identities : undefined
  if (!Array.isArray(list) || list.length === 0) return refuse(field, 'is required')
  if (list.length > MOST_IDENTITIES) return refuse(field, `must have at most ${MOST_IDENTITIES} entries`)
  return readIdentities(list, field, refuse)
}

/** Every channel listed must be one the app has, even where the first would do (facts sheet, A.1). */
function readIdentities(
  list: readonly unknown[],
  field: string,
  refuse: Refuse,
): Pick<SendRequest, 'recipient' | 'certainFailure'> | undefined {
  let lineIdentity: string | undefined
  let missing: string | undefined
  for (const [index, entry] of list.entries()) {
    const { channel, identity } = isObject(entry) ? entry : {}
    if (typeof channel !== 'string' || !isSinchChannel(channel))
      return refuse(`${field}[${index}].channel`, 'is not a channel')
    if (
      typeof identity !== 'string' ||
      identity === '' ||
      identity.length > LONGEST_IDENTITY ||
      identity.includes('\0')
    )
      return refuse(`${field}[${index}].identity`, `must be a string of 1 to ${LONGEST_IDENTITY} characters`)
    if (channel === 'LINE') lineIdentity ??= identity
    else missing ??= channel
  }
  if (lineIdentity === undefined) return refuse(field, 'names no LINE identity, and this gateway serves LINE alone')
  const certainFailure: Failure | undefined =
    missing === undefined ? undefined : { code: 'channel-missing', description: `The app has no ${missing} channel.` }
  return { recipient: { kind: 'identity', channel: 'LINE', identity: lineIdentity }, certainFailure }
}

function readAppMessage(value: unknown, refuse: Refuse): SendRequest['content'] | undefined {
  if (!isObject(value)) return refuse('message', 'is required')
  const kinds = APP_MESSAGE_KINDS.filter((kind) => value[kind] !== undefined)
  const [kind] = kinds
  if (kind === undefined || kinds.length > 1)
    return refuse('message', `must have exactly one of ${APP_MESSAGE_KINDS.join(', ')}`)
  if (kind !== 'text_message') return refuse(`message.${kind}`, 'is not supported by this version of the gateway')
  const text = isObject(value.text_message) ? value.text_message.text : undefined
  if (typeof text !== 'string' || text === '') return refuse('message.text_message.text', 'is required')
  if (text.length > LONGEST_TEXT)
    return refuse('message.text_message.text', `must have at most ${LONGEST_TEXT} characters`)
  return { kind: 'text', text }
}

function readTtl(value: unknown, refuse: Refuse): number | undefined {
  if (value === undefined) return undefined
  const seconds = typeof value === 'string' ? Number(TTL_PATTERN.exec(value)?.[1]) : Number.NaN
  if (seconds >= SHORTEST_TTL_S && seconds <= LONGEST_TTL_S) return seconds * 1000
  return refuse('ttl', `must be ${SHORTEST_TTL_S}s to ${LONGEST_TTL_S}s`)
}
