// Mission stickers: their own headers, their own permission, their own answers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, FOREIGNER, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

const ACL = 'value-that-came-with-the-permission'
const STICKERS = { to: BROWN, messages: [{ packageId: '1234', isPresent: false }] }
let platform: TestPlatform

beforeEach(async () => {
  platform = await startTestPlatform()
  for (const bot of [BOT, OLD_BOT]) await setAccess(bot, { missionStickerAcl: ACL })
})
afterEach(() => platform.close())

const setAccess = (bot: typeof BOT, change: object) =>
  platform.control('PATCH', `/channels/${bot.channelId}/api-access`, change)
const headersOf = (bot: typeof BOT) => ({
  'X-Line-ChannelId': bot.channelId,
  'X-Line-ChannelSecret': bot.channelSecret,
  'X-Line-Trusted-User-With-ACL': ACL,
})
const send = (body: unknown, headers: Record<string, string> = headersOf(BOT), contentType = 'application/json') =>
  platform.api<{ message?: string; ticketId?: string; details?: object[] }>('/v2/missionSticker/send', {
    method: 'POST',
    headers: { ...headers, 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe.each([
  ['current', BOT],
  ['2017', OLD_BOT],
] as const)('in the %s profile', (_profile, bot) => {
  it('puts the sticker set into the chat of the user, with the ticket', async () => {
    provesEffect('POST /v2/missionSticker/send', 'GET /_hatoba/users/{userId}/chats/{chatId}/messages')
    verifies(
      'line.mission-sticker.operation',
      'line.mission-sticker.header-content-type',
      'line.mission-sticker.header-channel-id',
      'line.mission-sticker.header-channel-secret',
      'line.mission-sticker.header-acl',
      'line.mission-sticker.to',
      'line.mission-sticker.messages',
      'line.mission-sticker.package-id',
      'line.mission-sticker.is-present',
      'line.mission-sticker.ticket-id',
    )
    const { status, body } = await send(STICKERS, headersOf(bot))
    expect([status, Object.keys(body)]).toEqual([200, ['ticketId']])
    expect(body.ticketId).toMatch(/^[A-Z]{2}\d{4}-\d{10}$/)
    expect(await platform.chat(BROWN, bot.botUserId)).toMatchObject([
      { from: { kind: 'bot' }, message: { type: 'missionSticker', packageId: '1234', ticketId: body.ticketId } },
    ])
  })

  it('takes the names of the headers in any case', async () => {
    verifies('line.mission-sticker.header-channel-id')
    const upper = Object.fromEntries(Object.entries(headersOf(bot)).map(([name, value]) => [name.toUpperCase(), value]))
    expect((await send(STICKERS, upper)).status).toBe(200)
  })

  it('refuses headers that are missing or wrong, and addresses that are not on the whitelist', async () => {
    verifies('line.mission-sticker.error-authentication', 'line.mission-sticker.error-message')
    const refused = { status: 401, body: { message: 'authentication failed' } }
    for (const name of Object.keys(headersOf(bot))) {
      expect(await send(STICKERS, { ...headersOf(bot), [name]: 'wrong' })).toMatchObject(refused)
      const { [name]: _gone, ...others } = headersOf(bot) as Record<string, string>
      expect(await send(STICKERS, others)).toMatchObject(refused)
    }
    expect(await send(STICKERS, { authorization: `Bearer ${bot.token}` })).toMatchObject(refused)
    await setAccess(bot, { ipWhitelist: ['192.0.2.7'] })
    expect(await send(STICKERS, headersOf(bot))).toMatchObject(refused)
    await setAccess(bot, { ipWhitelist: ['127.0.0.1'] })
    expect((await send(STICKERS, headersOf(bot))).status).toBe(200)
  })

  it('refuses a channel without the permission by name', async () => {
    verifies('line.mission-sticker.error-not-usable')
    await setAccess(bot, { missionStickerAcl: null })
    expect(await send(STICKERS, headersOf(bot))).toMatchObject({
      status: 403,
      body: { message: 'CHANNEL_MISSION_STICKER_NOT_USABLE' },
    })
    expect(await platform.chat(BROWN, bot.botUserId)).toEqual([])
  })
})

const sticker = STICKERS.messages[0]
const invalid = (property: string, line: number, column: number) =>
  `The property, '${property}', in the request body is invalid (line: ${line}, column: ${column})`

it.each([
  [
    {},
    [
      ['May not be empty', 'to'],
      ['May not be empty', 'messages'],
    ],
  ],
  [
    { to: '', messages: [] },
    [
      ['May not be empty', 'to'],
      ['May not be empty', 'messages'],
    ],
  ],
  [{ to: BROWN, messages: [sticker, sticker] }, [['Size must be between 1 and 1', 'messages']]],
  [
    { to: BROWN, messages: [{}] },
    [
      ['May not be empty', 'messages[0].packageId'],
      ['May not be empty', 'messages[0].isPresent'],
    ],
  ],
  [
    { to: BROWN, messages: [{ packageId: '1', isPresent: true }] },
    [['Must be one of the following values: [false]', 'messages[0].isPresent']],
  ],
] as const)('lists what is wrong in %j', async (body, details) => {
  verifies('line.mission-sticker.messages-max-1', 'line.mission-sticker.error-message')
  expect((await send(body)).body).toEqual({
    message: `The request body has ${details.length} error(s)`,
    details: details.map(([message, property]) => ({ message, property })),
  })
})

it.each([
  ['{"to": 1, "messages": []}', invalid('to', 1, 8)],
  ['{"to": "U", "messages": 7}', invalid('messages', 1, 25)],
  ['{"to": "U", "messages": [7]}', invalid('messages[0]', 1, 26)],
  ['{"to": "U", "messages": [{"packageId": 7}]}', invalid('messages[0].packageId', 1, 40)],
  ['{"to": "U", "messages": [{"packageId": "7", "isPresent": "no"}]}', invalid('messages[0].isPresent', 1, 58)],
  ['[]', 'The request body could not be parsed as JSON (line: 1, column: 1)'],
  ['{', 'The request body could not be parsed as JSON (line: 1, column: 2)'],
])('says where %s is wrong', async (body, message) => {
  expect(await send(body)).toMatchObject({ status: 400, body: { message } })
})

it('refuses who is no user, and who is not known to the channel', async () => {
  expect((await send({ ...STICKERS, to: 'Brown' })).body.message).toBe(
    "The property, 'to', in the request body is invalid (line: -, column: -)",
  )
  expect((await send({ ...STICKERS, to: FOREIGNER })).body.message).toBe('Failed to send messages')
  expect((await send(STICKERS, headersOf(BOT), 'text/plain')).status).toBe(415)
})
