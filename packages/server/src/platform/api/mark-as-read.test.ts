// A bot marks what users sent as read: by today's token, and as corporate customers do.
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import {
  BOT,
  BROWN,
  CONY,
  FOREIGNER,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

type Events = { message?: { markAsReadToken?: string } }[]

let platform: TestPlatform
let client: messagingApi.MessagingApiClient
let bot: HttpReceiver

beforeEach(async () => {
  bot = await startReceiver()
  const seed = testSeed()
  const channels = seed.channels.map((channel) => ({
    ...channel,
    webhook: { url: bot.url, use: true },
    settings: { responseMode: 'chat' as const, markAsReadMode: 'manual' as const },
  }))
  platform = await startTestPlatform({ seed: { ...seed, channels } })
  client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
  return async () => {
    await platform.close()
    await bot.close()
  }
})

/** For each message of the chat whether the bot has read it. */
const read = async () => {
  const path = `/users/${BROWN}/chats/${BOT.botUserId}/messages`
  const { body } = await platform.control<{ messages: { readBy: string[] }[] }>('GET', path)
  return body.messages.map(({ readBy }) => readBy.includes(BOT.botUserId))
}
const type = async (text: string) => {
  await platform.type(text)
  await platform.settle()
}
/** The tokens that came with the messages. */
const tokens = () =>
  bot.received.flatMap(
    ({ rawBody }) => (JSON.parse(rawBody) as { events: Events }).events.map(({ message }) => message?.markAsReadToken), // as LINE's are
  )
const byToken = (body: unknown, headers = {}) => platform.post('/v2/bot/chat/markAsRead', body, headers)
const byUser = (body: unknown, headers = {}) => platform.post('/v2/bot/message/markAsRead', body, headers)
const old = { authorization: `Bearer ${OLD_BOT.token}` }

describe("a message's read token", () => {
  it('marks that message and all before it', async () => {
    provesEffect('POST /v2/bot/chat/markAsRead', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await type('one')
    await type('two')
    await type('three')
    expect(await read()).toEqual([false, false, false])
    expect(await client.markMessagesAsReadByToken({ markAsReadToken: tokens()[1] ?? '' })).toEqual({})
    expect(await read()).toEqual([true, true, false])
    platform.clock.advance(365 * 24 * 3_600_000)
    await client.markMessagesAsReadByToken({ markAsReadToken: tokens()[2] ?? '' })
    expect(await read()).toEqual([true, true, true])
  })

  it('is of no use to another bot, nor is a text that is none', async () => {
    await type('one')
    const refusal = {
      status: 400,
      body: { message: 'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.' },
    }
    expect(await byToken({ markAsReadToken: tokens()[0] }, old)).toMatchObject(refusal)
    expect(await byToken({ markAsReadToken: 'abc' })).toMatchObject(refusal)
    expect(await byToken({})).toMatchObject({
      status: 400,
      body: { details: [{ message: 'May not be empty', property: 'markAsReadToken' }] },
    })
    expect(await byToken('{"markAsReadToken":5}')).toMatchObject({ status: 400 })
    expect(await read()).toEqual([false])
  })

  it('is not given where messages are read by themselves', async () => {
    const automatic = await startTestPlatform()
    const info = await automatic.api('/v2/bot/info', { headers: { authorization: `Bearer ${BOT.token}` } })
    expect(info.body).toMatchObject({ chatMode: 'bot', markAsReadMode: 'auto' })
    await automatic.type('one')
    const path = `/users/${BROWN}/chats/${BOT.botUserId}/messages`
    const { body } = await automatic.control<{ messages: { readBy: string[] }[] }>('GET', path)
    expect(body.messages[0]?.readBy).toContain(BOT.botUserId)
    await automatic.close()
    expect(await client.getBotInfo()).toMatchObject({ chatMode: 'chat', markAsReadMode: 'manual' })
  })
})

describe('marking as read by user', () => {
  it('marks all that the user has sent', async () => {
    provesEffect('POST /v2/bot/message/markAsRead', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await type('one')
    await type('two')
    const { status, body } = await byUser({ chat: { userId: BROWN } })
    expect([status, body]).toEqual([200, {}])
    expect(await read()).toEqual([true, true])
    expect((await byUser({ chat: { userId: CONY } })).status).toBe(200)
    await client.markMessagesAsRead({ chat: { userId: BROWN } })
  })

  it.each([
    {},
    { chat: {} },
    { chat: { userId: 'nobody' } },
    { chat: { userId: `C${'1'.repeat(32)}` } },
    { chat: { userId: FOREIGNER } },
  ])('is refused for %o', async (body) => {
    expect(await byUser(body)).toMatchObject({
      status: 400,
      body: { message: "The property, 'chat.chatId', in the request body is invalid (line: -, column: -)" },
    })
  })

  it('tells the place of what has a wrong type', async () => {
    expect(await byUser('{"chat": 5}')).toMatchObject({
      body: { message: "The property, 'chat', in the request body is invalid (line: 1, column: 10)" },
    })
  })
})
