import { validateSend } from '@hatoba/line/wire'
import { type Answer, EMPTY_OBJECT, errorAnswer } from './answers.ts'
import { takeFromQuota } from './monthly-limit.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Send broadcast message". */
export const broadcast: ChannelOperation = {
  name: 'broadcast',
  method: 'POST',
  path: '/v2/bot/message/broadcast',
  auth: 'channel',
  body: 'json',
  retryKey: true,
  handle({ channel, rawText, entryId, note }, { users, delivery, sentCounts }): Answer {
    const checked = validateSend('broadcast', rawText, channel)
    if (!checked.ok) return errorAnswer(checked.status, checked.error)
    if (checked.notes.length > 0) note(checked.notes)
    const friends = Array.from(users.friendsOf(channel.channelId), ({ userId }) => userId)
    const refused = takeFromQuota(channel, 'broadcast', friends.length, sentCounts)
    if (refused !== undefined) return refused
    delivery.sendToMany('broadcast', channel, friends, checked.value.messages, entryId)
    return EMPTY_OBJECT
  },
}
