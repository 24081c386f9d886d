// What happens in groups and rooms: they are made, people and bots are invited, come and go.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { GroupChat, GroupKind } from '../chats/group-chats.ts'
import type { PlatformCore } from '../core.ts'
import { consents, joinEvent, leaveEvent, memberJoinedEvent, memberLeftEvent } from '../webhooks/events.ts'
import { type ActOutcome, channelOf, recordAct, refuse, type Told, tellBot } from './act.ts'

/** unconfirmed: LINE's apps take that many into one group. */
export const MOST_GROUP_MEMBERS = 500

export interface NewGroup {
  kind: GroupKind
  providerId: string
  name?: string
  pictureUrl?: string
  /** The first of them made it. */
  members: readonly User[]
  /** Into a group they come when they accept; into a room at once. */
  invited: readonly User[]
}

export function createGroup(core: PlatformCore, given: NewGroup): GroupChat {
  const { kind, providerId, name, pictureUrl, members, invited } = given
  const [user] = members
  const chat = core.groups.add({
    kind,
    chatId: core.identifiers.chatId(kind === 'group' ? 'C' : 'R'),
    providerId,
    ...(name !== undefined && { name }),
    ...(pictureUrl !== undefined && { pictureUrl }),
    members: [...members, ...(kind === 'room' ? invited : [])].map(({ userId }) => userId),
    ...(kind === 'group' && { invited: invited.map(({ userId }) => userId) }),
  })
  recordAct(core, 'create', { chat, ...(user !== undefined && { user }) })
  return chat
}

/** People are asked into a group, and stand in a room at once. */
export function inviteUsers(
  core: PlatformCore,
  chat: GroupChat,
  by: User | undefined,
  users: readonly User[],
): ActOutcome<Told> {
  const fresh = users.filter(({ userId }) => !chat.members.has(userId) && !chat.invited.has(userId))
  if (chat.members.size + chat.invited.size + fresh.length > MOST_GROUP_MEMBERS)
    return refuse(`a ${chat.kind} has at most ${MOST_GROUP_MEMBERS} members`)
  const causeId = recordAct(core, 'invite', seatOf(chat, by))
  if (chat.kind === 'room') return { ok: true, value: letIn(core, chat, fresh, causeId) }
  for (const { userId } of fresh) core.groups.invite(chat, userId)
  return { ok: true, value: { webhookEventIds: [] } }
}

/** A user accepts an invitation, or comes by a link. */
export function joinGroup(core: PlatformCore, chat: GroupChat, user: User): ActOutcome<Told> {
  if (chat.members.has(user.userId)) return refuse(`${user.displayName} is in it already`)
  if (chat.members.size >= MOST_GROUP_MEMBERS) return refuse(`a ${chat.kind} has at most ${MOST_GROUP_MEMBERS} members`)
  return { ok: true, value: letIn(core, chat, [user], recordAct(core, 'join', { user, chat })) }
}

function letIn(core: PlatformCore, chat: GroupChat, users: readonly User[], causeId: number): Told {
  for (const { userId } of users) core.groups.addMember(chat, userId)
  return tellOfMembers(core, chat, users, memberJoinedEvent, causeId)
}

export function leaveGroup(core: PlatformCore, chat: GroupChat, user: User): ActOutcome<Told> {
  return takeOut(core, chat, user, recordAct(core, 'leave', { user, chat }))
}

export function removeUser(core: PlatformCore, chat: GroupChat, by: User | undefined, user: User): ActOutcome<Told> {
  return takeOut(core, chat, user, recordAct(core, 'remove', seatOf(chat, by)))
}

function takeOut(core: PlatformCore, chat: GroupChat, user: User, causeId: number): ActOutcome<Told> {
  const { userId } = user
  if (chat.invited.has(userId)) {
    core.groups.uninvite(chat, userId)
    return { ok: true, value: { webhookEventIds: [] } }
  }
  if (!chat.members.has(userId)) return refuse(`${user.displayName} is not in it`)
  core.groups.removeMember(chat, userId)
  return { ok: true, value: tellOfMembers(core, chat, [user], memberLeftEvent, causeId) }
}

/** unconfirmed: those who do not consent are left out; where nobody is left to name, there is no event. */
function tellOfMembers(
  core: PlatformCore,
  chat: GroupChat,
  users: readonly User[],
  event: typeof memberJoinedEvent,
  causeId: number,
): Told {
  const named = users.map(({ userId }) => userId).filter((userId) => consents(core.users, userId))
  if (named.length === 0) return { webhookEventIds: [] }
  return tellBot(core, chat, () => event(core, chat, named), causeId)
}

export function inviteBot(
  core: PlatformCore,
  chat: GroupChat,
  by: User | undefined,
  channel: LineChannel,
): ActOutcome<Told> {
  const { displayName, channelId, settings } = channel
  if (channel.providerId !== chat.providerId)
    return refuse(`${displayName} is a bot of another provider than the members`)
  if (!settings.joinGroups) return refuse(`${displayName} does not allow to be added to groups and rooms`)
  if (chat.botChannelId === channelId) return refuse(`${displayName} is in it already`)
  // LINE facts sheet, "Users, bot, groups, rooms": only one official account may be in a group or room
  if (chat.botChannelId !== undefined) return refuse('another bot is in it, and there can be only one')
  const causeId = recordAct(core, 'invite', { ...seatOf(chat, by), channel })
  core.groups.setBot(chat, channelId)
  // A room's bot hears of it at the room's first event.
  if (chat.kind === 'room') return { ok: true, value: { webhookEventIds: [] } }
  return { ok: true, value: tellBot(core, chat, () => joinEvent(core, chat), causeId) }
}

export function removeBot(core: PlatformCore, chat: GroupChat, by: User | undefined): ActOutcome<Told> {
  const channel = channelOf(core, chat)
  if (channel === undefined) return refuse('no bot is in it')
  return { ok: true, value: takeBotOut(core, chat, recordAct(core, 'remove', { ...seatOf(chat, by), channel })) }
}

/** The bot goes and is told so. */
function takeBotOut(core: PlatformCore, chat: GroupChat, causeId: number): Told {
  const told = tellBot(core, chat, () => leaveEvent(core, chat), causeId)
  core.groups.setBot(chat, undefined)
  return told
}

const seatOf = (chat: GroupChat, user: User | undefined) => ({ chat, ...(user !== undefined && { user }) })
