import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConversationCallbackWebhooks } from '@sinch/sdk-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Answer,
  type HttpReceiver,
  type Received,
  startReceiver,
} from '../../../../../tests/testkit/http-receiver.ts'
import { BROWN, CONY, startTestGateway, type TestGateway, textEvent } from '../testing/start-test-gateway.ts'

let customer: HttpReceiver
let test: TestGateway
let answer: (request: Received) => Answer | Promise<Answer>

beforeEach(async () => {
  answer = () => ({ status: 200 })
  customer = await startReceiver((request) => answer(request))
  test = await startTestGateway({ lineUrl: 'http://127.0.0.1:9', webhookTarget: `${customer.url}/hook?a=1` })
})
afterEach(async () => {
  await test.close()
  await customer.close()
})

const textOf = ({ rawBody }: Received): string | undefined =>
  JSON.parse(rawBody).message?.contact_message.text_message.text
const texts = () => customer.received.map(textOf).filter((text) => text !== undefined)

async function say(userId: string, text: string): Promise<void> {
  await test.webhook([textEvent(userId, text)])
  await test.gateway.settle()
}

function deadCallbacks(): { trigger: string; reason: string; attempts: number }[] {
  const db = new DatabaseSync(join(test.dataDir, 'gateway.db'), { readOnly: true })
  try {
    const rows = db.prepare("SELECT body ->> 'trigger' AS trigger, reason, attempts FROM dead_letter").all()
    return rows as never // as selected
  } finally {
    db.close()
  }
}

describe('a callback', () => {
  it("is signed as Sinch's own SDK expects, anew on every attempt, over the same body", async () => {
    const validator = new ConversationCallbackWebhooks(test.demo.webhook.secret)
    answer = (request) => ({ status: textOf(request) === undefined || texts().length > 1 ? 200 : 500 })
    await say(BROWN, 'héllo 日本 😀')
    await test.pass(5000)
    expect(texts()).toEqual(['héllo 日本 😀', 'héllo 日本 😀'])
    for (const { headers, rawBody, path } of customer.received) {
      expect(path).toBe('/hook?a=1')
      expect(headers['content-type']).toBe('application/json')
      expect(validator.validateAuthenticationHeader(headers, rawBody)).toBe(true)
      expect(validator.validateAuthenticationHeader(headers, `${rawBody} `)).toBe(false)
      // Many check a body they wrote again from the parsed one.
      expect(JSON.stringify(JSON.parse(rawBody))).toBe(rawBody)
    }
    const [first, second] = customer.received.filter((request) => textOf(request) !== undefined)
    expect(second?.rawBody).toBe(first?.rawBody)
    expect(second?.headers['x-sinch-webhook-signature-nonce']).not.toBe(
      first?.headers['x-sinch-webhook-signature-nonce'],
    )
  })

  it('is tried again after 5 s, 10 s, 20 s and so on, and given up after the pause of 22 h', async () => {
    await say(BROWN, 'known')
    answer = () => ({ status: 503 })
    await say(BROWN, 'fails')
    const attemptsSince = () => texts().filter((text) => text === 'fails').length
    let pauseMs = 5000
    for (let attempt = 1; attempt <= 15; attempt++) {
      expect(attemptsSince()).toBe(attempt)
      await test.pass(pauseMs - 1)
      expect(attemptsSince()).toBe(attempt)
      await test.pass(1)
      pauseMs *= 2
    }
    expect(attemptsSince()).toBe(16)
    await test.pass(30 * 24 * 3_600_000)
    expect(attemptsSince()).toBe(16)
    expect(deadCallbacks()).toEqual([{ trigger: 'MESSAGE_INBOUND', reason: 'status 503', attempts: 16 }])
  })

  it('holds up those behind it for three attempts only', async () => {
    await say(BROWN, 'known')
    await say(CONY, 'known too')
    answer = (request) => ({ status: textOf(request) === 'bad' ? 500 : 200 })
    await say(BROWN, 'bad')
    await say(BROWN, 'behind')
    await say(CONY, 'other person')
    expect(texts().slice(2)).toEqual(['bad', 'other person'])
    await test.pass(5000)
    expect(texts().slice(4)).toEqual(['bad'])
    await test.pass(10_000)
    expect(texts().slice(5)).toEqual(['bad', 'behind'])
    answer = () => ({ status: 200 })
    await test.pass(20_000)
    expect(texts().slice(7)).toEqual(['bad'])
    await test.pass(1_000_000)
    expect(texts().length).toBe(8)
  })

  it('waits as long as Retry-After asks', async () => {
    await say(BROWN, 'known')
    answer = () => ({ status: 429, headers: { 'retry-after': '120' } })
    await say(BROWN, 'later')
    await test.pass(119_000)
    expect(texts().length).toBe(2)
    answer = () => ({ status: 200 })
    await test.pass(1000)
    expect(texts().length).toBe(3)
  })

  it('that the business refuses is not tried again', async () => {
    await say(BROWN, 'known')
    answer = () => ({ status: 410 })
    await say(BROWN, 'refused')
    await test.pass(1_000_000)
    expect(texts().length).toBe(2)
    expect(deadCallbacks()).toEqual([{ trigger: 'MESSAGE_INBOUND', reason: 'status 410', attempts: 1 }])
  })

  it('follows no redirect', async () => {
    answer = () => ({ status: 302, headers: { location: '/elsewhere' } })
    await say(BROWN, 'moved')
    expect(customer.received.every(({ path }) => path === '/hook?a=1')).toBe(true)
  })
})
