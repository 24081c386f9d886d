// The timeline as a stream, and its filters.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { BOT, BROWN, CONY, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'
import type { TimelineEntry } from '../timeline.ts'

let platform: TestPlatform
let readers: { close(): Promise<void> }[]

beforeEach(async () => {
  platform = await startTestPlatform()
  readers = []
})
afterEach(async () => {
  for (const reader of readers) await reader.close()
  await platform.close()
})

interface Sent {
  id?: string
  event: string
  data: TimelineEntry & { status?: number; lastId?: number }
}

/** Reads events of the stream until one fits. */
async function openStream(query = '', headers: Record<string, string> = {}) {
  const answer = await fetch(`${platform.controlUrl}/timeline/stream${query}`, { headers })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) throw new Error('a stream without a body')
  let text = ''
  const seen: Sent[] = []
  readers.push({ close: () => reader.cancel() })
  return {
    seen,
    async until(fits: (sent: Sent) => boolean): Promise<Sent> {
      for (;;) {
        const found = seen.find(fits)
        if (found !== undefined) return found
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        text += value
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
          const [id, event, data] = [field('id'), field('event'), field('data')]
          if (event !== undefined) seen.push({ ...(id !== undefined && { id }), event, data: JSON.parse(data ?? '') })
        }
      }
    },
  }
}

const push = (to = BROWN) => platform.post('/v2/bot/message/push', { to, messages: [{ type: 'text', text: 'x' }] })
const list = async (query: string) =>
  (await platform.control<{ entries: TimelineEntry[] }>('GET', `/timeline?${query}`)).body.entries

describe('the stream', () => {
  it('sends what is new as it ends within its turn, with ids to come back with', async () => {
    const stream = await openStream()
    await stream.until(({ event }) => event === 'hello')
    await push()
    const call = await stream.until(({ data }) => data.kind === 'call')
    expect(call).toMatchObject({ event: 'entry', id: String(call.data.id) })
    await stream.until(({ data }) => data.kind === 'message')
    await push()
    const again = await openStream('', { 'last-event-id': call.id ?? '' })
    const last = await again.until(({ data }) => data.kind === 'call')
    expect(last.data.id).toBeGreaterThan(call.data.id)
  })

  it('sends an entry again when more becomes known of it', async () => {
    const stream = await openStream()
    await stream.until(({ event }) => event === 'hello')
    const answer = Promise.withResolvers<{ status: number }>()
    const bot = await startReceiver(() => answer.promise)
    readers.push(bot)
    await platform.setWebhook(bot.url)
    await platform.type('hello')
    const begun = await stream.until(({ event, data }) => event === 'entry' && data.kind === 'attempt')
    expect(begun.data.status).toBeUndefined()
    answer.resolve({ status: 500 })
    const attempt = await stream.until(({ event, data }) => event === 'change' && data.kind === 'attempt')
    expect(attempt.data).toMatchObject({ id: begun.data.id, status: 500, reason: 'error_status_code' })
    expect(attempt.id).toBeUndefined()
  })

  it('sends only what fits the filter', async () => {
    const stream = await openStream(`?kind=message&userId=${CONY}`)
    await push(BROWN)
    await push(CONY)
    await stream.until(({ event }) => event === 'entry')
    expect(stream.seen.map(({ event, data }) => [event, data.kind])).toEqual([
      ['hello', undefined],
      ['entry', 'message'],
    ])
  })

  it('ends when all state is replaced', async () => {
    const stream = await openStream()
    await stream.until(({ event }) => event === 'hello')
    await platform.control('POST', '/reset')
    await expect(stream.until(() => false)).rejects.toThrow('the stream ended')
  })
})

describe('the list', () => {
  it('is filtered by kind, by channel and by user', async () => {
    await push(BROWN)
    await push(CONY)
    await platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${OLD_BOT.token}` } })
    const kinds = (entries: TimelineEntry[]) => entries.map(({ kind }) => kind)
    expect(kinds(await list('kind=call'))).toEqual(['call', 'call', 'call'])
    expect(kinds(await list('kind=call,message'))).toHaveLength(5)
    expect(kinds(await list(`channelId=${OLD_BOT.channelId}`))).toEqual(['call'])
    expect(kinds(await list(`userId=${CONY}`))).toEqual(['call', 'message'])
    expect(kinds(await list(`userId=${CONY}&limit=1`))).toEqual(['message'])
    expect(kinds(await list(`userId=${CONY}&after=0&limit=1`))).toEqual(['call'])
    expect((await platform.control('GET', '/timeline?kind=calls')).status).toBe(400)
  })

  it('counts a reply to a user with the user, though it names none', async () => {
    await platform.type('hello', CONY)
    await platform.type('hello', BROWN)
    const [event] = await list(`kind=event&userId=${CONY}`)
    expect(event).toMatchObject({ channelId: BOT.channelId, userId: CONY })
  })
})
