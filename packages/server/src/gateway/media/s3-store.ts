// Media in S3, or in what speaks like it (MinIO, Ceph, R2). Objects of unknown length go up in parts of which one is
// held in memory at a time; what was not finished is aborted.
import { type Outbound, type OutboundAnswer, OutboundError } from '../../kit/outbound.ts'
import type { MediaId } from '../core/media.ts'
import { type MediaStore, MediaStoreError, objectName, parseMediaId, timeOfMediaId } from './media-store.ts'
import { encodePart, type S3Credentials, signS3Request } from './s3-signature.ts'

// Amazon S3, "Multipart upload limits": parts of 5 MiB and more, at most 10,000
const PART_BYTES = 5 * 1024 * 1024
const MOST_BYTES = 10_000 * PART_BYTES
const REQUEST_TIMEOUT_MS = 60_000
const DOWNLOAD_TIMEOUT_MS = 3_600_000
const LONGEST_ANSWER = 4 * 1024 * 1024
const KEYS_PER_LIST = 1000

export interface S3Options {
  /** Scheme, host and port. */
  endpoint: string
  region: string
  bucket: string
  /** Empty, or ends with a slash. */
  prefix: string
  credentials: S3Credentials
  outbound: Outbound
}

type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'

export function s3Store({ endpoint, region, bucket, prefix, credentials, outbound }: S3Options): MediaStore {
  const keyOf = (mediaId: MediaId) => prefix + objectName(mediaId)
  // The operator chose the storage: it may lie inside.
  const reach = 'any' as const

  function urlOf(key: string, query: Record<string, string> = {}): URL {
    const url = new URL(`${endpoint}/${[bucket, ...key.split('/')].map(encodePart).join('/')}`)
    url.search = Object.entries(query)
      .map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`)
      .join('&')
    return url
  }

  // The storage compares with a clock on the wall, whatever the clock of a test says.
  const sign = (method: Method, url: URL, headers: Record<string, string>, body?: string | Buffer) =>
    signS3Request({ method, url, headers, ...(body !== undefined && { body }) }, region, credentials, Date.now())

  async function call(method: Method, url: URL, body?: string | Buffer): Promise<OutboundAnswer> {
    const timeoutMs = REQUEST_TIMEOUT_MS
    const headers = sign(method, url, {}, body)
    try {
      const keepBodyBytes = LONGEST_ANSWER
      return await outbound.request({
        url: url.href,
        method,
        headers,
        ...(body !== undefined && { body }),
        timeoutMs,
        reach,
        keepBodyBytes,
      })
    } catch (error) {
      if (error instanceof OutboundError)
        throw new MediaStoreError(`the media storage: ${error.message}`, { cause: error })
      throw error
    }
  }

  async function done(method: Method, url: URL, body?: string | Buffer): Promise<OutboundAnswer> {
    const answer = await call(method, url, body)
    if (answer.status >= 200 && answer.status < 300) return answer
    throw refused(method, answer)
  }

  async function upload(key: string, first: Buffer, parts: AsyncGenerator<Buffer>): Promise<number> {
    const begun = await done('POST', urlOf(key, { uploads: '' }), '')
    const [uploadId] = valuesOf(begun.body, 'UploadId')
    if (uploadId === undefined) throw new MediaStoreError('the media storage began no upload')
    const etags: string[] = []
    let sizeBytes = 0
    try {
      for (let part: Buffer | undefined = first; part !== undefined; ) {
        const partNumber = String(etags.length + 1)
        const { headers } = await done('PUT', urlOf(key, { partNumber, uploadId }), part)
        etags.push(String(headers.etag))
        sizeBytes += part.length
        if (sizeBytes > MOST_BYTES) throw new MediaStoreError('the media storage takes no larger objects')
        const next: IteratorResult<Buffer> = await parts.next()
        part = next.done ? undefined : next.value
      }
      const list = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
      const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`
      const ended = await done('POST', urlOf(key, { uploadId }), body)
      // Amazon S3, "CompleteMultipartUpload": it may say 200 and then that it failed
      if (!ended.body.includes('CompleteMultipartUploadResult')) throw refused('POST', ended)
      return sizeBytes
    } catch (error) {
      await call('DELETE', urlOf(key, { uploadId })).catch(() => {}) // the first error is the one to tell
      throw error
    }
  }

  return {
    async put(mediaId, bytes) {
      const parts = inParts(bytes)
      const first = await parts.next()
      const head = first.done ? Buffer.alloc(0) : first.value
      if (head.length < PART_BYTES) {
        await done('PUT', urlOf(keyOf(mediaId)), head)
        return { sizeBytes: head.length }
      }
      return { sizeBytes: await upload(keyOf(mediaId), head, parts) }
    },

    async sizeOf(mediaId) {
      const answer = await call('HEAD', urlOf(keyOf(mediaId)))
      if (answer.status === 404) return undefined
      const size = Number(answer.headers['content-length'])
      if (answer.status !== 200 || !Number.isSafeInteger(size)) throw refused('HEAD', answer)
      return size
    },

    async read(mediaId, range) {
      const url = urlOf(keyOf(mediaId))
      const headers = sign('GET', url, range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` })
      const answer = await outbound.download({
        url: url.href,
        headers,
        answerTimeoutMs: REQUEST_TIMEOUT_MS,
        idleTimeoutMs: REQUEST_TIMEOUT_MS,
        timeoutMs: DOWNLOAD_TIMEOUT_MS,
        reach,
        mostBytes: MOST_BYTES,
      })
      if (range === undefined && answer.status === 200) return answer.body
      const part = String(answer.headers['content-range'])
      if (range !== undefined && answer.status === 206 && part.startsWith(`bytes ${range.start}-`))
        return firstOf(answer.body, range.end - range.start + 1) // some give more than they were asked for
      answer.discard()
      if (answer.status === 404) return undefined
      throw new MediaStoreError(`the media storage answered a GET with ${answer.status}`)
    },

    async delete(mediaId) {
      const answer = await call('DELETE', urlOf(keyOf(mediaId)))
      if (answer.status >= 300 && answer.status !== 404) throw refused('DELETE', answer)
    },

    async expire(olderThanMs, most) {
      let deleted = 0
      let startAfter = ''
      for (;;) {
        const query = { 'list-type': '2', 'max-keys': String(KEYS_PER_LIST), prefix, 'start-after': startAfter }
        const { body } = await done('GET', urlOf('', query))
        const keys = valuesOf(body, 'Key')
        for (const key of keys) {
          const mediaId = parseMediaId(key.slice(key.lastIndexOf('/') + 1))
          if (mediaId === undefined || keyOf(mediaId) !== key) continue // somebody else's
          if (timeOfMediaId(mediaId) >= olderThanMs || deleted === most) return deleted // sorted by day, then by time
          await this.delete(mediaId)
          deleted += 1
        }
        startAfter = keys.at(-1) ?? ''
        if (keys.length < KEYS_PER_LIST) return deleted
      }
    },
  }
}

async function* firstOf(body: AsyncIterable<Buffer>, sizeBytes: number): AsyncGenerator<Buffer> {
  let left = sizeBytes
  for await (const chunk of body) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

/** Parts of equal size, but for the last. Each is overwritten by the next. */
async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafe(PART_BYTES)
  let filled = 0
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.copy(part, filled, at)
      filled += taken
      at += taken
      if (filled < PART_BYTES) continue
      yield part
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}

/** The storage's code, such as AccessDenied; its message may name what it was asked for. */
function refused(method: Method, { status, body }: OutboundAnswer): MediaStoreError {
  const [code = ''] = valuesOf(body, 'Code')
  return new MediaStoreError(`the media storage answered a ${method} with ${status} ${code}`.trim())
}

/** Of the flat XML of S3's answers. */
function valuesOf(xml: Buffer, name: string): string[] {
  return [...xml.toString('utf8').matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )
}
