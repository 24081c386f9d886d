import { validateSend } from '@hatoba/line/wire'
import { type Answer, errorAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'
import { sentAnswer } from './sent-answer.ts'

/** LINE reference, "Send reply message". */
export const replyMessage: ChannelOperation = {
  name: 'replyMessage',
  method: 'POST',
  path: '/v2/bot/message/reply',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText, entryId, note }, { replyTokens, delivery, timeline }): Answer {
    // unconfirmed: a reply that is refused for its messages does not use the token up
    const checked = validateSend('reply', rawText, channel)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.notes.length > 0) note(checked.notes)
    const { replyToken, messages } = checked.value
    const taken = replyTokens.take(replyToken, channel.channelId)
    if (taken === undefined) return errorAnswer(400, 'Invalid reply token')
    timeline.setCause(entryId, taken.causeId)
    return sentAnswer(channel, delivery.send('reply', channel, taken.chat.userId, messages, entryId))
  },
}
