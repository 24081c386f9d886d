// Groups and rooms as a bot sees them through the API.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import type { PlatformSeed, UserSeed } from '../seed.ts'
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

const hex = (letter: string, number: number) => letter + number.toString(16).padStart(32, '0')
const SMALL = { group: hex('C', 1), room: hex('R', 1) }
const LARGE = { group: hex('C', 2), room: hex('R', 2) }
const OF_OLD_BOT = { group: hex('C', 3), room: hex('R', 3) }
const WITHOUT_BOT = { group: hex('C', 4), room: hex('R', 4) }
const UNKNOWN = { group: hex('C', 9), room: hex('R', 9) }
const SHY = hex('U', 5)
const PICTURE = 'https://profile.example/sally.jpg'
const KINDS = ['group', 'room'] as const
const BOTS = [BOT, OLD_BOT] as const

function groupSeed(): PlatformSeed {
  const seed = testSeed()
  const crowd: UserSeed[] = Array.from({ length: 250 }, (_, i) => ({
    userId: hex('U', 1000 + i),
    providerId: 'p1',
    displayName: `Member ${i}`,
  }))
  const users = seed.users.map((user) => (user.userId === STRANGER ? { ...user, pictureUrl: PICTURE } : user))
  const shy: UserSeed = { userId: SHY, providerId: 'p1', displayName: 'Shy', consent: false }
  const few = [BROWN, CONY, STRANGER, SHY]
  return {
    ...seed,
    users: [...users, shy, ...crowd],
    groups: KINDS.flatMap((kind) => {
      const common = { kind, providerId: 'p1', ...(kind === 'group' && { name: 'Trip', pictureUrl: PICTURE }) }
      return [
        { ...common, chatId: SMALL[kind], members: few, botChannelId: BOT.channelId },
        { ...common, chatId: LARGE[kind], members: crowd.map(({ userId }) => userId), botChannelId: BOT.channelId },
        { ...common, chatId: OF_OLD_BOT[kind], members: few, botChannelId: OLD_BOT.channelId },
        { ...common, chatId: WITHOUT_BOT[kind], members: few },
      ]
    }),
  }
}

let platform: TestPlatform
let webhook: HttpReceiver

beforeEach(async () => {
  webhook = await startReceiver()
  platform = await startTestPlatform({ seed: groupSeed() })
  for (const { channelId } of BOTS) await platform.setWebhook(webhook.url, {}, channelId)
})
afterEach(async () => {
  await platform.close()
  await webhook.close()
})

const call = <T extends object>(method: string, path: string, bot: typeof BOT = BOT) =>
  platform.api<T & { message?: string }>(path, { method, headers: { authorization: `Bearer ${bot.token}` } })
const get = <T extends object>(path: string, bot: typeof BOT = BOT) => call<T>('GET', path, bot)
const NOT_FOUND = { message: 'Not found' }

describe.each(KINDS)('a %s', (kind) => {
  const path = (chatId: string, rest: string) => `/v2/bot/${kind}/${chatId}${rest}`
  const invalid = { message: `The value for the '${kind}Id' parameter is invalid` }

  describe.each([
    ['current', BOT, SMALL[kind]],
    ['2017', OLD_BOT, OF_OLD_BOT[kind]],
  ] as const)('in the %s profile', (_profile, bot, chatId) => {
    it('tells the profiles of its members, friends of the bot or not', async () => {
      verifies(
        'line.member-profile.operation-group',
        'line.member-profile.operation-room',
        'line.member-profile.without-friendship',
        'line.member-profile.response',
        'line.member-profile.display-name',
        'line.member-profile.user-id',
        'line.member-profile.picture-url',
        'line.member-profile.group-id',
        'line.member-profile.group-user-id',
        'line.member-profile.room-id',
        'line.member-profile.room-user-id',
      )
      await platform.control('POST', `/users/${BROWN}/friends/${bot.botUserId}`, { action: 'block' })
      expect((await get(path(chatId, `/member/${BROWN}`), bot)).body).toEqual({ displayName: 'Brown', userId: BROWN })
      const stranger = await get(path(chatId, `/member/${STRANGER}`), bot)
      expect([stranger.status, stranger.body]).toEqual([
        200,
        { displayName: 'Sally', userId: STRANGER, pictureUrl: PICTURE },
      ])
    })

    it('tells no profile of others, and none of a member who has not consented', async () => {
      for (const userId of [SHY, FOREIGNER, hex('U', 1000), hex('U', 77)])
        expect(await get(path(chatId, `/member/${userId}`), bot)).toMatchObject({ status: 404, body: NOT_FOUND })
      expect(await get(path(chatId, '/member/Brown'), bot)).toMatchObject({
        status: 400,
        body: { message: "The value for the 'userId' parameter is invalid" },
      })
    })

    it('lists its members but those who have not consented', async () => {
      verifies(
        'line.member-ids.operation-group',
        'line.member-ids.operation-room',
        'line.member-ids.without-friendship',
        'line.member-ids.member-ids',
        'line.member-ids.group-id',
        'line.member-ids.room-id',
      )
      const { status, body } = await get<{ memberIds: string[] }>(path(chatId, '/members/ids'), bot)
      expect([status, body]).toEqual([200, { memberIds: [BROWN, CONY, STRANGER].sort() }])
    })

    it('is left once, which the bot is told, and gets no message of the bot after that', async () => {
      verifies(
        'line.leave.operation-group',
        'line.leave.operation-room',
        'line.leave.group-id',
        'line.leave.room-id',
        'line.leave.response',
        'line.reference.leave',
      )
      const left = await call('POST', path(chatId, '/leave'), bot)
      expect([left.status, left.body]).toEqual([200, {}])
      await platform.settle()
      const events = webhook.received.flatMap(({ rawBody }) => JSON.parse(rawBody).events)
      expect(events).toMatchObject([{ type: 'leave', source: { type: kind, [`${kind}Id`]: chatId } }])
      expect(events[0]).not.toHaveProperty('replyToken')
      const push = await platform.post(
        '/v2/bot/message/push',
        { to: chatId, messages: [{ type: 'text', text: 'still there?' }] },
        { authorization: `Bearer ${bot.token}` },
      )
      expect(push).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } })
      expect(await get(path(chatId, '/members/ids'), bot)).toMatchObject({ status: 404, body: NOT_FOUND })
    })
  })

  it('lists 100 members at a time, and goes on from the continuation token', async () => {
    verifies(
      'line.member-ids.member-ids-max-100',
      'line.member-ids.next',
      'line.member-ids.group-start',
      'line.member-ids.room-start',
    )
    const found: string[][] = []
    let start = ''
    do {
      const { body } = await get<{ memberIds: string[]; next?: string }>(path(LARGE[kind], `/members/ids${start}`))
      found.push(body.memberIds)
      start = body.next === undefined ? '' : `?start=${body.next}`
    } while (start !== '')
    expect(found.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(new Set(found.flat()).size).toBe(250)
  })

  it('keeps a continuation token for 24 hours, and for its own list', async () => {
    verifies('line.member-ids.next')
    const list = (chatId: string, start: string) => get(path(chatId, `/members/ids?start=${start}`))
    const { next = '' } = (await get<{ next?: string }>(path(LARGE[kind], '/members/ids'))).body
    const refused = { status: 400, body: { message: 'Invalid start param' } }
    expect(await list(SMALL[kind], next)).toMatchObject(refused)
    for (const forged of ['nonsense', `${next}x`, next.slice(1), encodeURIComponent('%%%')])
      expect(await list(LARGE[kind], forged)).toMatchObject(refused)
    platform.clock.advance(24 * 3_600_000 - 1)
    expect((await list(LARGE[kind], next)).status).toBe(200)
    platform.clock.advance(1)
    expect(await list(LARGE[kind], next)).toMatchObject(refused)
  })

  it('tells the number of its members, without the bot', async () => {
    expect((await get(path(SMALL[kind], '/members/count'))).body).toEqual({ count: 4 })
  })

  it.each(['/members/count', '/members/ids', `/member/${BROWN}`, ...(kind === 'group' ? ['/summary'] : [])])(
    'is found at %s only by the bot that is in it',
    async (rest) => {
      for (const chatId of [OF_OLD_BOT[kind], WITHOUT_BOT[kind], UNKNOWN[kind]])
        expect(await get(path(chatId, rest))).toMatchObject({ status: 404, body: NOT_FOUND })
      for (const wrong of ['x', SMALL[kind === 'group' ? 'room' : 'group'], SMALL[kind].slice(0, -1)])
        expect(await get(path(wrong, rest))).toMatchObject({ status: 400, body: invalid })
    },
  )

  it('gets a push as one message for all its members', async () => {
    verifies('line.push.to', 'line.overview.groups-and-rooms')
    const messages = [{ type: 'text', text: 'to all of you' }]
    const { status, body } = await platform.post('/v2/bot/message/push', { to: SMALL[kind], messages })
    expect([status, body]).toEqual([200, { sentMessages: [expect.objectContaining({ id: expect.any(String) })] }])
    const timeline = await platform.control<{ entries: { kind: string }[] }>('GET', '/timeline?limit=1000')
    expect(timeline.body.entries.filter((entry) => entry.kind === 'message')).toMatchObject([
      { chatId: SMALL[kind], from: 'bot', message: messages[0] },
    ])
  })

  it('cannot be a receiver of a multicast', async () => {
    const messages = [{ type: 'text', text: 'hi' }]
    expect(await platform.post('/v2/bot/message/multicast', { to: [BROWN, SMALL[kind]], messages })).toMatchObject({
      status: 400,
      body: { message: 'The property, to[1], in the request body is invalid (line: -, column: -)' },
    })
  })
})

describe('leaving', () => {
  it('a group that the bot is not in, or none, is refused', async () => {
    for (const chatId of [WITHOUT_BOT.group, OF_OLD_BOT.group, UNKNOWN.group])
      expect(await call('POST', `/v2/bot/group/${chatId}/leave`)).toMatchObject({ status: 404, body: NOT_FOUND })
    expect((await call('POST', '/v2/bot/group/x/leave')).status).toBe(400)
  })

  it('a room that the bot is not in does no harm; one that is none is refused', async () => {
    for (const chatId of [WITHOUT_BOT.room, OF_OLD_BOT.room])
      expect(await call('POST', `/v2/bot/room/${chatId}/leave`)).toMatchObject({ status: 200, body: {} })
    expect((await get(`/v2/bot/room/${OF_OLD_BOT.room}/members/count`, OLD_BOT)).status).toBe(200)
    expect(await call('POST', `/v2/bot/room/${UNKNOWN.room}/leave`)).toMatchObject({ status: 404, body: NOT_FOUND })
  })
})

describe('the summary of a group', () => {
  it('has its name and picture', async () => {
    expect((await get(`/v2/bot/group/${SMALL.group}/summary`)).body).toEqual({
      groupId: SMALL.group,
      groupName: 'Trip',
      pictureUrl: PICTURE,
    })
  })
})
