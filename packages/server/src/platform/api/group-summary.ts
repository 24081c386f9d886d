import { jsonAnswer } from './answers.ts'
import { groupOfCall } from './group-chat-of-call.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Get group chat summary". Rooms have none. */
export const getGroupSummary: ChannelOperation = {
  name: 'getGroupSummary',
  method: 'GET',
  path: '/v2/bot/group/:groupId/summary',
  auth: 'channel',
  body: 'none',
  handle(call, core) {
    const group = groupOfCall(call, core, 'group')
    if (!group.ok) return group.answer
    const { chatId, name = '', pictureUrl } = group.chat
    return jsonAnswer(200, { groupId: chatId, groupName: name, ...(pictureUrl !== undefined && { pictureUrl }) })
  },
}
