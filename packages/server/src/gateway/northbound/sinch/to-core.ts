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
const LONGEST_URL = 2000
const LONGEST_FILE_NAME = 255 // ours
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
  const field = `message.${kind}`
  const body = value[kind]
  switch (kind) {
    case 'text_message':
      return readText(body, field, refuse)
    case 'media_message':
      return readMedia(body, field, refuse)
    case 'location_message':
      return readLocation(body, field, refuse)
    default:
      return refuse(field, 'is not supported by this version of the gateway')
  }
}

function readText(body: unknown, field: string, refuse: Refuse): SendRequest['content'] | undefined {
  const text = isObject(body) ? body.text : undefined
  if (typeof text !== 'string' || text === '') return refuse(`${field}.text`, 'is required')
  if (text.length > LONGEST_TEXT) return refuse(`${field}.text`, `must have at most ${LONGEST_TEXT} characters`)
  return { kind: 'text', text }
}

/** What it is, Sinch's form does not say: the file tells. */
function readMedia(body: unknown, field: string, refuse: Refuse): SendRequest['content'] | undefined {
  const { url, thumbnail_url: thumbnail = '', filename_override: fileName = '' } = isObject(body) ? body : {}
  if (!isUrl(url)) return refuse(`${field}.url`, `must be an http or https URL of at most ${LONGEST_URL} characters`)
  if (thumbnail !== '' && !isUrl(thumbnail)) return refuse(`${field}.thumbnail_url`, 'must be an http or https URL')
  if (typeof fileName !== 'string' || fileName.length > LONGEST_FILE_NAME || fileName.includes('\0'))
    return refuse(`${field}.filename_override`, `must be a string of at most ${LONGEST_FILE_NAME} characters`)
  return {
    kind: 'linked-media',
    url,
    ...(isUrl(thumbnail) && { thumbnailUrl: thumbnail }),
    ...(fileName !== '' && { fileName }),
  }
}

function readLocation(body: unknown, field: string, refuse: Refuse): SendRequest['content'] | undefined {
  const { coordinates, title, label } = isObject(body) ? body : {}
  const { latitude, longitude } = isObject(coordinates) ? coordinates : {}
  if (!isWithin(latitude, 90)) return refuse(`${field}.coordinates.latitude`, 'must be a number from -90 to 90')
  if (!isWithin(longitude, 180)) return refuse(`${field}.coordinates.longitude`, 'must be a number from -180 to 180')
  if (typeof title !== 'string' || title === '' || title.includes('\0')) return refuse(`${field}.title`, 'is required')
  if (label !== undefined && (typeof label !== 'string' || label.includes('\0')))
    return refuse(`${field}.label`, 'must be a string')
  if (Math.max(title.length, label?.length ?? 0) > LONGEST_TEXT) return refuse(field, 'is too long')
  // LINE demands an address; where there is none the title says what is known.
  return { kind: 'location', latitude, longitude, title, address: label || title }
}

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && value >= -most && value <= most

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_URL && /^https?:\/\//i.test(value) && URL.canParse(value)
}

function readTtl(value: unknown, refuse: Refuse): number | undefined {
  if (value === undefined) return undefined
  const seconds = typeof value === 'string' ? Number(TTL_PATTERN.exec(value)?.[1]) : Number.NaN
  if (seconds >= SHORTEST_TTL_S && seconds <= LONGEST_TTL_S) return seconds * 1000
  return refuse('ttl', `must be ${SHORTEST_TTL_S}s to ${LONGEST_TTL_S}s`)
}
