import { jsonAnswer } from './answers.ts'
import { readPage } from './continuation-token.ts'
import { invalidParameter } from './group-chat-of-call.ts'
import type { ChannelOperation } from './operation.ts'

// LINE reference 2017, "Get follower IDs": at most 1000, and no `limit`
const MOST_FOLLOWERS = 1000
// LINE reference, "Get a list of users who added your LINE Official Account as a friend"
const USUAL_FOLLOWERS = 300

/** Friends only: not those who have blocked the bot. */
export const getFollowers: ChannelOperation = {
  name: 'getFollowers',
  method: 'GET',
  path: '/v2/bot/followers/ids',
  auth: 'channel',
  body: 'none',
  handle({ channel, query }, { users, clock }) {
    const size = channel.profile === '2017' ? MOST_FOLLOWERS : readLimit(query('limit'))
    // unconfirmed: LINE publishes no wording; formed after its neighbours
    if (size === undefined) return invalidParameter('limit')
    const friends = Array.from(users.friendsOf(channel.channelId), ({ userId }) => userId)
    const request = { channel, list: 'followers', start: query('start'), size, nowMs: clock.now() }
    const page = readPage(friends, request)
    if (!page.ok) return page.answer
    return jsonAnswer(200, { userIds: page.ids, ...(page.next !== undefined && { next: page.next }) })
  },
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return USUAL_FOLLOWERS
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= MOST_FOLLOWERS ? limit : undefined
}
