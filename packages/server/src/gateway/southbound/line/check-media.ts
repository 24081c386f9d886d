// What LINE's clients show of the files behind a customer's URLs, checked before they are sent: LINE itself looks at
// none of them, and the person would see nothing.
import { type ApiProfile, MEDIA_LIMITS, type MediaLimits } from '@hatoba/line/wire'
import type { MediaProbe, ProbedMedia } from '../../core/media.ts'
import type { Failure, Reach } from '../../core/model.ts'
import { asPayload, type LineLimits, type LinePrepared, type LinkedContent, messagesOf } from './from-core.ts'

/** How far a picture's shape may be from the one asked for. */
const RATIO_TOLERANCE = 0.02
// Sinch LINE guide, "Card Messages" and "Carousel Messages"
const CARD_RATIOS = [1.51, 1] as const

export type MediaPlace = keyof typeof MEDIA_LIMITS

export type ResolvedMedia =
  | LinePrepared
  /** Nothing is certain yet. */
  | { kind: 'unanswered'; failure: Failure }

interface ResolveOptions extends LineLimits {
  probe: MediaProbe
  reach: Reach
}

/** Looks at what the URLs lead to, and makes the messages. */
export async function resolveMedia(content: LinkedContent, options: ResolveOptions): Promise<ResolvedMedia> {
  const { probe, reach, profile } = options
  const found = await probe.probe(content.url, reach)
  if (found.kind === 'unreachable') return unreachable(content.url, found)
  const kind = content.kind === 'linked-media' ? kindOf(found) : content.kind
  if (kind === 'undetermined')
    return refused('media-type-undetermined', `The type of the provided media [${content.url}] could not be told.`)
  if (kind !== 'link') {
    const failure = checkMedia(`${kind}.originalContentUrl`, profile, content.url, found)
    if (failure !== undefined) return { kind: 'refused', failure }
  }
  if (kind === 'image' || kind === 'video') {
    const thumbnailUrl = 'thumbnailUrl' in content ? content.thumbnailUrl : undefined
    const standIn = 'standInThumbnailUrl' in content ? content.standInThumbnailUrl : undefined
    if (kind === 'video' && thumbnailUrl === undefined && standIn === undefined)
      return refused('bad-content', 'A video needs a thumbnail.')
    if (thumbnailUrl !== undefined) {
      const thumbnail = await probe.probe(thumbnailUrl, reach)
      if (thumbnail.kind === 'unreachable') return unreachable(thumbnailUrl, thumbnail)
      const failure = checkMedia(`${kind}.previewImageUrl`, profile, thumbnailUrl, thumbnail)
      if (failure !== undefined) return { kind: 'refused', failure }
    }
  }
  return asPayload(messagesOf(content, kind, found.durationMs), options)
}

type Found = ProbedMedia & { kind: 'found' }

function kindOf({ format, mediaType }: Found): 'image' | 'video' | 'audio' | 'link' | 'undetermined' {
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'gif':
    case 'webp':
      return 'image'
    case 'mp4':
      return 'video'
    case 'm4a':
    case 'mp3':
      return 'audio'
    case undefined:
      // Sinch turns other files, such as PDF, into links; of bytes without any type nothing can be said.
      return mediaType === undefined || mediaType === 'application/octet-stream' ? 'undetermined' : 'link'
    default:
      return format satisfies never
  }
}

/** undefined: LINE's clients take it. */
export function checkMedia(place: MediaPlace, profile: ApiProfile, url: string, found: Found): Failure | undefined {
  const limits: MediaLimits | null = MEDIA_LIMITS[place][profile]
  if (limits === null) return undefined
  const { format, sizeBytes, width, height, durationMs } = found
  const formats: readonly (string | undefined)[] = limits.formats
  if (!formats.includes(format))
    return failure('media-type-unsupported', url, `is none of ${limits.formats.join(', ')}`)
  if (limits.maxBytes !== null && sizeBytes !== undefined && sizeBytes > limits.maxBytes)
    return failure('media-too-large', url, `has ${sizeBytes} bytes, more than ${limits.maxBytes}`)
  if (limits.maxWidth !== null && width !== undefined && width > limits.maxWidth)
    return failure('media-too-large', url, `is ${width} pixels wide, more than ${limits.maxWidth}`)
  if (limits.maxHeight !== null && height !== undefined && height > limits.maxHeight)
    return failure('media-too-large', url, `is ${height} pixels high, more than ${limits.maxHeight}`)
  if (limits.belowMs !== null && durationMs !== undefined && durationMs >= limits.belowMs)
    return failure('media-too-large', url, `lasts ${durationMs} ms, not less than ${limits.belowMs}`)
  return undefined
}

/** An image of a card or of a carousel's card. */
export function checkCardImage(profile: ApiProfile, url: string, found: Found): Failure | undefined {
  const limited = checkMedia('buttons.thumbnailImageUrl', profile, url, found)
  if (limited !== undefined) return limited
  const { width, height } = found
  if (width === undefined || height === undefined || height === 0)
    return failure('media-type-unsupported', url, 'does not tell its size')
  const ratio = width / height
  if (CARD_RATIOS.some((wanted) => Math.abs(ratio / wanted - 1) <= RATIO_TOLERANCE)) return undefined
  return failure('bad-content', url, `is ${width} by ${height} pixels; a card's image is 1.51 to 1, or square`)
}

const failure = (code: Failure['code'], url: string, what: string): Failure => ({
  code,
  description: `The provided media [${url}] ${what}.`,
})

const refused = (code: Failure['code'], description: string): ResolvedMedia => ({
  kind: 'refused',
  failure: { code, description },
})

/** Sinch LINE guide, "Receiving Status": the wording. */
function unreachable(url: string, { reason, lasting }: ProbedMedia & { kind: 'unreachable' }): ResolvedMedia {
  const description = `The provided media [${url}] could not be reached: [${reason}]`
  return { kind: lasting ? 'refused' : 'unanswered', failure: { code: 'media-not-reachable', description } }
}
