// Turns content into LINE message objects, within the limits of the LINE channel's API profile. What a customer's URL
// leads to is looked at when the message is sent; until then its payload is the content itself.
import { type ApiProfile, validateMessages } from '@hatoba/line/wire'
import type { Content } from '../../core/model.ts'
import type { Prepared } from '../../core/ports.ts'

/** All but what the LINE channel tells. */
export type LinePrepared = Omit<Prepared & { kind: 'ready' }, 'repeatable'> | (Prepared & { kind: 'refused' })

export interface LineLimits {
  profile: ApiProfile
  allowLoopbackHttp: boolean
}

/** Content behind a URL that somebody else serves. */
export type LinkedContent = Extract<Content, { kind: 'image' | 'video' | 'audio' | 'linked-media' }>

/** Unless LINE is told: what a sound of unknown length is given as. */
const UNKNOWN_DURATION_MS = 60_000

/** The payload is the JSON of the `messages` of a push, or of linked content, which is an object. */
export function prepareForLine(content: Content, limits: LineLimits): LinePrepared {
  switch (content.kind) {
    case 'text':
      return asPayload([{ type: 'text', text: content.text }], limits)
    case 'location': {
      const { title, address, latitude, longitude } = content
      return asPayload([{ type: 'location', title, address, latitude, longitude }], limits)
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'linked-media': {
      const checked = asPayload(messagesOf(content, content.kind === 'linked-media' ? 'image' : content.kind), limits)
      return checked.kind === 'ready' ? { kind: 'ready', payload: JSON.stringify(content), isFinal: false } : checked
    }
    case 'media':
    case 'missing-media':
      return { kind: 'refused', failure: { code: 'bad-content', description: 'What was received cannot be sent on.' } }
    default:
      return content satisfies never
  }
}

/** undefined: the payload is final as it stands. */
export function linkedContentOf(payload: string): LinkedContent | undefined {
  return payload.startsWith('{') ? (JSON.parse(payload) as LinkedContent) : undefined // written above
}

/** @param kind what the URL leads to */
export function messagesOf(
  content: LinkedContent,
  kind: 'image' | 'video' | 'audio' | 'link',
  durationMs?: number,
): unknown[] {
  const { url } = content
  const thumbnailUrl = 'thumbnailUrl' in content ? content.thumbnailUrl : undefined
  switch (kind) {
    case 'image':
      return [{ type: 'image', originalContentUrl: url, previewImageUrl: thumbnailUrl ?? url }]
    case 'video': {
      const standIn = 'standInThumbnailUrl' in content ? content.standInThumbnailUrl : undefined
      return [{ type: 'video', originalContentUrl: url, previewImageUrl: thumbnailUrl ?? standIn }]
    }
    case 'audio': {
      const told = 'durationMs' in content ? content.durationMs : undefined
      return [{ type: 'audio', originalContentUrl: url, duration: told ?? durationMs ?? UNKNOWN_DURATION_MS }]
    }
    case 'link': {
      const fileName = 'fileName' in content ? content.fileName : undefined
      return [{ type: 'text', text: fileName === undefined ? url : `${fileName}\n${url}` }]
    }
    default:
      return kind satisfies never
  }
}

export function asPayload(messages: unknown[], limits: LineLimits): LinePrepared {
  const checked = validateMessages(messages, { ...limits, operation: 'push' })
  if (checked.ok) return { kind: 'ready', payload: JSON.stringify(messages), isFinal: true }
  const reasons = (checked.error.details ?? []).map(
    ({ property, message }) => `${property ?? 'messages'}: ${message ?? ''}`,
  )
  const description = reasons.length === 0 ? checked.error.message : reasons.join('; ')
  return { kind: 'refused', failure: { code: 'bad-content', description } }
}
