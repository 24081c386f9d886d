// One attempt to copy a person's file from its channel into our storage, as it comes: never whole in memory.
import { freeingBuffers } from '../../kit/freeing-buffers.ts'
import { DownloadError } from '../../kit/outbound.ts'
import type { ConnectorAccountId } from '../core/ids.ts'
import type { ChannelMedia, MediaKind, MediaSource } from '../core/media.ts'
import type { Content, Failure } from '../core/model.ts'
import { extensionOf } from './file-types.ts'
import { type MediaStore, mediaIdOf } from './media-store.ts'

const MB = 1024 * 1024
/** Ours: LINE states none for what people send. */
const MOST_BYTES: Readonly<Record<MediaKind, number>> = {
  image: 50 * MB,
  video: 1024 * MB,
  audio: 500 * MB,
  file: 1024 * MB,
}
const HEAD_BYTES = 64

type CopyResult =
  | { kind: 'copied'; media: Extract<Content, { kind: 'media' }> }
  | { kind: 'missing'; failure: Failure }
  | { kind: 'later'; reason: string }

export interface CopyOptions {
  source: MediaSource
  store: MediaStore
  now(): number
}

export type CopyMedia = (
  accountId: ConnectorAccountId,
  media: ChannelMedia,
  receivedAtMs: number,
  signal: AbortSignal,
) => Promise<CopyResult>

/** The same file gets the same id at every attempt: what an attempt left behind is overwritten by the next. */
export function mediaCopier({ source, store, now }: CopyOptions): CopyMedia {
  return async (accountId, wanted, receivedAtMs, signal) => {
    const { media, reference, fileName, durationMs } = wanted
    const fetched = await source.fetchMedia(accountId, wanted, MOST_BYTES[media], signal)
    switch (fetched.kind) {
      case 'preparing':
        return { kind: 'later', reason: 'the channel is still preparing it' }
      case 'unanswered':
        return { kind: 'later', reason: fetched.reason }
      case 'gone':
        return { kind: 'missing', failure: fetched.failure }
      case 'ready':
        break
      default:
        return fetched satisfies never
    }
    const mediaId = mediaIdOf(receivedAtMs, `${accountId}/${reference}`)
    const body = fetched.body[Symbol.asyncIterator]()
    try {
      const head = await readHead(body)
      const extension = extensionOf(media, Buffer.concat(head), fetched.mediaType, fileName)
      if (extension === undefined)
        return missing('media-type-unsupported', `The ${media} is of no type that this gateway knows.`)
      const { sizeBytes } = await store.put(mediaId, freeingBuffers(rejoin(head, body)))
      const stored = { media, mediaId, extension, sizeBytes, storedAtMs: now() }
      return {
        kind: 'copied',
        media: {
          kind: 'media',
          ...stored,
          ...(fileName !== undefined && { fileName }),
          ...(durationMs !== undefined && { durationMs }),
        },
      }
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error
      if (error.code === 'too_large')
        return missing('media-too-large', `The ${media} has more than ${MOST_BYTES[media]} bytes.`)
      return { kind: 'later', reason: error.message }
    } finally {
      fetched.discard()
    }
  }
}

const missing = (code: Failure['code'], description: string): CopyResult => ({
  kind: 'missing',
  failure: { code, description },
})

async function readHead(body: AsyncIterator<Buffer>): Promise<Buffer[]> {
  const head: Buffer[] = []
  for (let size = 0; size < HEAD_BYTES; ) {
    const next = await body.next()
    if (next.done) break
    head.push(next.value)
    size += next.value.length
  }
  return head
}

async function* rejoin(head: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
