import { type Answer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Get bot info". */
export const getBotInfo: ChannelOperation = {
  name: 'getBotInfo',
  method: 'GET',
  path: '/v2/bot/info',
  auth: 'channel',
  body: 'none',
  handle({ channel: { botUserId, basicId, displayName, about, settings } }): Answer {
    return jsonAnswer(200, {
      userId: botUserId,
      basicId,
      ...(about.premiumId !== undefined && { premiumId: about.premiumId }),
      displayName,
      ...(about.iconUrl !== undefined && { pictureUrl: about.iconUrl }),
      chatMode: settings.responseMode,
      markAsReadMode: settings.markAsReadMode,
    })
  },
}
