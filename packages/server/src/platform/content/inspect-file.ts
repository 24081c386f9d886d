// What a file is, told by its bytes and not by what its sender says.
import { open } from 'node:fs/promises'
import { readImageHeader } from './image-header.ts'
import { readPlayedFile } from './sound-and-film.ts'

export type FileFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'mp4' | 'm4a' | 'mp3'

export interface InspectedFile {
  readonly format: FileFormat
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
}

export const MEDIA_TYPES: Readonly<Record<FileFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  m4a: 'audio/x-m4a', // as LINE's content servers say
  mp3: 'audio/mpeg',
}

const HEAD_BYTES = 256 * 1024

/** Undefined where it is no image, film or sound of a known format. */
export async function inspectFile(path: string): Promise<InspectedFile | undefined> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.min(size, HEAD_BYTES))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    const head = buffer.subarray(0, bytesRead)
    return readImageHeader(head) ?? (await readPlayedFile(handle, size, head))
  } finally {
    await handle.close()
  }
}
