import { parseUserId } from '@hatoba/line/wire'
import { consents } from '../webhooks/events.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Get profile". */
export const getProfile: ChannelOperation = {
  name: 'getProfile',
  method: 'GET',
  path: '/v2/bot/profile/:userId',
  auth: 'channel',
  body: 'none',
  handle({ channel, params }, { users, chats }): Answer {
    const userId = parseUserId(params.userId ?? '')
    if (userId === undefined) return errorAnswer(400, "The value for the 'userId' parameter is invalid")
    const user = users.find(userId)
    if (user?.providerId !== channel.providerId) return errorAnswer(404, 'Not found')
    if (!consents(users, userId)) return errorAnswer(404, 'Not found')
    const friendship = users.friendship(channel.channelId, userId)
    const wrote = chats.find(channel.channelId, userId)?.lastFromUserAtMs !== undefined
    // LINE facts sheet, "Users, bot, groups, rooms": friends, and who wrote without being one; nobody who blocked
    if (friendship === 'blocked' || (friendship === 'none' && !wrote)) return errorAnswer(404, 'Not found')
    const { displayName, pictureUrl, statusMessage, language } = user
    return jsonAnswer(200, {
      displayName,
      userId,
      ...(pictureUrl !== undefined && { pictureUrl }),
      ...(statusMessage !== undefined && { statusMessage }),
      // LINE facts sheet, "2017 versus current": the language came later
      ...(language !== undefined && channel.profile === 'current' && { language }),
    })
  },
}
