// The list of a bot's friends.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import type { PlatformSeed, UserSeed } from '../seed.ts'
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
const FOLLOWERS = 2_345
const list = (query: string, bot: typeof BOT = BOT) =>
  platform.api<{ userIds: string[]; next?: string; message?: string }>(`/v2/bot/followers/ids${query}`, {
    headers: { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json' },
  })

function crowdedSeed(): PlatformSeed {
  const seed = testSeed()
  const crowd: UserSeed[] = Array.from({ length: FOLLOWERS }, (_, i) => ({
    userId: `U${(100 + i).toString(16).padStart(32, '0')}`,
    providerId: 'p1',
    displayName: `Friend ${i}`,
  }))
  const friendships = [BOT, OLD_BOT].flatMap(({ channelId }) => crowd.map(({ userId }) => ({ channelId, userId })))
  return { ...seed, users: [...seed.users, ...crowd], friendships }
}

async function pages(first: string, bot: typeof BOT): Promise<string[][]> {
  const found: string[][] = []
  for (let query = first; ; ) {
    const { status, body } = await list(query, bot)
    expect(status).toBe(200)
    found.push(body.userIds)
    if (body.next === undefined) return found
    query = `${first === '' ? '?' : `${first}&`}start=${body.next}`
  }
}

describe('a bot with many friends', () => {
  beforeEach(async () => {
    platform = await startTestPlatform({ seed: crowdedSeed() })
  })
  afterEach(() => platform.close())

  it('gets them 1,000 at a time in the 2017 profile, whatever limit it names', async () => {
    verifies(
      'line.followers.operation',
      'line.followers.start',
      'line.followers.user-ids',
      'line.followers.user-ids-max-1000',
      'line.followers.next',
      'line.followers.header-content-type',
    )
    for (const query of ['', '?limit=10']) {
      const found = await pages(query, OLD_BOT)
      expect(found.map(({ length }) => length)).toEqual([1000, 1000, 345])
      expect(new Set(found.flat()).size).toBe(FOLLOWERS)
    }
  })

  it('gets 300 at a time today unless it asks for up to 1,000', async () => {
    expect((await pages('', BOT)).map(({ length }) => length)).toEqual([...Array(7).fill(300), 245])
    expect((await pages('?limit=1000', BOT)).map(({ length }) => length)).toEqual([1000, 1000, 345])
    for (const limit of ['0', '1001', 'x', '-1', '1.5', ''])
      expect(await list(`?limit=${limit}`)).toMatchObject({
        status: 400,
        body: { message: "The value for the 'limit' parameter is invalid" },
      })
  })

  it('cannot go on with a token of another bot, or with one that is older than 24 hours', async () => {
    verifies('line.followers.next')
    const { next = '' } = (await list('')).body
    const refused = { status: 400, body: { message: 'Invalid start param' } }
    expect(await list(`?start=${next}`, OLD_BOT)).toMatchObject(refused)
    platform.clock.advance(24 * 3_600_000)
    expect(await list(`?start=${next}`)).toMatchObject(refused)
  })

  it('misses nobody and counts nobody twice where friends come and go between two pages', async () => {
    const { userIds, next = '' } = (await list('?limit=1000')).body
    const [first = '', , , last = ''] = [...userIds.slice(0, 3), userIds.at(-1)]
    for (const userId of [first, last])
      await platform.control('POST', `/users/${userId}/friends/${BOT.botUserId}`, { action: 'block' })
    const second = (await list(`?limit=1000&start=${next}`)).body
    expect(second.userIds).toHaveLength(1000)
    expect(second.userIds.filter((userId) => userIds.includes(userId))).toEqual([])
  })
})

it('lists friends, and nobody who has blocked the bot or never added it', async () => {
  provesEffect('GET /v2/bot/followers/ids', 'POST /_hatoba/users/{userId}/friends/{botUserId}')
  platform = await startTestPlatform()
  expect((await list('')).body).toEqual({ userIds: [BROWN, CONY] })
  await platform.control('POST', `/users/${CONY}/friends/${BOT.botUserId}`, { action: 'block' })
  expect((await list('')).body).toEqual({ userIds: [BROWN] })
  expect((await list('?start=')).body).toEqual({ userIds: [BROWN] })
  await platform.close()
})
