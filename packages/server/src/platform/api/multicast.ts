import { validateSend } from '@hatoba/line/wire'
import { type Answer, EMPTY_OBJECT, errorAnswer } from './answers.ts'
import { takeFromQuota } from './monthly-limit.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Send multicast message". */
export const multicast: ChannelOperation = {
  name: 'multicast',
  method: 'POST',
  path: '/v2/bot/message/multicast',
  auth: 'channel',
  body: 'json',
  retryKey: true,
  handle({ channel, rawText, entryId, note }, { users, delivery, sentCounts }): Answer {
    const checked = validateSend('multicast', rawText, channel)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.notes.length > 0) note(checked.notes)
    const { to, messages } = checked.value
    // unconfirmed: LINE's reference both skips and refuses unknown user ids; they are skipped here.
    // A user who is named twice gets the messages once.
    const known = [...new Set(to)].filter((userId) => users.find(userId)?.providerId === channel.providerId)
    const reached = known.filter((userId) => delivery.reaches('multicast', channel.channelId, userId))
    const refused = takeFromQuota(channel, 'multicast', reached.length, sentCounts)
    if (refused !== undefined) return refused
    delivery.sendToMany('multicast', channel, reached, messages, entryId)
    return EMPTY_OBJECT
  },
}
