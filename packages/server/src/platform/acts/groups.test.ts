import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, CONY, FOREIGNER, OLD_BOT, STRANGER } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  return () => world.close()
})

interface Group {
  chatId: string
  members: { userId: string }[]
  invited: { userId: string }[]
  bot?: { botUserId: string }
}

const text = { type: 'text', text: 'hello' }
const place = (chatId: string, userId = BROWN) => `/users/${userId}/chats/${chatId}`

/** Brown makes it, with Cony and a bot in it. */
async function makeGroup(kind: 'group' | 'room', botUserId?: string, members = [CONY]): Promise<string> {
  const name = kind === 'group' ? { name: 'Friends' } : {}
  const { chatId = '' } = await world.done(`/users/${BROWN}/groups`, {
    kind,
    ...name,
    members,
    ...(botUserId && { botUserId }),
  })
  return chatId
}

const look = async (chatId: string) => (await world.platform.control<Group>('GET', `/groups/${chatId}`)).body
const withhold = (userId: string) => world.platform.control('PATCH', `/users/${userId}`, { consent: false })

describe('a group', () => {
  it('tells the bot that it joined, and can be answered', async () => {
    verifies('line.event.join', 'line.event.join-reply-token', 'line.event.source-group', 'line.event.source-group-id')
    const groupId = await makeGroup('group', BOT.botUserId)
    expect(groupId).toMatch(/^C[0-9a-f]{32}$/)
    const join = world.event()
    expect(join).toMatchObject({ type: 'join', source: { type: 'group', groupId } })
    expect(join.source).not.toHaveProperty('userId')
    const reply = { replyToken: join.replyToken, messages: [{ type: 'text', text: 'Hi all' }] }
    expect((await world.platform.post('/v2/bot/message/reply', reply)).status).toBe(200)
    const seen = await world.platform.control<{ messages: { message: object }[] }>(
      'GET',
      `${place(groupId, CONY)}/messages`,
    )
    expect(seen.body.messages.map(({ message }) => message)).toEqual(reply.messages)
  })

  it('names who wrote, in both shapes', async () => {
    verifies('line.event.source-group-user-id')
    const groupId = await makeGroup('group', BOT.botUserId)
    const oldId = await makeGroup('group', OLD_BOT.botUserId)
    expect(world.events().map(({ type }) => type)).toEqual(['join', 'join'])
    await world.done(`${place(groupId, CONY)}/messages`, text)
    expect(world.event()).toMatchObject({ message: text, source: { type: 'group', groupId, userId: CONY } })
    await world.done(`${place(oldId, CONY)}/messages`, text)
    expect(world.event().source).toEqual({ type: 'group', groupId: oldId, userId: CONY })
  })

  it('does not name who does not consent, nor lists them', async () => {
    verifies('line.event.source-group-without-user')
    await withhold(CONY)
    for (const { botUserId, token } of [BOT, OLD_BOT]) {
      const groupId = await makeGroup('group', botUserId)
      world.events()
      await world.done(`${place(groupId, CONY)}/messages`, text)
      expect(world.event().source).toEqual({ type: 'group', groupId })
      const path = `/v2/bot/group/${groupId}/members/ids`
      const headers = { authorization: `Bearer ${token}` }
      const ids = await world.platform.api<{ memberIds: string[] }>(path, { headers })
      expect(ids.body.memberIds).toEqual([BROWN])
    }
  })

  it('asks people in, who come when they like', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    world.events()
    await world.done(`${place(groupId)}/invite`, { userIds: [STRANGER] })
    expect(world.events()).toEqual([])
    expect((await look(groupId)).invited).toMatchObject([{ userId: STRANGER }])
    const { body } = await world.platform.control<{ chats: object[] }>('GET', `/users/${STRANGER}/chats`)
    expect(body.chats).toMatchObject([{ chatId: groupId, kind: 'group', invited: true, title: 'Friends' }])
    expect((await world.act(`${place(groupId, STRANGER)}/messages`, text)).status).toBe(404)
    await world.done(`${place(groupId, STRANGER)}/join`)
    const joined = world.event()
    expect(joined).toMatchObject({
      type: 'memberJoined',
      joined: { members: [{ type: 'user', userId: STRANGER }] },
      source: { type: 'group', groupId },
    })
    expect(joined.replyToken).toMatch(/^[0-9a-f]{32}$/)
    expect((await world.act(`${place(groupId, STRANGER)}/join`)).status).toBe(409)
  })

  it('tells who left and who was removed, without a reply token', async () => {
    const groupId = await makeGroup('group', BOT.botUserId, [CONY, STRANGER])
    world.events()
    await world.done(`${place(groupId, CONY)}/leave`)
    const left = world.event()
    expect(left).toMatchObject({ type: 'memberLeft', left: { members: [{ type: 'user', userId: CONY }] } })
    expect(left).not.toHaveProperty('replyToken')
    await world.done(`${place(groupId)}/remove`, { userId: STRANGER })
    expect(world.event()).toMatchObject({ type: 'memberLeft', left: { members: [{ userId: STRANGER }] } })
    expect((await look(groupId)).members).toMatchObject([{ userId: BROWN }])
  })

  it('does not tell a bot of 2017 who comes and goes, nor any bot of who does not consent', async () => {
    const oldId = await makeGroup('group', OLD_BOT.botUserId)
    world.events()
    expect((await world.done(`${place(oldId, CONY)}/leave`)).notSent).toContain('2017')
    await withhold(CONY)
    const groupId = await makeGroup('group', BOT.botUserId)
    world.events()
    await world.done(`${place(groupId, CONY)}/leave`)
    expect(world.events()).toEqual([])
  })

  it('removes the bot, which is told so and reaches nobody there any more', async () => {
    verifies('line.event.leave')
    for (const { botUserId, token } of [BOT, OLD_BOT]) {
      const groupId = await makeGroup('group', botUserId)
      world.events()
      await world.done(`${place(groupId)}/remove`, { botUserId })
      const leave = world.event()
      expect(leave).toMatchObject({ type: 'leave', source: { type: 'group', groupId } })
      expect(leave).not.toHaveProperty('replyToken')
      const headers = { authorization: `Bearer ${token}` }
      const push = await world.platform.post('/v2/bot/message/push', { to: groupId, messages: [text] }, headers)
      expect(push).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } })
      await world.done(`${place(groupId)}/messages`, text)
      expect(world.events()).toEqual([])
    }
  })

  it('takes one bot only, and only one that may join groups', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    expect((await world.act(`${place(groupId)}/invite`, { botUserId: OLD_BOT.botUserId })).status).toBe(409)
    const other = await makeGroup('group')
    await world.platform.control('PATCH', `/channels/${BOT.channelId}`, { joinGroups: false })
    const { status, body } = await world.act(`${place(other)}/invite`, { botUserId: BOT.botUserId })
    expect(status).toBe(409)
    expect(body.message).toContain('does not allow')
  })

  it('is of one provider', async () => {
    const { status } = await world.act(`/users/${BROWN}/groups`, { kind: 'group', members: [FOREIGNER] })
    expect(status).toBe(400)
    const groupId = await makeGroup('group', BOT.botUserId)
    expect((await world.act(`${place(groupId, FOREIGNER)}/join`)).status).toBe(409)
  })

  it('mentions people: the bot by itself, others by their id where they consent', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    await withhold(CONY)
    world.events()
    const span = (index: number, length: number) => ({ index, length })
    const mentionees = [
      { ...span(0, 5), type: 'user', userId: BOT.botUserId },
      { ...span(6, 5), type: 'user', userId: CONY },
      { ...span(12, 6), type: 'user', userId: BROWN },
      { ...span(19, 4), type: 'all' },
    ]
    await world.done(`${place(groupId)}/messages`, {
      type: 'text',
      text: '@Test @Cony @Brown @All',
      mention: { mentionees },
    })
    expect(world.event().message?.mention).toEqual({
      mentionees: [
        { ...span(0, 5), type: 'user', userId: BOT.botUserId, isSelf: true },
        { ...span(6, 5), type: 'user', isSelf: false },
        { ...span(12, 6), type: 'user', userId: BROWN, isSelf: false },
        { ...span(19, 4), type: 'all' },
      ],
    })
    const alone = { type: 'text', text: '@Test', mention: { mentionees: mentionees.slice(0, 1) } }
    expect((await world.act(`${place(BOT.botUserId)}/messages`, alone)).status).toBe(409)
  })

  it('lets its members edit their texts, of which the bot hears with a new quote token', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    world.events()
    const { message } = await world.done(`${place(groupId)}/messages`, text)
    const before = world.event().message
    const path = `${place(groupId)}/messages/${message?.id}/edit`
    const edited = await world.done(path, { text: 'hallo' })
    const event = world.event()
    expect(event).toMatchObject({
      type: 'messageEdited',
      message: { id: message?.id, type: 'text', text: 'hallo' },
      source: { type: 'group', groupId, userId: BROWN },
    })
    expect(event.message?.quoteToken).not.toBe(before?.quoteToken)
    expect(edited.message).toMatchObject({ message: { text: 'hallo' }, editedAtMs: world.platform.clock.now() })
    expect((await world.act(path.replace(BROWN, CONY), { text: 'x' })).status).toBe(409)
    const alone = await world.done(`${place(BOT.botUserId)}/messages`, text)
    expect((await world.act(`${place(BOT.botUserId)}/messages/${alone.message?.id}/edit`, { text: 'x' })).status).toBe(
      409,
    )
  })

  it('shows who has read', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    await world.done(`${place(groupId)}/messages`, text)
    await world.done(`${place(groupId, CONY)}/read`)
    const path = `${place(groupId)}/messages`
    const { body } = await world.platform.control<{ messages: { readBy: string[] }[] }>('GET', path)
    expect(body.messages.at(-1)?.readBy.sort()).toEqual([CONY, BOT.botUserId].sort())
  })

  it('wakes whoever waits for a message there', async () => {
    const groupId = await makeGroup('group', BOT.botUserId)
    const waiting = world.platform.control<{ messages: { message: object }[] }>(
      'GET',
      `${place(groupId, CONY)}/wait?after=`,
    )
    await world.done(`${place(groupId)}/messages`, text)
    expect((await waiting).body.messages).toMatchObject([{ message: text }])
  })
})

describe('a room', () => {
  it('tells its bot that it joined with the first event', async () => {
    verifies('line.event.join', 'line.event.source-room', 'line.event.source-room-id', 'line.event.source-room-user-id')
    for (const { botUserId } of [BOT, OLD_BOT]) {
      const roomId = await makeGroup('room', botUserId)
      expect(roomId).toMatch(/^R[0-9a-f]{32}$/)
      expect(world.events()).toEqual([])
      await world.done(`${place(roomId, CONY)}/messages`, text)
      const [join, message, ...others] = world.events()
      expect(others).toEqual([])
      expect(join).toMatchObject({ type: 'join', source: { type: 'room', roomId } })
      expect(message?.source).toEqual({ type: 'room', roomId, userId: CONY })
      await world.done(`${place(roomId, CONY)}/messages`, text)
      expect(world.event().type).toBe('message')
    }
  })

  it('does not name who does not consent', async () => {
    verifies('line.event.source-room-without-user')
    await withhold(CONY)
    const roomId = await makeGroup('room', BOT.botUserId)
    await world.done(`${place(roomId, CONY)}/messages`, text)
    expect(world.events()[1]?.source).toEqual({ type: 'room', roomId })
  })

  it('takes people in at once, in one event', async () => {
    const roomId = await makeGroup('room', BOT.botUserId, [])
    await world.done(`${place(roomId)}/messages`, text)
    world.events()
    await world.done(`${place(roomId)}/invite`, { userIds: [CONY, STRANGER] })
    expect(world.event().joined).toEqual({
      members: [
        { type: 'user', userId: CONY },
        { type: 'user', userId: STRANGER },
      ],
    })
  })

  it('has no name', async () => {
    const roomId = await makeGroup('room')
    expect((await world.platform.control('PATCH', `/groups/${roomId}`, { name: 'x' })).status).toBe(409)
    const { body } = await world.platform.control<{ chats: { chatId: string; title: string }[] }>(
      'GET',
      `/users/${BROWN}/chats`,
    )
    expect(body.chats.find(({ chatId }) => chatId === roomId)?.title).toBe('Cony')
  })
})
