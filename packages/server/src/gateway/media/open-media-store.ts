// MEDIA_URL: which storage people's files lie in.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outbound } from '../../kit/outbound.ts'
import { folderStore } from './folder-store.ts'
import type { MediaStore } from './media-store.ts'
import type { S3Credentials } from './s3-signature.ts'
import { s3Store } from './s3-store.ts'

/** The message tells an operator what to do. */
export class MediaUrlError extends Error {
  override name = 'MediaUrlError'
  readonly code = 'bad_media_url'
}

export interface MediaStoreOptions {
  /** `file:///folder`, or `s3://bucket/prefix?endpoint=https://...&region=...`; default: in the data folder. */
  mediaUrl: string | undefined
  dataDir: string
  s3Credentials: S3Credentials | undefined
  outbound: Outbound
}

// Amazon S3, "General purpose bucket naming rules"
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
// Amazon S3, "Safe characters"
const PREFIX = /^[A-Za-z0-9!_.*'()/-]{0,500}$/
const REGION = /^[a-z0-9-]{1,64}$/

/** @throws MediaUrlError */
export function openMediaStore({ mediaUrl, dataDir, s3Credentials, outbound }: MediaStoreOptions): MediaStore {
  if (mediaUrl === undefined) return folderStore(join(dataDir, 'media'))
  if (!URL.canParse(mediaUrl)) throw new MediaUrlError('MEDIA_URL is not a URL.')
  const url = new URL(mediaUrl)
  switch (url.protocol) {
    case 'file:':
      return folderStore(fileURLToPath(url))
    case 's3:':
      if (s3Credentials === undefined)
        throw new MediaUrlError('MEDIA_URL names S3: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY too.')
      return s3Store({ ...readS3Url(url), credentials: s3Credentials, outbound })
    default:
      throw new MediaUrlError('MEDIA_URL begins with file: or s3:.')
  }
}

function readS3Url(url: URL): { endpoint: string; region: string; bucket: string; prefix: string } {
  const { hostname: bucket, pathname, searchParams, username, password } = url
  if (username !== '' || password !== '')
    throw new MediaUrlError('MEDIA_URL holds no keys: they go into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
  const region = searchParams.get('region') ?? 'us-east-1'
  const endpoint = searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  const folder = pathname.replace(/^\/+|\/+$/g, '')
  if (!BUCKET.test(bucket)) throw new MediaUrlError('MEDIA_URL names no bucket: s3://bucket/prefix.')
  if (!PREFIX.test(folder)) throw new MediaUrlError("MEDIA_URL's prefix has letters, digits and !_.*'()-/ only.")
  if (!REGION.test(region)) throw new MediaUrlError("MEDIA_URL's region is none.")
  const parsed = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (!/^https?:$/.test(parsed?.protocol ?? '') || parsed === undefined)
    throw new MediaUrlError("MEDIA_URL's endpoint is no http or https URL.")
  return { endpoint: parsed.origin, region, bucket, prefix: folder === '' ? '' : `${folder}/` }
}
