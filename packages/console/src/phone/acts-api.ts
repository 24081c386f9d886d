// What a person does, as calls of the control API: send, tap, watch, take back, befriend, come and go.
import { BASE, type ChatMessage, call, chatPath, type Friendship, type UserProfile, userPath } from './control-api.ts'

/** What became of an act at the bot. */
export interface Told {
  webhookEventIds: string[]
  /** Why the bot is not told. */
  notSent?: string
}

export interface Tapped extends Told {
  action: string
  messages: ChatMessage[]
  /** The address that the phone opens. */
  opened?: string
  /** What is in the clipboard now. */
  copied?: string
  inputOption?: string
  filledIn?: string
}

export interface Place {
  title?: string
  address?: string
  latitude: number
  longitude: number
}

export interface TapChoice {
  value?: string
  uploadIds?: string[]
  location?: Place
}

export interface GroupMember {
  userId: string
  displayName: string
  pictureUrl?: string
}

export interface Group {
  chatId: string
  kind: 'group' | 'room'
  name?: string
  members: GroupMember[]
  invited: GroupMember[]
  bot?: { botUserId: string; channelId: string; displayName: string }
}

export const sendBody = async (userId: string, chatId: string, body: object): Promise<ChatMessage[]> => {
  const { message, messages } = await call<{ message: ChatMessage; messages?: ChatMessage[] }>(
    `${chatPath(userId, chatId)}/messages`,
    { post: body },
  )
  return messages ?? [message]
}

const messagePath = (userId: string, { chatId, id }: Pick<ChatMessage, 'chatId' | 'id'>) =>
  `${chatPath(userId, chatId)}/messages/${encodeURIComponent(id)}`

/** @param at a JSON pointer to the action in the message */
export const tapAt = (userId: string, message: ChatMessage, at: string, choice: TapChoice) =>
  call<Tapped>(`${messagePath(userId, message)}/tap`, { post: { at, device: 'phone', ...choice } })

export const watchedToEnd = (userId: string, message: ChatMessage) =>
  call<Told>(`${messagePath(userId, message)}/watched`, { post: {} })

export const unsend = (userId: string, message: ChatMessage) =>
  call<Told & { message: ChatMessage }>(`${messagePath(userId, message)}/unsend`, { post: {} })

export const changeFriendship = (userId: string, botUserId: string, action: 'add' | 'block' | 'unblock') =>
  call<Told & { friendship: Friendship }>(`${userPath(userId)}/friends/${encodeURIComponent(botUserId)}`, {
    post: { action },
  })

export const getGroup = (chatId: string, signal: AbortSignal) =>
  call<Group>(`/groups/${encodeURIComponent(chatId)}`, { signal })

export interface NewGroup {
  kind: 'group' | 'room'
  name?: string
  members: string[]
  invite: string[]
  botUserId?: string
}

export const createGroup = (userId: string, group: NewGroup) =>
  call<Group & Told>(`${userPath(userId)}/groups`, { post: group })

export const joinGroup = (userId: string, chatId: string) =>
  call<Group & Told>(`${chatPath(userId, chatId)}/join`, { post: {} })

export const leaveGroup = (userId: string, chatId: string) =>
  call<Group & Told>(`${chatPath(userId, chatId)}/leave`, { post: {} })

export const inviteInto = (userId: string, chatId: string, whom: { userIds?: string[]; botUserId?: string }) =>
  call<Group & Told>(`${chatPath(userId, chatId)}/invite`, { post: whom })

export const removeFrom = (userId: string, chatId: string, whom: { userId?: string; botUserId?: string }) =>
  call<Group & Told>(`${chatPath(userId, chatId)}/remove`, { post: whom })

export type UserChange = Partial<Pick<UserProfile, 'displayName' | 'consent' | 'useBeacon'>> & {
  statusMessage?: string | null
}

export const changeUser = (userId: string, change: UserChange) => call<UserProfile>(userPath(userId), { patch: change })

/** Somebody new, with the provider of somebody who is there. */
export const createUser = (providerId: string, displayName: string) =>
  call<UserProfile>('/users', { post: { providerId, displayName } })

export interface BeaconSignal {
  type: 'enter' | 'leave' | 'stay' | 'banner'
  hwid: string
  dm?: string
  text?: string
}

export const meetBeacon = (userId: string, botUserId: string, signal: BeaconSignal) =>
  call<Told>(`${userPath(userId)}/beacons/${encodeURIComponent(botUserId)}`, { post: signal })

/** Where the platform serves a file that a message of a bot names. @param at a JSON pointer to its URL */
export const mediaUrl = (userId: string, message: ChatMessage, at: string) =>
  `${BASE}/media?${mediaQuery(userId, message, at)}`

export interface MediaFault {
  limit: string
  allowed: string | number
  found: string | number
}

export const checkMedia = (userId: string, message: ChatMessage, at: string, signal: AbortSignal) =>
  call<{ ok: boolean; message?: string; broken?: MediaFault }>(`/media/check?${mediaQuery(userId, message, at)}`, {
    signal,
  })

const mediaQuery = (userId: string, { chatId, id }: ChatMessage, at: string) =>
  new URLSearchParams({ userId, chatId, messageId: id, at }).toString()
