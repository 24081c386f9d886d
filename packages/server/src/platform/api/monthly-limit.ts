// The month's quota: whether a send still fits into it, and how much is used. LINE documentation, "Messaging API
// pricing". Beside it stands the rate limit, which answers 429 in other words.
import type { LineChannel } from '../accounts/channels.ts'
import { monthlyQuotaOf } from '../accounts/monthly-quota.ts'
import type { CountedSend, SentCounts } from '../chats/sent-counts.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/**
 * Counts a send that reaches so many people, or answers why it may not be done: then nobody is sent anything.
 * unconfirmed: a send that fits in part is refused whole; once the quota is used up, one that reaches nobody is too.
 */
export function takeFromQuota(
  channel: LineChannel,
  kind: CountedSend,
  people: number,
  sentCounts: SentCounts,
): Answer | undefined {
  const quota = monthlyQuotaOf(channel)
  const used = sentCounts.usageThisMonth(channel.channelId)
  if (quota !== undefined && used + Math.max(people, 1) > quota)
    return errorAnswer(429, 'You have reached your monthly limit.')
  sentCounts.add(channel.channelId, kind, people)
  return undefined
}

/** LINE reference, "Get the target limit for sending messages this month". */
export const getMessageQuota: ChannelOperation = {
  name: 'getMessageQuota',
  method: 'GET',
  path: '/v2/bot/message/quota',
  auth: 'channel',
  body: 'none',
  handle({ channel }): Answer {
    const quota = monthlyQuotaOf(channel)
    return jsonAnswer(200, quota === undefined ? { type: 'none' } : { type: 'limited', value: quota })
  },
}

/** LINE reference, "Get number of messages sent this month". */
export const getMessageQuotaConsumption: ChannelOperation = {
  name: 'getMessageQuotaConsumption',
  method: 'GET',
  path: '/v2/bot/message/quota/consumption',
  auth: 'channel',
  body: 'none',
  handle({ channel }, { sentCounts }): Answer {
    return jsonAnswer(200, { totalUsage: sentCounts.usageThisMonth(channel.channelId) })
  },
}
