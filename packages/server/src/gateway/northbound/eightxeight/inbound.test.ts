// What people send, as a webhook of 8x8's dialect is told of it.
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../../tests/testkit/verifies.ts'
import { BROWN, lineEvent, startTestGateway, type TestGateway } from '../../testing/start-test-gateway.ts'

let line: HttpReceiver
let sinch: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let bytes: string
let status = 200

beforeEach(async () => {
  status = 200
  line = await startReceiver(() => ({ status: bytes === '' ? 404 : 200, body: bytes }))
  sinch = await startReceiver()
  customer = await startReceiver(() => ({ status }))
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: sinch.url })
  const { appId, adminKey } = test.demo
  const body = { appId, dialect: '8x8', target: customer.url, triggers: ['MSG'], secret: 'Basic Zm9v' }
  const made = await fetch(`${test.gateway.url}/admin/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(made.status, await made.text()).toBe(201)
})
afterEach(async () => {
  await test.close()
  await Promise.all([line.close(), sinch.close(), customer.close()])
})

const told = () => customer.received.map(({ rawBody }) => JSON.parse(rawBody))

async function receive(message: { type: string }, content = 'GIF89a a picture'): Promise<void> {
  bytes = content
  const contentProvider = { type: 'line' }
  await test.webhook([lineEvent(BROWN, { type: 'message', message: { id: '1', contentProvider, ...message } })])
  await test.gateway.settle()
}

const MP4 = '\0\0\0\x18ftypmp42 a film'
const location = { title: 'Quay', address: 'Clarke Quay', latitude: 1.289563, longitude: 103.846375 }
const file = { fileName: 'a.jpg', fileSize: 9 }

it.each([
  ['text', { type: 'text', text: 'Hello from LINE' }, '', 'Text'],
  ['image', { type: 'image' }, 'GIF89a a picture', 'Image'],
  ['video', { type: 'video' }, MP4, 'Video'],
  ['audio', { type: 'audio' }, MP4.replace('mp42', 'M4A '), 'Audio'],
  ['file', { type: 'file', ...file }, 'anything', 'File'],
  ['location', { type: 'location', ...location }, '', 'Location'],
])('has all keys of the sample, in its order: %s', async (name, message, content, type) => {
  verifies(
    '8x8.inbound.event-type',
    '8x8.inbound.channel',
    '8x8.inbound.channel-user-id',
    '8x8.inbound.text',
    '8x8.inbound.image',
    '8x8.inbound.video',
    '8x8.inbound.audio',
    '8x8.inbound.file',
    '8x8.inbound.location',
    '8x8.inbound.type',
    '8x8.inbound.umid',
    '8x8.inbound.sub-account-id',
    '8x8.inbound.timestamp',
    '8x8.inbound.content',
    '8x8.inbound.version',
    '8x8.inbound.recipient-id',
    '8x8.inbound.location-latitude',
    '8x8.inbound.location-longitude',
    '8x8.inbound.location-name',
    '8x8.inbound.location-address',
  )
  await receive(message, content)
  const sample = JSON.parse(await readFile(`tests/fixtures/seeds/000/inbound-${name}-message/sample.json`, 'utf8'))
  const [body] = told()
  const keysOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, inner]) => [key, keysOf(inner)])
      : typeof value
  expect(keysOf(body)).toEqual(keysOf(sample))
  expect(body).toMatchObject({
    eventType: 'inboundMessage',
    channel: 'line',
    user: { channelUserId: BROWN },
    umid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    subAccountId: test.demo.subAccountId,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/),
    type,
    version: 1,
    recipient: { recipientId: test.demo.lineChannel.id },
  })
  expect(customer.received[0]?.headers.authorization).toBe('Basic Zm9v')
})

it("links to a file for 24 hours, and Sinch's form to the same file for 7 days", async () => {
  verifies('8x8.inbound.media-url-24h')
  await receive({ type: 'image' })
  const { url } = told()[0].content
  const longer = JSON.parse(sinch.received.at(-1)?.rawBody ?? '{}').message.contact_message.media_message.url
  expect(new URL(longer).pathname).toBe(new URL(url).pathname)
  expect(await (await fetch(url)).text()).toBe(bytes)
  await test.pass(24 * 3_600_000)
  expect((await fetch(url)).status).toBe(410)
  expect(await (await fetch(longer)).text()).toBe(bytes)
})

it('says that something came where the file is lost', async () => {
  await receive({ type: 'image' }, '')
  expect(told()).toMatchObject([{ type: 'None', content: {} }])
})

it('is tried five times, after 1, 10, 30 and 90 seconds', async () => {
  status = 500
  await receive({ type: 'image' })
  for (const seconds of [1, 10, 30, 90, 3600]) await test.pass(seconds * 1000)
  expect(customer.received).toHaveLength(5)
  expect(new Set(customer.received.map(({ rawBody }) => rawBody)).size).toBe(1)
})
