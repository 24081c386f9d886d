// The token by which a bot marks a user's messages as read. It names chat and message and is signed with the channel's
// secret, so that nothing is kept for it. LINE reference, "Mark messages as read": it never expires.
import { createHmac } from 'node:crypto'
import { secretsEqual } from '../../kit/compare.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { Chats } from './chats.ts'
import { type Chat, findMessage, type StoredMessage } from './chats.ts'
import type { GroupChats } from './group-chats.ts'

const MOST_CHARACTERS = 200

export function markAsReadToken(channel: LineChannel, { chat, id }: StoredMessage): string {
  const payload = Buffer.from(`${id} ${chat.kind === 'user' ? chat.userId : chat.chatId}`).toString('base64url')
  return `${payload}.${sign(channel, payload)}`
}

/** Undefined where the token is none that this bot was given. */
export function readMarkAsReadToken(
  channel: LineChannel,
  token: string,
  { chats, groups }: { chats: Chats; groups: GroupChats },
): { chat: Chat; messageId: string } | undefined {
  const [payload = '', mac = ''] = token.length > MOST_CHARACTERS ? [] : token.split('.')
  if (!secretsEqual(mac, sign(channel, payload))) return undefined
  const [messageId = '', place = ''] = Buffer.from(payload, 'base64url').toString().split(' ')
  const chat = groups.find(place) ?? chats.find(channel.channelId, place)
  return chat !== undefined && findMessage(chat, messageId) !== undefined ? { chat, messageId } : undefined
}

const sign = (channel: LineChannel, payload: string) =>
  createHmac('sha256', channel.channelSecret)
    .update(`mark as read ${payload}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
