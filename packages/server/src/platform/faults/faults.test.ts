// Faults made on purpose, over HTTP: what the caller and the bot see, and what the timeline tells.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { BOT, BROWN, CONY, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'
import { FAULT_PRESET_NAMES } from './presets.ts'

let platform: TestPlatform
let bot: HttpReceiver

beforeEach(async () => {
  platform = await startTestPlatform({ idSeed: 'faults' })
  bot = await startReceiver()
})
afterEach(async () => {
  await platform.close()
  await bot.close()
})

const addRule = (rule: object) => platform.control<{ rules: { id: number }[] }>('POST', '/faults', rule)
const push = (text = 'x', to = BROWN) =>
  platform.post('/v2/bot/message/push', { to, messages: [{ type: 'text', text }] })
const texts = async () => (await platform.chat()).map(({ message }) => message.text)
const timeline = async (kind: string) =>
  (await platform.control<{ entries: Record<string, unknown>[] }>('GET', `/timeline?kind=${kind}`)).body.entries
/** How a call that gets no whole answer ends. */
const fateOf = async (call: Promise<unknown>) => call.then(() => 'answered').catch(() => 'broken')

describe('a fault of a call', () => {
  it('answers another status and body, and the operation does not run', async () => {
    await addRule({
      on: 'call',
      operation: 'pushMessage',
      fault: { kind: 'status', status: 503, body: { message: 'later' } },
    })
    expect(await push()).toMatchObject({ status: 503, body: { message: 'later' } })
    expect((await platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${BOT.token}` } })).status).toBe(200)
    expect(await texts()).toEqual([])
    const [call] = await timeline('call')
    expect(await timeline('fault')).toEqual([
      {
        id: expect.any(Number),
        atMs: platform.clock.now(),
        kind: 'fault',
        causeId: call?.id,
        ruleId: 1,
        fault: 'status',
        operation: 'pushMessage',
        channelId: BOT.channelId,
      },
    ])
  })

  it('answers late', async () => {
    await addRule({ on: 'call', fault: { kind: 'delay', delayMs: 120 } })
    const before = performance.now()
    expect((await push()).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThan(110)
  })

  it('resets the connection before anything is done', async () => {
    await addRule({ on: 'call', fault: { kind: 'reset' } })
    expect(await fateOf(push())).toBe('broken')
    expect(await texts()).toEqual([])
  })

  it('breaks off in the middle of the answer, with everything done', async () => {
    await addRule({ on: 'call', fault: { kind: 'half-body' } })
    expect(await fateOf(push('done'))).toBe('broken')
    expect(await texts()).toEqual(['done'])
    expect((await timeline('call')).at(-1)).toMatchObject({ status: 200 })
  })

  it('does everything and never answers; a retry with the same key is told that it was done', async () => {
    await addRule({ on: 'call', operation: 'pushMessage', nth: 1, fault: { kind: 'accepted-then-timeout' } })
    const retryKey = '123e4567-e89b-42d3-a456-426614174000'
    const send = () =>
      fetch(`${platform.url}/v2/bot/message/push`, {
        method: 'POST',
        signal: AbortSignal.timeout(300),
        headers: {
          authorization: `Bearer ${BOT.token}`,
          'content-type': 'application/json',
          'x-line-retry-key': retryKey,
        },
        body: JSON.stringify({ to: BROWN, messages: [{ type: 'text', text: 'once' }] }),
      })
    expect(await fateOf(send())).toBe('broken')
    expect((await send()).status).toBe(409)
    expect(await texts()).toEqual(['once'])
  })

  it('does not keep the platform from stopping', async () => {
    await addRule({ on: 'call', fault: { kind: 'accepted-then-timeout' } })
    const call = fateOf(push())
    await expect.poll(async () => (await timeline('fault')).length).toBe(1)
    await platform.close()
    expect(await call).toBe('broken')
  })
})

describe('a rule', () => {
  const STATUS = { kind: 'status', status: 500 }
  const statuses = async (count: number, call: () => Promise<{ status: number }> = () => push()) => {
    const found: number[] = []
    for (let i = 0; i < count; i++) found.push((await call()).status)
    return found
  }

  it('can be about the n-th call, every n-th one, or so many', async () => {
    await addRule({ on: 'call', nth: 2, fault: STATUS })
    expect(await statuses(4)).toEqual([200, 500, 200, 200])
    await platform.control('DELETE', '/faults')
    await addRule({ on: 'call', every: 2, fault: STATUS })
    expect(await statuses(4)).toEqual([200, 500, 200, 500])
    await platform.control('DELETE', '/faults')
    await addRule({ on: 'call', times: 1, fault: STATUS })
    expect(await statuses(3)).toEqual([500, 200, 200])
  })

  it('fires by chance as often as it says, and the same with the same seed', async () => {
    await addRule({ on: 'call', probability: 0.3, fault: STATUS })
    const found = await statuses(60)
    const told = (n: number) => createHash('sha256').update(`faults/1/${n}`).digest().readUInt32BE() / 2 ** 32 < 0.3
    expect(found).toEqual(Array.from({ length: 60 }, (_, i) => (told(i + 1) ? 500 : 200)))
    expect(found.filter((status) => status === 500).length).toBeGreaterThan(8)
    expect(found.filter((status) => status === 500).length).toBeLessThan(30)
  })

  it('can be about one channel', async () => {
    await addRule({ on: 'call', channelId: OLD_BOT.channelId, fault: STATUS })
    expect((await push()).status).toBe(200)
    const authorization = `Bearer ${OLD_BOT.token}`
    expect((await platform.api('/v2/bot/info', { headers: { authorization } })).status).toBe(500)
  })

  it('can be about one user: in the path, as recipient, among many, or whom a reply answers', async () => {
    await addRule({ on: 'call', userId: CONY, fault: STATUS })
    const headers = { authorization: `Bearer ${BOT.token}` }
    expect((await platform.api(`/v2/bot/profile/${CONY}`, { headers })).status).toBe(500)
    expect((await platform.api(`/v2/bot/profile/${BROWN}`, { headers })).status).toBe(200)
    expect((await push('x', CONY)).status).toBe(500)
    expect((await push('x', BROWN)).status).toBe(200)
    const messages = [{ type: 'text', text: 'x' }]
    expect((await platform.post('/v2/bot/message/multicast', { to: [BROWN, CONY], messages })).status).toBe(500)
    await platform.setWebhook(bot.url)
    for (const [user, status] of [
      [CONY, 500],
      [BROWN, 200],
    ] as const) {
      await platform.type('hello', user)
      await platform.settle()
      const { replyToken } = JSON.parse(bot.received.at(-1)?.rawBody ?? '').events[0]
      expect((await platform.post('/v2/bot/message/reply', { replyToken, messages })).status).toBe(status)
    }
  })

  it('that is the first to fire decides; all that fit count', async () => {
    await addRule({ on: 'call', fault: { kind: 'status', status: 500 } })
    await addRule({ on: 'call', fault: { kind: 'status', status: 429 } })
    expect((await push()).status).toBe(500)
    expect((await platform.control('GET', '/faults')).body).toMatchObject({
      rules: [
        { id: 1, on: 'call', fitted: 1, fired: 1 },
        { id: 2, on: 'call', fitted: 1, fired: 0 },
      ],
    })
    expect((await platform.control('DELETE', '/faults/1')).status).toBe(200)
    expect((await platform.control('DELETE', '/faults/1')).status).toBe(404)
    expect((await push()).status).toBe(429)
  })

  it.each([
    [{}, 'body.on is missing.'],
    [{ on: 'calls' }, 'body.on must be one of call, webhook.'],
    [{ on: 'call' }, 'body.fault is missing.'],
    [{ on: 'call', fault: {} }, 'body.fault.kind is missing.'],
    [{ on: 'call', fault: { kind: 'status' } }, 'body.fault.status is missing.'],
    [{ on: 'call', fault: { kind: 'delay' } }, 'body.fault.delayMs is missing.'],
    [{ on: 'call', probability: 2, fault: { kind: 'reset' } }, 'body.probability must be a number from 0 to 1.'],
    [{ on: 'webhook', fault: { kind: 'reset' } }, 'body.fault.kind must be one of delay, duplicate, out-of-order.'],
    [{ on: 'webhook', operation: 'x', fault: { kind: 'duplicate' } }, 'body.operation is not known here'],
    [{ preset: 'chaos' }, 'body.preset must be one of '],
  ])('is refused where it makes no sense: %j', async (rule, message) => {
    const { status, body } = await platform.control<{ message: string }>('POST', '/faults', rule)
    expect(status).toBe(400)
    expect(body.message).toContain(message)
  })
})

describe('a fault of a webhook', () => {
  const textsOfWebhooks = () =>
    bot.received.map(({ rawBody }) =>
      JSON.parse(rawBody).events.map((event: { message: { text: string } }) => event.message.text),
    )

  beforeEach(() => platform.setWebhook(bot.url))

  it('sends it twice, byte for byte', async () => {
    await addRule({ on: 'webhook', eventType: 'message', times: 1, fault: { kind: 'duplicate' } })
    await platform.type('twice')
    await platform.settle()
    await platform.type('once')
    await platform.settle()
    expect(textsOfWebhooks()).toEqual([['twice'], ['twice'], ['once']])
    expect(bot.received[1]?.rawBody).toBe(bot.received[0]?.rawBody)
    const [event] = await timeline('event')
    expect(await timeline('fault')).toMatchObject([{ fault: 'duplicate', ruleId: 1, causeId: event?.id }])
    expect(await timeline('attempt')).toHaveLength(3)
  })

  it('lets the next one overtake it, and waits a second for one', async () => {
    await addRule({ on: 'webhook', nth: 1, fault: { kind: 'out-of-order' } })
    await platform.type('first')
    await expect.poll(async () => (await timeline('fault')).length).toBe(1)
    await platform.type('second')
    await platform.settle()
    expect(textsOfWebhooks()).toEqual([['second'], ['first']])
    await platform.control('DELETE', '/faults')
    await addRule({ on: 'webhook', nth: 1, fault: { kind: 'out-of-order' } })
    await platform.type('alone')
    await platform.settle()
    expect(textsOfWebhooks().at(-1)).toEqual(['alone'])
  })

  it('sends it late, and only the one of that user', async () => {
    await addRule({ on: 'webhook', userId: BROWN, fault: { kind: 'delay', delayMs: 150 } })
    const took = async (user: string) => {
      const before = performance.now()
      await platform.type('hello', user)
      await platform.settle()
      return performance.now() - before
    }
    expect(await took(CONY)).toBeLessThan(140)
    expect(await took(BROWN)).toBeGreaterThan(140)
  })
})

describe('presets', () => {
  it('are listed with their meaning and can each be switched on by name', async () => {
    const { body } = await platform.control<{ presets: { name: string; meaning: string }[] }>('GET', '/faults/presets')
    expect(body.presets.map(({ name }) => name)).toEqual(FAULT_PRESET_NAMES)
    for (const preset of FAULT_PRESET_NAMES) expect((await addRule({ preset })).status).toBe(200)
  })

  it('let the month be used up for whatever counts, with the words of LINE', async () => {
    await addRule({ preset: 'quota-used-up' })
    expect(await push()).toMatchObject({ status: 429, body: { message: 'You have reached your monthly limit.' } })
  })
})
