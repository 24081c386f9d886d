// The bot leaves a group or room. It is told so by a leave event, as if it had been removed.
import type { GroupKind } from '../chats/group-chats.ts'
import { leaveEvent } from '../webhooks/events.ts'
import { EMPTY_OBJECT } from './answers.ts'
import { groupOfCall, ID_PARAMETER, knownGroup } from './group-chat-of-call.ts'
import type { ChannelOperation } from './operation.ts'

const leave = (kind: GroupKind, name: string): ChannelOperation => ({
  name,
  method: 'POST',
  path: `/v2/bot/${kind}/:${ID_PARAMETER[kind]}/leave`,
  auth: 'channel',
  body: 'none',
  handle(call, core) {
    // LINE facts sheet, "Users, bot, groups, rooms": a room that the bot is not in is left all the same
    const found = kind === 'group' ? groupOfCall(call, core, kind) : knownGroup(call, core, kind)
    if (!found.ok) return found.answer
    const { channel, entryId } = call
    if (found.chat.botChannelId !== channel.channelId) return EMPTY_OBJECT
    core.groups.setBot(found.chat, undefined)
    core.webhooks.send(channel, leaveEvent(core, found.chat), entryId)
    return EMPTY_OBJECT
  },
})

/** LINE reference, "Leave group chat". */
export const leaveGroup = leave('group', 'leaveGroup')
/** LINE reference, "Leave multi-person chat". */
export const leaveRoom = leave('room', 'leaveRoom')
