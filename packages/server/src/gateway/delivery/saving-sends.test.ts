import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  type HttpReceiver,
  type Received,
  startReceiver,
} from '../../../../../tests/testkit/http-receiver.ts'
import { BROWN, CONY, readJson, startTestGateway, type TestGateway, textEvent } from '../testing/start-test-gateway.ts'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let answer: (request: Received) => Answer | Promise<Answer>

const taken: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
const error = (status: number, message: string): Answer => ({ status, body: JSON.stringify({ message }) })

beforeEach(async () => {
  answer = () => taken
  line = await startReceiver((request) => answer(request))
  customer = await startReceiver()
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url })
})
afterEach(async () => {
  await test.close()
  await line.close()
  await customer.close()
})

const ways = () => line.received.map(({ path }) => path.slice('/v2/bot/message/'.length))
const keys = () => line.received.map(({ headers }) => headers['x-line-retry-key'])
const bodies = () => line.received.map(({ rawBody }) => JSON.parse(rawBody))
const states = () =>
  customer.received
    .map(({ rawBody }) => JSON.parse(rawBody).message_delivery_report?.status)
    .filter((status) => status !== undefined)

async function send(to: string, text: string): Promise<void> {
  expect((await test.sendText(to, text)).status).toBe(200)
  await test.gateway.settle()
}

async function write(userId: string): Promise<void> {
  await test.webhook([textEvent(userId, 'hi')])
  await test.gateway.settle()
}

describe('a send to a person who wrote a moment ago', () => {
  it('goes out as a reply, each token for one send, and later ones as pushes', async () => {
    await write(BROWN)
    await send(BROWN, 'one')
    await send(BROWN, 'two')
    await write(BROWN)
    await test.pass(51_000)
    await send(BROWN, 'three')
    expect(ways()).toEqual(['reply', 'push', 'push'])
    expect(bodies()[0]).toMatchObject({ replyToken: expect.stringMatching(/^reply-/), messages: [{ text: 'one' }] })
    expect(keys()).toEqual([undefined, expect.any(String), expect.any(String)])
    expect(states()).toEqual(['QUEUED_ON_CHANNEL', 'QUEUED_ON_CHANNEL', 'QUEUED_ON_CHANNEL'])
  })

  it('goes out as a push where LINE refuses the reply for certain', async () => {
    answer = ({ path }) => (path.endsWith('/reply') ? error(400, 'Invalid reply token') : taken)
    await write(BROWN)
    await send(BROWN, 'one')
    await test.pass(0)
    expect(ways()).toEqual(['reply', 'push'])
    expect(states()).toEqual(['QUEUED_ON_CHANNEL'])
  })

  it('is never pushed where the reply may have been delivered: a spent token tells that it was', async () => {
    const answers = [error(500, 'Internal error'), error(400, 'Invalid reply token')]
    answer = () => answers.shift() ?? taken
    await write(BROWN)
    await send(BROWN, 'one')
    expect(states()).toEqual([])
    await test.pass(1000)
    expect(ways()).toEqual(['reply', 'reply'])
    expect(states()).toEqual(['QUEUED_ON_CHANNEL'])
  })

  it('fails where nobody can tell whether a reply was delivered', async () => {
    answer = () => error(500, 'Internal error')
    await write(BROWN)
    await send(BROWN, 'one')
    await test.pass(1000)
    await test.pass(1000)
    await test.pass(60_000)
    expect(ways()).toEqual(['reply', 'reply'])
    expect(states()).toEqual(['FAILED'])
  })
})

describe('equal sends that wait at the same time', () => {
  const people = Array.from({ length: 20 }, (_, index) => `U${String(index).padStart(32, '0')}`)

  /** A pause of the channel makes them wait. */
  async function sendTogether(): Promise<void> {
    answer = () => error(429, 'The API rate limit has been exceeded. Try again later.')
    await send(CONY, 'first')
    answer = () => taken
    await Promise.all(people.map((to) => test.sendText(to, 'sale!')))
    await test.gateway.settle()
    expect(ways()).toEqual(['push'])
  }

  it('go out as one multicast, and each has its own status', async () => {
    await sendTogether()
    await test.pass(1000)
    const multicasts = line.received.filter(({ path }) => path.endsWith('/multicast'))
    const named = multicasts.flatMap(({ rawBody }) => JSON.parse(rawBody).to)
    const pushed = bodies().flatMap(({ to }) => (typeof to === 'string' && to !== CONY ? [to] : []))
    expect([...named, ...pushed].sort()).toEqual(people)
    expect(multicasts.length).toBe(1)
    expect(multicasts[0]?.headers['x-line-retry-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(states()).toEqual(Array(21).fill('QUEUED_ON_CHANNEL'))
  })

  it('are repeated together under the same key while their fate is unknown', async () => {
    await sendTogether()
    answer = ({ path }) => (path.endsWith('/multicast') ? error(500, '') : taken)
    await test.pass(1000)
    await test.pass(2000)
    answer = () => taken
    await test.pass(4000)
    const multicasts = line.received.filter(({ path }) => path.endsWith('/multicast'))
    expect(multicasts.length).toBe(3)
    expect(new Set(multicasts.map(({ headers }) => headers['x-line-retry-key'])).size).toBe(1)
    expect(new Set(multicasts.map(({ rawBody }) => rawBody)).size).toBe(1)
    expect(states()).toEqual(Array(21).fill('QUEUED_ON_CHANNEL'))
  })

  it('go out alone under new keys where LINE refuses them together', async () => {
    await sendTogether()
    answer = ({ path, rawBody }) =>
      path.endsWith('/multicast') || rawBody.includes(String(people[0])) ? error(400, 'Failed to send messages') : taken
    await test.pass(1000)
    await test.pass(1000)
    const after = keys().slice(1)
    expect(ways().filter((way) => way === 'multicast').length).toBe(1)
    expect(new Set(after).size).toBe(after.length)
    expect(states().filter((state) => state === 'FAILED').length).toBe(1)
    expect(states().length).toBe(21)
  })
})

describe('a LINE channel of 2017', () => {
  const with2017 = async () => {
    const { demo, dataDir } = test
    await test.gateway.close()
    demo.lineChannel.profile = '2017'
    test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url, earlier: { dataDir, demo } })
  }

  it('gets no retry key, and a send of unknown fate has failed', async () => {
    await with2017()
    answer = () => error(500, '')
    await send(BROWN, 'one')
    await test.pass(60_000)
    expect(keys()).toEqual([undefined])
    expect(states()).toEqual(['FAILED'])
  })

  it('gets a send again that it certainly does not have', async () => {
    await with2017()
    answer = () => error(429, 'The API rate limit has been exceeded. Try again later.')
    await send(BROWN, 'one')
    answer = () => taken
    await test.pass(1000)
    await test.pass(1000)
    expect(ways()).toEqual(['push', 'push'])
    expect(states()).toEqual(['QUEUED_ON_CHANNEL'])
  })
})

describe('a channel that was too fast', () => {
  it('is tried with one call at a time, at most twice a second, until one gets through', async () => {
    answer = () => error(429, 'The API rate limit has been exceeded. Try again later.')
    const people = Array.from({ length: 30 }, (_, index) => `U${String(index).padStart(32, '0')}`)
    await Promise.all(people.map((to, index) => test.sendText(to, `text ${index}`)))
    await test.gateway.settle()
    const atOnce = line.received.length // what was under way when LINE said no
    for (let step = 0; step < 40; step++) await test.pass(250)
    expect(line.received.length - atOnce).toBeLessThanOrEqual(20)
    expect(line.received.length).toBeGreaterThan(atOnce)
    answer = () => taken
    for (let step = 0; step < 120; step++) await test.pass(500)
    expect(states()).toEqual(Array(30).fill('QUEUED_ON_CHANNEL'))
  })
})

describe('dead letters', () => {
  const replay = async (body: object) => {
    const response = await fetch(`${test.gateway.url}/admin/v1/dead-letters/replay`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.demo.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await readJson(response) }
  }

  it('are counted, and go out once more when asked to', async () => {
    answer = () => error(500, '')
    await send(BROWN, 'one')
    for (let minute = 0; minute < 61; minute++) await test.pass(60_000)
    expect(states()).toEqual(['FAILED'])
    answer = () => taken
    expect(await replay({})).toEqual({ status: 200, body: { dryRun: true, count: 1, replayed: 0 } })
    const later = new Date(test.clock.now() + 1000).toISOString()
    expect((await replay({ since: later })).body.count).toBe(0)
    expect((await replay({ queue: 'callback' })).body.count).toBe(0)
    expect((await replay({ since: 'yesterday' })).status).toBe(400)
    expect((await replay({ queue: 'send', dryRun: false })).body).toEqual({ dryRun: false, count: 1, replayed: 1 })
    await test.gateway.settle()
    expect(states()).toEqual(['FAILED', 'QUEUED_ON_CHANNEL'])
    expect(new Set(keys()).size).toBe(1)
  })
})

describe('/metrics', () => {
  it('tells what was accepted and attempted', async () => {
    await send(BROWN, 'one')
    const text = await (await fetch(`${test.gateway.url}/metrics`)).text()
    expect(text).toContain('hatoba_accepts_total{dialect="8x8",outcome="accepted"} 1')
    expect(text).toContain('hatoba_send_attempts_total{way="push",outcome="taken"} 1')
    expect(text).toContain('hatoba_queue_lag_seconds{queue="send"} 0')
    const behindProxy = await fetch(`${test.gateway.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.1' } })
    expect(behindProxy.status).toBe(401)
  })
})
