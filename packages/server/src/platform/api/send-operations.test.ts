// What holds for every operation that sends, in both profiles; and what becomes of tokens in 2017.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import {
  BOT,
  BROWN,
  CONY,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

let platform: TestPlatform
const SENT = { sentMessages: [{ id: expect.any(String), quoteToken: expect.any(String) }] }
const text = (content: string) => ({ type: 'text', text: content })
const PICTURE = 'https://profile.example/brown.jpg'

beforeEach(async () => {
  const seed = testSeed()
  const users = seed.users.map((user) => (user.userId === BROWN ? { ...user, pictureUrl: PICTURE } : user))
  const friendships = [...seed.friendships, { channelId: OLD_BOT.channelId, userId: CONY }]
  platform = await startTestPlatform({ seed: { ...seed, users, friendships } })
})
afterEach(() => platform.close())

/** A reply token of the bot, fresh from a webhook. */
async function replyToken(bot: typeof BOT): Promise<string> {
  const webhook = await startReceiver()
  await platform.setWebhook(webhook.url, {}, bot.channelId)
  await platform.type('hello', BROWN, bot.botUserId)
  await platform.settle()
  await webhook.close()
  return JSON.parse(webhook.received[0]?.rawBody ?? '').events[0].replyToken
}

describe.each([
  ['current', BOT],
  ['2017', OLD_BOT],
] as const)('in the %s profile', (profile, bot) => {
  const token = { authorization: `Bearer ${bot.token}` }
  const post = (operation: string, body: unknown, headers: Record<string, string> = {}) =>
    platform.post(`/v2/bot/message/${operation}`, body, { ...token, ...headers })
  const receiver = async (operation: string): Promise<object> => {
    if (operation === 'reply') return { replyToken: await replyToken(bot) }
    if (operation === 'push') return { to: BROWN }
    return operation === 'multicast' ? { to: [BROWN, CONY] } : {}
  }
  const botTexts = async (userId: string) =>
    (await platform.chat(userId, bot.botUserId))
      .filter(({ from }) => from.kind === 'bot')
      .map((one) => one.message.text)

  it.each(['reply', 'push', 'multicast', 'broadcast'])('%s sends, and answers in its form', async (operation) => {
    verifies(
      'line.reply.response',
      'line.push.response',
      'line.multicast.response',
      'line.overview.send-to-one',
      'line.overview.send-to-all-friends',
    )
    const answer = await post(operation, { ...(await receiver(operation)), messages: [text('to you')] })
    const withIds = profile === 'current' && (operation === 'reply' || operation === 'push')
    expect([answer.status, answer.body]).toEqual([200, withIds ? SENT : {}])
    expect(await botTexts(BROWN)).toEqual(['to you'])
    expect(await botTexts(CONY)).toEqual(operation === 'multicast' || operation === 'broadcast' ? ['to you'] : [])
  })

  it.each(['reply', 'push', 'multicast', 'broadcast'])('%s takes five messages and no more', async (operation) => {
    verifies('line.reply.messages-max-5', 'line.push.messages-max-5', 'line.multicast.messages-max-5')
    const to = await receiver(operation)
    const six = await post(operation, { ...to, messages: Array(6).fill(text('too many')) })
    expect([six.status, six.body]).toEqual([
      400,
      {
        message: 'The request body has 1 error(s)',
        details: [{ message: 'Size must be between 1 and 5', property: 'messages' }],
      },
    ])
    expect((await post(operation, { ...to, messages: Array(5).fill(text('just right')) })).status).toBe(200)
    expect(await botTexts(BROWN)).toEqual(Array(5).fill('just right'))
  })

  it.each(['reply', 'push', 'multicast', 'broadcast'])('%s takes JSON alone', async (operation) => {
    verifies('line.reply.header-content-type', 'line.push.header-content-type', 'line.multicast.header-content-type')
    const body = { ...(await receiver(operation)), messages: [text('as JSON')] }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])
      expect(await post(operation, body, { 'content-type': type })).toMatchObject({
        status: profile === '2017' ? 400 : 415, // LINE reference 2017, "Status codes", has no 415
        body: { message: `The content type, ${type}, is not supported` },
      })
    expect((await post(operation, body, { 'content-type': 'application/json; charset=UTF-8' })).status).toBe(200)
  })

  it('a multicast names at most so many users as the profile has', async () => {
    verifies('line.multicast.to', 'line.multicast.to-max-150')
    const most = profile === '2017' ? 150 : 500
    const users = Array.from({ length: most + 1 }, (_, i) => `U${(i + 100).toString(16).padStart(32, '0')}`)
    const refused = await post('multicast', { to: users, messages: [text('hi')] })
    expect(refused.body).toEqual({
      message: 'The request body has 1 error(s)',
      details: [{ message: `Size must be between 1 and ${most}`, property: 'to' }],
    })
    expect((await post('multicast', { to: [BROWN, ...users.slice(2)], messages: [text('hi')] })).status).toBe(200)
    expect(await botTexts(BROWN)).toEqual(['hi'])
  })

  it('a profile has picture and status message, or lacks them', async () => {
    verifies('line.profile.picture-url', 'line.profile.status-message')
    const profileOf = async (userId: string) =>
      (await platform.api(`/v2/bot/profile/${userId}`, { headers: token })).body
    expect(await profileOf(BROWN)).toEqual({
      displayName: 'Brown',
      userId: BROWN,
      pictureUrl: PICTURE,
      statusMessage: 'Hello',
      ...(profile === 'current' && { language: 'en' }),
    })
    expect(await profileOf(CONY)).toEqual({ displayName: 'Cony', userId: CONY })
  })

  it('a profile is not told of a user who does not consent', async () => {
    await platform.control('PATCH', `/users/${BROWN}`, { consent: false })
    expect(await platform.api(`/v2/bot/profile/${BROWN}`, { headers: token })).toMatchObject({
      status: 404,
      body: { message: 'Not found' },
    })
  })
})

describe('a channel access token', () => {
  const form = (path: string, fields: Record<string, string>) =>
    platform.api<object>(`/v2/oauth/${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  const credentials = { client_id: OLD_BOT.channelId, client_secret: OLD_BOT.channelSecret }

  it('cannot be refreshed', async () => {
    verifies('line.token.issue.no-refresh')
    const issued = await form('accessToken', { ...credentials, grant_type: 'client_credentials' })
    expect(Object.keys(issued.body)).toEqual(['access_token', 'expires_in', 'token_type'])
    const { access_token: refresh_token = '' } = issued.body as Record<string, string> // its properties were just seen
    expect((await form('accessToken', { ...credentials, grant_type: 'refresh_token', refresh_token })).status).toBe(400)
  })

  it('is not revoked by a form without one', async () => {
    verifies('line.token.revoke.error', 'line.token.revoke.error-description')
    const missing = { error: 'invalid_request', error_description: 'some parameters missed or invalid' }
    for (const fields of [{}, { access_token: '' }, { token: 'x' }] as Record<string, string>[])
      expect(await form('revoke', fields)).toMatchObject({ status: 400, body: missing })
    expect((await form('revoke', { access_token: 'with spaces in it' })).body).toEqual({ error: 'invalid_request' })
  })

  it('stands with the other credentials where channels are managed', async () => {
    verifies('line.overview.console-credentials')
    const { body } = await platform.control('GET', `/channels/${OLD_BOT.channelId}/credentials`)
    expect(body).toEqual({
      channelId: OLD_BOT.channelId,
      channelSecret: OLD_BOT.channelSecret,
      mid: `u${OLD_BOT.botUserId.slice(1)}`,
      channelAccessTokens: [OLD_BOT.token],
    })
    expect((await platform.control('GET', '/channels/1/credentials')).status).toBe(404)
  })
})
