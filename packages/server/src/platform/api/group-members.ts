// Who is in a group or room: profiles, ids and their number. LINE reference, "Group chats" and "Multi-person chats".
import type { GroupKind } from '../chats/group-chats.ts'
import { consents } from '../webhooks/events.ts'
import { jsonAnswer } from './answers.ts'
import { readPage } from './continuation-token.ts'
import { groupOfCall, ID_PARAMETER, NOT_FOUND, userOfCall } from './group-chat-of-call.ts'
import type { ChannelOperation } from './operation.ts'

// LINE reference 2017, "Get group/room member IDs": at most 100; the same today
const MOST_MEMBER_IDS = 100

/** Also of members who are no friends of the bot, or who have blocked it. */
const memberProfile = (kind: GroupKind, name: string): ChannelOperation => ({
  name,
  method: 'GET',
  path: `/v2/bot/${kind}/:${ID_PARAMETER[kind]}/member/:userId`,
  auth: 'channel',
  body: 'none',
  handle(call, core) {
    const group = groupOfCall(call, core, kind)
    if (!group.ok) return group.answer
    const asked = userOfCall(call)
    if (!asked.ok) return asked.answer
    const { userId } = asked
    const user = core.users.find(userId)
    // LINE facts sheet, "Users, bot, groups, rooms": nobody who has not consented
    if (user === undefined || !group.chat.members.has(userId) || !consents(core.users, userId)) return NOT_FOUND
    const { displayName, pictureUrl } = user
    return jsonAnswer(200, { displayName, userId, ...(pictureUrl !== undefined && { pictureUrl }) })
  },
})

const memberIds = (kind: GroupKind, name: string): ChannelOperation => ({
  name,
  method: 'GET',
  path: `/v2/bot/${kind}/:${ID_PARAMETER[kind]}/members/ids`,
  auth: 'channel',
  body: 'none',
  handle(call, core) {
    const group = groupOfCall(call, core, kind)
    if (!group.ok) return group.answer
    const { chatId, members } = group.chat
    const listed = [...members].filter((userId) => consents(core.users, userId))
    const nowMs = core.clock.now()
    const request = { channel: call.channel, list: chatId, start: call.query('start'), size: MOST_MEMBER_IDS, nowMs }
    const page = readPage(listed, request)
    if (!page.ok) return page.answer
    return jsonAnswer(200, { memberIds: page.ids, ...(page.next !== undefined && { next: page.next }) })
  },
})

/** Without the bot. */
const memberCount = (kind: GroupKind, name: string): ChannelOperation => ({
  name,
  method: 'GET',
  path: `/v2/bot/${kind}/:${ID_PARAMETER[kind]}/members/count`,
  auth: 'channel',
  body: 'none',
  handle(call, core) {
    const group = groupOfCall(call, core, kind)
    return group.ok ? jsonAnswer(200, { count: group.chat.members.size }) : group.answer
  },
})

export const getGroupMemberProfile = memberProfile('group', 'getGroupMemberProfile')
export const getRoomMemberProfile = memberProfile('room', 'getRoomMemberProfile')
export const getGroupMembersIds = memberIds('group', 'getGroupMembersIds')
export const getRoomMembersIds = memberIds('room', 'getRoomMembersIds')
export const getGroupMemberCount = memberCount('group', 'getGroupMemberCount')
export const getRoomMemberCount = memberCount('room', 'getRoomMemberCount')
