import { get as httpGet, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  BOT,
  BROWN,
  CONY,
  FOREIGNER,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
} from '../testing/start-test-platform.ts'

let platform: TestPlatform

beforeEach(async () => {
  platform = await startTestPlatform()
})
afterEach(() => platform.close())

const CHAT = `/users/${BROWN}/chats/${BOT.botUserId}`
const push = (text: string, to = BROWN) =>
  platform.post('/v2/bot/message/push', { to, messages: [{ type: 'text', text }] })

describe('the guard', () => {
  /** fetch sets Host and Origin itself: these requests need them as they are. */
  function status(
    headers: Record<string, string>,
    path = '/_hatoba/state',
    method = 'GET',
  ): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      httpGet(`${platform.url}${path}`, { headers, method }, (answer: IncomingMessage) => {
        answer.resume()
        resolve(answer.statusCode)
      }).on('error', reject)
    })
  }

  it('serves loopback names and their own origin alone', async () => {
    const port = new URL(platform.url).port
    expect(await status({ host: `localhost:${port}` })).toBe(200)
    expect(await status({ host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200)
    expect(await status({ host: `evil.example:${port}` })).toBe(403)
    expect(await status({ host: `localhost:${port}`, origin: 'https://evil.example' })).toBe(403)
    expect(await status({ host: `localhost:${port}`, origin: 'http://localhost:1' })).toBe(403)
    expect(await status({ host: `localhost:${port}`, origin: 'null' }, '/_hatoba/settle', 'POST')).toBe(403)
    expect(await status({ host: 'evil.example' }, '/')).toBe(403)
  })
})

describe('the state', () => {
  it('names users, channels and the clock, and no secret', async () => {
    const { body } = await platform.control('GET', '/state')
    expect(body).toMatchObject({
      users: expect.arrayContaining([
        expect.objectContaining({ userId: BROWN, providerId: 'p1', displayName: 'Brown', statusMessage: 'Hello' }),
        expect.objectContaining({ userId: CONY, providerId: 'p1', displayName: 'Cony' }),
      ]),
      channels: [
        { channelId: BOT.channelId, profile: 'current' },
        { channelId: OLD_BOT.channelId, profile: '2017' },
      ],
      clock: { nowMs: platform.clock.now(), frozen: true },
    })
    for (const secret of [BOT.token, BOT.channelSecret]) expect(JSON.stringify(body)).not.toContain(secret)
  })
})

describe('a bad call', () => {
  it.each([
    ['POST', `${CHAT}/messages`, { type: 'text' }, 400, 'body.text is missing.'],
    ['POST', `${CHAT}/messages`, { text: 'x' }, 400, 'body.type is missing.'],
    ['POST', `${CHAT}/messages`, { type: 'text', text: '' }, 400, 'body.text must be a text of 1 to 10000 characters.'],
    ['POST', `${CHAT}/messages`, { type: 'video', text: 'x' }, 400, /^body\.text is not known here; known are: type, /],
    [
      'POST',
      `${CHAT}/messages`,
      { type: 'text', txt: 'x' },
      400,
      /^body\.txt is not known here; known are: type, text, /,
    ],
    ['POST', `${CHAT}/messages`, [1], 400, 'The body must be an object.'],
    ['GET', `${CHAT}/messages?limit=0`, undefined, 400, 'query.limit must be a whole number from 1 to 200.'],
    ['GET', `${CHAT}/wait?timeoutMs=99999`, undefined, 400, 'query.timeoutMs must be a whole number from 0 to 60000.'],
    ['GET', '/users/U0/chats', undefined, 404, 'There is no user U0.'],
    ['GET', `/users/${BROWN}/chats/U0/messages`, undefined, 404, 'Brown has no chat U0.'],
    [
      'GET',
      `/users/${FOREIGNER}/chats/${BOT.botUserId}/messages`,
      undefined,
      404,
      `Moon has no chat ${BOT.botUserId}.`,
    ],
    [
      'POST',
      `/users/${BROWN}/friends/${BOT.botUserId}`,
      { action: 'x' },
      400,
      'body.action must be one of add, block, unblock.',
    ],
    ['PATCH', '/channels/1', {}, 404, 'There is no channel 1.'],
    ['PATCH', `/channels/${BOT.channelId}`, { useWebhook: 1 }, 400, 'body.useWebhook must be true or false.'],
    [
      'PATCH',
      `/channels/${BOT.channelId}`,
      { webhookUrl: 'http://example.com' },
      400,
      'body.webhookUrl must be an https URL or an http URL of this machine.',
    ],
    ['POST', '/clock', { advanceMs: -1 }, 400, /^body\.advanceMs must be a whole number/],
    ['GET', '/timeline/99', undefined, 404, 'The timeline has no entry 99.'],
    ['GET', '/nonsense', undefined, 404, 'There is no GET /_hatoba/nonsense here.'],
  ] as const)('%s %s %j is told what is wrong', async (method, path, body, status, message) => {
    const answer = await platform.control(method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.body.message).toMatch(message)
  })

  it('is told where its JSON breaks off', async () => {
    const answer = await fetch(`${platform.controlUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"freeze": tru}',
    })
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { message: string }).message).toMatch(/\(line: 1, column: \d+\)$/)
  })
})

describe("a user's chats", () => {
  interface Chats {
    chats: { title: string; unread: number; friendship: string; lastMessage?: { message: { text: string } } }[]
  }
  const chats = async () => (await platform.control<Chats>('GET', `/users/${BROWN}/chats`)).body.chats

  it('are listed with the newest message first and what is unread', async () => {
    await push('1')
    await push('2')
    expect(await chats()).toMatchObject([
      { title: 'Test Bot', unread: 2, friendship: 'friend', lastMessage: { message: { text: '2' } } },
      { title: 'Old Bot', unread: 0, friendship: 'friend' },
    ])
    await platform.control('POST', `${CHAT}/read`)
    expect((await chats())[0]?.unread).toBe(0)
  })

  it('come in pages, oldest first', async () => {
    for (let i = 1; i <= 5; i++) await push(String(i))
    type Page = { messages: { id: string; message: { text: string } }[]; hasMore: boolean }
    const newest = (await platform.control<Page>('GET', `${CHAT}/messages?limit=2`)).body
    const before = (await platform.control<Page>('GET', `${CHAT}/messages?limit=3&before=${newest.messages[0]?.id}`))
      .body
    expect(newest.messages.map(({ message }) => message.text)).toEqual(['4', '5'])
    expect(before.messages.map(({ message }) => message.text)).toEqual(['1', '2', '3'])
    expect([newest.hasMore, before.hasMore]).toEqual([true, false])
  })

  it('cannot be written to by a user who has blocked the bot', async () => {
    await platform.control('POST', `/users/${BROWN}/friends/${BOT.botUserId}`, { action: 'block' })
    const answer = await platform.control('POST', `${CHAT}/messages`, { type: 'text', text: 'x' })
    expect(answer).toMatchObject({
      status: 409,
      body: { message: 'Brown has blocked Test Bot and cannot write to it.' },
    })
  })
})

describe('waiting', () => {
  const wait = (query: string) =>
    platform.control<{ messages: { message: { text: string } }[] }>('GET', `${CHAT}/wait?${query}`)

  it('ends with the next message', async () => {
    const typed = await platform.type('hello')
    const waiting = wait(`after=${typed.id}&timeoutMs=20000`)
    await push('hi')
    expect((await waiting).body.messages.map(({ message }) => message.text)).toEqual(['hi'])
  })

  it('answers at once with what came already', async () => {
    const typed = await platform.type('hello')
    await push('1')
    await push('2')
    expect((await wait(`after=${typed.id}`)).body.messages).toHaveLength(2)
  })

  it('ends empty when the time is over', async () => {
    expect((await wait('timeoutMs=1')).body.messages).toEqual([])
  })

  it('does not keep the platform from closing', async () => {
    const waiting = wait('timeoutMs=60000')
    await push('x', CONY)
    await platform.close()
    expect((await waiting).body.messages).toEqual([])
  })

  it('can be for the next entry of the timeline', async () => {
    const waiting = platform.control<{ entries: { kind: string }[] }>('GET', '/timeline?after=0&timeoutMs=20000')
    await platform.type('hello')
    expect((await waiting).body.entries[0]).toMatchObject({ kind: 'action', act: 'message' })
  })
})

describe('the stream', () => {
  interface StreamEvent {
    event: string
    id?: string
    data: { message?: { text: string } }
  }

  /** Reads events until so many came. */
  async function readEvents(
    count: number,
    lastEventId?: string,
    started?: () => Promise<unknown>,
  ): Promise<StreamEvent[]> {
    const stop = new AbortController()
    const answer = await fetch(`${platform.controlUrl}/users/${BROWN}/stream`, {
      signal: stop.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await started?.()
    const found: StreamEvent[] = []
    let text = ''
    if (answer.body === null) throw new Error('the stream has no body')
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
        if (fields.event !== undefined) found.push({ ...fields, data: JSON.parse(fields.data) } as StreamEvent) // as the server writes them
      }
      if (found.length >= count) break
    }
    stop.abort()
    return found
  }

  it('says hello and then tells of every message', async () => {
    const events = await readEvents(3, undefined, async () => {
      await platform.type('hello')
      await push('hi')
      await push('not for Brown', CONY)
    })
    expect(events.map(({ event, data }) => [event, data.message?.text])).toEqual([
      ['hello', undefined],
      ['message', 'hello'],
      ['message', 'hi'],
    ])
  })

  it('goes on after the last event that a reader saw', async () => {
    const seen = await platform.type('seen')
    await push('missed')
    const events = await readEvents(2, seen.id)
    expect(events[1]).toMatchObject({ event: 'message', data: { message: { text: 'missed' } } })
    expect(events[1]?.id).toMatch(/^\d{18}$/)
  })

  it('goes on after a long absence too: more than a connection holds at a time, and in order', async () => {
    const seen = await platform.type('seen')
    const text = 'x'.repeat(5000)
    const messages = Array(5).fill({ type: 'text', text })
    for (let i = 0; i < 200; i++) await platform.post('/v2/bot/message/push', { to: BROWN, messages })
    const events = await readEvents(1002, seen.id, async () => {
      await push('while it catches up')
    })
    const ids = events.slice(1).map(({ id = '' }) => id)
    expect(ids).toHaveLength(1001)
    expect([...new Set(ids)].sort()).toEqual(ids)
    expect(events.at(-1)?.data.message?.text).toBe('while it catches up')
  })
})

describe('the clock', () => {
  it('goes no further than the dates that everything else can write', async () => {
    const tenYearsMs = 10 * 366 * 24 * 60 * 60_000
    const statuses: number[] = []
    for (let i = 0; i < 9; i++)
      statuses.push((await platform.control('POST', '/clock', { advanceMs: tenYearsMs })).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 409, 409])
    expect(platform.clock.now()).toBeLessThan(Date.UTC(2100, 0, 1))
  })

  it('can be frozen, moved and let go', async () => {
    const set = (body: object) => platform.control<{ nowMs: number; frozen: boolean }>('POST', '/clock', body)
    const { body: start } = await set({ freeze: true })
    expect((await set({ advanceMs: 5000 })).body).toEqual({ nowMs: start.nowMs + 5000, frozen: true })
    expect((await set({ unfreeze: true })).body.frozen).toBe(false)
    expect((await set({ freeze: true, unfreeze: true })).status).toBe(400)
  })
})
