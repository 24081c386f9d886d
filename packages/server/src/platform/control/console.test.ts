import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { renderSVG } from 'uqr'
import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, CONY, FOREIGNER, OLD_BOT, STRANGER, startTestPlatform } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  return () => world.close()
})

const control = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
  world.platform.control<T>(method, path, body)
const set = (change: object, channelId = BOT.channelId) => control('PATCH', `/channels/${channelId}`, change)
const chatOf = async (userId: string) => (await world.platform.chat(userId)).map(({ message }) => message.text)

it('an upload that breaks off is no failure of the platform', async () => {
  const said: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) })
  const dataDir = mkdtempSync(join(tmpdir(), 'hatoba-upload-'))
  const platform = await startTestPlatform({ log, dataDir })
  const headers = { 'content-type': 'image/png', 'content-length': 1000 }
  const upload = request(`${platform.controlUrl}/uploads`, { method: 'POST', headers })
  upload.on('error', () => undefined)
  upload.write('half')
  const arrived = () =>
    readdirSync(join(dataDir, 'content')).map((file) => statSync(join(dataDir, 'content', file)).size)
  await expect.poll(arrived).toEqual([4])
  upload.destroy()
  await expect.poll(arrived).toEqual([])
  await platform.close()
  rmSync(dataDir, { recursive: true })
  expect(said).toEqual([])
})

describe('a new channel', () => {
  it('is made whole, with its webhook off', async () => {
    const made = await control<Record<string, string>>('POST', '/channels', {
      providerId: 'p1',
      displayName: 'New Bot',
      description: 'A bot',
      category: 'Shops',
      subcategory: 'Books',
      iconUrl: 'https://example.com/icon.png',
      premiumId: '@newbot',
      webhookUrl: 'https://example.com/hook',
    })
    expect(made.status).toBe(201)
    const { channelId, channelSecret, channelAccessToken, botUserId, ...shown } = made.body
    expect(channelId).toMatch(/^\d{10}$/)
    expect(channelSecret).toMatch(/^[0-9a-f]{32}$/)
    expect(botUserId).toMatch(/^U[0-9a-f]{32}$/)
    expect(shown).toMatchObject({
      kind: 'messaging',
      profile: 'current',
      basicId: expect.stringMatching(/^@\d{3}[a-z]{5}$/),
      addFriendUrl: 'https://line.me/R/ti/p/%40newbot',
      webhook: { url: 'https://example.com/hook', use: false },
      settings: { responseMode: 'bot', joinGroups: false, beacons: false },
      about: { category: 'Shops', subcategory: 'Books' },
    })
    const info = await world.platform.api<{ displayName: string }>('/v2/bot/info', {
      headers: { authorization: `Bearer ${channelAccessToken}` },
    })
    expect(info.body.displayName).toBe('New Bot')
    const state = await control('GET', '/state')
    expect(JSON.stringify(state.body)).not.toContain(channelSecret)
  })

  it('may be a Login channel', async () => {
    const body = { providerId: 'p1', kind: 'login', displayName: 'Login', callbackUrls: ['https://example.com/cb'] }
    const made = await control<{ channelId: string }>('POST', '/channels', body)
    expect(made).toMatchObject({ status: 201, body: { kind: 'login', channelSecret: expect.any(String) } })
    const changed = await set({ linkedChannelId: BOT.channelId, description: 'x' }, made.body.channelId)
    expect(changed.body).toMatchObject({ linkedChannelId: BOT.channelId, about: { description: 'x' } })
    expect(changed.body).not.toHaveProperty('channelSecret')
    expect((await set({ linkedChannelId: null }, made.body.channelId)).body).not.toHaveProperty('linkedChannelId')
  })

  it('wants a provider that is there and ids that are free', async () => {
    const body = { providerId: 'p1', displayName: 'x' }
    expect((await control('POST', '/channels', { ...body, providerId: 'p9' })).status).toBe(409)
    expect((await control('POST', '/channels', { ...body, basicId: '@testbot' })).status).toBe(409)
    expect((await control('POST', '/channels', { ...body, webhookUrl: 'http://127.0.0.1/' })).status).toBe(400)
    expect((await control('POST', '/channels', { displayName: 'x' })).status).toBe(400)
    const provider = await control<{ providerId: string }>('POST', '/providers', { name: 'Third' })
    const made = await control('POST', '/channels', { ...body, providerId: provider.body.providerId, basicId: '@free' })
    expect(made.status).toBe(201)
  })
})

describe('the QR code', () => {
  it('is a picture of the link by which people add the bot', async () => {
    const answer = await fetch(`${world.platform.controlUrl}/channels/${BOT.channelId}/qr.svg`)
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
    expect(await answer.text()).toBe(renderSVG('https://line.me/R/ti/p/%40testbot'))
  })
})

describe('a long-lived token', () => {
  it('ends when the console issues another', async () => {
    const { body } = await control<{ channelAccessToken: string }>('POST', `/channels/${BOT.channelId}/access-token`)
    const info = (token: string) =>
      world.platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${token}` } })
    expect((await info(BOT.token)).status).toBe(401)
    expect((await info(body.channelAccessToken)).status).toBe(200)
  })
})

describe('a channel setting', () => {
  it('greets whoever adds the account', async () => {
    await set({ greeting: 'Welcome!' })
    await world.done(`/users/${STRANGER}/friends/${BOT.botUserId}`, { action: 'add' })
    expect(world.event().type).toBe('follow')
    expect(await chatOf(STRANGER)).toEqual(['Welcome!'])
    await set({ greeting: null })
    await world.done(`/users/${STRANGER}/friends/${BOT.botUserId}`, { action: 'block' })
    await world.done(`/users/${STRANGER}/friends/${BOT.botUserId}`, { action: 'unblock' })
    expect(await chatOf(STRANGER)).toEqual(['Welcome!'])
  })

  it('answers by itself while no people do', async () => {
    await set({ autoResponse: 'We are closed.' })
    await world.platform.type('hello')
    expect(await chatOf(BROWN)).toEqual(['hello', 'We are closed.'])
    await set({ responseMode: 'chat' })
    await world.platform.type('anybody?')
    expect(await chatOf(BROWN)).toEqual(['hello', 'We are closed.', 'anybody?'])
  })

  it('"chat" keeps the webhook today and silences it in 2017', async () => {
    for (const { channelId } of [BOT, OLD_BOT]) await set({ responseMode: 'chat' }, channelId)
    await world.platform.type('to the bot of today')
    await world.platform.type('to that of 2017', BROWN, OLD_BOT.botUserId)
    await world.platform.settle()
    expect(world.event().message?.text).toBe('to the bot of today')
  })

  it('refuses what is no setting', async () => {
    for (const change of [
      { responseMode: 'robot' },
      { beacons: 1 },
      { greeting: '' },
      { premiumId: 'x' },
      { wifi: true },
    ])
      expect((await set(change)).status).toBe(400)
  })
})

describe('Verify', () => {
  it("sends 2017's two dummy events, and none today", async () => {
    verifies('line.webhook.body-events')
    const today = await control('POST', `/channels/${BOT.channelId}/verify-webhook`)
    expect(today.body).toMatchObject({ success: true, status: 200 })
    expect(world.events()).toEqual([])
    await control('POST', `/channels/${OLD_BOT.channelId}/verify-webhook`)
    expect(world.events()).toMatchObject([
      { replyToken: '0'.repeat(32), message: { id: '100001', type: 'text', text: 'Hello, world' } },
      { replyToken: 'f'.repeat(32), message: { id: '100002', type: 'sticker', packageId: '1', stickerId: '1' } },
    ])
    const log = await control<{ attempts: object[] }>('GET', `/channels/${BOT.channelId}/webhook-attempts`)
    expect(log.body.attempts).toEqual([])
  })
})

describe('a user', () => {
  it('is made with an id of its own, and may have neither picture nor status', async () => {
    const { status, body } = await control<{ userId: string }>('POST', '/users', {
      providerId: 'p1',
      displayName: 'Moon',
    })
    expect(status).toBe(201)
    expect(body).toEqual({
      userId: expect.stringMatching(/^U[0-9a-f]{32}$/),
      providerId: 'p1',
      displayName: 'Moon',
      consent: true,
      useBeacon: false,
      bluetooth: true,
    })
    await world.done(`/users/${body.userId}/friends/${BOT.botUserId}`, { action: 'add' })
    const profile = await world.platform.api(`/v2/bot/profile/${body.userId}`, {
      headers: { authorization: `Bearer ${BOT.token}` },
    })
    expect(profile.body).toEqual({ userId: body.userId, displayName: 'Moon' })
  })

  it('changes profile and settings, and takes them back', async () => {
    const path = `/users/${BROWN}`
    const changed = await control('PATCH', path, {
      statusMessage: 'Busy',
      phoneNumber: '+819012345678',
      useBeacon: true,
    })
    expect(changed.body).toMatchObject({ statusMessage: 'Busy', phoneNumber: '+819012345678', useBeacon: true })
    expect((await control('PATCH', path, { statusMessage: null })).body).not.toHaveProperty('statusMessage')
    expect((await control('PATCH', `/users/${CONY}`, { phoneNumber: '+819012345678' })).status).toBe(409)
    for (const bad of [{ displayName: '' }, { pictureUrl: 'x' }, { phoneNumber: '090' }, { userId: CONY }])
      expect((await control('PATCH', path, bad)).status).toBe(400)
  })

  it('has another id with each provider', async () => {
    const other = await control<{ userId: string }>('POST', `/users/${BROWN}/ids`, { providerId: 'p2' })
    expect(other).toMatchObject({ status: 201, body: { providerId: 'p2', displayName: 'Brown' } })
    expect(other.body.userId).not.toBe(BROWN)
    const again = await control<{ userId: string }>('POST', `/users/${BROWN}/ids`, { providerId: 'p2' })
    expect(again.body.userId).toBe(other.body.userId)
    await control('PATCH', `/users/${BROWN}`, { displayName: 'Brown Bear' })
    expect((await control('GET', `/users/${other.body.userId}`)).body.displayName).toBe('Brown Bear')
    expect((await control('GET', `/users/${FOREIGNER}`)).body.displayName).toBe('Moon')
  })
})

describe('everything that is set and done', () => {
  it('is there again after a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hatoba-console-'))
    try {
      const first = await startTestPlatform({ dataDir })
      const login = { providerId: 'p1', kind: 'login', displayName: 'Login' }
      await first.control('POST', '/channels', login)
      await first.control('PATCH', `/channels/${BOT.channelId}`, { joinGroups: true, greeting: 'Hi', description: 'd' })
      await first.control('PATCH', `/users/${CONY}`, { consent: false })
      const group = await first.control<{ chatId: string }>('POST', `/users/${BROWN}/groups`, {
        kind: 'group',
        name: 'g',
        members: [CONY],
        botUserId: BOT.botUserId,
      })
      const chat = `/users/${BROWN}/chats/${group.body.chatId}/messages`
      const upload = await fetch(`${first.controlUrl}/uploads`, { method: 'POST', body: 'bytes of a file' })
      const { uploadId } = (await upload.json()) as { uploadId: string } // as the control API says
      await first.control('POST', chat, { type: 'file', uploadId, fileName: 'f.txt' })
      const edited = await first.control<{ message: { id: string } }>('POST', chat, { type: 'text', text: 'before' })
      await first.control('POST', `${chat}/${edited.body.message.id}/edit`, { text: 'after' })
      const unsent = await first.control<{ message: { id: string } }>('POST', chat, { type: 'text', text: 'gone' })
      await first.control('POST', `${chat}/${unsent.body.message.id}/unsend`)
      const before = { state: await first.control('GET', '/state'), chat: await first.control('GET', chat) }
      await first.close()

      const second = await startTestPlatform({ dataDir })
      expect((await second.control('GET', '/state')).body).toEqual(before.state.body)
      const after = await second.control<{ messages: { content?: { url: string } }[] }>('GET', chat)
      expect(after.body).toEqual(before.chat.body)
      const file = await fetch(`${second.url}${after.body.messages[0]?.content?.url}`)
      expect(await file.text()).toBe('bytes of a file')
      await second.close()
    } finally {
      rmSync(dataDir, { recursive: true })
    }
  })
})
