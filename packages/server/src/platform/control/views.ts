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
  const { channelId, userId } = stored.chat
  const channel = core.channels.find(channelId)
  const user = core.users.find(userId)
  if (channel === undefined || user === undefined) throw new Error('a chat of an unknown channel or user')
  const from =
    stored.from === 'bot'
      ? { kind: 'bot' as const, id: channel.botUserId, displayName: channel.displayName }
      : {
          kind: 'user' as const,
          id: userId,
          displayName: user.displayName,
          ...(user.pictureUrl !== undefined && { pictureUrl: user.pictureUrl }),
        }
  return { id: stored.id, chatId: channel.botUserId, from, sentAtMs: stored.sentAtMs, message: stored.message }
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
