// Whether LINE's apps would take a file: the first limit that it breaks, with what was allowed and what was found.
import type { MediaLimits } from '@hatoba/line/wire'
import type { InspectedMedia } from '../../kit/inspect-media.ts'

/** Why a file does not show. `reachable` and `status`: it was not to be had at all. */
export type MediaFault = {
  limit: 'reachable' | 'status' | 'format' | 'sizeBytes' | 'width' | 'height' | 'durationMs' | 'aspectRatio'
  allowed: string | number
  found: string | number
}

// unconfirmed: how far a ratio may be off; a picture has whole pixels
const RATIO_TOLERANCE = 0.02

export function faultOf(
  file: { sizeBytes: number; inspected: InspectedMedia | undefined },
  limits: MediaLimits,
): MediaFault | undefined {
  const { sizeBytes, inspected } = file
  const { formats, maxBytes, maxWidth, maxHeight, belowMs, aspectRatio } = limits
  const format = inspected?.format ?? 'unknown'
  if (!formats.some((allowed) => allowed === format || isSameContainer(allowed, format)))
    return { limit: 'format', allowed: formats.join(', '), found: format }
  if (maxBytes !== null && sizeBytes > maxBytes) return { limit: 'sizeBytes', allowed: maxBytes, found: sizeBytes }
  const { width, height, durationMs } = inspected ?? {}
  if (maxWidth !== null && width !== undefined && width > maxWidth)
    return { limit: 'width', allowed: maxWidth, found: width }
  if (maxHeight !== null && height !== undefined && height > maxHeight)
    return { limit: 'height', allowed: maxHeight, found: height }
  if (belowMs !== null && durationMs !== undefined && durationMs >= belowMs)
    return { limit: 'durationMs', allowed: belowMs - 1, found: durationMs }
  if (aspectRatio !== null && width !== undefined && height !== undefined) {
    const ratio = width / Math.max(height, 1)
    if (Math.abs(ratio - aspectRatio) > RATIO_TOLERANCE * aspectRatio)
      return { limit: 'aspectRatio', allowed: aspectRatio, found: Math.round(ratio * 1000) / 1000 }
  }
  return undefined
}

/** M4A is MP4 without pictures, and its brand does not always say so. */
const isSameContainer = (allowed: string, found: string) => allowed === 'm4a' && found === 'mp4'

/** In words, for people. */
export function describeFault({ limit, allowed, found }: MediaFault): string {
  switch (limit) {
    case 'reachable':
      return `the file cannot be loaded (${found})`
    case 'status':
      return `the file's server answered ${found}`
    case 'format':
      return `the format must be ${allowed}, and is ${found}`
    case 'sizeBytes':
      return `the file must have at most ${allowed} bytes, and has ${found === Infinity ? 'more' : found}`
    case 'width':
      return `the width must be at most ${allowed} pixels, and is ${found}`
    case 'height':
      return `the height must be at most ${allowed} pixels, and is ${found}`
    case 'durationMs':
      return `the length must be at most ${allowed} ms, and is ${found}`
    case 'aspectRatio':
      return `the aspect ratio must be ${allowed}, and is ${found}`
    default:
      return limit satisfies never
  }
}
