// Groups and rooms: users make them, invite, come and go; whoever looks at them from outside sees all of them.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { User } from '../accounts/users.ts'
import type { ActOutcome, Told } from '../acts/act.ts'
import {
  createGroup,
  inviteBot,
  inviteUsers,
  joinGroup,
  leaveGroup,
  MOST_GROUP_MEMBERS,
  removeBot,
  removeUser,
} from '../acts/group-acts.ts'
import type { GroupChat } from '../chats/group-chats.ts'
import type { PlatformCore } from '../core.ts'
import { answerAct, type Found, findGroup, findUser, type PathParams } from './parties.ts'
import { given, httpUrl, listOf, oneOf, readFields, readWith, textLike, textOf } from './read-fields.ts'
import { viewGroup } from './views.ts'

const MOST_GROUPS = 100_000

const id = textLike(/^U[0-9a-f]{32}$/, 'a user id')
const ids = listOf(id, 0, MOST_GROUP_MEMBERS)
const ABOUT_FIELDS = { name: textOf(1, 100), pictureUrl: httpUrl }
const NEW_FIELDS = { kind: oneOf('group', 'room'), ...ABOUT_FIELDS, members: ids, invite: ids, botUserId: id }
const PEOPLE_FIELDS = { userIds: ids, botUserId: id }
const REMOVE_FIELDS = { userId: id, botUserId: id }

type WithParams = { Params: PathParams }
const PLACE = '/users/:userId/chats/:chatId'

export function serveGroups(scope: FastifyInstance, core: PlatformCore): void {
  scope.get('/groups', () => ({ groups: Array.from(core.groups.all(), (group) => viewGroup(core, group)) }))

  scope.get<WithParams>('/groups/:chatId', (request, reply) => {
    const group = findGroup(core, request.params)
    return group.ok ? reply.send(viewGroup(core, group.value)) : reply.code(404).send({ message: group.message })
  })

  scope.patch<WithParams>('/groups/:chatId', (request, reply) => {
    const group = findGroup(core, request.params)
    if (!group.ok) return reply.code(404).send({ message: group.message })
    const read = readFields(request.body, ABOUT_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    if (group.value.kind === 'room' && Object.keys(read.value).length > 0)
      return reply.code(409).send({ message: 'A room has no name and no picture.' })
    core.groups.change(group.value, given(read.value))
    return reply.send(viewGroup(core, group.value))
  })

  // The user makes it: `members` stand in it at once, `invite` are asked.
  scope.post<WithParams>('/users/:userId/groups', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    const read = readWith(request.body, NEW_FIELDS, ['kind'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { kind, members = [], invite = [], botUserId, ...about } = read.value
    if (kind === 'room' && Object.keys(about).length > 0)
      return reply.code(400).send({ message: 'A room has no name and no picture.' })
    const people = findPeople(core, user.value, [...members, ...invite])
    if (!people.ok) return reply.code(400).send({ message: people.message })
    if (people.value.length + 1 > MOST_GROUP_MEMBERS || [...core.groups.all()].length >= MOST_GROUPS)
      return reply.code(409).send({ message: 'There are too many groups already, or too many members for one.' })
    const isMember = ({ userId }: User) => members.includes(userId)
    const chat = createGroup(core, {
      kind,
      providerId: user.value.providerId,
      members: [user.value, ...people.value.filter(isMember)],
      invited: people.value.filter((person) => !isMember(person)),
      ...given(about),
    })
    const told = botUserId === undefined ? noEvents : askBot(core, chat, user.value, botUserId)
    if (!told.ok) return reply.code(409).send({ message: `${told.refused}.`, chatId: chat.chatId })
    return reply.code(201).send({ ...viewGroup(core, chat), ...told.value })
  })

  scope.post<WithParams>(`${PLACE}/join`, (request, reply) =>
    withGroup(core, request.params, reply, (user, chat) => joinGroup(core, chat, user)),
  )

  scope.post<WithParams>(`${PLACE}/leave`, (request, reply) =>
    withGroup(core, request.params, reply, (user, chat) => leaveGroup(core, chat, user)),
  )

  scope.post<WithParams>(`${PLACE}/invite`, (request, reply) => {
    const read = readFields(request.body, PEOPLE_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { userIds = [], botUserId } = read.value
    return asMember(core, request.params, reply, (user, chat) => {
      const people = findPeople(core, user, userIds)
      if (!people.ok) return { ok: false, refused: people.message.slice(0, -1) }
      const asked = userIds.length === 0 ? noEvents : inviteUsers(core, chat, user, people.value)
      if (!asked.ok || botUserId === undefined) return asked
      const bot = askBot(core, chat, user, botUserId)
      if (!bot.ok) return bot
      return {
        ok: true,
        value: { ...bot.value, webhookEventIds: [...asked.value.webhookEventIds, ...bot.value.webhookEventIds] },
      }
    })
  })

  scope.post<WithParams>(`${PLACE}/remove`, (request, reply) => {
    const read = readFields(request.body, REMOVE_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { userId, botUserId } = read.value
    if ((userId === undefined) === (botUserId === undefined))
      return reply.code(400).send({ message: 'The body must have either a userId or a botUserId.' })
    return asMember(core, request.params, reply, (user, chat) => {
      if (userId === undefined) {
        const bot = core.channels.findByBotUserId(botUserId ?? '')
        if (bot === undefined || bot.channelId !== chat.botChannelId)
          return { ok: false, refused: 'that bot is not in it' }
        return removeBot(core, chat, user)
      }
      const other = core.users.find(userId)
      return other === undefined
        ? { ok: false, refused: `There is no user ${userId}` }
        : removeUser(core, chat, user, other)
    })
  })
}

const noEvents: ActOutcome<Told> = { ok: true, value: { webhookEventIds: [] } }

function withGroup(
  core: PlatformCore,
  params: PathParams,
  reply: FastifyReply,
  act: (user: User, chat: GroupChat) => ActOutcome<Told>,
): FastifyReply {
  const user = findUser(core, params)
  if (!user.ok) return reply.code(404).send({ message: user.message })
  const group = findGroup(core, params)
  if (!group.ok) return reply.code(404).send({ message: group.message })
  if (group.value.providerId !== user.value.providerId)
    return reply
      .code(409)
      .send({ message: `${user.value.displayName} has another user id there: it is of another provider.` })
  return answerAct(reply, act(user.value, group.value), (told) => ({ ...viewGroup(core, group.value), ...told }))
}

function asMember(
  core: PlatformCore,
  params: PathParams,
  reply: FastifyReply,
  act: (user: User, chat: GroupChat) => ActOutcome<Told>,
): FastifyReply {
  return withGroup(core, params, reply, (user, chat) =>
    chat.members.has(user.userId) ? act(user, chat) : { ok: false, refused: `${user.displayName} is not in it` },
  )
}

function askBot(core: PlatformCore, chat: GroupChat, by: User, botUserId: string): ActOutcome<Told> {
  const channel = core.channels.findByBotUserId(botUserId)
  if (channel === undefined) return { ok: false, refused: `There is no bot ${botUserId}` }
  return inviteBot(core, chat, by, channel)
}

function findPeople(core: PlatformCore, by: User, userIds: readonly string[]): Found<User[]> {
  const found: User[] = []
  for (const userId of new Set(userIds)) {
    const user = core.users.find(userId)
    if (user === undefined) return { ok: false, message: `There is no user ${userId}.` }
    if (user.providerId !== by.providerId)
      return { ok: false, message: `${user.displayName} has another user id there: it is of another provider.` }
    if (user.userId !== by.userId) found.push(user)
  }
  return { ok: true, value: found }
}
