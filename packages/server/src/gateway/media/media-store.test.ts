// What every media storage does, on both engines: a folder, and an S3 server that is not ours.
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type S3Server, startS3Server } from '../../../../../tests/testkit/s3-server.ts'
import { createOutbound } from '../../kit/outbound.ts'
import type { MediaId } from '../core/media.ts'
import {
  dayOf,
  type MediaStore,
  MediaStoreError,
  mediaIdOf,
  mediaIdToUlid,
  parseMediaId,
  timeOfMediaId,
  ulidToMediaId,
} from './media-store.ts'
import { MediaUrlError, openMediaStore } from './open-media-store.ts'

const outbound = createOutbound()
let folder: string
let s3: S3Server

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hatoba-media-'))
  s3 = await startS3Server()
})
afterAll(async () => {
  await outbound.close()
  await s3.close()
  await rm(folder, { recursive: true, force: true })
})

const options = () => ({ dataDir: join(folder, 'data'), s3Credentials: s3.credentials, outbound })

const engines: [string, () => MediaStore][] = [
  ['a folder', () => openMediaStore({ ...options(), mediaUrl: pathToFileURL(join(folder, 'files')).href })],
  [
    'S3',
    () => openMediaStore({ ...options(), mediaUrl: `s3://media/in/here?endpoint=${s3.endpoint}&region=eu-west-1` }),
  ],
]

let made = 0
function newMediaId(atMs = Date.now()): MediaId {
  made += 1
  return mediaIdOf(atMs, String(made))
}

async function* chunksOf(bytes: Buffer, sizeBytes = 100_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes)
}

async function readAll(body: AsyncIterable<Buffer> | undefined): Promise<Buffer | undefined> {
  if (body === undefined) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const digest = (bytes: Buffer | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')
const noise = (sizeBytes: number) => Buffer.alloc(sizeBytes, createHash('sha512').update(String(sizeBytes)).digest())

describe.each(engines)('%s', (_name, open) => {
  let store: MediaStore
  beforeAll(() => {
    store = open()
  })

  it.each([0, 1, 70_000, 8 * 1024 * 1024, 20 * 1024 * 1024 + 1])('gives back what was put: %i bytes', async (size) => {
    const mediaId = newMediaId()
    const bytes = noise(size)
    expect(await store.put(mediaId, chunksOf(bytes))).toEqual({ sizeBytes: size })
    expect(await store.sizeOf(mediaId)).toBe(size)
    expect(digest(await readAll(await store.read(mediaId)))).toBe(digest(bytes))
  })

  it('gives parts, with both ends', async () => {
    const mediaId = newMediaId()
    await store.put(mediaId, chunksOf(Buffer.from('0123456789')))
    const part = async (start: number, end: number) =>
      (await readAll(await store.read(mediaId, { start, end })))?.toString()
    expect(await part(0, 0)).toBe('0')
    expect(await part(2, 4)).toBe('234')
    expect(await part(9, 9)).toBe('9')
    expect(await part(0, 9)).toBe('0123456789')
  })

  it('has nothing of an id that was never put, or was deleted', async () => {
    const mediaId = newMediaId()
    expect([await store.sizeOf(mediaId), await store.read(mediaId)]).toEqual([undefined, undefined])
    await store.delete(mediaId)
    await store.put(mediaId, chunksOf(Buffer.from('x')))
    await store.delete(mediaId)
    await store.delete(mediaId)
    expect([await store.sizeOf(mediaId), await store.read(mediaId)]).toEqual([undefined, undefined])
  })

  it('puts the later of two in the place of the first', async () => {
    const mediaId = newMediaId()
    await store.put(mediaId, chunksOf(Buffer.from('first')))
    await store.put(mediaId, chunksOf(Buffer.from('second one')))
    expect((await readAll(await store.read(mediaId)))?.toString()).toBe('second one')
  })

  it.each([1, 9 * 1024 * 1024])(
    'keeps nothing of what broke off after %i bytes, and keeps what was there',
    async (size) => {
      const mediaId = newMediaId()
      async function* broken() {
        yield* chunksOf(noise(size))
        throw new Error('broke off')
      }
      await expect(store.put(mediaId, broken())).rejects.toThrow('broke off')
      expect(await store.sizeOf(mediaId)).toBeUndefined()
      await store.put(mediaId, chunksOf(Buffer.from('whole')))
      await expect(store.put(mediaId, broken())).rejects.toThrow('broke off')
      expect((await readAll(await store.read(mediaId)))?.toString()).toBe('whole')
    },
  )

  it('deletes what is older than asked, so many at a time, and nothing else', async () => {
    const limitMs = Date.UTC(2020, 5, 15, 12)
    const hour = 3_600_000
    const ages = [-1, 1, 5, 13, 30, 24 * 40]
    const old = ages.filter((hours) => hours > 0).map((hours) => newMediaId(limitMs - hours * hour))
    const young = [newMediaId(limitMs), newMediaId(limitMs + hour), newMediaId(limitMs + 48 * hour)]
    for (const mediaId of [...old, ...young]) await store.put(mediaId, chunksOf(Buffer.from('x')))
    expect(await store.expire(limitMs, 2)).toBe(2)
    expect(await store.expire(limitMs, 100)).toBe(3)
    expect(await store.expire(limitMs, 100)).toBe(0)
    for (const mediaId of old) expect(await store.sizeOf(mediaId)).toBeUndefined()
    for (const mediaId of young) expect(await store.sizeOf(mediaId)).toBe(1)
  })
})

it('leaves no half file and no empty day behind in a folder', async () => {
  const path = join(folder, 'tidy')
  const store = openMediaStore({ ...options(), mediaUrl: pathToFileURL(path).href })
  const atMs = Date.UTC(2021, 0, 1)
  await store.put(newMediaId(atMs), chunksOf(Buffer.from('x')))
  expect(await readdir(path)).toEqual([dayOf(atMs), 'incoming'])
  await store.expire(atMs + 48 * 3_600_000, 10)
  expect(await readdir(path)).toEqual(['incoming'])
  expect(await readdir(join(path, 'incoming'))).toEqual([])
})

it('tells a storage that refuses it from one that has nothing', async () => {
  const wrong = openMediaStore({
    ...options(),
    s3Credentials: { ...s3.credentials, accessKeyId: 'stranger' },
    mediaUrl: `s3://media?endpoint=${s3.endpoint}`,
  })
  const attempts: (() => Promise<unknown>)[] = [
    () => wrong.put(newMediaId(), chunksOf(Buffer.from('x'))),
    () => wrong.sizeOf(newMediaId()),
    () => wrong.read(newMediaId()),
    () => wrong.delete(newMediaId()),
    () => wrong.expire(Date.now(), 1),
  ]
  for (const attempt of attempts) {
    const error = await attempt().catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(MediaStoreError)
    expect(String(error)).toMatch(/403/)
    expect(String(error)).not.toMatch(/stranger|S3RVER/)
  }
  const silent = openMediaStore({ ...options(), mediaUrl: 's3://media?endpoint=http://127.0.0.1:1' })
  await expect(silent.sizeOf(newMediaId())).rejects.toThrow(MediaStoreError)
})

it.each([
  ['nonsense', 'not a URL'],
  ['ftp://host/folder', 'file: or s3:'],
  ['s3://key:secret@media/', 'AWS_ACCESS_KEY_ID'],
  ['s3://A_B/', 'bucket'],
  ['s3://media/a%20b', 'prefix'],
  ['s3://media?region=EU', 'region'],
  ['s3://media?endpoint=nowhere', 'endpoint'],
])('says what is wrong with a MEDIA_URL: %s', (mediaUrl, words) => {
  expect(() => openMediaStore({ ...options(), mediaUrl })).toThrow(MediaUrlError)
  expect(() => openMediaStore({ ...options(), mediaUrl })).toThrow(words)
})

it('asks for keys where there are none', () => {
  const { s3Credentials: _none, ...rest } = options()
  expect(() => openMediaStore({ ...rest, s3Credentials: undefined, mediaUrl: 's3://media' })).toThrow('AWS_SECRET')
})

it('gives one file one id, which tells its time', () => {
  const atMs = Date.UTC(2026, 0, 31, 23, 59)
  const mediaId = mediaIdOf(atMs, 'channel/message')
  expect(mediaIdOf(atMs, 'channel/message')).toBe(mediaId)
  expect(new Set([mediaId, mediaIdOf(atMs, 'channel/other'), mediaIdOf(atMs + 1, 'channel/message')]).size).toBe(3)
  expect([parseMediaId(mediaId), timeOfMediaId(mediaId)]).toEqual([mediaId, atMs])
  expect(ulidToMediaId(mediaIdToUlid(mediaId))).toBe(mediaId)
  for (const text of ['', '../../etc/passwd', mediaId.toUpperCase(), `${mediaId}/..`, 'f'.repeat(36)])
    expect(parseMediaId(text), text).toBeUndefined()
})
