// A bot on LINE's official SDK, unmodified, with only its base URL set.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HTTPFetchError, messagingApi, middleware, type webhook } from '@line/bot-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifies } from '../../../../tests/testkit/verifies.ts'
import {
  BOT,
  BROWN,
  CONY,
  FOREIGNER,
  STRANGER,
  startTestPlatform,
  type TestPlatform,
} from './testing/start-test-platform.ts'

let platform: TestPlatform
let client: messagingApi.MessagingApiClient
let bot: Server
let events: webhook.Event[]
let signatureErrors: Error[]

beforeEach(async () => {
  platform = await startTestPlatform()
  client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
  events = []
  signatureErrors = []
  const verify = middleware({ channelSecret: BOT.channelSecret })
  bot = createServer((request, response) => {
    // The SDK's middleware is made for express, whose request is Node's with a body.
    const expressRequest = request as typeof request & { body: webhook.CallbackRequest | undefined }
    void verify(expressRequest, response, (error) => {
      if (error) signatureErrors.push(error)
      else events.push(...(expressRequest.body?.events ?? []))
      response.writeHead(error ? 401 : 200).end()
    })
  })
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve))
  await platform.setWebhook(`http://127.0.0.1:${(bot.address() as AddressInfo).port}/webhook`) // a TCP server's address
})

afterEach(async () => {
  await platform.close()
  await new Promise((resolve) => bot.close(resolve))
})

/** Brown writes; the answer is the event that the bot got. */
async function receive(text: string): Promise<webhook.MessageEvent & { replyToken: string }> {
  await platform.type(text)
  await platform.settle()
  const event = events.at(-1)
  if (event?.type !== 'message' || event.replyToken === undefined)
    throw new Error('no message event with a reply token came')
  return { ...event, replyToken: event.replyToken }
}

const text = (content: string): messagingApi.TextMessage => ({ type: 'text', text: content })

async function failure(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HTTPFetchError)) throw new Error(`the call did not fail as expected: ${String(error)}`)
  return { status: error.status, message: (JSON.parse(error.body) as { message: string }).message } // LINE's error body
}

describe('a bot on the official SDK', () => {
  it('receives what a user writes, with a signature that the SDK accepts', async () => {
    verifies(
      'line.webhook.header-signature',
      'line.webhook.body-events',
      'line.event.type',
      'line.event.timestamp',
      'line.event.source',
      'line.event.source-user',
      'line.event.source-user-id',
      'line.event.message',
      'line.event.message-reply-token',
      'line.event.message-object',
      'line.event.message-text',
      'line.event.message-text-id',
      'line.event.message-text-text',
      'line.overview.receive-message',
      'line.overview.request-signature',
      'line.reference.webhooks',
    )
    const typed = await platform.type('hello 🐻')
    await platform.settle()
    expect(signatureErrors).toEqual([])
    expect(events).toEqual([
      {
        type: 'message',
        mode: 'active',
        timestamp: platform.clock.now(),
        source: { type: 'user', userId: BROWN },
        webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        deliveryContext: { isRedelivery: false },
        replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
        message: { type: 'text', id: typed.id, text: 'hello 🐻', quoteToken: expect.any(String) },
      },
    ])
  })

  it('replies once with a reply token, and not twice', async () => {
    verifies(
      'line.reply.operation',
      'line.reply.token-used-once',
      'line.common.message-invalid-reply-token',
      'line.common.error-message-only',
      'line.overview.use-reply',
      'line.reference.reply',
    )
    const { replyToken } = await receive('hello')
    const answer = await client.replyMessage({ replyToken, messages: [text('hi'), text('there')] })
    expect((await platform.chat()).map(({ message }) => message.text)).toEqual(['hello', 'hi', 'there'])
    expect(answer.sentMessages.map(({ id }) => id)).toEqual((await platform.chat()).slice(1).map(({ id }) => id))
    expect(answer.sentMessages[0]?.quoteToken).toEqual(expect.any(String))
    expect(await failure(client.replyMessage({ replyToken, messages: [text('again')] }))).toEqual({
      status: 400,
      message: 'Invalid reply token',
    })
  })

  it('cannot reply later than a minute after the webhook', async () => {
    verifies('line.reply.token-expires')
    const { replyToken } = await receive('hello')
    platform.clock.advance(60_000)
    expect(await failure(client.replyMessage({ replyToken, messages: [text('late')] }))).toMatchObject({
      message: 'Invalid reply token',
    })
  })

  it('keeps the reply token when the reply is refused for its messages', async () => {
    const { replyToken } = await receive('hello')
    expect(await failure(client.replyMessage({ replyToken, messages: [] }))).toMatchObject({ status: 400 })
    await client.replyMessage({ replyToken, messages: [text('better')] })
    expect((await platform.chat()).at(-1)?.message.text).toBe('better')
  })

  it('cannot use the reply token of another channel', async () => {
    const { replyToken } = await receive('hello')
    const other = await platform.post(
      '/v2/bot/message/reply',
      { replyToken, messages: [text('stolen')] },
      { authorization: 'Bearer long-lived-token-of-the-bot-of-2017' },
    )
    expect(other).toMatchObject({ status: 400, body: { message: 'Invalid reply token' } })
  })

  it('pushes to a friend', async () => {
    verifies('line.push.operation', 'line.overview.use-push', 'line.overview.send-to-one', 'line.reference.push')
    const { sentMessages } = await client.pushMessage({ to: BROWN, messages: [text('news')] })
    expect(await platform.chat()).toMatchObject([
      { id: sentMessages[0]?.id, from: { kind: 'bot', displayName: 'Test Bot' }, message: text('news') },
    ])
  })

  it('is told nothing when a push does not reach a user who blocked it or never knew it', async () => {
    await platform.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
    for (const to of [CONY, STRANGER]) {
      expect((await client.pushMessage({ to, messages: [text('lost')] })).sentMessages).toHaveLength(1)
      expect(await platform.chat(to)).toEqual([])
    }
  })

  it('reaches for seven days whoever wrote without being a friend', async () => {
    await platform.type('who are you?', STRANGER)
    platform.clock.advance(7 * 24 * 3_600_000 - 1)
    await client.pushMessage({ to: STRANGER, messages: [text('a bot')] })
    platform.clock.advance(1)
    await client.pushMessage({ to: STRANGER, messages: [text('too late')] })
    expect((await platform.chat(STRANGER)).map(({ message }) => message.text)).toEqual(['who are you?', 'a bot'])
  })

  it('cannot push to a user of another provider or to a group it is not in', async () => {
    verifies('line.common.message-send-failed')
    for (const to of [FOREIGNER, `C${'0'.repeat(32)}`])
      expect(await failure(client.pushMessage({ to, messages: [text('?')] }))).toEqual({
        status: 400,
        message: 'Failed to send messages',
      })
  })

  it('multicasts to friends, each once, and skips the others', async () => {
    verifies('line.multicast.operation', 'line.multicast.messages', 'line.reference.multicast')
    await client.multicast({ to: [BROWN, CONY, CONY, STRANGER, FOREIGNER], messages: [text('to all of you')] })
    expect(await platform.chat(BROWN)).toHaveLength(1)
    expect(await platform.chat(CONY)).toHaveLength(1)
    expect(await platform.chat(STRANGER)).toEqual([])
  })

  it('broadcasts to every friend', async () => {
    verifies('line.overview.send-to-all-friends')
    await client.broadcast({ messages: [text('everybody')] })
    expect(await platform.chat(BROWN)).toHaveLength(1)
    expect(await platform.chat(CONY)).toHaveLength(1)
    expect(await platform.chat(STRANGER)).toEqual([])
  })

  it('reads profiles of friends and of who wrote, and of nobody else', async () => {
    verifies(
      'line.profile.operation',
      'line.profile.user-id-parameter',
      'line.profile.display-name',
      'line.profile.user-id',
      'line.profile.status-message',
      'line.reference.profile',
      'line.overview.nickname',
    )
    expect(await client.getProfile(BROWN)).toEqual({
      userId: BROWN,
      displayName: 'Brown',
      statusMessage: 'Hello',
      language: 'en',
    })
    expect(await failure(client.getProfile(STRANGER))).toEqual({ status: 404, message: 'Not found' })
    await platform.type('hello', STRANGER)
    expect(await client.getProfile(STRANGER)).toEqual({ userId: STRANGER, displayName: 'Sally' })
    expect(await failure(client.getProfile('brown'))).toEqual({
      status: 400,
      message: "The value for the 'userId' parameter is invalid",
    })
  })

  it('reads who it is itself', async () => {
    expect(await client.getBotInfo()).toEqual({
      userId: BOT.botUserId,
      basicId: '@testbot',
      displayName: 'Test Bot',
      chatMode: 'bot',
      markAsReadMode: 'auto',
    })
  })

  it('sets and reads its webhook URL', async () => {
    await client.setWebhookEndpoint({ endpoint: 'https://bot.example.com/webhook' })
    expect(await client.getWebhookEndpoint()).toEqual({ endpoint: 'https://bot.example.com/webhook', active: true })
    for (const endpoint of [
      'http://bot.example.com/',
      'ftp://bot.example.com/',
      'https://user:pass@bot.example.com/',
      'x',
    ])
      expect(await failure(client.setWebhookEndpoint({ endpoint }))).toEqual({
        status: 400,
        message: 'Invalid webhook endpoint URL',
      })
  })

  it('hears of being added, blocked and unblocked', async () => {
    verifies(
      'line.event.follow',
      'line.event.follow-reply-token',
      'line.event.unfollow',
      'line.overview.receive-operation',
    )
    const act = (action: string) => platform.control('POST', `/users/${STRANGER}/friends/${BOT.botUserId}`, { action })
    expect(await act('add')).toMatchObject({ status: 200, body: { friendship: 'friend' } })
    expect(await act('add')).toMatchObject({ status: 409, body: { message: 'Sally is already a friend of Test Bot.' } })
    await act('block')
    await act('unblock')
    await platform.settle()
    expect(events).toMatchObject([
      { type: 'follow', follow: { isUnblocked: false }, replyToken: expect.any(String), source: { userId: STRANGER } },
      { type: 'unfollow', source: { userId: STRANGER } },
      { type: 'follow', follow: { isUnblocked: true } },
    ])
    expect(events[1]).not.toHaveProperty('replyToken')
  })
})

describe('the timeline', () => {
  it('links a reply back to what the user did', async () => {
    const { replyToken } = await receive('hello')
    await client.replyMessage({ replyToken, messages: [text('hi')] })
    const { body } = await platform.control<{ entries: Record<string, unknown>[]; lastId: number }>(
      'GET',
      '/timeline?after=0',
    )
    const chain: unknown[] = []
    let entry = body.entries.at(-1)
    while (entry !== undefined) {
      chain.unshift(entry.kind)
      const { causeId } = entry
      entry = body.entries.find(({ id }) => id === causeId)
    }
    expect(chain).toEqual(['action', 'event', 'attempt', 'call', 'message'])
  })

  it('holds no token and no secret', async () => {
    await client.pushMessage({ to: BROWN, messages: [text('news')] })
    const form = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }
    const issued = await platform.api<{ access_token: string }>('/v2/oauth/accessToken', {
      method: 'POST',
      body: new URLSearchParams(form),
    })
    const { body } = await platform.control('GET', '/timeline?after=0&limit=1000')
    const shown = JSON.stringify(body)
    expect(shown).toContain('issueChannelToken')
    for (const secret of [BOT.token, BOT.channelSecret, issued.body.access_token]) expect(shown).not.toContain(secret)
  })
})
