// Media types and the endings of file names. What a browser could run never gets a type that makes it do so.
import { formatOf, MEDIA_TYPES, type MediaFormat } from '../../kit/inspect-media.ts'
import type { MediaKind } from '../core/media.ts'

const EXTENSIONS: Readonly<Record<MediaFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  gif: 'gif',
  webp: 'webp',
  mp4: 'mp4',
  m4a: 'm4a',
  mp3: 'mp3',
}

/** Kinds that LINE's clients send beside those that we read ourselves. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  'image/heic': 'heic',
  'image/bmp': 'bmp',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/3gpp': '3gp',
  'audio/aac': 'aac',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/amr': 'amr',
}

const SHOWN_TYPES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(MEDIA_TYPES).map(([format, type]) => [EXTENSIONS[format as MediaFormat], type] as const), // its keys
  ...Object.entries(OTHER_TYPES).map(([type, extension]) => [extension, type] as const),
])

/** undefined: the bytes are not of that kind. @param mediaType what the sender says it is */
export function extensionOf(
  media: MediaKind,
  head: Buffer,
  mediaType: string,
  fileName: string | undefined,
): string | undefined {
  if (media === 'file') return /\.([A-Za-z0-9]{1,8})$/.exec(fileName ?? '')?.[1]?.toLowerCase() ?? 'bin'
  const format = formatOf(head)
  if (format !== undefined) {
    // A sound may lie in a container for films; a film is no picture.
    if (media === 'audio' && format === 'mp4') return 'm4a'
    return MEDIA_TYPES[format].startsWith(`${media}/`) ? EXTENSIONS[format] : undefined
  }
  const [type = ''] = mediaType.toLowerCase().split(';')
  return type.startsWith(`${media}/`) ? OTHER_TYPES[type.trim()] : undefined
}

/** What a file is served as: what is no known image, film or sound is only to be saved. */
export function servedAs(extension: string): { mediaType: string; isShown: boolean } {
  const mediaType = SHOWN_TYPES.get(extension)
  return mediaType === undefined
    ? { mediaType: 'application/octet-stream', isShown: false }
    : { mediaType, isShown: true }
}
