// Calls without a token: channel id, channel secret and MID in headers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'
import { OPERATIONS } from './operations.ts'

let platform: TestPlatform
const midOf = ({ botUserId }: { botUserId: string }) => `u${botUserId.slice(1)}`
const headersOf = (bot: typeof BOT): Record<string, string> => ({
  'X-Line-ChannelID': bot.channelId,
  'X-Line-ChannelSecret': bot.channelSecret,
  'X-Line-Trusted-User-With-ACL': midOf(bot),
})
const without = (name: string) => {
  const { [name]: _gone, ...others } = headersOf(BOT)
  return others
}

beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

describe.each([
  ['current', BOT],
  ['2017', OLD_BOT],
] as const)('in the %s profile', (_profile, bot) => {
  it.each(OPERATIONS.filter(({ auth }) => auth === 'channel'))(
    'three headers do for a token: $name',
    async ({ method, path }) => {
      verifies('line.overview.auth-headers')
      const call = (headers: Record<string, string>) =>
        platform.api(path.replaceAll(/:\w+/g, 'x'), {
          method,
          headers: { ...headers, ...(method !== 'GET' && { 'content-type': 'application/json' }) },
          ...(method !== 'GET' && { body: '{}' }),
        })
      expect((await call(headersOf(bot))).status).not.toBe(401)
      const wrong = await call({ ...headersOf(bot), 'X-Line-ChannelSecret': 'wrong' })
      expect([wrong.status, wrong.body.message]).toEqual([
        401,
        'Authentication failed due to the following reason: invalid X-Line-ChannelSecret',
      ])
    },
  )
})

it('sends by the headers, in any case of their names', async () => {
  verifies('line.overview.auth-headers')
  const spellings = [
    headersOf(BOT),
    Object.fromEntries(Object.entries(headersOf(BOT)).map(([name, value]) => [name.toUpperCase(), value])),
    Object.fromEntries(Object.entries(headersOf(BOT)).map(([name, value]) => [name.toLowerCase(), value])),
    { ...without('X-Line-ChannelID'), 'X-Line-ChannelId': BOT.channelId },
  ]
  for (const headers of spellings) {
    const answer = await platform.api('/v2/bot/message/push', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ to: BROWN, messages: [{ type: 'text', text: 'by headers' }] }),
    })
    expect(answer.status).toBe(200)
  }
  expect((await platform.chat()).filter(({ message }) => message.text === 'by headers')).toHaveLength(4)
})

it.each(OPERATIONS.filter(({ auth }) => auth === 'channel'))(
  '$name needs the token as Bearer',
  async ({ method, path }) => {
    verifies(
      'line.reply.header-authorization',
      'line.push.header-authorization',
      'line.multicast.header-authorization',
      'line.content.header-authorization',
      'line.profile.header-authorization',
      'line.member-profile.header-authorization',
      'line.member-ids.header-authorization',
      'line.leave.header-authorization',
      'line.followers.header-authorization',
    )
    for (const authorization of [undefined, '', `Basic ${BOT.token}`, BOT.token]) {
      const headers = authorization === undefined ? {} : { authorization }
      const answer = await platform.api(path.replaceAll(/:\w+/g, 'x'), { method, headers })
      expect([answer.status, answer.body.message]).toEqual([
        401,
        "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'",
      ])
    }
  },
)

describe('a header that is missing or wrong', () => {
  const REASON = 'Authentication failed due to the following reason: '

  it.each([
    ['X-Line-ChannelID is missing', without('X-Line-ChannelID')],
    ['X-Line-ChannelSecret is missing', without('X-Line-ChannelSecret')],
    ['X-Line-Trusted-User-With-ACL is missing', without('X-Line-Trusted-User-With-ACL')],
    ['X-Line-ChannelSecret, X-Line-Trusted-User-With-ACL are missing', { 'X-Line-ChannelID': BOT.channelId }],
    ['X-Line-ChannelSecret is missing', { ...headersOf(BOT), 'X-Line-ChannelSecret': '' }],
    ['invalid X-Line-ChannelID', { ...headersOf(BOT), 'X-Line-ChannelID': '1' }],
    ['invalid X-Line-ChannelSecret', { ...headersOf(BOT), 'X-Line-ChannelSecret': OLD_BOT.channelSecret }],
    ['invalid X-Line-Trusted-User-With-ACL', { ...headersOf(BOT), 'X-Line-Trusted-User-With-ACL': midOf(OLD_BOT) }],
    ['invalid X-Line-Trusted-User-With-ACL', { ...headersOf(BOT), 'X-Line-Trusted-User-With-ACL': BOT.botUserId }],
  ] as const)('is refused: %s', async (reason, headers) => {
    verifies('line.common.message-authentication', 'line.common.status-401')
    const answer = await platform.api('/v2/bot/info', { headers })
    expect([answer.status, answer.body.message]).toEqual([401, REASON + reason])
  })

  it('is no matter beside a token', async () => {
    const headers = { authorization: `Bearer ${BOT.token}`, 'X-Line-ChannelSecret': 'wrong' }
    expect((await platform.api('/v2/bot/info', { headers })).status).toBe(200)
  })
})

it('shows in the timeline which channel called, and no secret', async () => {
  await platform.api('/v2/bot/info', { headers: headersOf(BOT) })
  const { body } = await platform.control<{ entries: object[] }>('GET', '/timeline?limit=1000')
  expect(body.entries).toContainEqual(
    expect.objectContaining({ path: '/v2/bot/info', authorization: `X-Line-ChannelID ${BOT.channelId}` }),
  )
  const text = JSON.stringify(body)
  expect(text).not.toContain(BOT.channelSecret)
  expect(text).not.toContain(midOf(BOT))
})

describe('the IP whitelist', () => {
  const call = (headers: Record<string, string>) => platform.api('/v2/bot/info', { headers })
  const byToken = { authorization: `Bearer ${OLD_BOT.token}` }
  const setWhitelist = (ipWhitelist: string[]) =>
    platform.control('PATCH', `/channels/${OLD_BOT.channelId}/api-access`, { ipWhitelist })

  it('keeps other addresses out, with headers and with a long-lived token', async () => {
    await setWhitelist(['192.0.2.1', '2001:db8::/32'])
    for (const headers of [byToken, headersOf(OLD_BOT)]) {
      const { status, body } = await call(headers)
      expect(status).toBe(401)
      expect(body.message).toMatch(/^Authentication failed due to the following reason: .*IP whitelist/)
    }
  })

  it('lets its addresses in, one by one or as a network', async () => {
    for (const list of [['127.0.0.1'], ['192.0.2.1', '127.0.0.0/8'], []]) {
      await setWhitelist(list)
      for (const headers of [byToken, headersOf(OLD_BOT)]) expect((await call(headers)).status).toBe(200)
    }
  })

  it('is not for short-lived tokens', async () => {
    await setWhitelist(['192.0.2.1'])
    const { body } = await platform.api<{ access_token: string }>('/v2/oauth/accessToken', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: OLD_BOT.channelId,
        client_secret: OLD_BOT.channelSecret,
      }),
    })
    expect((await call({ authorization: `Bearer ${body.access_token}` })).status).toBe(200)
    await setWhitelist([])
  })
})
