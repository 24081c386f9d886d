// Reads the body of a send request, with 8x8's own error for each thing that can be wrong. Unknown fields are ignored.
import type { Content } from '../../core/model.ts'
import type { EightError } from './errors.ts'
import { CONTENT_TYPES, type WireUser } from './wire.ts'

const LONGEST_TEXT = 35_000
const LONGEST_CLIENT_MESSAGE_ID = 50
const LONGEST_URL = 2000
const LONGEST_AUDIO_S = 24 * 3600 // ours
const LONGEST_PLACE_TEXT = 100 // LINE's limit of title and address
// 8x8's own sample is no LINE user id by LINE's grammar, so LINE has the last word.
const USER_ID_PATTERN = /^U[!-~]{1,63}$/

interface EightSend {
  user: WireUser
  identity: string
  content: Content
  clientMessageId: string | undefined
  expiresAtMs: number | undefined
}

type ReadSend = { ok: true; send: EightSend } | { ok: false; error: EightError; detail?: string }

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export function readSend(body: unknown, nowMs: number): ReadSend {
  if (!isObject(body)) return refuse('invalid-parameter', 'the body must be a JSON object')
  const user = readUser(body.user)
  if ('error' in user) return user
  const content = readContent(body)
  if ('error' in content) return content
  const { clientMessageId } = body
  if (clientMessageId !== undefined && !isText(clientMessageId)) return refuse('invalid-parameter', 'clientMessageId')
  if (clientMessageId !== undefined && clientMessageId.length > LONGEST_CLIENT_MESSAGE_ID)
    return refuse('client-message-id-too-long')
  if (body.scheduled !== undefined) return refuse('invalid-schedule', 'not supported by this version of the gateway')
  const expiresAtMs = readExpiry(body.expiry, nowMs)
  if (expiresAtMs === 'invalid') return refuse('invalid-expiry')
  if (body.dlrCallbackUrl !== undefined && !isUrl(body.dlrCallbackUrl)) return refuse('invalid-receipt-url')
  if (!includesLine(body.channels)) return refuse('no-channel', 'this gateway serves Line alone')
  return { ok: true, send: { ...user, ...content, clientMessageId, expiresAtMs } }
}

type Refusal = ReadSend & { ok: false }

const refuse = (error: EightError, detail?: string): Refusal => ({
  ok: false,
  error,
  ...(detail !== undefined && { detail }),
})

const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0')

/** The seed's page says lineUserId, the newer one channelUserId (8x8 facts sheet, 0.3): both are taken. */
function readUser(value: unknown): Pick<EightSend, 'user' | 'identity'> | Refusal {
  if (!isObject(value)) return refuse('missing-user')
  const { lineUserId, channelUserId, country } = value
  if (country !== undefined && !(isText(country) && /^[A-Za-z]{2}$/.test(country))) return refuse('invalid-country')
  const key = lineUserId === undefined ? 'channelUserId' : 'lineUserId'
  const identity = lineUserId ?? channelUserId
  if (typeof identity !== 'string' || identity === '') return refuse('missing-user-id')
  if (!USER_ID_PATTERN.test(identity)) return refuse('missing-user-id', `${key} is not a LINE user id`)
  return { identity, user: key === 'lineUserId' ? { lineUserId: identity } : { channelUserId: identity } }
}

function readContent({ type, content }: Json): Pick<EightSend, 'content'> | Refusal {
  if (typeof type !== 'string') return refuse('invalid-parameter', 'type')
  const name = type.toLowerCase()
  if (!CONTENT_TYPES.has(name)) return refuse('invalid-type')
  if (!isObject(content)) return refuse('missing-content')
  switch (name) {
    case 'text':
      return readText(content)
    case 'image':
    case 'video':
    case 'audio':
      return readMedia(name, content)
    case 'location':
      return readLocation(content.location)
    default:
      return refuse('invalid-type', 'not supported by this version of the gateway')
  }
}

function readText({ text }: Json): Pick<EightSend, 'content'> | Refusal {
  if (typeof text !== 'string' || text === '') return refuse('missing-text')
  if (text.length > LONGEST_TEXT) return refuse('text-too-long')
  return { content: { kind: 'text', text } }
}

function readMedia(kind: 'image' | 'video' | 'audio', content: Json): Pick<EightSend, 'content'> | Refusal {
  const { url } = content
  if (url === undefined || url === '') return refuse('missing-media-url')
  if (!isUrl(url)) return refuse('invalid-media-url')
  const more = content[kind]
  if (more !== undefined && !isObject(more)) return refuse('invalid-parameter', `content.${kind}`)
  if (kind === 'audio') {
    const duration = more?.duration
    // In seconds (8x8 LINE guide, "Sending an Audio Message")
    if (typeof duration !== 'number' || !(duration > 0 && duration <= LONGEST_AUDIO_S))
      return refuse('invalid-parameter', 'content.audio.duration is the length in seconds')
    return { content: { kind, url, durationMs: Math.max(Math.round(duration * 1000), 1) } }
  }
  const thumbnailUrl = more?.thumbnail
  if (thumbnailUrl === undefined || thumbnailUrl === '') return { content: { kind, url } }
  if (!isUrl(thumbnailUrl)) return refuse('invalid-media-url', `content.${kind}.thumbnail`)
  return { content: { kind, url, thumbnailUrl } }
}

function readLocation(location: unknown): Pick<EightSend, 'content'> | Refusal {
  if (!isObject(location)) return refuse('invalid-location')
  const { latitude, longitude, name = '', address = '' } = location
  if (typeof latitude !== 'number' || !(Math.abs(latitude) <= 90)) return refuse('invalid-location', 'latitude')
  if (typeof longitude !== 'number' || !(Math.abs(longitude) <= 180)) return refuse('invalid-location', 'longitude')
  if (!isText(name) || !isText(address)) return refuse('invalid-location', 'name and address are texts')
  // LINE demands both, 8x8 neither (8x8 facts sheet, 5).
  const title = shorten(name || address || 'Location')
  return {
    content: {
      kind: 'location',
      latitude,
      longitude,
      title,
      address: shorten(address || name || `${latitude},${longitude}`),
    },
  }
}

const shorten = (text: string): string => text.slice(0, LONGEST_PLACE_TEXT).toWellFormed()

function readExpiry(value: unknown, nowMs: number): number | undefined | 'invalid' {
  if (value === undefined) return undefined
  const atMs = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN
  return atMs > nowMs ? atMs : 'invalid'
}

function isUrl(value: unknown): value is string {
  if (!isText(value) || value.length > LONGEST_URL || !URL.canParse(value)) return false
  const { protocol } = new URL(value)
  return protocol === 'http:' || protocol === 'https:'
}

function includesLine(channels: unknown): boolean {
  if (channels === undefined) return true
  if (!Array.isArray(channels)) return false
  return channels.some((entry) => isObject(entry) && String(entry.channel).toLowerCase() === 'line')
}
