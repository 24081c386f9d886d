// What a bot is told of the messages that it has sent, and quoting by the tokens among it.
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import {
  BOT,
  BROWN,
  CONY,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

const GROUP = `C${'a'.repeat(32)}`
const media = 'https://a.example/file'
const image = { originalContentUrl: media, previewImageUrl: media }

let platform: TestPlatform
let client: messagingApi.MessagingApiClient
beforeEach(async () => {
  const group = { kind: 'group' as const, chatId: GROUP, providerId: 'p1', members: [BROWN, CONY] }
  platform = await startTestPlatform({ seed: { ...testSeed(), groups: [{ ...group, botChannelId: BOT.channelId }] } })
  client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
  return () => platform.close()
})

type Sent = { sentMessages: { id: string; quoteToken?: string }[] }
const push = (to: string, ...messages: object[]) => platform.post<Sent>('/v2/bot/message/push', { to, messages })

describe('the sent messages', () => {
  it('are told in the order of the request, with quote tokens for those that can be quoted', async () => {
    const bubble = { type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [] } }
    const confirm = {
      type: 'confirm',
      text: 'Sure?',
      actions: ['yes', 'no'].map((text) => ({ type: 'message', label: text, text })),
    }
    const quotable = [
      { type: 'text', text: 'one' },
      { type: 'textV2', text: 'two' },
      { type: 'sticker', packageId: '446', stickerId: '1988' },
      { type: 'image', ...image },
      { type: 'video', ...image },
      { type: 'template', altText: 'template', template: confirm },
      { type: 'flex', altText: 'flex', contents: bubble },
    ]
    const others = [
      { type: 'audio', originalContentUrl: media, duration: 1000 },
      { type: 'location', title: 'here', address: 'there', latitude: 1, longitude: 2 },
    ]
    for (const message of quotable)
      expect((await push(BROWN, message)).body).toEqual({
        sentMessages: [{ id: expect.stringMatching(/^\d{18}$/), quoteToken: expect.any(String) }],
      })
    for (const message of others)
      expect((await push(BROWN, message)).body).toEqual({ sentMessages: [{ id: expect.any(String) }] })
    const { body } = await push(BROWN, ...quotable.slice(0, 3), ...others)
    const ids = body.sentMessages.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect((await platform.chat()).slice(-5).map(({ id }) => id)).toEqual(ids)
    expect(body.sentMessages.map(({ quoteToken }) => quoteToken !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('are told to the official SDK', async () => {
    const sent = await client.pushMessage({ to: GROUP, messages: [{ type: 'text', text: 'x' }] })
    expect(sent.sentMessages).toEqual([{ id: expect.any(String), quoteToken: expect.any(String) }])
  })
})

describe('a quote token', () => {
  const quote = (to: string, quoteToken?: string) => push(to, { type: 'text', text: 'indeed', quoteToken })
  const refusal = {
    status: 400,
    body: {
      message: 'The request body has 1 error(s)',
      details: [{ message: 'Invalid quoteToken', property: 'messages[0].quoteToken' }],
    },
  }
  const tokenOf = async (to: string) => (await push(to, { type: 'text', text: 'x' })).body.sentMessages[0]?.quoteToken

  it('quotes a message of the same chat, again and again, for ever', async () => {
    const { sentMessages } = (await push(BROWN, { type: 'text', text: 'I am a bot' })).body
    platform.clock.advance(365 * 24 * 3_600_000)
    for (let i = 0; i < 2; i++) expect((await quote(BROWN, sentMessages[0]?.quoteToken)).status).toBe(200)
    const [, shown] = await platform.chat()
    expect(shown).toMatchObject({ quotedMessageId: sentMessages[0]?.id })
  })

  it('is of no use in another chat, and an invented one in none', async () => {
    const quoteToken = await tokenOf(BROWN)
    expect(await quote(CONY, quoteToken)).toMatchObject(refusal)
    expect(await quote(GROUP, quoteToken)).toMatchObject(refusal)
    expect(await quote(BROWN, 'invented')).toMatchObject(refusal)
    expect((await quote(GROUP, await tokenOf(GROUP))).status).toBe(200)
    expect(await platform.chat(CONY)).toEqual([])
  })

  it('stays good when the text is edited or taken back', async () => {
    const bot = await startReceiver()
    onTestFinished(() => bot.close())
    await platform.setWebhook(bot.url)
    const path = `/users/${BROWN}/chats/${GROUP}/messages`
    const { body } = await platform.control<{ message: { id: string } }>('POST', path, { type: 'text', text: 'helo' })
    await platform.control('POST', `${path}/${body.message.id}/edit`, { text: 'hello' })
    await platform.settle()
    const tokens = bot.received.flatMap(({ rawBody }) =>
      Array.from(rawBody.matchAll(/"quoteToken":"([^"]+)"/g), ([, token]) => token),
    )
    expect(new Set(tokens).size).toBe(2)
    for (const quoteToken of tokens) expect((await quote(GROUP, quoteToken)).status).toBe(200)
    await platform.control('POST', `${path}/${body.message.id}/unsend`, {})
    expect((await quote(GROUP, tokens[0])).status).toBe(200)
  })

  it('did not exist in 2017', async () => {
    const headers = { authorization: `Bearer ${OLD_BOT.token}` }
    const messages = [{ type: 'text', text: 'x', quoteToken: 'invented' }]
    expect((await platform.post('/v2/bot/message/push', { to: BROWN, messages }, headers)).status).toBe(200)
  })
})
