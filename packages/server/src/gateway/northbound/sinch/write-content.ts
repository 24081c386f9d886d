// Writes what a message holds, and why one failed, in the Conversation API's form.
import type { MediaLinks } from '../../core/media.ts'
import type { Content, Failure, FailureCode } from '../../core/model.ts'
import type { MediaMessage, Reason, WireContent } from './wire.ts'

// Sinch LINE guide, "Receiving Messages": media URLs are valid for 7 days
const MEDIA_LINK_LIFE_MS = 7 * 24 * 3_600_000

export function writeContent(content: Content, links: MediaLinks): WireContent {
  switch (content.kind) {
    case 'text':
      return { text_message: { text: content.text } }
    case 'image':
    case 'video':
      return writeMedia(content.url, content.thumbnailUrl)
    case 'audio':
      return writeMedia(content.url)
    case 'linked-media': {
      const { url, thumbnailUrl, fileName } = content
      const { media_message: media } = writeMedia(url, thumbnailUrl)
      return { media_message: { ...media, ...(fileName !== undefined && { filename_override: fileName }) } }
    }
    case 'media':
      return writeMedia(links.linkTo(content, content.storedAtMs + MEDIA_LINK_LIFE_MS))
    case 'location': {
      const { title, latitude, longitude, address } = content
      return { location_message: { title, coordinates: { latitude, longitude }, label: address } }
    }
    case 'missing-media':
      return { fallback_message: { raw_message: content.payload, reason: writeReason(content.failure) } }
    default:
      return content satisfies never
  }
}

const writeMedia = (url: string, thumbnailUrl = ''): { media_message: MediaMessage } => ({
  media_message: { url, thumbnail_url: thumbnailUrl },
})

export const writeReason = ({ code, description }: Failure): Reason => ({
  code: REASON_CODES[code],
  description,
  sub_code: code === 'media-type-undetermined' ? 'MEDIA_TYPE_UNDETERMINED' : 'UNSPECIFIED_SUB_CODE',
})

// Facts sheet, D: failures of LINE in Sinch's reason codes.
const REASON_CODES: Readonly<Record<FailureCode, string>> = {
  'bad-content': 'BAD_REQUEST',
  'channel-missing': 'CHANNEL_CONFIGURATION_MISSING',
  'channel-misconfigured': 'CHANNEL_BAD_CONFIGURATION',
  'channel-rejected': 'CHANNEL_REJECT',
  'channel-unreachable': 'CHANNEL_FAILURE',
  expired: 'MESSAGE_EXPIRED',
  internal: 'INTERNAL_ERROR',
  'media-not-reachable': 'MEDIA_NOT_REACHABLE',
  'media-too-large': 'MEDIA_TOO_LARGE',
  'media-type-undetermined': 'MEDIA_TYPE_UNSUPPORTED',
  'media-type-unsupported': 'MEDIA_TYPE_UNSUPPORTED',
  'quota-exhausted': 'DELIVERY_REJECTED_DUE_TO_POLICY',
  'rate-limited': 'RATE_LIMITED',
  'recipient-unreachable': 'RECIPIENT_NOT_REACHABLE',
}
