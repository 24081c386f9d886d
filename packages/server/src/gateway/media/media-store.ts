// Where people's files lie: one object per media id, written whole or not at all. Objects lie by the day that their id
// tells, so that what is too old is found without any other record. Two engines, one contract (media-store.test.ts).
import { createHash } from 'node:crypto'
import { ulidToUuid, uuidToUlid } from '../../kit/ids.ts'
import type { MediaId } from '../core/media.ts'

export interface MediaStore {
  /** Takes the place of what the id had. Nothing is left behind where `bytes` throws. */
  put(mediaId: MediaId, bytes: AsyncIterable<Buffer>): Promise<{ sizeBytes: number }>
  sizeOf(mediaId: MediaId): Promise<number | undefined>
  /** @param range both ends count; within the size */
  read(mediaId: MediaId, range?: ByteRange): Promise<AsyncIterable<Buffer> | undefined>
  delete(mediaId: MediaId): Promise<void>
  /** Deletes objects whose ids are older; returns how many, at most so many. */
  expire(olderThanMs: number, most: number): Promise<number>
}

interface ByteRange {
  start: number
  end: number
}

/** The storage cannot do what it was asked; no words of its answer that could hold a secret. */
export class MediaStoreError extends Error {
  override name = 'MediaStoreError'
  readonly code = 'media_store'
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** In lower case, as it becomes part of paths. */
export function parseMediaId(text: string): MediaId | undefined {
  return UUID_V7.test(text) ? (text as MediaId) : undefined // checked just now
}

/** The same id for the same file, however often it is copied. @param origin what makes the file the one it is */
export function mediaIdOf(receivedAtMs: number, origin: string): MediaId {
  const time = receivedAtMs.toString(16).padStart(12, '0')
  const rest = createHash('sha256').update(origin).digest('hex')
  const variant = (8 + (Number.parseInt(rest.slice(0, 1), 16) % 4)).toString(16)
  const text = `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`
  return text as MediaId // a UUIDv7 by its making
}

export const timeOfMediaId = (mediaId: MediaId): number =>
  Number.parseInt(mediaId.slice(0, 8) + mediaId.slice(9, 13), 16)

/** As `20260131/<id>`: days sort by time. */
export const objectName = (mediaId: MediaId): string => `${dayOf(timeOfMediaId(mediaId))}/${mediaId}`

export const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10).replaceAll('-', '')

/** As they stand in links. */
export const mediaIdToUlid = (mediaId: MediaId): string => uuidToUlid(mediaId)
export const ulidToMediaId = (ulid: string): MediaId | undefined => parseMediaId(ulidToUuid(ulid) ?? '')
