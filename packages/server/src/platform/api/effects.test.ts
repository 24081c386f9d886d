// The effect of each operation, seen by another call. What stands in the other tests of this folder is not repeated.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { BOT, BROWN, CONY, startTestPlatform, type TestPlatform, testSeed } from '../testing/start-test-platform.ts'

const GROUP = `C${'9'.repeat(32)}`
const ROOM = `R${'9'.repeat(32)}`
const DAY_MS = 24 * 3_600_000
const messages = [{ type: 'text', text: 'to you' }]
const headers = { authorization: `Bearer ${BOT.token}` }

let platform: TestPlatform
let bot: HttpReceiver

beforeEach(async () => {
  const common = { providerId: 'p1', members: [BROWN, CONY], botChannelId: BOT.channelId }
  platform = await startTestPlatform({
    seed: {
      ...testSeed(),
      groups: [
        { ...common, kind: 'group', chatId: GROUP, name: 'Trip' },
        { ...common, kind: 'room', chatId: ROOM },
      ],
    },
  })
  bot = await startReceiver()
  await platform.setWebhook(bot.url)
})
afterEach(async () => {
  await platform.close()
  await bot.close()
})

const get = async (path: string) => (await platform.api<object>(path, { headers })).body
const act = async (path: string, body: object = {}) => {
  const { status } = await platform.control('POST', path, body)
  expect(status).toBe(200)
  await platform.settle()
}
const texts = async (userId = BROWN) => (await platform.chat(userId)).map(({ message }) => message.text)
const lastEvent = () => JSON.parse(bot.received.at(-1)?.rawBody ?? '{}').events[0]

async function reply(): Promise<void> {
  await platform.type('hello')
  await platform.settle()
  const { status } = await platform.post('/v2/bot/message/reply', { replyToken: lastEvent().replyToken, messages })
  expect(status).toBe(200)
}

describe('sending', () => {
  it('a reply stands in the chat of the event', async () => {
    provesEffect('POST /v2/bot/message/reply', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await reply()
    expect(await texts()).toEqual(['hello', 'to you'])
  })

  it('a push stands in the chat of its receiver alone', async () => {
    provesEffect('POST /v2/bot/message/push', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await platform.post('/v2/bot/message/push', { to: BROWN, messages })
    expect([await texts(BROWN), await texts(CONY)]).toEqual([['to you'], []])
  })

  it('a multicast stands in the chats of those it names', async () => {
    provesEffect('POST /v2/bot/message/multicast', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await platform.post('/v2/bot/message/multicast', { to: [CONY], messages })
    expect([await texts(BROWN), await texts(CONY)]).toEqual([[], ['to you']])
  })

  it('a broadcast stands in the chats of all friends', async () => {
    provesEffect('POST /v2/bot/message/broadcast', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await platform.post('/v2/bot/message/broadcast', { messages })
    expect([await texts(BROWN), await texts(CONY)]).toEqual([['to you'], ['to you']])
  })

  it('replies are counted on the next day', async () => {
    provesEffect('GET /v2/bot/message/delivery/reply', 'POST /v2/bot/message/reply')
    await reply()
    platform.clock.advance(DAY_MS)
    expect(await get('/v2/bot/message/delivery/reply?date=20260101')).toEqual({ status: 'ready', success: 1 })
  })
})

describe('validating', () => {
  /** What is called good is taken when it is sent; nothing was sent before. */
  async function judge(kind: string): Promise<void> {
    expect(await platform.post(`/v2/bot/message/validate/${kind}`, { messages })).toMatchObject({ status: 200 })
    const bad = [{ type: 'text', text: '' }]
    expect((await platform.post(`/v2/bot/message/validate/${kind}`, { messages: bad })).status).toBe(400)
    expect(await texts()).toEqual([])
  }

  it('the messages of a reply agrees with replying', async () => {
    provesEffect('POST /v2/bot/message/validate/reply', 'POST /v2/bot/message/reply')
    await judge('reply')
    await reply()
  })

  it('the messages of a push agrees with pushing', async () => {
    provesEffect('POST /v2/bot/message/validate/push', 'POST /v2/bot/message/push')
    await judge('push')
    expect((await platform.post('/v2/bot/message/push', { to: BROWN, messages })).status).toBe(200)
  })

  it('the messages of a multicast agrees with sending one', async () => {
    provesEffect('POST /v2/bot/message/validate/multicast', 'POST /v2/bot/message/multicast')
    await judge('multicast')
    expect((await platform.post('/v2/bot/message/multicast', { to: [BROWN], messages })).status).toBe(200)
  })

  it('the messages of a broadcast agrees with sending one', async () => {
    provesEffect('POST /v2/bot/message/validate/broadcast', 'POST /v2/bot/message/broadcast')
    await judge('broadcast')
    expect((await platform.post('/v2/bot/message/broadcast', { messages })).status).toBe(200)
  })

  it('the messages of a narrowcast sends nothing', async () => {
    provesEffect('POST /v2/bot/message/validate/narrowcast', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    await judge('narrowcast')
  })
})

describe('reading', () => {
  it("a user's profile is what the user has made of it", async () => {
    provesEffect('GET /v2/bot/profile/{userId}', 'PATCH /_hatoba/users/{userId}')
    await platform.control('PATCH', `/users/${BROWN}`, { displayName: 'Brown Bear' })
    expect(await get(`/v2/bot/profile/${BROWN}`)).toMatchObject({ userId: BROWN, displayName: 'Brown Bear' })
  })

  it("the bot's information is what its owner has made of it", async () => {
    provesEffect('GET /v2/bot/info', 'PATCH /_hatoba/channels/{channelId}')
    await platform.control('PATCH', `/channels/${BOT.channelId}`, { displayName: 'Penguin Post', responseMode: 'chat' })
    expect(await get('/v2/bot/info')).toMatchObject({ displayName: 'Penguin Post', chatMode: 'chat' })
  })

  it('the test of the webhook URL reaches the bot', async () => {
    provesEffect('POST /v2/bot/channel/webhook/test', 'a webhook')
    const { body } = await platform.post('/v2/bot/channel/webhook/test', {})
    expect(body).toMatchObject({ success: true, statusCode: 200 })
    expect(JSON.parse(bot.received[0]?.rawBody ?? '')).toEqual({ destination: BOT.botUserId, events: [] })
  })
})

describe('groups and rooms', () => {
  it("a group's summary has the name that it was given", async () => {
    provesEffect('GET /v2/bot/group/{groupId}/summary', 'PATCH /_hatoba/groups/{chatId}')
    await platform.control('PATCH', `/groups/${GROUP}`, { name: 'Holidays' })
    expect(await get(`/v2/bot/group/${GROUP}/summary`)).toEqual({ groupId: GROUP, groupName: 'Holidays' })
  })

  it("a group's members and their number change when one leaves", async () => {
    provesEffect('GET /v2/bot/group/{groupId}/members/ids', 'POST /_hatoba/users/{userId}/chats/{chatId}/leave')
    provesEffect('GET /v2/bot/group/{groupId}/members/count', 'POST /_hatoba/users/{userId}/chats/{chatId}/leave')
    await act(`/users/${CONY}/chats/${GROUP}/leave`)
    expect(await get(`/v2/bot/group/${GROUP}/members/ids`)).toEqual({ memberIds: [BROWN] })
    expect(await get(`/v2/bot/group/${GROUP}/members/count`)).toEqual({ count: 1 })
  })

  it("a room's members and their number change when one leaves", async () => {
    provesEffect('GET /v2/bot/room/{roomId}/members/ids', 'POST /_hatoba/users/{userId}/chats/{chatId}/leave')
    provesEffect('GET /v2/bot/room/{roomId}/members/count', 'POST /_hatoba/users/{userId}/chats/{chatId}/leave')
    await act(`/users/${CONY}/chats/${ROOM}/leave`)
    expect(await get(`/v2/bot/room/${ROOM}/members/ids`)).toEqual({ memberIds: [BROWN] })
    expect(await get(`/v2/bot/room/${ROOM}/members/count`)).toEqual({ count: 1 })
  })

  it("a member's profile is what the member has made of it", async () => {
    provesEffect('GET /v2/bot/group/{groupId}/member/{userId}', 'PATCH /_hatoba/users/{userId}')
    provesEffect('GET /v2/bot/room/{roomId}/member/{userId}', 'PATCH /_hatoba/users/{userId}')
    await platform.control('PATCH', `/users/${CONY}`, { displayName: 'Cony Rabbit' })
    for (const place of [`group/${GROUP}`, `room/${ROOM}`])
      expect(await get(`/v2/bot/${place}/member/${CONY}`)).toEqual({ userId: CONY, displayName: 'Cony Rabbit' })
  })

  it('the bot is out of a group that it has left', async () => {
    provesEffect('POST /v2/bot/group/{groupId}/leave', 'GET /_hatoba/groups/{chatId}')
    expect((await platform.api(`/v2/bot/group/${GROUP}/leave`, { method: 'POST', headers })).status).toBe(200)
    const { body } = await platform.control<object>('GET', `/groups/${GROUP}`)
    expect(JSON.stringify(body)).not.toContain(BOT.botUserId)
  })

  it('the bot is out of a room that it has left', async () => {
    provesEffect('POST /v2/bot/room/{roomId}/leave', 'GET /_hatoba/groups/{chatId}')
    expect((await platform.api(`/v2/bot/room/${ROOM}/leave`, { method: 'POST', headers })).status).toBe(200)
    const { body } = await platform.control<object>('GET', `/groups/${ROOM}`)
    expect(JSON.stringify(body)).not.toContain(BOT.botUserId)
  })
})

describe('tokens', () => {
  const form = (path: string, fields: Record<string, string>) =>
    platform.api<Record<string, string>>(`/v2/oauth/${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  const credentials = { client_id: BOT.channelId, client_secret: BOT.channelSecret }
  const issue = async () =>
    (await form('accessToken', { ...credentials, grant_type: 'client_credentials' })).body.access_token ?? ''
  const works = async (token: string) =>
    (await platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${token}` } })).status

  it('one that was issued can be called with', async () => {
    provesEffect('POST /v2/oauth/accessToken', 'GET /v2/bot/info')
    expect(await works(await issue())).toBe(200)
  })

  it('one that was issued is told to be valid, and for how long', async () => {
    provesEffect('POST /v2/oauth/verify', 'POST /v2/oauth/accessToken')
    const access_token = await issue()
    platform.clock.advance(5000)
    expect((await form('verify', { access_token })).body).toMatchObject({
      client_id: BOT.channelId,
      expires_in: 2_592_000 - 5,
    })
  })

  it('one that was revoked can be called with no more', async () => {
    provesEffect('POST /v2/oauth/revoke', 'GET /v2/bot/info')
    const access_token = await issue()
    expect(await works(access_token)).toBe(200)
    await fetch(`${platform.url}/v2/oauth/revoke`, { method: 'POST', body: new URLSearchParams({ access_token }) })
    expect(await works(access_token)).toBe(401)
  })
})
