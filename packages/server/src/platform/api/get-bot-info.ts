import { type Answer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Get bot info". */
export const getBotInfo: ChannelOperation = {
  name: 'getBotInfo',
  method: 'GET',
  path: '/v2/bot/info',
  auth: 'channel',
  body: 'none',
  handle({ channel: { botUserId, basicId, displayName } }): Answer {
    // Chats are answered by the bot and read at once, as in a channel whose console settings nobody has changed.
    return jsonAnswer(200, { userId: botUserId, basicId, displayName, chatMode: 'bot', markAsReadMode: 'auto' })
  },
}
