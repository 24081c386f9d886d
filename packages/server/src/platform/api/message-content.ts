import { type Answer, errorAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Get content". Users send text only so far, and text is never content: there is none to be found. */
export const getMessageContent: ChannelOperation = {
  name: 'getMessageContent',
  method: 'GET',
  path: '/v2/bot/message/:messageId/content',
  auth: 'channel',
  body: 'none',
  handle: (): Answer => errorAnswer(404, 'not found'),
}
