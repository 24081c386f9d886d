// The operations of the two documents that the platform was asked for: LINE's guide to the Messaging API and its API
// reference of 2017, in the order in which they stand there.

export interface SeedOperation {
  document: 'LINE: guide to the Messaging API' | 'LINE: API reference of 2017'
  title: string
  route: string
  /** Where one route stands for several operations: what tells this one. */
  when?: string
  /** Of the Social API, which users and not bots call. */
  social?: true
}

const GUIDE = 'LINE: guide to the Messaging API'
const REFERENCE = 'LINE: API reference of 2017'

const of = (document: SeedOperation['document'], title: string, route: string, rest: Partial<SeedOperation> = {}) => ({
  document,
  title,
  route,
  ...rest,
})

export const SEED_OPERATIONS: readonly SeedOperation[] = [
  of(GUIDE, 'Send to all who added your account', 'POST /v2/bot/message/broadcast'),
  of(REFERENCE, 'Reply message', 'POST /v2/bot/message/reply'),
  of(REFERENCE, 'Push message', 'POST /v2/bot/message/push'),
  of(REFERENCE, 'Multicast', 'POST /v2/bot/message/multicast'),
  of(REFERENCE, 'Content', 'GET /v2/bot/message/{messageId}/content'),
  of(REFERENCE, 'Profile', 'GET /v2/bot/profile/{userId}'),
  of(REFERENCE, 'Group member profile', 'GET /v2/bot/group/{groupId}/member/{userId}'),
  of(REFERENCE, 'Room member profile', 'GET /v2/bot/room/{roomId}/member/{userId}'),
  of(REFERENCE, 'Group member ids', 'GET /v2/bot/group/{groupId}/members/ids'),
  of(REFERENCE, 'Room member ids', 'GET /v2/bot/room/{roomId}/members/ids'),
  of(REFERENCE, 'Leave a group', 'POST /v2/bot/group/{groupId}/leave'),
  of(REFERENCE, 'Leave a room', 'POST /v2/bot/room/{roomId}/leave'),
  of(REFERENCE, 'Follower ids', 'GET /v2/bot/followers/ids'),
  of(REFERENCE, 'Issue channel access token', 'POST /v2/oauth/accessToken', { when: 'client_credentials' }),
  of(REFERENCE, 'Revoke channel access token', 'POST /v2/oauth/revoke', { when: 'access_token' }),
  of(REFERENCE, 'Mission stickers', 'POST /v2/missionSticker/send'),
  of(REFERENCE, 'Social API: verify access token', 'POST /v2/oauth/verify', { social: true }),
  of(REFERENCE, 'Social API: refresh access token', 'POST /v2/oauth/accessToken', {
    when: 'refresh_token',
    social: true,
  }),
  of(REFERENCE, 'Social API: revoke refresh token', 'POST /v2/oauth/revoke', { when: 'refresh_token', social: true }),
  of(REFERENCE, 'Social API: user profile', 'GET /v2/profile', { social: true }),
]
