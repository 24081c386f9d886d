// The month's quota, what counts against it, and the counts of each day.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HTTPFetchError, messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import {
  BOT,
  BROWN,
  CONY,
  OLD_BOT,
  STRANGER,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

const MONTHLY_LIMIT = { status: 429, body: { message: 'You have reached your monthly limit.' } }
const DAY_MS = 24 * 3_600_000
const messages = [
  { type: 'text', text: 'one' },
  { type: 'text', text: 'two' },
]
const GROUP = `C${'a'.repeat(32)}`

let platform: TestPlatform

beforeEach(async () => {
  const groups = [
    {
      kind: 'group' as const,
      chatId: GROUP,
      providerId: 'p1',
      members: [BROWN, CONY, STRANGER],
      botChannelId: BOT.channelId,
    },
  ]
  platform = await startTestPlatform({ seed: { ...testSeed(), groups } })
  return () => platform.close()
})

const auth = { authorization: `Bearer ${BOT.token}` }
const push = (to: string, headers = {}) => platform.post('/v2/bot/message/push', { to, messages }, headers)
const multicast = (...to: string[]) => platform.post('/v2/bot/message/multicast', { to, messages })
const broadcast = () => platform.post('/v2/bot/message/broadcast', { messages })
const get = async (path: string) => (await platform.api<Record<string, unknown>>(path, { headers: auth })).body
const setQuota = (monthlyQuota: unknown) =>
  platform.control('PUT', `/channels/${BOT.channelId}/message-quota`, { monthlyQuota })
const usage = async () => (await get('/v2/bot/message/quota/consumption')).totalUsage

describe('what counts as sent', () => {
  it('is people and not messages: one for a push, all members for a group, all who are reached for the rest', async () => {
    provesEffect('GET /v2/bot/message/quota/consumption', 'POST /v2/bot/message/push')
    await push(BROWN)
    expect(await usage()).toBe(1)
    await push(GROUP)
    expect(await usage()).toBe(4)
    await multicast(BROWN, CONY, STRANGER)
    expect(await usage()).toBe(6)
    await broadcast()
    expect(await usage()).toBe(8)
  })

  it('is nothing for who has blocked the bot, for a reply, for a refused send and for a retry', async () => {
    await platform.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
    expect((await push(CONY)).status).toBe(200)
    expect(await usage()).toBe(0)
    expect((await platform.post('/v2/bot/message/push', { to: BROWN, messages: [] })).status).toBe(400)
    const key = { 'x-line-retry-key': '123e4567-e89b-42d3-a456-426614174000' }
    expect([(await push(BROWN, key)).status, (await push(BROWN, key)).status]).toEqual([200, 409])
    expect(await usage()).toBe(1)
  })

  it('begins anew with the month in UTC+9', async () => {
    platform.clock.advance(Date.parse('2026-01-31T14:59:59Z') - platform.clock.now())
    await push(BROWN)
    expect(await usage()).toBe(1)
    platform.clock.advance(1000)
    expect(await usage()).toBe(0)
  })

  it('outlives a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-quota-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const kept = () => startTestPlatform({ dataDir })
    await platform.close()
    platform = await kept()
    for (let i = 0; i < 3; i++) await push(BROWN)
    await platform.close()
    platform = await kept()
    expect(await usage()).toBe(3)
    await push(CONY)
    platform.clock.advance(DAY_MS)
    expect(await get('/v2/bot/message/delivery/push?date=20260101')).toEqual({ status: 'ready', success: 4 })
  })
})

describe('the quota', () => {
  it('is without end unless one is set', async () => {
    provesEffect('GET /v2/bot/message/quota', 'PUT /_hatoba/channels/{channelId}/message-quota')
    expect(await get('/v2/bot/message/quota')).toEqual({ type: 'none' })
    await setQuota(1000)
    expect(await get('/v2/bot/message/quota')).toEqual({ type: 'limited', value: 1000 })
    await setQuota(null)
    expect(await get('/v2/bot/message/quota')).toEqual({ type: 'none' })
  })

  it('refuses what does not fit into it, in words of its own, and sends nothing of it', async () => {
    await setQuota(2)
    expect((await push(BROWN)).status).toBe(200)
    expect(await multicast(BROWN, CONY)).toMatchObject(MONTHLY_LIMIT)
    expect(await broadcast()).toMatchObject(MONTHLY_LIMIT)
    expect(await push(GROUP)).toMatchObject(MONTHLY_LIMIT)
    expect(await platform.chat(CONY)).toEqual([])
    expect((await push(CONY)).status).toBe(200)
    expect(await push(BROWN)).toMatchObject(MONTHLY_LIMIT)
    expect(await usage()).toBe(2)
  })

  it('lets replies through, and a refused retry key be used again', async () => {
    await setQuota(0)
    const key = { 'x-line-retry-key': '123e4567-e89b-42d3-a456-426614174001' }
    expect(await push(BROWN, key)).toMatchObject(MONTHLY_LIMIT)
    await setQuota(1)
    expect((await push(BROWN, key)).status).toBe(200)
  })

  it('comes with the plan where the limits are real', async () => {
    const seed = testSeed()
    const [current, old] = seed.channels
    if (current === undefined || old === undefined) throw new Error('the test seed has two channels')
    const apiAccess = { limits: 'real' as const, plan: 'pro' as const }
    const channels = [
      { ...current, apiAccess },
      { ...old, apiAccess },
    ]
    const real = await startTestPlatform({ seed: { ...seed, channels } })
    onTestFinished(() => real.close())
    const quota = async (token: string) =>
      (await real.api('/v2/bot/message/quota', { headers: { authorization: `Bearer ${token}` } })).body
    expect(await quota(BOT.token)).toEqual({ type: 'limited', value: 30_000 })
    expect(await quota(OLD_BOT.token)).toEqual({ type: 'none' })
  })

  it('is told apart from too many calls by the official SDK', async () => {
    await setQuota(0)
    const client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
    expect(await client.getMessageQuota()).toEqual({ type: 'limited', value: 0 })
    expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 0 })
    const refused = await client.pushMessage({ to: BROWN, messages: [{ type: 'text', text: 'x' }] }).catch((e) => e)
    expect(refused).toBeInstanceOf(HTTPFetchError)
    expect(refused).toMatchObject({ status: 429, body: JSON.stringify(MONTHLY_LIMIT.body) })
  })

  it('is set and shown through the control API', async () => {
    await setQuota(5)
    await push(BROWN)
    const path = `/channels/${BOT.channelId}/message-quota`
    expect((await platform.control('GET', path)).body).toMatchObject({
      monthlyQuota: 5,
      usedThisMonth: 1,
      today: { push: 1, reply: 0 },
    })
    for (const wrong of [-1, 1.5, 'five', undefined]) expect((await setQuota(wrong)).status).toBe(400)
    expect((await platform.control('GET', '/channels/9/message-quota')).status).toBe(404)
    expect((await platform.control('PUT', '/channels/9/message-quota', { monthlyQuota: 1 })).status).toBe(404)
  })
})

describe('the counts of a day', () => {
  const count = (kind: string, date: string) => get(`/v2/bot/message/delivery/${kind}?date=${date}`)

  it('are ready on the next day, for each kind of send', async () => {
    provesEffect('GET /v2/bot/message/delivery/push', 'POST /v2/bot/message/push')
    provesEffect('GET /v2/bot/message/delivery/multicast', 'POST /v2/bot/message/multicast')
    provesEffect('GET /v2/bot/message/delivery/broadcast', 'POST /v2/bot/message/broadcast')
    await push(BROWN)
    await multicast(BROWN, CONY)
    await broadcast()
    for (const kind of ['reply', 'push', 'multicast', 'broadcast'])
      expect(await count(kind, '20260101')).toEqual({ status: 'unready' })
    platform.clock.advance(DAY_MS)
    expect(await count('push', '20260101')).toEqual({ status: 'ready', success: 1 })
    expect(await count('multicast', '20260101')).toEqual({ status: 'ready', success: 2 })
    expect(await count('broadcast', '20260101')).toEqual({ status: 'ready', success: 2 })
    expect(await count('reply', '20260101')).toEqual({ status: 'ready', success: 0 })
    expect(await count('push', '20260102')).toEqual({ status: 'unready' })
    expect(await count('push', '20251231')).toEqual({ status: 'ready', success: 0 })
    expect(await count('push', '20270101')).toEqual({ status: 'unready' })
  })

  it('begin on 31 March 2018', async () => {
    expect(await count('push', '20180330')).toEqual({ status: 'out_of_service' })
    expect(await count('push', '20180331')).toEqual({ status: 'ready', success: 0 })
  })

  it.each(['', '2026010', '2026-01-01', '20260230', '20261301', '20260101 ', 'abcdefgh'])(
    'are not given for the date "%s"',
    async (date) => {
      const path = `/v2/bot/message/delivery/pnp?date=${encodeURIComponent(date)}`
      expect(await platform.api(path, { headers: auth })).toMatchObject({
        status: 400,
        body: { message: "The value for the 'date' parameter is invalid" },
      })
    },
  )

  it('are read by the official SDK', async () => {
    await push(BROWN)
    platform.clock.advance(DAY_MS)
    const client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
    expect(await client.getNumberOfSentPushMessages('20260101')).toMatchObject({ status: 'ready', success: 1 })
    expect(await client.getNumberOfSentReplyMessages('20260101')).toMatchObject({ status: 'ready', success: 0 })
    expect(await client.getNumberOfSentMulticastMessages('20260101')).toMatchObject({ status: 'ready', success: 0 })
    expect(await client.getNumberOfSentBroadcastMessages('20260101')).toMatchObject({ status: 'ready', success: 0 })
    expect(await client.getPNPMessageStatistics('20260101')).toMatchObject({ status: 'ready', success: 0 })
  })
})
