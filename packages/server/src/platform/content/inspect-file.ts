// What an uploaded file is.
import { open } from 'node:fs/promises'
import { HEAD_BYTES, type InspectedMedia, inspectMedia } from '../../kit/inspect-media.ts'

/** Undefined where it is no image, film or sound of a known format. */
export async function inspectFile(path: string): Promise<InspectedMedia | undefined> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const readAt = async (position: number, sizeBytes: number): Promise<Buffer> => {
      const buffer = Buffer.alloc(sizeBytes)
      const { bytesRead } = await handle.read(buffer, 0, sizeBytes, position)
      return buffer.subarray(0, bytesRead)
    }
    return await inspectMedia(await readAt(0, Math.min(size, HEAD_BYTES)), size, readAt)
  } finally {
    await handle.close()
  }
}
