// Every emulated operation with what it refuses, as data. refusals.test.ts holds this table against the operations.
import { ACL, BROWN, GROUP, ROOM } from '../proof-world.ts'
import { ASSERTION_TYPE, type Facts, issueToken, revokeToken } from './facts.ts'
import { type ApiRequest, listed, missing, plain, type Route, tokenError, type WrongCase } from './route.ts'

const NOBODY = `U${'9'.repeat(32)}`
const NOWHERE = { group: `C${'9'.repeat(32)}`, room: `R${'9'.repeat(32)}` }
const messages = [{ type: 'text', text: 'hi' }]

const notFound = plain(404, 'Not found')
const failed = plain(400, 'Failed to send messages')
const invalid = (name: string) => plain(400, `The value for the '${name}' parameter is invalid`)
const badProperty = (name: string) =>
  plain(400, `The property, '${name}', in the request body is invalid (line: -, column: -)`)
const someMissing = tokenError('invalid_request', 'some parameters missed or invalid')

/** The same request on another path. */
const at = (path: string) => (request: ApiRequest) => ({ ...request, path })
const withJson = (change: object) => (request: ApiRequest) => ({ ...request, json: { ...request.json, ...change } })
const withForm = (change: (facts: Facts) => object) => (request: ApiRequest, facts: Facts) => ({
  ...request,
  form: { ...request.form, ...change(facts) },
})
const withQuery = (query: Record<string, string>) => (request: ApiRequest) => ({ ...request, query })
const withHeader = (name: string, value: string) => (request: ApiRequest) => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

const onFreePlan: Pick<WrongCase, 'prepare' | 'tidy'> = {
  prepare: (world, { bot }) => world.act('PATCH', `/channels/${bot.channelId}/api-access`, { plan: 'free' }),
  tidy: (world, { bot }) => world.act('PATCH', `/channels/${bot.channelId}/api-access`, { plan: 'official' }),
}
const unverified: Pick<WrongCase, 'prepare' | 'tidy'> = {
  prepare: (world, { bot }) =>
    world.act('PATCH', `/channels/${bot.channelId}/api-access`, { accountType: 'line@', verified: false }),
  tidy: (world, { bot }) =>
    world.act('PATCH', `/channels/${bot.channelId}/api-access`, { accountType: 'official', verified: true }),
}
const noAccess = plain(403, 'Access to this API is not available for your account')
const quotaUsedUp: WrongCase = {
  title: 'over the monthly quota',
  change: (request) => request,
  answer: plain(429, 'You have reached your monthly limit.'),
  prepare: (world, { bot }) => world.act('PUT', `/channels/${bot.channelId}/message-quota`, { monthlyQuota: 0 }),
  tidy: (world, { bot }) => world.act('PUT', `/channels/${bot.channelId}/message-quota`, { monthlyQuota: null }),
}
const retryKey = '123e4567-e89b-12d3-a456-42661417400'
const badRetryKey: WrongCase = {
  title: 'with a retry key that is none',
  change: withHeader('x-line-retry-key', 'abc'),
  answer: plain(400, 'The value of X-Line-Retry-Key is invalid: it must be a UUID'),
}
const retryKeyNotTaken: WrongCase = {
  title: 'with a retry key, which it does not take',
  change: withHeader('x-line-retry-key', `${retryKey}0`),
  answer: plain(400, 'X-Line-Retry-Key is not supported for this API'),
}

const read = (path: string | ((facts: Facts) => string), others: readonly WrongCase[] = []): Route => ({
  good: (facts) => ({ path: typeof path === 'string' ? path : path(facts) }),
  required: {},
  others,
})

const counter = (kind: string): Route => ({
  good: () => ({ path: `/v2/bot/message/delivery/${kind}`, query: { date: '20251231' } }),
  required: { 'query:date': invalid('date') },
  others: ['2026-01-01', '20260230', 'x'].map((date) => ({
    title: `with the date ${date}`,
    change: withQuery({ date }),
    answer: invalid('date'),
  })),
})

const validate = (kind: string): Route => ({
  good: () => ({ path: `/v2/bot/message/validate/${kind}`, json: { messages } }),
  required: { messages: missing('messages') },
})

const content = (part: string, others: readonly WrongCase[]): Route => ({
  good: ({ imageId, videoId }) => ({
    path: `/v2/bot/message/${part === '/transcoding' ? videoId : imageId}/content${part}`,
  }),
  required: {},
  others: [
    {
      title: 'of an unknown message',
      change: at(`/v2/bot/message/1/content${part}`),
      answer: plain(404, 'not found'),
    },
    {
      title: 'of a message that was taken back',
      change: (request, { unsentImageId }) => ({ ...request, path: `/v2/bot/message/${unsentImageId}/content${part}` }),
      answer: plain(410, 'The content is gone'),
    },
    ...others,
  ],
})

const member = (kind: 'group' | 'room', chatId: string): Route =>
  read(`/v2/bot/${kind}/${chatId}/member/${BROWN}`, [
    ...groupCases(kind, `/member/${BROWN}`),
    { title: 'of nobody', change: at(`/v2/bot/${kind}/${chatId}/member/${NOBODY}`), answer: notFound },
    { title: 'of no id', change: at(`/v2/bot/${kind}/${chatId}/member/x`), answer: invalid('userId') },
  ])

const memberIds = (kind: 'group' | 'room', chatId: string): Route =>
  read(`/v2/bot/${kind}/${chatId}/members/ids`, [
    ...groupCases(kind, '/members/ids'),
    { title: 'from a token of nobody', change: withQuery({ start: 'x' }), answer: plain(400, 'Invalid start param') },
    { title: 'as an unverified account', change: (request) => request, answer: noAccess, ...unverified },
  ])

const groupCases = (kind: 'group' | 'room', rest: string): WrongCase[] => [
  { title: `of an unknown ${kind}`, change: at(`/v2/bot/${kind}/${NOWHERE[kind]}${rest}`), answer: notFound },
  { title: 'of what is no id', change: at(`/v2/bot/${kind}/x${rest}`), answer: invalid(`${kind}Id`) },
]

const leave = (kind: 'group' | 'room', chatId: string): Route => ({
  good: () => ({ path: `/v2/bot/${kind}/${chatId}/leave` }),
  required: {},
  others: [...groupCases(kind, '/leave'), retryKeyNotTaken],
})

const notificationTag: WrongCase = {
  title: 'with a delivery tag that is too short',
  change: withHeader('x-line-delivery-tag', 'x'),
  answer: plain(400, 'The length of X-Line-Delivery-Tag must be between 16 and 100'),
}
const badDigest: WrongCase = {
  title: 'to what is no digest',
  change: withJson({ to: '+819012345678' }),
  answer: listed({ message: 'The value must be a valid SHA-256 digest.', property: 'to' }),
}
const unknownDigest: WrongCase = {
  title: 'to a number of nobody',
  change: withJson({ to: '0'.repeat(64) }),
  answer: plain(422, 'Failed to send messages'),
}

const clientForm = (facts: Facts) => ({ client_id: facts.bot.channelId, client_secret: facts.bot.channelSecret })
const assertionForm = (facts: Facts) => ({
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: facts.assertion(),
})
const wrongClient: WrongCase[] = [
  {
    title: 'by an unknown channel',
    change: withForm(() => ({ client_id: '9' })),
    answer: tokenError('invalid_client', 'invalid client_id'),
  },
  {
    title: 'with a wrong secret',
    change: withForm(() => ({ client_secret: 'x' })),
    answer: tokenError('invalid_client', 'invalid client_secret'),
  },
]
const wrongAssertion: WrongCase[] = [
  {
    title: 'with the assertion of another channel',
    change: withForm((facts) => ({ client_assertion: facts.assertion({ iss: '9', sub: '9' }) })),
    answer: tokenError('invalid_client', 'iss and clientId of key do not match'),
  },
  {
    title: 'with an assertion that has run out',
    change: withForm((facts) => ({ client_assertion: facts.assertion({ exp: 1 }) })),
    answer: tokenError('invalid_client', 'Invalid exp'),
  },
  {
    title: 'with an assertion of an unknown key',
    change: withForm((facts) => ({ client_assertion: facts.assertion({}, { kid: 'x' }) })),
    answer: plain(404, 'Cannot find channel key that satisfies the conditions'),
  },
]
const notLive = (form: boolean): WrongCase[] => {
  const told = (title: string, token: (facts: Facts) => string, description: string): WrongCase => ({
    title,
    change: (request, facts) =>
      form
        ? withForm(() => ({ access_token: token(facts) }))(request, facts)
        : { ...request, query: { access_token: token(facts) } },
    answer: tokenError('invalid_request', description),
  })
  return [
    told('of what is no JWS', () => 'abc', 'The access token not JWS'),
    told('of what only looks like one', () => 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA', 'The access token malformed'),
    ...(form
      ? []
      : [
          told('of one that has run out', (facts) => facts.expiredToken, 'The access token expired'),
          told('of one that was revoked', (facts) => facts.revokedToken, 'The access token revoked'),
        ]),
  ]
}
const outOfTime: WrongCase = {
  title: 'too often',
  change: (request) => request,
  answer: plain(429, 'The API rate limit has been exceeded. Try again later.'),
  async prepare(world, { bot }, request) {
    const slow = { limits: 'real', plan: 'developer-trial' }
    await world.act('PATCH', `/channels/${bot.channelId}/api-access`, slow)
    const init = { headers: { authorization: `Bearer ${bot.token}` } }
    let status = 200
    for (let i = 0; i < 3000 && status !== 429; i++) status = (await world.platform.api(request.path, init)).status
  },
  tidy: (world, { bot }) =>
    world.act('PATCH', `/channels/${bot.channelId}/api-access`, { limits: 'off', plan: 'official' }),
}

// LINE documentation, "Channel access token v2.1": at most 30 live ones
const MOST_V21_TOKENS = 30
const issuedInExcess: string[] = []

/** By the name of the operation. */
export const ROUTES: Record<string, Route> = {
  replyMessage: {
    good: ({ replyToken }) => ({ path: '/v2/bot/message/reply', json: { replyToken, messages } }),
    required: { replyToken: missing('replyToken'), messages: missing('messages') },
    others: [
      {
        title: 'with an unknown token',
        change: withJson({ replyToken: 'x' }),
        answer: plain(400, 'Invalid reply token'),
      },
      retryKeyNotTaken,
    ],
  },
  pushMessage: {
    good: () => ({ path: '/v2/bot/message/push', json: { to: BROWN, messages } }),
    required: { to: missing('to'), messages: missing('messages') },
    others: [
      { title: 'to a stranger', change: withJson({ to: NOBODY }), answer: failed },
      { title: 'to an unknown group', change: withJson({ to: NOWHERE.group }), answer: failed },
      { title: 'to no id', change: withJson({ to: 'brown' }), answer: badProperty('to') },
      { title: 'on the free plan', change: (request) => request, answer: noAccess, ...onFreePlan },
      quotaUsedUp,
      badRetryKey,
      {
        title: 'under a retry key that was used',
        change: withHeader('x-line-retry-key', `${retryKey}1`),
        answer: { status: 409, body: { message: 'The retry key is already accepted' } },
        async prepare(world, { bot }, request) {
          const headers = { authorization: `Bearer ${bot.token}`, 'x-line-retry-key': `${retryKey}1` }
          await world.platform.post('/v2/bot/message/push', request.json, headers)
        },
      },
    ],
  },
  multicast: {
    good: () => ({ path: '/v2/bot/message/multicast', json: { to: [BROWN], messages } }),
    required: { to: missing('to'), messages: missing('messages') },
    others: [
      {
        title: 'to a group',
        change: withJson({ to: [BROWN, GROUP] }),
        answer: plain(400, 'The property, to[1], in the request body is invalid (line: -, column: -)'),
      },
      { title: 'on the free plan', change: (request) => request, answer: noAccess, ...onFreePlan },
      quotaUsedUp,
      badRetryKey,
    ],
  },
  broadcast: {
    good: () => ({ path: '/v2/bot/message/broadcast', json: { messages } }),
    required: { messages: missing('messages') },
    others: [quotaUsedUp, badRetryKey],
  },
  pushMessagesByPhone: {
    good: ({ phoneDigest }) => ({ path: '/bot/pnp/push', json: { to: phoneDigest, messages } }),
    required: { to: missing('to'), messages: missing('messages') },
    others: [badDigest, unknownDigest, notificationTag],
  },
  pushTemplatedMessageByPhone: {
    good: ({ phoneDigest }) => ({
      path: '/v2/bot/message/pnp/templated/push',
      json: {
        to: phoneDigest,
        templateKey: 'shipment_completed_ja',
        body: {
          emphasizedItem: { itemKey: 'date_002_ja', content: '2026/1/2' },
          items: [{ itemKey: 'time_range_001_ja', content: '10-12' }],
          buttons: [{ buttonKey: 'check_delivery_status_ja', url: 'https://example.com/' }],
        },
      },
    }),
    goodStatus: 202,
    required: {
      to: missing('to'),
      templateKey: missing('templateKey'),
      'body.emphasizedItem.itemKey': missing('body.emphasizedItem.itemKey'),
      'body.emphasizedItem.content': missing('body.emphasizedItem.content'),
      'body.items.0.itemKey': missing('body.items[0].itemKey'),
      'body.items.0.content': missing('body.items[0].content'),
      'body.buttons.0.buttonKey': missing('body.buttons[0].buttonKey'),
      'body.buttons.0.url': missing('body.buttons[0].url'),
    },
    enums: {
      templateKey: {
        value: 'nonsense',
        answer: {
          status: 400,
          body: {
            message: 'Invalid templateKey: nonsense',
            details: [
              {
                message: "The specified template doesn't exist, or you don't have the permission",
                property: 'templateKey',
              },
            ],
          },
        },
      },
      'body.items.0.itemKey': {
        value: 'nonsense',
        answer: {
          status: 400,
          body: {
            message: 'The request body has 1 invalid key(s).',
            details: [
              { message: 'The specified item key does not exist: nonsense', property: 'body.items[0].itemKey' },
            ],
          },
        },
      },
    },
    others: [badDigest, unknownDigest, notificationTag],
  },
  validateReply: validate('reply'),
  validatePush: validate('push'),
  validateMulticast: validate('multicast'),
  validateNarrowcast: validate('narrowcast'),
  validateBroadcast: validate('broadcast'),
  showLoadingAnimation: {
    good: () => ({ path: '/v2/bot/chat/loading/start', json: { chatId: BROWN, loadingSeconds: 5 } }),
    goodStatus: 202,
    required: { chatId: missing('chatId') },
    others: [
      {
        title: 'for a group',
        change: withJson({ chatId: GROUP }),
        answer: listed({
          message: 'Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.',
          property: 'chatId',
        }),
      },
      {
        title: 'for a time that is none of the allowed ones',
        change: withJson({ loadingSeconds: 61 }),
        answer: listed(
          { message: 'Must be between 5 and 60', property: 'loadingSeconds' },
          { message: 'must be a multiple of five', property: 'loadingSeconds' },
        ),
      },
    ],
  },
  markMessagesAsRead: {
    good: () => ({ path: '/v2/bot/message/markAsRead', json: { chat: { userId: BROWN } } }),
    required: { chat: badProperty('chat.chatId'), 'chat.userId': badProperty('chat.chatId') },
  },
  markMessagesAsReadByToken: {
    good: ({ markAsReadToken }) => ({ path: '/v2/bot/chat/markAsRead', json: { markAsReadToken } }),
    goodOnlyIn: 'current',
    required: { markAsReadToken: missing('markAsReadToken') },
    others: [
      {
        title: 'with a token of nobody',
        change: withJson({ markAsReadToken: 'x' }),
        answer: plain(400, 'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.'),
      },
    ],
  },
  getMessageQuota: read('/v2/bot/message/quota', [outOfTime]),
  getMessageQuotaConsumption: read('/v2/bot/message/quota/consumption'),
  getNumberOfSentReplyMessages: counter('reply'),
  getNumberOfSentPushMessages: counter('push'),
  getNumberOfSentMulticastMessages: counter('multicast'),
  getNumberOfSentBroadcastMessages: counter('broadcast'),
  getPNPMessageStatistics: counter('pnp'),
  getTemplatedPNPMessageStatistics: counter('pnp/templated'),
  getMessageContent: content('', []),
  getMessageContentPreview: content('/preview', [
    {
      title: 'of a text',
      change: (request, { textId }) => ({ ...request, path: `/v2/bot/message/${textId}/content/preview` }),
      answer: plain(400, 'The content can not be previewed'),
    },
  ]),
  getMessageContentTranscodingByMessageId: content('/transcoding', [
    {
      title: 'of an image',
      change: (request, { imageId }) => ({ ...request, path: `/v2/bot/message/${imageId}/content/transcoding` }),
      answer: plain(400, "Transcoding status doesn't support this type of content"),
    },
  ]),
  getProfile: read(`/v2/bot/profile/${BROWN}`, [
    { title: 'of nobody', change: at(`/v2/bot/profile/${NOBODY}`), answer: notFound },
    { title: 'of no id', change: at('/v2/bot/profile/brown'), answer: invalid('userId') },
    retryKeyNotTaken,
  ]),
  getFollowers: read('/v2/bot/followers/ids', [
    { title: 'from a token of nobody', change: withQuery({ start: 'x' }), answer: plain(400, 'Invalid start param') },
    { title: 'in pages of 1001', change: withQuery({ limit: '1001' }), answer: invalid('limit'), profile: 'current' },
    { title: 'as an unverified account', change: (request) => request, answer: noAccess, ...unverified },
  ]),
  getGroupSummary: read(`/v2/bot/group/${GROUP}/summary`, groupCases('group', '/summary')),
  getGroupMemberProfile: member('group', GROUP),
  getGroupMembersIds: memberIds('group', GROUP),
  getGroupMemberCount: read(`/v2/bot/group/${GROUP}/members/count`, groupCases('group', '/members/count')),
  getRoomMemberProfile: member('room', ROOM),
  getRoomMembersIds: memberIds('room', ROOM),
  getRoomMemberCount: read(`/v2/bot/room/${ROOM}/members/count`, groupCases('room', '/members/count')),
  sendMissionSticker: {
    good: ({ bot }) => ({
      path: '/v2/missionSticker/send',
      headers: {
        'x-line-channelid': bot.channelId,
        'x-line-channelsecret': bot.channelSecret,
        'x-line-trusted-user-with-acl': ACL,
      },
      json: { to: BROWN, messages: [{ packageId: '0000', isPresent: false }] },
    }),
    required: {
      'headers:x-line-channelid': plain(401, 'authentication failed'),
      'headers:x-line-channelsecret': plain(401, 'authentication failed'),
      'headers:x-line-trusted-user-with-acl': plain(401, 'authentication failed'),
      to: missing('to'),
      messages: missing('messages'),
      'messages.0.packageId': missing('messages[0].packageId'),
      'messages.0.isPresent': missing('messages[0].isPresent'),
    },
    enums: {
      'messages.0.isPresent': {
        value: true,
        answer: listed({
          message: 'Must be one of the following values: [false]',
          property: 'messages[0].isPresent',
        }),
      },
    },
    others: [
      { title: 'to a stranger', change: withJson({ to: NOBODY }), answer: failed },
      {
        title: 'without the permission',
        change: (request) => request,
        answer: plain(403, 'CHANNEL_MISSION_STICKER_NOT_USABLE'),
        prepare: (world, { bot }) =>
          world.act('PATCH', `/channels/${bot.channelId}/api-access`, { missionStickerAcl: null }),
        tidy: (world, { bot }) =>
          world.act('PATCH', `/channels/${bot.channelId}/api-access`, { missionStickerAcl: ACL }),
      },
    ],
  },
  getBotInfo: read('/v2/bot/info'),
  setWebhookEndpoint: {
    good: ({ webhookUrl }) => ({ path: '/v2/bot/channel/webhook/endpoint', json: { endpoint: webhookUrl } }),
    required: { endpoint: missing('endpoint') },
    others: [
      {
        title: 'to a URL without TLS',
        change: withJson({ endpoint: 'http://example.com/' }),
        answer: plain(400, 'Invalid webhook endpoint URL'),
      },
    ],
  },
  getWebhookEndpoint: read('/v2/bot/channel/webhook/endpoint', [
    {
      title: 'of a channel that has none',
      change: (request, { otherBot }) => withHeader('authorization', `Bearer ${otherBot.token}`)(request),
      answer: plain(404, 'Webhook endpoint not found'),
    },
  ]),
  testWebhookEndpoint: {
    good: () => ({ path: '/v2/bot/channel/webhook/test', json: {} }),
    required: {},
    others: [
      {
        title: 'of what is no URL',
        change: withJson({ endpoint: 'x' }),
        answer: plain(400, 'Invalid webhook endpoint URL'),
      },
    ],
  },
  issueChannelToken: {
    good: (facts) => ({
      path: '/v2/oauth/accessToken',
      form: { grant_type: 'client_credentials', ...clientForm(facts) },
    }),
    required: { 'form:grant_type': someMissing, 'form:client_id': someMissing, 'form:client_secret': someMissing },
    enums: { 'form:grant_type': { value: 'nonsense', answer: someMissing } },
    others: wrongClient,
  },
  verifyChannelToken: {
    good: ({ bot }) => ({ path: '/v2/oauth/verify', form: { access_token: bot.token } }),
    required: { 'form:access_token': someMissing },
    others: [
      {
        title: 'of an unknown token',
        change: withForm(() => ({ access_token: 'abc' })),
        answer: tokenError('invalid_request', 'access_token invalid'),
      },
      {
        title: 'of what is no token',
        change: withForm(() => ({ access_token: 'a b' })),
        answer: tokenError('invalid_request', 'access_token in invalid format'),
      },
    ],
  },
  revokeChannelToken: {
    good: () => ({ path: '/v2/oauth/revoke', form: { access_token: 'unknown' } }),
    required: { 'form:access_token': someMissing },
  },
  issueChannelTokenByJWT: {
    good: (facts) => ({
      path: '/oauth2/v2.1/token',
      form: { grant_type: 'client_credentials', ...assertionForm(facts) },
    }),
    required: {
      'form:grant_type': someMissing,
      'form:client_assertion_type': someMissing,
      'form:client_assertion': someMissing,
    },
    enums: {
      'form:grant_type': { value: 'nonsense', answer: someMissing },
      'form:client_assertion_type': { value: 'nonsense', answer: someMissing },
    },
    others: [
      ...wrongAssertion,
      {
        title: 'for the 31st time',
        change: (request) => request,
        answer: plain(400, 'The maximum number of access tokens has already been issued'),
        async prepare(world, facts) {
          while (issuedInExcess.length < MOST_V21_TOKENS) {
            const token = await issueToken(world, facts.assertion()).catch(() => undefined)
            if (token === undefined) break
            issuedInExcess.push(token)
          }
        },
        async tidy(world, facts) {
          for (const token of issuedInExcess.splice(0)) await revokeToken(world, facts.bot, token)
        },
      },
    ],
  },
  verifyChannelTokenByJWT: {
    good: ({ token }) => ({ path: '/oauth2/v2.1/verify', query: { access_token: token } }),
    required: { 'query:access_token': someMissing },
    others: notLive(false),
  },
  getsAllValidChannelAccessTokenKeyIds: {
    good: (facts) => ({ path: '/oauth2/v2.1/tokens/kid', query: assertionForm(facts) }),
    required: { 'query:client_assertion_type': someMissing, 'query:client_assertion': someMissing },
    enums: { 'query:client_assertion_type': { value: 'nonsense', answer: someMissing } },
  },
  revokeChannelTokenByJWT: {
    good: (facts) => ({ path: '/oauth2/v2.1/revoke', form: { ...clientForm(facts), access_token: facts.token } }),
    required: { 'form:client_id': someMissing, 'form:client_secret': someMissing, 'form:access_token': someMissing },
    others: [...wrongClient, ...notLive(true)],
  },
  issueStatelessChannelToken: {
    good: (facts) => ({ path: '/oauth2/v3/token', form: { grant_type: 'client_credentials', ...clientForm(facts) } }),
    required: { 'form:grant_type': someMissing, 'form:client_id': someMissing, 'form:client_secret': someMissing },
    enums: {
      'form:grant_type': { value: 'nonsense', answer: someMissing },
      'form:client_assertion_type': { value: 'nonsense', answer: someMissing },
    },
    others: [
      {
        title: 'with a wrong secret',
        change: withForm(() => ({ client_secret: 'x' })),
        answer: tokenError('invalid_request', "Invalid 'client_credentials'."),
      },
    ],
  },
  leaveGroup: leave('group', GROUP),
  leaveRoom: leave('room', ROOM),
}
