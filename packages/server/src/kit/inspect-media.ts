// What a file is, told by its bytes and not by what its sender says.
import { type ImageFormat, readImageHeader } from './image-header.ts'
import { type PlayedFile, type ReadAt, readPlayedFile } from './sound-and-film.ts'

export type MediaFormat = ImageFormat | PlayedFile['format']

export interface InspectedMedia {
  readonly format: MediaFormat
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
}

export const MEDIA_TYPES: Readonly<Record<MediaFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  m4a: 'audio/x-m4a', // as LINE's content servers say
  mp3: 'audio/mpeg',
}

/** What tells the size of an image, and the kind of everything, lies within these first bytes. */
export const HEAD_BYTES = 256 * 1024

/** Undefined where it is no image, film or sound of a known format. */
export async function inspectMedia(
  head: Buffer,
  sizeBytes: number,
  readAt: ReadAt,
): Promise<InspectedMedia | undefined> {
  return readImageHeader(head) ?? (await readPlayedFile(readAt, sizeBytes, head))
}

/** By the first bytes alone. Undefined where they are of no known format. */
export function formatOf(head: Buffer): MediaFormat | undefined {
  const text = (from: number, to: number) => head.toString('latin1', from, to)
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'jpeg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(4, 8) === 'ftyp') return /^M4[AB]/.test(text(8, 12)) ? 'm4a' : 'mp4'
  // ID3v2, or a frame of MPEG audio, layer III
  const [first = 0, second = 0] = head
  if (text(0, 3) === 'ID3' || (first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08)) return 'mp3'
  return undefined
}
