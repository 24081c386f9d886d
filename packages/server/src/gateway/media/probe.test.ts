// What the gateway learns of a customer's file before it is sent.
import { buildConnector } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type FileServer, type ServedFile, startFileServer } from '../../../../../tests/testkit/file-server.ts'
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from '../../../../../tests/testkit/localhost-certificate.ts'
import { isoMedia, jpeg, png } from '../../../../../tests/testkit/media-files.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { AdjustableClock } from '../../kit/clock.ts'
import { createOutbound } from '../../kit/outbound.ts'
import type { MediaProbe } from '../core/media.ts'
import { mediaProbe } from './probe.ts'

const tls = { cert: LOCALHOST_CERTIFICATE, key: LOCALHOST_KEY }
const trusting = createOutbound({
  buildDialler: (options) => buildConnector({ ...options, ca: LOCALHOST_CERTIFICATE }),
})
const plain = createOutbound()
const clock = new AdjustableClock(Date.now())
let files: Record<string, ServedFile>
let server: FileServer
let probe: MediaProbe

beforeAll(async () => {
  server = await startFileServer((path) => files[path], tls)
})
beforeEach(() => {
  files = {}
  server.asked.length = 0
  probe = mediaProbe(trusting, clock)
})
afterAll(async () => {
  await Promise.all([trusting.close(), plain.close()])
  await server.close()
})
afterEach(() => clock.stop())

const look = (path: string) => probe.probe(server.url + path, 'loopback')

it('tells images by their bytes, with their size', async () => {
  files['/a'] = { bytes: png(640, 480, 5000), mediaType: 'text/html; charset=utf-8' }
  files['/b'] = { bytes: jpeg(1024, 678) }
  expect(await look('/a')).toEqual({
    kind: 'found',
    format: 'png',
    width: 640,
    height: 480,
    sizeBytes: 5000,
    mediaType: 'text/html',
  })
  expect(await look('/b')).toMatchObject({ format: 'jpeg', width: 1024, height: 678 })
})

it('reads the length of films and sounds, wherever it stands, and little else', async () => {
  files['/start.mp4'] = { bytes: isoMedia('mp42', 61_000, 900_000) }
  files['/end.mp4'] = { bytes: isoMedia('mp42', 59_500, 3_000_000, true) }
  files['/end.m4a'] = { bytes: isoMedia('M4A ', 1234, 1_000_000, true) }
  files['/whole.m4a'] = { bytes: isoMedia('M4A ', 1234, 1_000_000, true), withoutParts: true }
  expect(await look('/start.mp4')).toMatchObject({ format: 'mp4', durationMs: 61_000 })
  expect(await look('/end.mp4')).toMatchObject({ format: 'mp4', durationMs: 59_500, sizeBytes: 3_000_140 })
  expect(await look('/end.m4a')).toMatchObject({ format: 'm4a', durationMs: 1234 })
  expect(server.asked.length).toBeLessThan(12)
  const whole = await look('/whole.m4a')
  expect(whole).toMatchObject({ format: 'm4a' })
  expect(whole).not.toHaveProperty('durationMs')
})

it('gives the words of HTTP for what is not there, and says whether that will last', async () => {
  verifies('sinch.report.media-not-reachable')
  const cases: [string, ServedFile | undefined, string, boolean][] = [
    ['/404', undefined, 'Not Found', true],
    ['/403', { status: 403 }, 'Forbidden', true],
    ['/302', { status: 302, headers: { location: `${server.url}/else` } }, 'Found', true],
    ['/429', { status: 429 }, 'Too Many Requests', false],
    ['/503', { status: 503 }, 'Service Unavailable', false],
  ]
  for (const [path, file, reason, lasting] of cases) {
    if (file !== undefined) files[path] = file
    expect(await look(path)).toEqual({ kind: 'unreachable', reason, lasting })
  }
  expect(server.asked).not.toContain('/else')
  expect(await probe.probe('https://127.0.0.1:1/', 'loopback')).toMatchObject({ lasting: false })
  expect(await probe.probe(server.url, 'public')).toEqual({
    kind: 'unreachable',
    reason: 'not a public address',
    lasting: true,
  })
})

it('demands HTTPS, a certificate that holds, and TLS 1.2', async () => {
  verifies('sinch.send.media-https')
  files['/a'] = { bytes: png(1, 1) }
  expect(await probe.probe('http://example.com/a', 'public')).toEqual({
    kind: 'unreachable',
    reason: 'HTTPS is required',
    lasting: true,
  })
  const distrusting = mediaProbe(plain, clock)
  expect(await distrusting.probe(`${server.url}/a`, 'loopback')).toMatchObject({ kind: 'unreachable', lasting: true })
  for (const [maxVersion, kind] of [
    ['TLSv1.3', 'found'],
    ['TLSv1.2', 'found'],
    ['TLSv1.1', 'unreachable'],
    ['TLSv1', 'unreachable'],
  ] as const) {
    const ciphers = 'DEFAULT:@SECLEVEL=0'
    const old = await startFileServer(() => files['/a'], { ...tls, minVersion: 'TLSv1', maxVersion, ciphers })
    expect([maxVersion, (await probe.probe(`${old.url}/a`, 'loopback')).kind]).toEqual([maxVersion, kind])
    await old.close()
  }
})

it('asks once for what many send at once, and again after a while', async () => {
  files['/a'] = { bytes: png(1, 1) }
  await Promise.all(Array.from({ length: 20 }, () => look('/a')))
  await look('/a')
  expect(server.asked).toEqual(['/a'])
  clock.advance(5 * 60_000)
  await look('/a')
  expect(server.asked).toEqual(['/a', '/a'])
  files['/b'] = { status: 503 }
  await look('/b')
  await look('/b')
  expect(server.asked.filter((path) => path === '/b')).toHaveLength(2)
})
