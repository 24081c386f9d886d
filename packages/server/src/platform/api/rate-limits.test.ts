// How often a channel may call, where its limits are real.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'
import { OPERATIONS } from './operations.ts'
import { RATE_LIMITS, rateLimitOf, USUAL_RATE } from './rate-limits.ts'

let platform: TestPlatform
const EXCEEDED = { message: 'The API rate limit has been exceeded. Try again later.' }

beforeEach(async () => {
  platform = await startTestPlatform()
})
afterEach(() => platform.close())

const setAccess = (bot: typeof BOT, change: object) =>
  platform.control('PATCH', `/channels/${bot.channelId}/api-access`, change)
const info = (bot: typeof BOT) => platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${bot.token}` } })

const AT_ONCE = 32

/** Calls until one is refused, at most about that often, some at once. The clock stands still: no bucket fills. */
async function countUntilRefused(call: () => Promise<{ status: number; body: object }>, most: number): Promise<number> {
  let asked = 0
  let taken = 0
  let refused = false
  const caller = async () => {
    while (!refused && asked < most) {
      asked += 1
      const { status, body } = await call()
      if (status !== 429) {
        taken += 1
        continue
      }
      expect(body).toEqual(EXCEEDED)
      refused = true
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
  return taken
}

describe('in the 2017 profile', () => {
  it.each([
    ['developer-trial', 1_000],
    ['basic', 10_000],
  ])('the plan %s lets an API be called %i times a minute', { timeout: 60_000 }, async (plan, most) => {
    verifies('line.common.rate-limit-trial', 'line.common.rate-limit-other', 'line.common.status-429')
    await setAccess(OLD_BOT, { limits: 'real', plan })
    expect(await countUntilRefused(() => info(OLD_BOT), most + 1)).toBe(most)
    const other = await platform.api(`/v2/bot/profile/${BROWN}`, {
      headers: { authorization: `Bearer ${OLD_BOT.token}` },
    })
    expect(other.status).toBe(200)
    platform.clock.advance(60_000 / most)
    expect((await info(OLD_BOT)).status).toBe(200)
    expect((await info(OLD_BOT)).status).toBe(429)
    platform.clock.advance(60_000)
    expect((await info(OLD_BOT)).status).toBe(200)
  })

  it('all plans but the trial have the same limit, for every API', () => {
    for (const { name } of OPERATIONS)
      for (const plan of ['free', 'basic', 'pro', 'official'] as const)
        expect(rateLimitOf(name, '2017', plan)).toEqual({ calls: 10_000, perMs: 60_000 })
  })
})

describe('today', () => {
  it('each API has a limit of its own, whatever the plan', async () => {
    await setAccess(BOT, { limits: 'real', plan: 'developer-trial' })
    const broadcast = () => platform.post('/v2/bot/message/broadcast', { messages: [{ type: 'text', text: 'hi' }] })
    expect(await countUntilRefused(broadcast, 100)).toBe(60)
    expect(await countUntilRefused(() => info(BOT), 2_001)).toBe(2_000)
    platform.clock.advance(60_000)
    expect(await countUntilRefused(broadcast, 100)).toBe(1)
  })

  it('a request that is refused for another reason counts too, and so does a retry', async () => {
    await setAccess(BOT, { limits: 'real' })
    const key = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    for (let i = 0; i < 30; i++) await platform.post('/v2/bot/message/broadcast', {})
    for (let i = 0; i < 30; i++)
      await platform.post('/v2/bot/message/broadcast', { messages: [{ type: 'text', text: 'hi' }] }, key)
    expect((await platform.post('/v2/bot/message/broadcast', {})).status).toBe(429)
  })

  it('paths of one API count together', async () => {
    await setAccess(BOT, { limits: 'real' })
    let count = 0
    const profile = () => {
      const userId = `U${(count++).toString(16).padStart(32, '0')}`
      return platform.api(`/v2/bot/profile/${userId}`, { headers: { authorization: `Bearer ${BOT.token}` } })
    }
    expect(await countUntilRefused(profile, 2_001)).toBe(2_000)
  })

  it('issuing a token has its limit', async () => {
    await setAccess(BOT, { limits: 'real' })
    const form = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }
    const issue = () => platform.api('/v2/oauth/accessToken', { method: 'POST', body: new URLSearchParams(form) })
    expect(await countUntilRefused(issue, 400)).toBe(370)
  })

  it('issuing a stateless token is limited like all others', async () => {
    await setAccess(BOT, { limits: 'real' })
    const form = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }
    const issue = () => platform.api('/oauth2/v3/token', { method: 'POST', body: new URLSearchParams(form) })
    expect(await countUntilRefused(issue, 2_100)).toBe(2_000)
  })

  it('the table names each operation once', () => {
    const names = RATE_LIMITS.flatMap(({ operations }) => operations)
    expect(new Set(names).size).toBe(names.length)
    expect(rateLimitOf('pushMessage', 'current', 'official')).toEqual(USUAL_RATE)
    expect(rateLimitOf('multicast', 'current', 'official')).toMatchObject({ calls: 200, perMs: 1000 })
  })
})

it('does not limit a channel whose limits are off, nor one for what another did', async () => {
  await setAccess(BOT, { limits: 'real' })
  const broadcast = (bot: typeof BOT) => () =>
    platform.post('/v2/bot/message/broadcast', {}, { authorization: `Bearer ${bot.token}` })
  expect(await countUntilRefused(broadcast(BOT), 61)).toBe(60)
  expect(await countUntilRefused(broadcast(OLD_BOT), 100)).toBe(100)
})
