// Media in a folder of this machine, or of a disk that several machines share.
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MediaId } from '../core/media.ts'
import { dayOf, type MediaStore, objectName, parseMediaId, timeOfMediaId } from './media-store.ts'

const DAY = /^\d{8}$/
const ABANDONED_MS = 24 * 3_600_000

export function folderStore(folder: string): MediaStore {
  const incoming = join(folder, 'incoming')
  const pathOf = (mediaId: MediaId) => join(folder, objectName(mediaId))

  return {
    async put(mediaId, bytes) {
      await mkdir(incoming, { recursive: true, mode: 0o700 })
      const arriving = join(incoming, randomUUID())
      const handle = await open(arriving, 'wx', 0o600)
      let sizeBytes = 0
      try {
        try {
          for await (const chunk of bytes) {
            sizeBytes += chunk.length
            await handle.writeFile(chunk)
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        await mkdir(dirname(pathOf(mediaId)), { recursive: true, mode: 0o700 })
        await rename(arriving, pathOf(mediaId))
        await syncFolder(dirname(pathOf(mediaId)))
        await syncFolder(folder)
      } catch (error) {
        await rm(arriving, { force: true })
        throw error
      }
      return { sizeBytes }
    },

    async sizeOf(mediaId) {
      return (await unlessMissing(stat(pathOf(mediaId))))?.size
    },

    async read(mediaId, range) {
      const handle = await unlessMissing(open(pathOf(mediaId)))
      if (handle === undefined) return undefined
      return createReadStream('', { fd: handle, ...range }) // it closes the handle
    },

    async delete(mediaId) {
      await rm(pathOf(mediaId), { force: true })
    },

    async expire(olderThanMs, most) {
      let deleted = 0
      await removeAbandoned(incoming)
      const days = (await list(folder)).filter((name) => DAY.test(name) && name <= dayOf(olderThanMs)).sort()
      for (const day of days) {
        for (const name of await list(join(folder, day))) {
          const mediaId = parseMediaId(name)
          if (mediaId === undefined || timeOfMediaId(mediaId) >= olderThanMs) continue
          if (deleted === most) return deleted
          await rm(join(folder, day, name), { force: true })
          deleted += 1
        }
        if (day < dayOf(olderThanMs)) await rmdir(join(folder, day)).catch(() => {}) // strangers' files stay
      }
      return deleted
    },
  }
}

/** Files of a process that died while it wrote. Our own clock does not count: these times are the file system's. */
async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await list(incoming)) {
    const path = join(incoming, name)
    const facts = await unlessMissing(stat(path))
    if (facts !== undefined && facts.mtimeMs < Date.now() - ABANDONED_MS) await rm(path, { force: true })
  }
}

const list = async (folder: string): Promise<string[]> => (await unlessMissing(readdir(folder))) ?? []

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** So that the name survives a power cut too. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
