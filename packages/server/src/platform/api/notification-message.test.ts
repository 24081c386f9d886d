// LINE notification messages: to the SHA-256 of a phone number.
import { createHash } from 'node:crypto'
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import {
  BOT,
  BROWN,
  CONY,
  FOREIGNER,
  OLD_BOT,
  STRANGER,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

const digest = (phoneNumber: string) => createHash('sha256').update(phoneNumber).digest('hex')
const BROWN_NUMBER = '+818000001234'
const STRANGER_NUMBER = '+66812345678'
const FOREIGN_NUMBER = '+81900000000'
const AMERICAN_NUMBER = '+12025550123'
const TAG = '15034552939884E28681A7D668CEA94C147C716C0EC9DFE8B80B44EF3B57F6BD0602366BC3menu01'
const DAY_MS = 24 * 3_600_000
const messages = [{ type: 'text', text: 'Hello, world1' }]

let platform: TestPlatform

beforeEach(async () => {
  const seed = testSeed()
  const numbers: Record<string, string> = {
    [BROWN]: BROWN_NUMBER,
    [STRANGER]: STRANGER_NUMBER,
    [FOREIGNER]: FOREIGN_NUMBER,
    [CONY]: AMERICAN_NUMBER,
  }
  const users = seed.users.map((user) => {
    const phoneNumber = numbers[user.userId]
    return phoneNumber === undefined ? user : { ...user, phoneNumber }
  })
  platform = await startTestPlatform({ seed: { ...seed, users } })
  return () => platform.close()
})

const pushByPhone = (body: object, headers: Record<string, string> = {}) =>
  platform.post('/bot/pnp/push', body, headers)
const block = (userId: string) =>
  platform.control('POST', `/users/${userId}/friends/${BOT.botUserId}`, { action: 'block' })

/** Where the channel's webhooks go. */
async function receiveWebhooks(channelId = BOT.channelId): Promise<HttpReceiver> {
  const bot = await startReceiver()
  onTestFinished(() => bot.close())
  await platform.setWebhook(bot.url, {}, channelId)
  return bot
}

const eventsOf = ({ received }: HttpReceiver): unknown[] =>
  received.flatMap(({ rawBody }) => (JSON.parse(rawBody) as { events: unknown[] }).events) // as LINE's webhooks are

describe('a notification', () => {
  it('reaches the user of the number, friend or not, and tells the bot with the tag', async () => {
    provesEffect('POST /bot/pnp/push', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    provesEffect('POST /bot/pnp/push', 'a webhook')
    const bot = await receiveWebhooks()
    const answer = await pushByPhone({ to: digest(STRANGER_NUMBER), messages }, { 'x-line-delivery-tag': TAG })
    expect([answer.status, answer.body]).toEqual([200, {}])
    expect((await platform.chat(STRANGER)).map(({ message }) => message)).toEqual(messages)
    await platform.settle()
    expect(bot.received.map(({ rawBody }) => JSON.parse(rawBody))).toEqual([
      {
        destination: BOT.botUserId,
        events: [
          {
            type: 'delivery',
            delivery: { data: TAG },
            webhookEventId: expect.stringMatching(/^[0-9A-Z]{26}$/),
            deliveryContext: { isRedelivery: false },
            timestamp: platform.clock.now(),
            mode: 'active',
          },
        ],
      },
    ])
  })

  it('tells the bot the digest where there was no tag', async () => {
    const bot = await receiveWebhooks()
    await pushByPhone({ to: digest(BROWN_NUMBER).toUpperCase(), messages })
    await platform.settle()
    expect(eventsOf(bot)).toMatchObject([{ delivery: { data: digest(BROWN_NUMBER) } }])
  })

  it('is taken but not delivered where the user has blocked the bot', async () => {
    const bot = await receiveWebhooks()
    await block(BROWN)
    await platform.settle()
    bot.received.length = 0
    expect((await pushByPhone({ to: digest(BROWN_NUMBER), messages })).status).toBe(200)
    await platform.settle()
    expect(eventsOf(bot)).toEqual([])
    expect(await platform.chat(BROWN)).toEqual([])
  })

  it('raises no event for a bot of 2017, which knew of none', async () => {
    const bot = await receiveWebhooks(OLD_BOT.channelId)
    const headers = { authorization: `Bearer ${OLD_BOT.token}` }
    expect((await pushByPhone({ to: digest(BROWN_NUMBER), messages }, headers)).status).toBe(200)
    expect(await platform.chat(BROWN, OLD_BOT.botUserId)).toHaveLength(1)
    await platform.settle()
    expect(eventsOf(bot)).toEqual([])
  })

  it.each([
    ['nobody', digest('+810000000')],
    ['a user of another provider', digest(FOREIGN_NUMBER)],
    ['a user of a country that is not served', digest(AMERICAN_NUMBER)],
  ])('for %s fails', async (_whom, to) => {
    expect(await pushByPhone({ to, messages })).toMatchObject({
      status: 422,
      body: { message: 'Failed to send messages' },
    })
  })

  it('fails where the user refuses notifications', async () => {
    const seed = testSeed()
    const users = seed.users.map((user) => ({
      ...user,
      ...(user.userId === BROWN && { phoneNumber: BROWN_NUMBER, notifications: 'refused' as const }),
    }))
    const other = await startTestPlatform({ seed: { ...seed, users } })
    onTestFinished(() => other.close())
    expect((await other.post('/bot/pnp/push', { to: digest(BROWN_NUMBER), messages })).status).toBe(422)
  })

  it('is sent by the official SDK, and counted by itself', async () => {
    provesEffect('GET /v2/bot/message/delivery/pnp', 'POST /bot/pnp/push')
    const client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
    const request = { to: digest(BROWN_NUMBER), messages: [{ type: 'text' as const, text: 'x' }] }
    await client.pushMessagesByPhone(request, TAG)
    expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 0 })
    platform.clock.advance(DAY_MS)
    expect(await client.getPNPMessageStatistics('20260101')).toMatchObject({ status: 'ready', success: 1 })
  })

  it('takes no retry key', async () => {
    const headers = { 'x-line-retry-key': '123e4567-e89b-42d3-a456-426614174000' }
    expect(await pushByPhone({ to: digest(BROWN_NUMBER), messages }, headers)).toMatchObject({
      status: 400,
      body: { message: 'X-Line-Retry-Key is not supported for this API' },
    })
  })
})

describe('a bad notification', () => {
  it('lists what is wrong with recipient and messages together', async () => {
    expect(await pushByPhone({ to: 'abc', messages: [{ type: 'text', text: '' }] })).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 2 error(s)',
        details: [
          { message: 'The value must be a valid SHA-256 digest.', property: 'to' },
          { message: 'May not be empty', property: 'messages[0].text' },
        ],
      },
    })
    expect((await pushByPhone({ messages })).body).toEqual({
      message: 'The request body has 1 error(s)',
      details: [{ message: 'May not be empty', property: 'to' }],
    })
  })

  it('may not hold images, films or sounds', async () => {
    const image = {
      type: 'image',
      originalContentUrl: 'https://a.example/1.jpg',
      previewImageUrl: 'https://a.example/2.jpg',
    }
    const { status, body } = await pushByPhone({ to: digest(BROWN_NUMBER), messages: [...messages, image] })
    expect([status, body]).toMatchObject([400, { details: [{ property: 'messages[1].type' }] }])
  })

  it('is told the place of what has a wrong type', async () => {
    expect(await platform.post('/bot/pnp/push', '{\n  "to": 5,\n  "messages": []\n}')).toMatchObject({
      status: 400,
      body: { message: "The property, 'to', in the request body is invalid (line: 2, column: 9)" },
    })
    expect((await platform.post('/bot/pnp/push', '[]')).body).toEqual({
      message: 'The request body could not be parsed as JSON (line: 1, column: 1)',
    })
  })

  it.each(['x'.repeat(15), 'x'.repeat(101)])('is refused for the delivery tag %s', async (tag) => {
    const answer = await pushByPhone({ to: digest(BROWN_NUMBER), messages }, { 'x-line-delivery-tag': tag })
    expect(answer.status).toBe(400)
    expect(await platform.chat(BROWN)).toEqual([])
  })

  it.each(['x'.repeat(16), 'x'.repeat(100)])('is not refused for the delivery tag %s', async (tag) => {
    const answer = await pushByPhone({ to: digest(BROWN_NUMBER), messages }, { 'x-line-delivery-tag': tag })
    expect(answer.status).toBe(200)
  })
})

describe('a templated notification', () => {
  const whole = {
    to: digest(BROWN_NUMBER),
    templateKey: 'shipment_completed_ja',
    body: {
      emphasizedItem: { itemKey: 'date_002_ja', content: 'Sat, August 10' },
      items: [
        { itemKey: 'time_range_001_ja', content: 'A.M.' },
        { itemKey: 'name_010_ja', content: 'Frozen Soup Set' },
      ],
      buttons: [{ buttonKey: 'contact_ja', url: 'https://example.com/ContactUs/' }],
    },
  }
  const send = (body: object, headers: Record<string, string> = {}) =>
    platform.post('/v2/bot/message/pnp/templated/push', body, headers)
  const changed = (body: object) => send({ ...whole, body: { ...whole.body, ...body } })

  it('is accepted, shown, told to the bot and counted by itself', async () => {
    provesEffect('POST /v2/bot/message/pnp/templated/push', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    provesEffect('GET /v2/bot/message/delivery/pnp/templated', 'POST /v2/bot/message/pnp/templated/push')
    const bot = await receiveWebhooks()
    const answer = await send(whole, { 'x-line-delivery-tag': TAG })
    expect([answer.status, answer.body]).toEqual([202, {}])
    const [shown] = await platform.chat(BROWN)
    expect(shown?.message).toMatchObject({ type: 'flex', altText: 'shipment_completed_ja' })
    expect(JSON.stringify(shown?.message)).toContain('Frozen Soup Set')
    await platform.settle()
    expect(eventsOf(bot)).toMatchObject([{ type: 'delivery', delivery: { data: TAG } }])
    platform.clock.advance(DAY_MS)
    const headers = { authorization: `Bearer ${BOT.token}` }
    const count = async (kind: string) =>
      (await platform.api(`/v2/bot/message/delivery/${kind}?date=20260101`, { headers })).body
    expect(await count('pnp/templated')).toEqual({ status: 'ready', success: 1 })
    expect(await count('pnp')).toEqual({ status: 'ready', success: 0 })
  })

  it('needs no body', async () => {
    expect((await send({ to: whole.to, templateKey: whole.templateKey })).status).toBe(202)
  })

  it('is refused for a template that there is not', async () => {
    expect(await send({ ...whole, templateKey: 'reserve_004' })).toMatchObject({
      status: 400,
      body: {
        message: 'Invalid templateKey: reserve_004',
        details: [
          {
            message: "The specified template doesn't exist, or you don't have the permission",
            property: 'templateKey',
          },
        ],
      },
    })
  })

  it('is refused for an item that there is not', async () => {
    expect(await changed({ items: [{ itemKey: 'datetime_000', content: 'x' }] })).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 1 invalid key(s).',
        details: [
          { message: 'The specified item key does not exist: datetime_000', property: 'body.items[0].itemKey' },
        ],
      },
    })
    expect(await changed({ buttons: [{ buttonKey: 'x', url: 'https://a.example' }] })).toMatchObject({
      status: 400,
      body: { details: [{ property: 'body.buttons[0].buttonKey' }] },
    })
  })

  it('is refused for an item that stands twice', async () => {
    expect(await changed({ items: [{ itemKey: 'date_002_ja', content: 'x' }] })).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 1 error(s)',
        details: [
          {
            message: 'Duplicate itemKey in items or between emphasizedItem and items are not allowed: date_002_ja',
            property: 'body.emphasizedItem.itemKey',
          },
        ],
      },
    })
    const item = { itemKey: 'name_010_ja', content: 'x' }
    expect(await changed({ items: [item, item] })).toMatchObject({
      body: { details: [{ property: 'body.items[1].itemKey' }] },
    })
  })

  it.each<[string, object, string]>([
    [
      'an emphasized item over 15 characters',
      { emphasizedItem: { itemKey: 'a_ja', content: 'x'.repeat(16) } },
      'body.emphasizedItem.content',
    ],
    [
      'an item over 300 characters',
      { items: [{ itemKey: 'a_ja', content: 'x'.repeat(301) }] },
      'body.items[0].content',
    ],
    ['an item without content', { items: [{ itemKey: 'a_ja' }] }, 'body.items[0].content'],
    ['an item without key', { items: [{ content: 'x' }] }, 'body.items[0].itemKey'],
    [
      '16 items',
      { items: Array.from({ length: 16 }, (_, i) => ({ itemKey: `a_${i}_ja`, content: 'x' })) },
      'body.items',
    ],
    [
      '3 buttons',
      { buttons: Array.from({ length: 3 }, (_, i) => ({ buttonKey: `a_${i}_ja`, url: 'https://a.example' })) },
      'body.buttons',
    ],
    [
      'a button over 1000 characters',
      { buttons: [{ buttonKey: 'a_ja', url: `https://a.example/${'x'.repeat(1000)}` }] },
      'body.buttons[0].url',
    ],
    ['a button to no URL', { buttons: [{ buttonKey: 'a_ja', url: 'nowhere' }] }, 'body.buttons[0].url'],
  ])('is refused for %s', async (_what, body, property) => {
    const answer = await changed(body)
    expect(answer).toMatchObject({
      status: 400,
      body: { message: 'The request body has 1 error(s)', details: [{ property }] },
    })
  })

  it('is refused for its recipient as any notification is', async () => {
    expect(await send({ ...whole, to: 'abc' })).toMatchObject({
      status: 400,
      body: { details: [{ message: 'The value must be a valid SHA-256 digest.', property: 'to' }] },
    })
    expect((await send({ ...whole, to: digest('+8100') })).status).toBe(422)
    expect((await send({ ...whole, body: 'x' })).status).toBe(400)
    expect((await send({ ...whole, body: { items: {} } })).status).toBe(400)
  })
})
