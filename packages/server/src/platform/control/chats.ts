// A user's chats: the list, the messages, writing, and friendship with bots.
import type { FastifyInstance } from 'fastify'
import type { User } from '../accounts/users.ts'
import { type Chat, countUnread, messagesBefore } from '../chats/chats.ts'
import { changeFriendship, LONGEST_USER_TEXT, sendText } from '../chats/user-acts.ts'
import type { PlatformCore } from '../core.ts'
import { findParties, findUser, type PathParams } from './parties.ts'
import { oneOf, readFields, textOf, wholeNumber } from './read-fields.ts'
import { type ChatSummary, viewMessage } from './views.ts'

const PAGE_FIELDS = { before: textOf(1, 20), limit: wholeNumber(1, 200) }
const MESSAGE_FIELDS = { type: oneOf('text'), text: textOf(1, LONGEST_USER_TEXT) }
const FRIEND_FIELDS = { action: oneOf('add', 'block', 'unblock') }

type WithParams = { Params: PathParams }

export function serveChats(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/users/:userId/chats', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    return reply.send({ chats: listChats(core, user.value) })
  })

  scope.get<WithParams>('/users/:userId/chats/:chatId/messages', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const read = readFields(request.query, PAGE_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { user, channel } = parties.value
    const chat = core.chats.find(channel.channelId, user.userId)
    if (chat === undefined) return reply.send({ messages: [], hasMore: false })
    const page = messagesBefore(chat, read.value.before, read.value.limit ?? 50)
    if (read.value.before === undefined) markAllRead(core, chat, user.userId) // opening a chat is reading it
    return reply.send({ messages: page.messages.map((stored) => viewMessage(core, stored)), hasMore: page.hasMore })
  })

  scope.post<WithParams>('/users/:userId/chats/:chatId/messages', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const read = readFields(request.body, MESSAGE_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    if (read.value.type === undefined) return reply.code(400).send({ message: 'body.type is missing.' })
    if (read.value.text === undefined) return reply.code(400).send({ message: 'body.text is missing.' })
    const outcome = sendText(core, parties.value.user, parties.value.channel, read.value.text)
    if (!outcome.ok) return reply.code(409).send({ message: `${outcome.refused}.` })
    const { stored, webhookEventIds } = outcome.value
    return reply.send({ message: viewMessage(core, stored), webhookEventIds })
  })

  scope.post<WithParams>('/users/:userId/chats/:chatId/read', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const chat = core.chats.find(parties.value.channel.channelId, parties.value.user.userId)
    if (chat !== undefined) markAllRead(core, chat, parties.value.user.userId)
    return reply.send({ unread: 0 })
  })

  scope.post<WithParams>('/users/:userId/friends/:botUserId', (request, reply) => {
    const parties = findParties(core, request.params)
    if (!parties.ok) return reply.code(404).send({ message: parties.message })
    const read = readFields(request.body, FRIEND_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    if (read.value.action === undefined) return reply.code(400).send({ message: 'body.action is missing.' })
    const outcome = changeFriendship(core, parties.value.user, parties.value.channel, read.value.action)
    return outcome.ok ? reply.send(outcome.value) : reply.code(409).send({ message: `${outcome.refused}.` })
  })
}

/** Every bot that the user knows or has written to; the chat with the newest message first. */
function listChats(core: PlatformCore, user: User): ChatSummary[] {
  const found: ChatSummary[] = []
  for (const channel of core.channels.all()) {
    if (channel.providerId !== user.providerId) continue
    const chat = core.chats.find(channel.channelId, user.userId)
    const friendship = core.users.friendship(channel.channelId, user.userId)
    const last = chat?.messages.at(-1)
    if (friendship === 'none' && last === undefined) continue
    found.push({
      chatId: channel.botUserId,
      kind: 'user',
      title: channel.displayName,
      ...(last !== undefined && { lastMessage: viewMessage(core, last) }),
      unread: chat === undefined ? 0 : countUnread(chat, user.userId),
      friendship,
    })
  }
  return found.sort((a, b) => ((a.lastMessage?.id ?? '') < (b.lastMessage?.id ?? '') ? 1 : -1))
}

export function markAllRead(core: PlatformCore, chat: Chat, userId: string): void {
  const last = chat.messages.at(-1)
  if (last !== undefined) core.chats.markRead(chat, userId, last.id)
}
