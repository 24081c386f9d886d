// How many people were sent messages on a day, for each kind of send.
import type { CountedSend } from '../chats/sent-counts.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

// LINE reference, "Get number of sent reply messages": the counting began on 2018-03-31
const FIRST_DAY = '20180331'

/** LINE reference, "Get number of sent reply messages". */
export const getNumberOfSentReplyMessages = counter('getNumberOfSentReplyMessages', 'reply')
/** LINE reference, "Get number of sent push messages". */
export const getNumberOfSentPushMessages = counter('getNumberOfSentPushMessages', 'push')
/** LINE reference, "Get number of sent multicast messages". */
export const getNumberOfSentMulticastMessages = counter('getNumberOfSentMulticastMessages', 'multicast')
/** LINE reference, "Get number of sent broadcast messages". */
export const getNumberOfSentBroadcastMessages = counter('getNumberOfSentBroadcastMessages', 'broadcast')
/** LINE notification messages reference, "Get number of sent LINE notification messages (flexible)". */
export const getPNPMessageStatistics = counter('getPNPMessageStatistics', 'pnp')
/** LINE notification messages reference, "Get number of sent LINE notification messages (template)". */
export const getTemplatedPNPMessageStatistics = counter('getTemplatedPNPMessageStatistics', 'pnp-templated')

function counter(name: string, kind: CountedSend): ChannelOperation {
  return {
    name,
    method: 'GET',
    path: `/v2/bot/message/delivery/${kind.replace('-', '/')}`,
    auth: 'channel',
    body: 'none',
    handle({ channel, query }, { sentCounts }): Answer {
      const day = query('date') ?? ''
      if (!isDay(day)) return errorAnswer(400, "The value for the 'date' parameter is invalid")
      if (day < FIRST_DAY) return jsonAnswer(200, { status: 'out_of_service' })
      // LINE reference: a day is counted within the next one
      if (day >= sentCounts.today()) return jsonAnswer(200, { status: 'unready' })
      return jsonAnswer(200, {
        status: 'ready',
        success: sentCounts.peopleReached(channel.channelId, kind, day),
      })
    },
  }
}

/** `yyyyMMdd`, of a day that there is. */
function isDay(text: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (parts === null) return false
  const written = `${parts[1]}-${parts[2]}-${parts[3]}`
  const date = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written)
}
