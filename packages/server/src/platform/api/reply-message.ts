import { checkDestination, validateSend } from '@hatoba/line/wire'
import { type Answer, errorAnswer } from './answers.ts'
import { refuseForeignQuotes } from './foreign-quotes.ts'
import type { ChannelOperation } from './operation.ts'
import { sentAnswer } from './sent-answer.ts'

/** LINE reference, "Send reply message". */
export const replyMessage: ChannelOperation = {
  name: 'replyMessage',
  method: 'POST',
  path: '/v2/bot/message/reply',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText, entryId, note }, { replyTokens, delivery, timeline, sentCounts }): Answer {
    // unconfirmed: a reply that is refused for its messages does not use the token up
    const checked = validateSend('reply', rawText, channel)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.notes.length > 0) note(checked.notes)
    const { replyToken, messages } = checked.value
    const found = replyTokens.find(replyToken, channel.channelId)
    if (found === undefined) return errorAnswer(400, 'Invalid reply token')
    const { chat, causeId } = found
    const fitting = checkDestination(messages, chat.kind)
    if (!fitting.ok) return errorAnswer(fitting.status, fitting.error)
    const refused = refuseForeignQuotes(chat, messages)
    if (refused !== undefined) return refused
    timeline.setCause(entryId, causeId)
    replyTokens.take(replyToken)
    if (chat.kind === 'user') {
      sentCounts.add(channel.channelId, 'reply', delivery.reaches('reply', channel.channelId, chat.userId) ? 1 : 0)
      return sentAnswer(channel, delivery.send('reply', channel, chat.userId, messages, entryId))
    }
    // unconfirmed: the answer to a reply to a group that the bot has left since
    if (chat.botChannelId !== channel.channelId) return errorAnswer(400, 'Failed to send messages')
    sentCounts.add(channel.channelId, 'reply', chat.members.size)
    return sentAnswer(channel, delivery.sendToGroup(channel, chat, messages, entryId))
  },
}
