// The group or room that a path names, as its bot may see it.
import { parseGroupId, parseRoomId, parseUserId, type UserId } from '@hatoba/line/wire'
import type { GroupChat, GroupKind } from '../chats/group-chats.ts'
import type { PlatformCore } from '../core.ts'
import { type Answer, errorAnswer } from './answers.ts'
import type { ChannelCall } from './operation.ts'

export type GroupOfCall = { ok: true; chat: GroupChat } | { ok: false; answer: Answer }

/** The path parameter of each kind. */
export const ID_PARAMETER = { group: 'groupId', room: 'roomId' } as const

const PARSERS = { group: parseGroupId, room: parseRoomId } as const

// LINE facts sheet, "Users, bot, groups, rooms"
export const NOT_FOUND = errorAnswer(404, 'Not found')
export const invalidParameter = (name: string): Answer =>
  errorAnswer(400, `The value for the '${name}' parameter is invalid`)

/** The group that the bot is in. */
export function groupOfCall(call: ChannelCall, core: PlatformCore, kind: GroupKind): GroupOfCall {
  const found = knownGroup(call, core, kind)
  if (!found.ok || found.chat.botChannelId === call.channel.channelId) return found
  return { ok: false, answer: NOT_FOUND }
}

/** The group, whether the bot is in it or not. */
export function knownGroup({ params, channel }: ChannelCall, { groups }: PlatformCore, kind: GroupKind): GroupOfCall {
  const chatId = PARSERS[kind](params[ID_PARAMETER[kind]] ?? '')
  if (chatId === undefined) return { ok: false, answer: invalidParameter(ID_PARAMETER[kind]) }
  const chat = groups.find(chatId)
  return chat?.providerId === channel.providerId && chat.kind === kind
    ? { ok: true, chat }
    : { ok: false, answer: NOT_FOUND }
}

export function userOfCall({ params }: ChannelCall): { ok: true; userId: UserId } | { ok: false; answer: Answer } {
  const userId = parseUserId(params.userId ?? '')
  return userId === undefined ? { ok: false, answer: invalidParameter('userId') } : { ok: true, userId }
}
