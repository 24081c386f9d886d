import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../../tests/testkit/verifies.ts'
import { uuidToUlid } from '../../../kit/ids.ts'
import { BROWN, readJson, startTestGateway, type TestGateway } from '../../testing/start-test-gateway.ts'

let line: HttpReceiver
let test: TestGateway

beforeEach(async () => {
  line = await startReceiver(() => ({ status: 200, body: '{}' }))
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: 'http://127.0.0.1:9' })
})
afterEach(async () => {
  await test.close()
  await line.close()
})

const pushes = () => line.received.map(({ rawBody }) => JSON.parse(rawBody))

function post(
  body: unknown,
  { apiKey = test.demo.apiKey, sub = 'demo', type = 'application/json' } = {},
): Promise<Response> {
  return fetch(`${test.gateway.url}/api/v1/subaccounts/${sub}/messages`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${apiKey}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe('a text', () => {
  // 8x8 guide, "Sending a Text Message", as it stands there.
  const sample = `{
"user": {
"lineUserId": "Ua12b345678c1de0fg1a1234567891011"
},
"type": "Text",
"content": {
"text": "Hello from 8x8 Messaging API"
}
}`

  it('of the guide of 8x8 is accepted as it stands there, and goes out to LINE', async () => {
    verifies('8x8.send.user-line-user-id', '8x8.send.type', '8x8.send.content-text')
    const answer = await post(sample)
    expect(answer.status).toBe(200)
    expect(await readJson(answer)).toEqual({
      umid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      user: { lineUserId: 'Ua12b345678c1de0fg1a1234567891011' },
      status: { state: 'queued', timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/) },
    })
    await test.gateway.settle()
    expect(pushes()).toEqual([
      { to: 'Ua12b345678c1de0fg1a1234567891011', messages: [{ type: 'text', text: 'Hello from 8x8 Messaging API' }] },
    ])
  })

  it('takes either name of the user id, any case of the type, and echoes the client message id', async () => {
    const answer = await post({
      user: { channelUserId: BROWN },
      type: 'tExT',
      content: { text: 'hi' },
      clientMessageId: 'c-1',
    })
    expect(await readJson(answer)).toMatchObject({ user: { channelUserId: BROWN }, clientMessageId: 'c-1' })
    await test.gateway.settle()
    expect(pushes()).toEqual([{ to: BROWN, messages: [{ type: 'text', text: 'hi' }] }])
  })

  it("can be read in Sinch's dialect under the same id", async () => {
    const { umid } = await readJson(await post({ user: { lineUserId: BROWN }, type: 'text', content: { text: 'hi' } }))
    const answer = await test.sinch('GET', `/messages/${uuidToUlid(umid)}`)
    expect(await readJson(answer)).toMatchObject({ app_message: { text_message: { text: 'hi' } } })
  })
})

describe('an error', () => {
  const text = { user: { lineUserId: BROWN }, type: 'Text', content: { text: 'hi' } }

  it("has 8x8's form and code, whatever is wrong", async () => {
    const cases: [Response, number, number][] = [
      [await post(text, { apiKey: 'wrong' }), 401, 1200],
      [await fetch(`${test.gateway.url}/api/v1/subaccounts/demo/messages`, { method: 'POST' }), 401, 1200],
      [await post(text, { apiKey: test.demo.keySecret }), 401, 1200],
      [await post(text, { sub: 'another' }), 400, 1001],
      [await post('{"user":'), 400, 1000],
      [await post('[]'), 400, 1000],
      [await post('hello', { type: 'text/plain' }), 415, 1000],
      [await post({ ...text, padding: 'x'.repeat(1_100_000) }), 413, 1000],
      [await post({ ...text, user: undefined }), 400, 3001],
      [await post({ ...text, user: { msisdn: '+6591234567' } }), 400, 3015],
      [await post({ ...text, user: { lineUserId: 'someone' } }), 400, 3015],
      [await post({ ...text, user: { lineUserId: BROWN, country: 'Japan' } }), 400, 3018],
      [await post({ ...text, type: undefined }), 400, 1000],
      [await post({ ...text, type: 'Sticker' }), 400, 3010],
      [await post({ ...text, type: 'File', content: { url: 'https://example.com/a.pdf' } }), 400, 3010],
      [await post({ ...text, content: undefined }), 400, 3004],
      [await post({ ...text, content: {} }), 400, 3005],
      [await post({ ...text, content: { text: '' } }), 400, 3005],
      [await post({ ...text, content: { text: 'x'.repeat(5001) } }), 400, 3006],
      [await post({ ...text, content: { text: 'x'.repeat(35_001) } }), 400, 3006],
      [await post({ ...text, clientMessageId: 'x'.repeat(51) }), 400, 3009],
      [await post({ ...text, expiry: '2001-01-01T00:00:00Z' }), 400, 1006],
      [await post({ ...text, expiry: 'soon' }), 400, 1006],
      [await post({ ...text, scheduled: '2099-01-01T00:00:00Z' }), 400, 1011],
      [await post({ ...text, dlrCallbackUrl: 'ftp://example.com' }), 400, 3020],
      [await post({ ...text, channels: [{ channel: 'SMS' }] }), 400, 3027],
      [
        await fetch(`${test.gateway.url}/api/v1/nothing`, { headers: { authorization: `Bearer ${test.demo.apiKey}` } }),
        404,
        1300,
      ],
      [await fetch(`${test.gateway.url}/api/v1/subaccounts/%zz/messages`, { method: 'POST' }), 400, 1000],
    ]
    for (const [answer, status, code] of cases) {
      const body = await readJson(answer)
      expect([answer.status, body.code]).toEqual([status, code])
      expect(body).toEqual({
        code,
        message: expect.any(String),
        errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        timestamp: expect.stringMatching(/\.\d\dZ$/),
      })
    }
    await test.gateway.settle()
    expect(pushes()).toEqual([])
  })
})
