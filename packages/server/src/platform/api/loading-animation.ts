import { parseUserId } from '@hatoba/line/wire'
import type { Answer } from './answers.ts'
import { openBody } from './body-reader.ts'
import type { ChannelOperation } from './operation.ts'

const LEAST_SECONDS = 5
const MOST_SECONDS = 60
const USUAL_SECONDS = 20

/** LINE reference, "Display a loading animation": users whom it does not reach are no error. */
export const showLoadingAnimation: ChannelOperation = {
  name: 'showLoadingAnimation',
  method: 'POST',
  path: '/v2/bot/chat/loading/start',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText }, { loadingAnimations }): Answer {
    const opened = openBody(rawText, channel.profile)
    if (!opened.ok) return opened.answer
    const { body } = opened
    const chatId = body.requiredText('chatId')
    const seconds = body.wholeNumber('loadingSeconds') ?? USUAL_SECONDS
    const userId = parseUserId(chatId ?? '')
    if (chatId !== undefined && userId === undefined)
      body.fault('Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.', 'chatId')
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)
      body.fault(`Must be between ${LEAST_SECONDS} and ${MOST_SECONDS}`, 'loadingSeconds')
    if (seconds % 5 !== 0) body.fault('must be a multiple of five', 'loadingSeconds')
    const refused = body.refusal()
    if (refused !== undefined) return refused
    if (userId !== undefined) loadingAnimations.start(channel, userId, seconds * 1000)
    return { status: 202, body: '{}' }
  },
}
