import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  type HttpReceiver,
  type Received,
  startReceiver,
} from '../../../../../tests/testkit/http-receiver.ts'
import { BROWN, CONY, readJson, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let answer: (request: Received) => Answer | Promise<Answer>

const taken: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sentMessages":[]}' }
const error = (status: number, message: string, details?: object[]): Answer => ({
  status,
  body: JSON.stringify({ message, ...(details && { details }) }),
})

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

const keys = () => line.received.map(({ headers }) => headers['x-line-retry-key'])
const reports = () =>
  customer.received
    .map(({ rawBody }) => JSON.parse(rawBody).message_delivery_report)
    .filter((report) => report !== undefined)

async function sendAndSettle(more: object = {}): Promise<string> {
  const response = await test.sendText(BROWN, 'hello', more)
  expect(response.status).toBe(200)
  await test.gateway.settle()
  return (await readJson(response)).umid
}

describe('a send', () => {
  it("goes out as a push with the channel's token and a retry key", async () => {
    await sendAndSettle()
    const [push] = line.received
    expect(push).toMatchObject({ method: 'POST', path: '/v2/bot/message/push' })
    expect(push?.headers.authorization).toBe('Bearer channel-access-token')
    expect(push?.headers['x-line-retry-key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    expect(JSON.parse(push?.rawBody ?? '')).toEqual({ to: BROWN, messages: [{ type: 'text', text: 'hello' }] })
    expect(reports()).toMatchObject([{ status: 'QUEUED_ON_CHANNEL' }])
  })

  it('is repeated with the same key until LINE takes it', async () => {
    const answers: Answer[] = [error(500, 'Internal error'), error(503, ''), taken]
    answer = () => answers.shift() ?? taken
    await sendAndSettle()
    expect([line.received.length, reports().length]).toEqual([1, 0])
    await test.pass(2000)
    await test.pass(4000)
    expect(line.received.length).toBe(3)
    expect(new Set(keys()).size).toBe(1)
    expect(reports()).toMatchObject([{ status: 'QUEUED_ON_CHANNEL' }])
  })

  it('is repeated when LINE hangs up in the middle of its answer', async () => {
    const { port } = new URL(line.url)
    await line.close()
    await sendAndSettle()
    line = await startReceiver(() => taken)
    await test.gateway.pointDemo({ lineApiUrl: line.url })
    expect(new URL(line.url).port).not.toBe(port)
    await test.pass(2000)
    expect(reports()).toMatchObject([{ status: 'QUEUED_ON_CHANNEL' }])
  })

  it('that LINE has already is sent, as 409 tells', async () => {
    answer = () => error(409, 'The retry key is already accepted')
    await sendAndSettle()
    expect(line.received.length).toBe(1)
    expect(reports()).toMatchObject([{ status: 'QUEUED_ON_CHANNEL' }])
  })

  it("that LINE refuses has failed with LINE's reason, and is not repeated", async () => {
    const cases: [Answer, string, string][] = [
      [error(400, 'Failed to send messages'), 'RECIPIENT_NOT_REACHABLE', 'Failed to send messages'],
      [
        error(400, "The property, 'to', in the request body is invalid (line: -, column: -)"),
        'RECIPIENT_NOT_REACHABLE',
        "'to'",
      ],
      [
        error(400, 'The request body has 1 error(s)', [{ message: 'May not be empty', property: 'messages[0].text' }]),
        'CHANNEL_REJECT',
        'The request body has 1 error(s); messages[0].text: May not be empty',
      ],
      [error(401, 'Authentication failed'), 'CHANNEL_BAD_CONFIGURATION', 'Authentication failed'],
      [
        error(403, 'Access to this API is not available for your account'),
        'CHANNEL_BAD_CONFIGURATION',
        'not available',
      ],
      [error(429, 'You have reached your monthly limit.'), 'DELIVERY_REJECTED_DUE_TO_POLICY', 'monthly limit'],
      [{ status: 404, body: '<html>' }, 'CHANNEL_REJECT', 'status 404'],
    ]
    for (const [refusal, code, description] of cases) {
      answer = () => refusal
      await sendAndSettle()
      await test.pass(3_600_000)
      const { status, reason } = reports().at(-1)
      expect({ status, reason }).toEqual({
        status: 'FAILED',
        reason: { code, description: expect.stringContaining(description), sub_code: 'UNSPECIFIED_SUB_CODE' },
      })
      expect(reason.description).toMatch(/^The underlying channel reported: /)
    }
    expect(line.received.length).toBe(cases.length)
  })

  it('fails when the retry time is over, with a last attempt at its end', async () => {
    answer = () => error(500, 'Internal error')
    await sendAndSettle()
    for (let minute = 0; minute < 59; minute++) await test.pass(60_000)
    expect(reports()).toEqual([])
    const before = line.received.length
    await test.pass(60_000)
    expect(line.received.length).toBeGreaterThan(before)
    expect(reports()).toMatchObject([{ status: 'FAILED', reason: { code: 'CHANNEL_FAILURE' } }])
    expect(new Set(keys()).size).toBe(1)
  })

  it('that expires before LINE takes it has failed', async () => {
    answer = () => error(500, 'Internal error')
    await sendAndSettle({ expiry: new Date(test.clock.now() + 30_000).toISOString() })
    for (let step = 0; step < 8; step++) await test.pass(5000)
    expect(reports()).toMatchObject([{ status: 'FAILED', reason: { code: 'MESSAGE_EXPIRED' } }])
  })

  it('to an address that is not there fails only after the retry time', async () => {
    await test.gateway.pointDemo({ lineApiUrl: 'http://127.0.0.1:9' })
    await sendAndSettle()
    expect(reports()).toEqual([])
    for (let minute = 0; minute < 61; minute++) await test.pass(60_000)
    expect(reports()).toMatchObject([{ status: 'FAILED', reason: { code: 'CHANNEL_FAILURE' } }])
  })
})

describe('a LINE channel that is too slow for us', () => {
  it('rests as a whole, and no attempt is burnt', async () => {
    answer = () => error(429, 'The API rate limit has been exceeded. Try again later.')
    await sendAndSettle()
    expect(line.received.length).toBe(1)
    await test.sendText(CONY, 'also')
    await test.gateway.settle()
    expect(line.received.length).toBe(1)
    answer = () => taken
    await test.pass(2000)
    await test.pass(2000)
    expect(line.received.length).toBe(3)
    expect(reports()).toMatchObject([{ status: 'QUEUED_ON_CHANNEL' }, { status: 'QUEUED_ON_CHANNEL' }])
  })
})

describe('order', () => {
  const textsTo = (userId: string) =>
    line.received
      .map(({ rawBody }) => JSON.parse(rawBody))
      .filter(({ to }) => to === userId)
      .map(({ messages }) => Number(messages[0].text))

  it('is kept for one recipient, through failures, and one failing recipient holds nobody else up', async () => {
    let failures = 3
    answer = ({ rawBody }) => (rawBody.includes(BROWN) && failures-- > 0 ? error(500, '') : taken)
    for (let index = 0; index < 20; index++) {
      await test.sendText(BROWN, String(index))
      await test.sendText(CONY, String(index))
    }
    await test.gateway.settle()
    const counting = Array.from({ length: 20 }, (_, index) => index)
    expect(textsTo(CONY)).toEqual(counting)
    expect(textsTo(BROWN)).toEqual([0])
    for (let step = 0; step < 4; step++) await test.pass(5000)
    expect(textsTo(BROWN)).toEqual([0, 0, 0, ...counting])
  })

  it('is kept for sends accepted at the same time', async () => {
    const responses = await Promise.all(Array.from({ length: 100 }, (_, index) => test.sendText(BROWN, String(index))))
    const umids = await Promise.all(responses.map(async (response) => (await readJson(response)).umid))
    await test.gateway.settle()
    const accepted = umids.map((umid, index) => ({ umid, index })).sort((a, b) => (a.umid < b.umid ? -1 : 1))
    expect(textsTo(BROWN)).toEqual(accepted.map(({ index }) => index))
  })
})
