// The objects that the control API answers with. No secret is in any of them.
import type { LineChannel, WebhookSettings } from '../accounts/channels.ts'
import type { ChannelAbout, ConsoleSettings } from '../accounts/console-settings.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { Friendship, User } from '../accounts/users.ts'
import { channelOf } from '../acts/act.ts'
import { type Chat, type MessageObject, readUpTo, type StoredMessage, usersOf } from '../chats/chats.ts'
import type { GroupChat, GroupKind } from '../chats/group-chats.ts'
import { findQuoted, quoteTokenOf } from '../chats/quoted-messages.ts'
import type { PlatformCore } from '../core.ts'

export interface ChatMessage {
  id: string
  chatId: string
  from: { kind: 'user' | 'bot'; id: string; displayName: string; pictureUrl?: string }
  sentAtMs: number
  /** The LINE message object; of one that was taken back only its type. */
  message: MessageObject
  /** User ids of the others who have seen it, the bot's among them. */
  readBy: string[]
  /** The file of a user's message. */
  content?: { url: string; mediaType: string; sizeBytes: number; width?: number; height?: number; durationMs?: number }
  /** The message of the same chat that a bot's message quotes by its token. */
  quotedMessageId?: string
  unsent?: true
  editedAtMs?: number
}

export interface ChatSummary {
  chatId: string
  kind: 'user' | GroupKind
  title: string
  pictureUrl?: string
  lastMessage?: ChatMessage
  unread: number
  /** Of a chat with a bot. */
  friendship?: Friendship
  /** Of a group or room: whether the user is only invited to it. */
  invited?: true
  memberCount?: number
}

export function viewMessage(core: PlatformCore, stored: StoredMessage): ChatMessage {
  const { chat, id, sentAtMs, message, unsent, editedAtMs } = stored
  const base = {
    id,
    chatId: chatIdOf(core, chat),
    from: viewSender(core, stored),
    sentAtMs,
    readBy: readersOf(core, stored),
  }
  if (unsent !== undefined) return { ...base, message: { type: message.type }, unsent }
  const content = viewContent(core, stored)
  const quoteToken = stored.from === 'bot' ? quoteTokenOf(message) : undefined
  const quoted = quoteToken === undefined ? undefined : findQuoted(chat, quoteToken)
  return {
    ...base,
    message,
    ...(content !== undefined && { content }),
    ...(quoted !== undefined && { quotedMessageId: quoted.id }),
    ...(editedAtMs !== undefined && { editedAtMs }),
  }
}

function chatIdOf(core: PlatformCore, chat: Chat): string {
  const chatId = chat.kind === 'user' ? core.channels.find(chat.channelId)?.botUserId : chat.chatId
  if (chatId === undefined) throw new Error('a chat of an unknown channel')
  return chatId
}

function viewSender(core: PlatformCore, { from, senderId }: StoredMessage): ChatMessage['from'] {
  if (from === 'bot') {
    const channel = core.channels.find(senderId)
    if (channel === undefined) throw new Error('a message of an unknown channel')
    const { botUserId, displayName, about } = channel
    return {
      kind: 'bot',
      id: botUserId,
      displayName,
      ...(about.iconUrl !== undefined && { pictureUrl: about.iconUrl }),
    }
  }
  const user = core.users.find(senderId)
  if (user === undefined) throw new Error('a message of an unknown user')
  const { displayName, pictureUrl } = user
  return { kind: 'user', id: user.userId, displayName, ...(pictureUrl !== undefined && { pictureUrl }) }
}

function readersOf(core: PlatformCore, { chat, id, from, senderId }: StoredMessage): string[] {
  const readers: string[] = []
  for (const userId of usersOf(chat)) if (userId !== senderId && readUpTo(chat, userId) >= id) readers.push(userId)
  const channel = from === 'user' ? channelOf(core, chat) : undefined
  if (channel === undefined) return readers
  // LINE reference, "Get bot info", markAsReadMode: on its own, or when the bot says so
  const read = channel.settings.markAsReadMode === 'auto' || (chat.botReadUpTo ?? '') >= id
  return read ? [...readers, channel.botUserId] : readers
}

function viewContent({ contents }: PlatformCore, { id }: StoredMessage): ChatMessage['content'] {
  const content = contents.find(id)
  const file = content && contents.findFile(content.fileId)
  if (file === undefined) return undefined
  const { fileId, mediaType, sizeBytes, width, height, durationMs } = file
  return {
    url: `/_hatoba/files/${fileId}`,
    mediaType,
    sizeBytes,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(durationMs !== undefined && { durationMs }),
  }
}

export interface ChannelView {
  channelId: string
  providerId: string
  kind: 'messaging'
  profile: LineChannel['profile']
  displayName: string
  basicId: string
  botUserId: string
  webhook: WebhookSettings
  settings: ConsoleSettings
  about: ChannelAbout
  /** What a QR code of the account holds. LINE documentation, "LINE URL scheme" */
  addFriendUrl: string
}

export function viewChannel(channel: LineChannel): ChannelView {
  const { channelId, providerId, kind, profile, displayName, basicId, botUserId, webhook, settings, about } = channel
  const base = { channelId, providerId, kind, profile, displayName, basicId, botUserId, webhook, settings, about }
  return { ...base, addFriendUrl: addFriendUrl(channel) }
}

export const addFriendUrl = ({ basicId, about }: LineChannel): string =>
  `https://line.me/R/ti/p/${encodeURIComponent(about.premiumId ?? basicId)}`

export function viewLoginChannel({ channelSecret, ...shown }: LoginChannel): Omit<LoginChannel, 'channelSecret'> {
  return shown
}

/** A user with the settings that are as in LINE where they were never touched. */
export function viewUser({ personId, ...user }: User): User {
  return {
    ...user,
    consent: user.consent ?? true,
    useBeacon: user.useBeacon ?? false,
    bluetooth: user.bluetooth ?? true,
  }
}

export interface GroupView {
  chatId: string
  kind: GroupKind
  providerId: string
  name?: string
  pictureUrl?: string
  members: { userId: string; displayName: string; pictureUrl?: string }[]
  invited: { userId: string; displayName: string; pictureUrl?: string }[]
  bot?: { botUserId: string; channelId: string; displayName: string }
}

export function viewGroup(core: PlatformCore, chat: GroupChat): GroupView {
  const people = (userIds: Iterable<string>) =>
    Array.from(userIds, (userId) => {
      const { displayName = '', pictureUrl } = core.users.find(userId) ?? {}
      return { userId, displayName, ...(pictureUrl !== undefined && { pictureUrl }) }
    })
  const { chatId, kind, providerId, name, pictureUrl, members, invited } = chat
  const channel = channelOf(core, chat)
  return {
    chatId,
    kind,
    providerId,
    ...(name !== undefined && { name }),
    ...(pictureUrl !== undefined && { pictureUrl }),
    members: people(members),
    invited: people(invited),
    ...(channel !== undefined && {
      bot: { botUserId: channel.botUserId, channelId: channel.channelId, displayName: channel.displayName },
    }),
  }
}

/** LINE's apps name a group without a name, and a room, after the people in it. */
export function titleOf(core: PlatformCore, chat: GroupChat, forUserId: string): string {
  if (chat.name !== undefined) return chat.name
  const others = [...chat.members].filter((userId) => userId !== forUserId).slice(0, 5)
  const names = others.map((userId) => core.users.find(userId)?.displayName ?? '')
  return names.length === 0 ? 'Empty room' : names.join(', ')
}
