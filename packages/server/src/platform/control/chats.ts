// A user's chats: the list, the messages, reading, and friendship with bots.
import type { FastifyInstance } from 'fastify'
import type { User } from '../accounts/users.ts'
import { changeFriendship } from '../acts/friendship.ts'
import { type Chat, countUnread, messagesBefore } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import { answerAct, findParties, findPlace, findUser, type PathParams } from './parties.ts'
import { oneOf, readFields, readWith, textOf, wholeNumber } from './read-fields.ts'
import { type ChatSummary, titleOf, viewMessage } from './views.ts'

const PAGE_FIELDS = { before: textOf(1, 20), limit: wholeNumber(1, 200) }
const FRIEND_FIELDS = { action: oneOf('add', 'block', 'unblock') }

type WithParams = { Params: PathParams }

export function serveChats(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/users/:userId/chats', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    return reply.send({ chats: listChats(core, user.value) })
  })

  scope.get<WithParams>('/users/:userId/chats/:chatId/messages', (request, reply) => {
    const place = findPlace(core, request.params)
    if (!place.ok) return reply.code(404).send({ message: place.message })
    const read = readFields(request.query, PAGE_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { user, chat } = place.value
    if (chat === undefined) return reply.send({ messages: [], hasMore: false })
    const page = messagesBefore(chat, read.value.before, read.value.limit ?? 50)
    if (read.value.before === undefined) markAllRead(core, chat, user.userId) // opening a chat is reading it
    return reply.send({ messages: page.messages.map((stored) => viewMessage(core, stored)), hasMore: page.hasMore })
  })

  scope.post<WithParams>('/users/:userId/chats/:chatId/read', (request, reply) => {
    const place = findPlace(core, request.params)
    if (!place.ok) return reply.code(404).send({ message: place.message })
    const { user, chat } = place.value
    if (chat !== undefined) markAllRead(core, chat, user.userId)
    return reply.send({ unread: 0 })
  })

  scope.post<WithParams>('/users/:userId/friends/:botUserId', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const read = readWith(request.body, FRIEND_FIELDS, ['action'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { user, channel } = parties.value
    return answerAct(reply, changeFriendship(core, user, channel, read.value.action), (value) => value)
  })
}

/** Every bot that the user knows or has written to, and every group and room; the newest message first. */
function listChats(core: PlatformCore, user: User): ChatSummary[] {
  const { userId } = user
  const found: ChatSummary[] = []
  for (const channel of core.channels.all()) {
    if (channel.providerId !== user.providerId) continue
    const chat = core.chats.find(channel.channelId, userId)
    const friendship = core.users.friendship(channel.channelId, userId)
    if (friendship === 'none' && chat?.messages.at(-1) === undefined) continue
    const { botUserId: chatId, displayName: title, about } = channel
    const picture = about.iconUrl === undefined ? {} : { pictureUrl: about.iconUrl }
    found.push({ chatId, kind: 'user', title, ...picture, ...stateOf(core, chat, userId), friendship })
  }
  for (const chat of core.groups.ofUser(userId)) {
    const { chatId, kind, pictureUrl, members } = chat
    const picture = pictureUrl === undefined ? {} : { pictureUrl }
    const title = titleOf(core, chat, userId)
    found.push({ chatId, kind, title, ...picture, ...stateOf(core, chat, userId), memberCount: members.size })
  }
  for (const chat of core.groups.all()) {
    if (!chat.invited.has(userId)) continue
    const { chatId, kind, members } = chat
    found.push({
      chatId,
      kind,
      title: titleOf(core, chat, userId),
      unread: 0,
      invited: true,
      memberCount: members.size,
    })
  }
  return found.sort((a, b) => ((a.lastMessage?.id ?? '') < (b.lastMessage?.id ?? '') ? 1 : -1))
}

function stateOf(
  core: PlatformCore,
  chat: Chat | undefined,
  userId: string,
): Pick<ChatSummary, 'lastMessage' | 'unread'> {
  const last = chat?.messages.at(-1)
  if (chat === undefined || last === undefined) return { unread: 0 }
  return { lastMessage: viewMessage(core, last), unread: countUnread(chat, userId) }
}

export function markAllRead(core: PlatformCore, chat: Chat, userId: string): void {
  const last = chat.messages.at(-1)
  if (last !== undefined) core.chats.markRead(chat, userId, last.id)
}
