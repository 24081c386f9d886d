// Who a path of the control API speaks of. A chat between a user and a bot is named by the bot's user id, a group or
// room by its own id.
import type { FastifyReply } from 'fastify'
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import { type ActOutcome, channelOf, type Seat } from '../acts/act.ts'
import { type Chat, findMessage, type StoredMessage } from '../chats/chats.ts'
import type { GroupChat } from '../chats/group-chats.ts'
import type { PlatformCore } from '../core.ts'

export type PathParams = {
  userId?: string
  chatId?: string
  botUserId?: string
  channelId?: string
  messageId?: string
  fileId?: string
  id?: string
}

export type Found<T> = { ok: true; value: T } | { ok: false; message: string }

export function findUser(core: PlatformCore, params: PathParams): Found<User> {
  const user = core.users.find(params.userId ?? '')
  return user === undefined ? { ok: false, message: `There is no user ${params.userId}.` } : { ok: true, value: user }
}

export function findChannel(core: PlatformCore, params: PathParams): Found<LineChannel> {
  const channel = core.channels.find(params.channelId ?? '')
  if (channel !== undefined) return { ok: true, value: channel }
  return { ok: false, message: `There is no channel ${params.channelId}.` }
}

export function findGroup(core: PlatformCore, params: PathParams): Found<GroupChat> {
  const group = core.groups.find(params.chatId ?? '')
  if (group !== undefined) return { ok: true, value: group }
  return { ok: false, message: `There is no group or room ${params.chatId}.` }
}

/** A user meets the bots of the user's own provider only: user ids differ from provider to provider. */
export function findParties(core: PlatformCore, params: PathParams): Found<{ user: User; channel: LineChannel }> {
  const user = findUser(core, params)
  if (!user.ok) return user
  const botUserId = params.botUserId ?? params.chatId ?? ''
  const channel = core.channels.findByBotUserId(botUserId)
  if (channel === undefined || channel.providerId !== user.value.providerId)
    return { ok: false, message: `${user.value.displayName} has no chat ${botUserId}.` }
  return { ok: true, value: { user: user.value, channel } }
}

/** The user and the chat of a path; `chat` is undefined where the two have not begun one. */
export function findPlace(
  core: PlatformCore,
  params: PathParams,
): Found<{ user: User; channel: LineChannel | undefined; chat: Chat | undefined }> {
  const group = core.groups.find(params.chatId ?? '')
  if (group === undefined) {
    const parties = findParties(core, params)
    if (!parties.ok) return parties
    const { user, channel } = parties.value
    return { ok: true, value: { user, channel, chat: core.chats.find(channel.channelId, user.userId) } }
  }
  const user = findUser(core, params)
  if (!user.ok) return user
  if (group.members.has(user.value.userId))
    return { ok: true, value: { user: user.value, channel: channelOf(core, group), chat: group } }
  return { ok: false, message: `${user.value.displayName} is not in ${group.chatId}.` }
}

/** As {@link findPlace} for an act, which begins the chat. */
export function findSeat(core: PlatformCore, params: PathParams): Found<Seat> {
  const place = findPlace(core, params)
  if (!place.ok) return place
  const { user, channel, chat } = place.value
  if (chat !== undefined) return { ok: true, value: { user, channel, chat } }
  if (channel === undefined) throw new Error('a place without a chat and without a bot')
  return { ok: true, value: { user, channel, chat: core.chats.open(channel.channelId, user.userId) } }
}

/** A message that the user sees. */
export function findStored(core: PlatformCore, params: PathParams): Found<{ seat: Seat; stored: StoredMessage }> {
  const place = findPlace(core, params)
  if (!place.ok) return place
  const { user, channel, chat } = place.value
  const stored = chat && findMessage(chat, params.messageId ?? '')
  if (chat === undefined || stored === undefined)
    return { ok: false, message: `There is no message ${params.messageId} in the chat.` }
  return { ok: true, value: { seat: { user, channel, chat }, stored } }
}

/** The answer to an act: what it gave, or 409 with why it was refused. */
export function answerAct<T>(reply: FastifyReply, outcome: ActOutcome<T>, view: (value: T) => unknown): FastifyReply {
  return outcome.ok ? reply.send(view(outcome.value)) : reply.code(409).send({ message: `${outcome.refused}.` })
}
