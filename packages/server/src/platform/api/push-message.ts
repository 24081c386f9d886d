import { parseUserId, validateSend } from '@hatoba/line/wire'
import { type Answer, errorAnswer } from './answers.ts'
import { refuseForeignQuotes } from './foreign-quotes.ts'
import { takeFromQuota } from './monthly-limit.ts'
import type { ChannelOperation } from './operation.ts'
import { sentAnswer } from './sent-answer.ts'

/** LINE reference, "Send push message". */
export const pushMessage: ChannelOperation = {
  name: 'pushMessage',
  method: 'POST',
  path: '/v2/bot/message/push',
  auth: 'channel',
  body: 'json',
  retryKey: true,
  handle({ channel, rawText, entryId, note }, { users, groups, chats, delivery, sentCounts }): Answer {
    const checked = validateSend('push', rawText, channel)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.notes.length > 0) note(checked.notes)
    const { to, messages } = checked.value
    if (parseUserId(to) === undefined) {
      const group = groups.find(to)
      if (group?.botChannelId !== channel.channelId) return errorAnswer(400, 'Failed to send messages')
      const refused =
        refuseForeignQuotes(group, messages) ?? takeFromQuota(channel, 'push', group.members.size, sentCounts)
      if (refused !== undefined) return refused
      return sentAnswer(channel, delivery.sendToGroup(channel, group, messages, entryId))
    }
    if (users.find(to)?.providerId !== channel.providerId) return errorAnswer(400, 'Failed to send messages')
    const people = delivery.reaches('push', channel.channelId, to) ? 1 : 0
    const refused =
      refuseForeignQuotes(chats.find(channel.channelId, to), messages) ??
      takeFromQuota(channel, 'push', people, sentCounts)
    if (refused !== undefined) return refused
    return sentAnswer(channel, delivery.send('push', channel, to, messages, entryId))
  },
}
