// LINE reference 2017, "Error messages": every row of the table as it goes over the wire, in both profiles.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, FOREIGNER, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

let platform: TestPlatform
const TEXT = { type: 'text', text: 'hi' }
const TYPES_2017 = '[text, image, video, audio, location, sticker, template, imagemap]'

interface Row {
  path: string
  body: string | object
  headers?: Record<string, string>
  status: number
  message: string
  details?: object[]
}

const PUSH = '/v2/bot/message/push'
const ROWS: readonly Row[] = [
  {
    path: PUSH,
    body: { to: BROWN, messages: [{ type: 'text', text: '' }] },
    status: 400,
    message: 'The request body has 1 error(s)',
    details: [{ message: 'May not be empty', property: 'messages[0].text' }],
  },
  {
    path: PUSH,
    body: { to: BROWN, messages: [{ type: 'text', text: '' }, { type: 'letter' }] },
    status: 400,
    message: 'The request body has 2 error(s)',
    details: [
      { message: 'May not be empty', property: 'messages[0].text' },
      {
        message: expect.stringMatching(/^Must be one of the following values: \[text, /),
        property: 'messages[1].type',
      },
    ],
  },
  {
    path: '/v2/bot/message/reply',
    body: { replyToken: 'never-issued', messages: [TEXT] },
    status: 400,
    message: 'Invalid reply token',
  },
  {
    path: PUSH,
    body: `{\n  "to": 7,\n  "messages": [{"type":"text","text":"hi"}]\n}`,
    status: 400,
    message: "The property, 'to', in the request body is invalid (line: 2, column: 9)",
  },
  {
    path: PUSH,
    body: `{"to": "${BROWN}",\n "messages": [}`,
    status: 400,
    message: 'The request body could not be parsed as JSON (line: 2, column: 15)',
  },
  {
    path: PUSH,
    body: '<xml/>',
    headers: { 'content-type': 'text/xml' },
    status: 415,
    message: 'The content type, text/xml, is not supported',
  },
  {
    path: PUSH,
    body: { to: FOREIGNER, messages: [TEXT] },
    status: 400,
    message: 'Failed to send messages',
  },
]

beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

describe.each([
  ['current', BOT],
  ['2017', OLD_BOT],
] as const)('in the %s profile', (profile, bot) => {
  const token = { authorization: `Bearer ${bot.token}` }

  it.each(ROWS)('answers: $message', async ({ path, body, headers, status, message, details }) => {
    verifies(
      'line.common.message-body-errors',
      'line.common.message-invalid-reply-token',
      'line.common.message-invalid-property',
      'line.common.message-not-json',
      'line.common.message-content-type',
      'line.common.message-send-failed',
      'line.common.error-details',
      'line.common.error-message',
      'line.common.error-message-only',
      'line.common.status-400',
    )
    const answer = await platform.post(path, body, { ...token, ...headers })
    expect(answer.body).toEqual(details === undefined ? { message } : { message, details })
    // LINE reference 2017, "Status codes", has no 415
    expect(answer.status).toBe(profile === '2017' && status === 415 ? 400 : status)
    expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('answers: Authentication failed due to the following reason', async () => {
    verifies('line.common.message-authentication')
    const headers = { 'X-Line-ChannelID': bot.channelId, 'X-Line-ChannelSecret': bot.channelSecret }
    const answer = await platform.api('/v2/bot/info', { headers: { ...headers, 'X-Line-Trusted-User-With-ACL': 'x' } })
    expect([answer.status, answer.body]).toEqual([
      401,
      { message: 'Authentication failed due to the following reason: invalid X-Line-Trusted-User-With-ACL' },
    ])
    expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('answers: Access to this API is not available for your account', async () => {
    verifies('line.common.message-no-access', 'line.common.status-403')
    await platform.control('PATCH', `/channels/${bot.channelId}/api-access`, { plan: 'free' })
    const answer = await platform.post(PUSH, { to: BROWN, messages: [TEXT] }, token)
    expect([answer.status, answer.body]).toEqual([
      403,
      { message: 'Access to this API is not available for your account' },
    ])
    await platform.control('PATCH', `/channels/${bot.channelId}/api-access`, { plan: 'official' })
  })
})

it('lists in 2017 the message types of 2017', async () => {
  verifies('line.common.error-details')
  const answer = await platform.post(
    PUSH,
    { to: BROWN, messages: [{ type: 'flex', altText: 'x', contents: {} }] },
    { authorization: `Bearer ${OLD_BOT.token}` },
  )
  expect(answer.body.details).toEqual([
    { message: `Must be one of the following values: ${TYPES_2017}`, property: 'messages[0].type' },
  ])
})

describe('an unknown token', () => {
  const WRONG = { headers: { authorization: 'Bearer wrong' } }

  it.each([
    ['current', 'Authentication failed. Confirm that the access token in the authorization header is valid.'],
    [
      '2017',
      'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
    ],
  ] as const)('is refused in the words of %s, where new channels have that profile', async (profile, message) => {
    verifies('line.common.message-authentication')
    const mixed = await startTestPlatform({ profile })
    expect((await mixed.api('/v2/bot/info', WRONG)).body).toEqual({ message })
    await mixed.close()
  })
})

it('gives a request id even to what is no HTTP', async () => {
  verifies('line.common.request-id')
  const { connect } = await import('node:net')
  const { hostname, port } = new URL(platform.url)
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(answer).toMatch(/\r\nX-Line-Request-Id: [0-9a-f-]{36}\r\n/)
  expect(answer).toMatch(/\{"message":"Bad Request"\}$/)
})
