import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutbound, OutboundError, type OutboundReach } from './outbound.ts'

const outbound = createOutbound()
let server: Server
let url: string
let sentBytes = 0
let stalled = false
let closed = 0

/** Writes for ever, as fast as it is read. */
function writeEndlessly(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536)
  const write = () => {
    stalled = false
    do sentBytes += chunk.length
    while (response.write(chunk))
    stalled = true
  }
  response.on('drain', write).on('close', () => {
    closed += 1
  })
  write()
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resume) => setImmediate(resume))
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow') return
    if (request.url === '/no-http') return void request.socket.end('NONSENSE\r\n\r\n')
    if (request.url === '/redirect') return response.writeHead(302, { location: '/' }).end()
    if (request.url === '/large') return response.end('x'.repeat(100_000))
    if (request.url === '/endless') return writeEndlessly(response)
    if (request.url === '/pause') return response.write('half')
    if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': '10' })
      response.write('half')
      return setTimeout(() => response.destroy(), 10)
    }
    return response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address is an AddressInfo
})
afterAll(async () => {
  await outbound.close()
  server.closeAllConnections()
  server.close()
})

async function failure(target: string, reach: OutboundReach = 'loopback', timeoutMs = 2000): Promise<OutboundError> {
  const result = await outbound.request({ url: target, timeoutMs, reach }).catch((error: unknown) => error)
  expect(result).toBeInstanceOf(OutboundError)
  return result as OutboundError // checked on the line above
}

it('reaches this machine only where that is allowed', async () => {
  const answer = await outbound.request({ url, timeoutMs: 2000, reach: 'loopback' })
  expect([answer.status, answer.body.toString()]).toEqual([200, 'ok'])
  expect((await failure(url, 'public')).code).toBe('address_denied')
})

it('refuses every form of a private address', async () => {
  const hosts = [
    '10.0.0.1',
    '172.16.5.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '0',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '127.1',
    'localhost',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[fd00::1]',
    '[fe80::1]',
    '224.0.0.1',
    '255.255.255.255',
  ]
  for (const host of hosts)
    expect([host, (await failure(`http://${host}/`, 'public')).code]).toEqual([host, 'address_denied'])
  for (const host of ['10.0.0.1', '169.254.169.254', '[::ffff:10.0.0.1]', '[::]'])
    expect([host, (await failure(`http://${host}/`, 'loopback')).code]).toEqual([host, 'address_denied'])
})

it('follows no redirect and keeps only so much of an answer', async () => {
  expect((await outbound.request({ url: `${url}/redirect`, timeoutMs: 2000, reach: 'loopback' })).status).toBe(302)
  const large = await outbound.request({ url: `${url}/large`, timeoutMs: 2000, reach: 'loopback', keepBodyBytes: 1000 })
  expect(large.body.length).toBe(1000)
})

it('tells a time-out, a broken answer, nobody listening and a bad URL apart', async () => {
  expect((await failure(`${url}/slow`, 'loopback', 60)).code).toBe('timeout')
  expect((await failure(`${url}/broken`)).code).toBe('broken_answer')
  const refused = await failure('http://127.0.0.1:1/')
  expect([refused.code, refused.sent]).toEqual(['unreachable', false])
  expect(await failure(`${url}/no-http`)).toMatchObject({ code: 'unreachable', message: 'HTTPParserError', sent: true })
  expect((await failure('ftp://example.com/')).code).toBe('bad_url')
  expect((await failure('nowhere')).code).toBe('bad_url')
})

describe('a download', () => {
  const limits = { answerTimeoutMs: 2000, idleTimeoutMs: 2000, timeoutMs: 5000, reach: 'loopback' } as const
  const read = async (body: AsyncIterable<Buffer>) => {
    let size = 0
    for await (const chunk of body) size += chunk.length
    return size
  }

  it('is read as it comes, and ends where it is too large', async () => {
    const whole = await outbound.download({ ...limits, url: `${url}/large`, mostBytes: 100_000 })
    expect([whole.status, await read(whole.body)]).toEqual([200, 100_000])
    const more = await outbound.download({ ...limits, url: `${url}/large`, mostBytes: 99_999 })
    await expect(read(more.body)).rejects.toMatchObject({ code: 'too_large' })
  })

  it('tells a slow answer, a pause, a break and giving up apart', async () => {
    const slow = outbound.download({ ...limits, url: `${url}/slow`, mostBytes: 10, timeoutMs: 60 })
    await expect(slow).rejects.toMatchObject({ code: 'timeout' })
    const broken = await outbound.download({ ...limits, url: `${url}/broken`, mostBytes: 100 })
    await expect(read(broken.body)).rejects.toMatchObject({ code: 'broken_answer' })
    const paused = await outbound.download({ ...limits, url: `${url}/pause`, mostBytes: 100, timeoutMs: 100 })
    await expect(read(paused.body)).rejects.toMatchObject({ code: 'timeout' })
    const giveUp = new AbortController()
    const given = await outbound.download({ ...limits, url: `${url}/pause`, mostBytes: 100, signal: giveUp.signal })
    giveUp.abort()
    await expect(read(given.body)).rejects.toMatchObject({ code: 'aborted' })
  })

  it('asks for no more than is taken', async () => {
    const before = sentBytes
    const endless = await outbound.download({ ...limits, url: `${url}/endless`, mostBytes: 1e12 })
    const body = endless.body[Symbol.asyncIterator]()
    await body.next()
    await until(() => stalled)
    expect(sentBytes - before).toBeLessThan(32 * 1024 * 1024)
    await body.return?.()
  })

  it('can be left alone', async () => {
    const answer = await outbound.download({ ...limits, url: `${url}/endless`, mostBytes: 1e12 })
    answer.discard()
    await until(() => closed >= 2)
  })
})

it('calls no URL with a user name or password', async () => {
  for (const target of [
    url.replace('//', '//user@'),
    url.replace('//', '//user:password@'),
    url.replace('//', '//:x@'),
  ])
    expect((await failure(target)).code).toBe('bad_url')
})
