import { validateSignature } from '@line/bot-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, type Received, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, CONY, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

let platform: TestPlatform
let bot: HttpReceiver
let answer: (request: Received) => number | Promise<number>

interface WebhookRequest {
  destination?: string
  events: {
    type: string
    webhookEventId?: string
    replyToken?: string
    timestamp: number
    deliveryContext?: { isRedelivery: boolean }
    message?: { id: string; text?: string }
  }[]
}
interface AttemptRecord {
  status: number
  reason?: string
  detail?: string
  isRedelivery: boolean
}

beforeEach(async () => {
  answer = () => 200
  platform = await startTestPlatform()
  bot = await startReceiver(async (request) => ({ status: await answer(request) }))
})
afterEach(async () => {
  await platform.close()
  await bot.close()
})

const bodies = () => bot.received.map(({ rawBody }) => JSON.parse(rawBody) as WebhookRequest)
const texts = () => bodies().map(({ events }) => events.map(({ message }) => message?.text))
const attempts = async () =>
  (await platform.control<{ attempts: AttemptRecord[] }>('GET', `/channels/${BOT.channelId}/webhook-attempts`)).body
    .attempts
const reply = (replyToken: string | undefined) =>
  platform.post('/v2/bot/message/reply', { replyToken, messages: [{ type: 'text', text: 'reply' }] })

async function typeAndSettle(text: string): Promise<void> {
  await platform.type(text)
  await platform.settle()
}

describe('a webhook request', () => {
  it('is signed over its bytes and carries what LINE sends', async () => {
    verifies('line.webhook.post', 'line.webhook.signature-hmac-sha256', 'line.overview.linked-server')
    await platform.setWebhook(`${bot.url}/hook?x=1`)
    await typeAndSettle('hello 🐻')
    const [request] = bot.received
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook?x=1',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'LineBotWebhook/2.0' },
    })
    expect(request?.rawBody).toContain('hello \\uD83D\\uDC3B')
    const signature = String(request?.headers['x-line-signature'])
    expect(validateSignature(request?.rawBody ?? '', BOT.channelSecret, signature)).toBe(true)
    expect(bodies()[0]?.destination).toBe(BOT.botUserId)
  })

  it('has the shape of 2017 on a channel of that profile', async () => {
    verifies('line.webhook.post', 'line.webhook.body-events')
    await platform.setWebhook(bot.url, {}, OLD_BOT.channelId)
    const typed = await platform.type('hello', BROWN, OLD_BOT.botUserId)
    await platform.settle()
    expect(bodies()).toEqual([
      {
        events: [
          {
            replyToken: expect.any(String),
            type: 'message',
            timestamp: platform.clock.now(),
            source: { type: 'user', userId: BROWN },
            message: { id: typed.id, type: 'text', text: 'hello' },
          },
        ],
      },
    ])
  })

  it('is not made while the webhook is not used or has no URL', async () => {
    verifies('line.console.use-webhook')
    await typeAndSettle('no url')
    await platform.setWebhook(bot.url, { useWebhook: false })
    await typeAndSettle('off')
    await platform.setWebhook(bot.url, { useWebhook: true })
    await typeAndSettle('on')
    expect(texts()).toEqual([['on']])
  })

  it('carries together, in order, what came while another was on its way', async () => {
    verifies('line.event.several-in-one-body')
    await platform.setWebhook(bot.url)
    let letGo = () => {}
    const gate = new Promise<void>((resolve) => {
      letGo = resolve
    })
    answer = async () => {
      await gate
      return 200
    }
    await platform.type('1')
    await bot.waitFor(() => true)
    await platform.type('2')
    await platform.type('3', CONY)
    await platform.type('4')
    letGo()
    await platform.settle()
    expect(texts()).toEqual([['1'], ['2', '3', '4']])
  })
})

describe('the attempt log', () => {
  it("tells LINE's four reasons", async () => {
    verifies('line.webhook.response-200')
    await platform.setWebhook(bot.url)
    answer = () => 503
    await typeAndSettle('status')
    answer = () => new Promise((resolve) => setTimeout(resolve, 2300, 200))
    await typeAndSettle('too slow')
    await platform.setWebhook('http://localhost:1/')
    await typeAndSettle('nobody there')
    const broken = await startBrokenServer()
    await platform.setWebhook(broken.url)
    await typeAndSettle('broken off')
    await broken.close()
    expect(await attempts()).toMatchObject([
      { status: 503, reason: 'error_status_code', detail: '503' },
      { status: 0, reason: 'request_timeout', detail: 'Request timeout' },
      { status: 0, reason: 'could_not_connect', detail: 'Connection failed' },
      { status: 0, reason: 'unclassified', detail: 'Session closed unexpectedly' },
    ])
  })
})

describe('redelivery', () => {
  it('does not happen unless the channel wants it', async () => {
    await platform.setWebhook(bot.url)
    answer = () => 500
    await typeAndSettle('lost')
    platform.clock.advance(3_600_000)
    await platform.settle()
    expect(bot.received).toHaveLength(1)
  })

  it('sends the same event again, marked, until the bot takes it', async () => {
    await platform.setWebhook(bot.url, { redeliverWebhook: true })
    answer = () => 500
    await typeAndSettle('again')
    platform.clock.advance(60_000)
    await platform.settle()
    answer = () => 200
    platform.clock.advance(4 * 60_000)
    await platform.settle()
    platform.clock.advance(3_600_000)
    await platform.settle()
    const events = bodies().map((body) => body.events[0])
    expect(events.map((event) => event?.deliveryContext?.isRedelivery)).toEqual([false, true, true])
    const [first, second] = events
    expect({ ...second, deliveryContext: first?.deliveryContext }).toEqual(first)
    expect((await attempts()).map(({ isRedelivery, status }) => [isRedelivery, status])).toEqual([
      [false, 500],
      [true, 500],
      [true, 200],
    ])
  })

  it('is tried four times, also when the clock jumps over all of them', async () => {
    await platform.setWebhook(bot.url, { redeliverWebhook: true })
    answer = () => 500
    await typeAndSettle('never taken')
    platform.clock.advance(24 * 3_600_000)
    await platform.settle()
    expect(bot.received).toHaveLength(5)
  })

  it('gives the reply token another minute, but not after 20 minutes', async () => {
    await platform.setWebhook(bot.url, { redeliverWebhook: true })
    answer = () => 500
    await typeAndSettle('first')
    const token = bodies()[0]?.events[0]?.replyToken
    platform.clock.advance(5 * 60_000)
    await platform.settle()
    platform.clock.advance(59_000)
    expect((await reply(token)).status).toBe(200)
    await typeAndSettle('second')
    const late = bodies().at(-1)?.events[0]?.replyToken
    platform.clock.advance(30 * 60_000)
    await platform.settle()
    expect((await reply(late)).body).toEqual({ message: 'Invalid reply token' })
  })
})

describe('the test of a webhook', () => {
  const test = (body: object = {}, headers: Record<string, string> = {}) =>
    platform.post('/v2/bot/channel/webhook/test', body, headers)

  it('sends an empty list of events and tells what came back', async () => {
    await platform.setWebhook(bot.url)
    expect(await test()).toMatchObject({
      status: 200,
      body: { success: true, timestamp: '2026-01-01T00:00:00.000Z', statusCode: 200, reason: 'OK', detail: '200' },
    })
    expect(bodies()).toEqual([{ destination: BOT.botUserId, events: [] }])
    answer = () => 400
    expect((await test({ endpoint: `${bot.url}/other` })).body).toMatchObject({
      success: false,
      statusCode: 400,
      reason: 'ERROR_STATUS_CODE',
      detail: '400',
    })
    expect((await test({ endpoint: 'http://127.0.0.1:1/' })).body).toMatchObject({
      success: false,
      statusCode: 0,
      reason: 'COULD_NOT_CONNECT',
    })
    expect(await attempts()).toEqual([])
  })

  it('needs a URL that is one', async () => {
    expect(await test()).toMatchObject({ status: 404, body: { message: 'Webhook endpoint not found' } })
    for (const endpoint of ['nonsense', 'https://no-such-host.invalid/'])
      expect(await test({ endpoint })).toMatchObject({ status: 400, body: { message: 'Invalid webhook endpoint URL' } })
    expect(await test({ endpoint: 7 })).toMatchObject({
      status: 400,
      body: { message: "The property, 'endpoint', in the request body is invalid (line: 1, column: 13)" },
    })
  })

  it('sends the two dummy events of 2017 on a channel of that profile', async () => {
    await platform.setWebhook(bot.url, {}, OLD_BOT.channelId)
    await test({}, { authorization: `Bearer ${OLD_BOT.token}` })
    expect(bodies()).toMatchObject([
      {
        events: [
          { replyToken: '0'.repeat(32), message: { id: '100001', type: 'text', text: 'Hello, world' } },
          { replyToken: 'f'.repeat(32), message: { id: '100002', type: 'sticker', packageId: '1', stickerId: '1' } },
        ],
      },
    ])
  })
})

/** Takes connections and drops each as soon as something is sent. */
async function startBrokenServer(): Promise<{ url: string; close(): Promise<void> }> {
  const { createServer } = await import('node:net')
  const server = createServer((socket) => socket.once('data', () => socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
