// The objects that the control API answers with. No secret is in any of them.
import type { LineChannel } from '../accounts/channels.ts'
import type { Friendship, User } from '../accounts/users.ts'
import type { MessageObject, StoredMessage } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'

export interface ChatMessage {
  id: string
  chatId: string
  from: { kind: 'user' | 'bot'; id: string; displayName: string; pictureUrl?: string }
  sentAtMs: number
  /** The LINE message object. */
  message: MessageObject
}

export interface ChatSummary {
  chatId: string
  kind: 'user'
  title: string
  lastMessage?: ChatMessage
  unread: number
  friendship: Friendship
}

export function viewMessage(core: PlatformCore, stored: StoredMessage): ChatMessage {
  const { chat, id, sentAtMs, message } = stored
  const chatId = chat.kind === 'user' ? core.channels.find(chat.channelId)?.botUserId : chat.chatId
  if (chatId === undefined) throw new Error('a chat of an unknown channel')
  return { id, chatId, from: viewSender(core, stored), sentAtMs, message }
}

function viewSender(core: PlatformCore, { from, senderId }: StoredMessage): ChatMessage['from'] {
  if (from === 'bot') {
    const channel = core.channels.find(senderId)
    if (channel === undefined) throw new Error('a message of an unknown channel')
    return { kind: 'bot', id: channel.botUserId, displayName: channel.displayName }
  }
  const user = core.users.find(senderId)
  if (user === undefined) throw new Error('a message of an unknown user')
  const { displayName, pictureUrl } = user
  return { kind: 'user', id: user.userId, displayName, ...(pictureUrl !== undefined && { pictureUrl }) }
}

export function viewChannel(channel: LineChannel) {
  const { channelId, providerId, kind, profile, displayName, basicId, botUserId, webhook } = channel
  return { channelId, providerId, kind, profile, displayName, basicId, botUserId, webhook }
}

export function viewUser({ userId, providerId, displayName, pictureUrl, statusMessage }: User) {
  return {
    userId,
    providerId,
    displayName,
    ...(pictureUrl !== undefined && { pictureUrl }),
    ...(statusMessage !== undefined && { statusMessage }),
  }
}
