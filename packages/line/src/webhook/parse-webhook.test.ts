import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook, WebhookParseError } from './parse-webhook.ts'

const USER = 'U206d25c2ea6bd87c17655609a1c37cb8'
const source = { type: 'user', userId: USER }
const group = { type: 'group', groupId: 'Ca56f94637cc4347f90a25382909b24b9' }
const room = { type: 'room', roomId: 'Ra8dbf4673c4c812cd491258042226c99', userId: USER }
const timestamp = 1462629479859
const replyToken = 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA'
const common = {
  timestamp,
  mode: 'active',
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  deliveryContext: { isRedelivery: true },
}
const message = (content: object) => ({
  type: 'message',
  timestamp,
  source,
  replyToken,
  message: { id: '325708', ...content },
})

const KNOWN = [
  message({ type: 'text', text: 'Hello, world' }),
  message({
    type: 'text',
    text: '@All (love)',
    emojis: [{ index: 5, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }],
    mention: { mentionees: [{ index: 0, length: 4, type: 'all' }] },
  }),
  message({ type: 'image' }),
  message({ type: 'video', contentProvider: { type: 'line' }, duration: 6000 }),
  message({ type: 'audio', contentProvider: { type: 'external', originalContentUrl: 'https://example.com/1' } }),
  message({ type: 'file', fileName: 'file.txt', fileSize: 2138 }),
  message({ type: 'location', latitude: 35.6, longitude: 139.7 }),
  message({ type: 'sticker', packageId: '1', stickerId: '1' }),
  { ...common, type: 'messageEdited', source: group, message: { id: '1', type: 'text', text: 'hi', quoteToken: 'q' } },
  { ...common, type: 'unsend', source: room, unsend: { messageId: '325708' } },
  { ...common, type: 'follow', source, replyToken, follow: { isUnblocked: false } },
  { type: 'follow', timestamp, source, replyToken },
  { type: 'unfollow', timestamp, source },
  { type: 'join', timestamp, source: group, replyToken },
  { type: 'leave', timestamp, source: room },
  { ...common, type: 'memberJoined', source: group, replyToken, joined: { members: [source] } },
  { ...common, type: 'memberLeft', source: group, left: { members: [] } },
  { type: 'postback', timestamp, source, replyToken, postback: { data: 'a=1', params: { date: '2017-06-18' } } },
  { ...common, type: 'videoPlayComplete', source, replyToken, videoPlayComplete: { trackingId: 't' } },
  { type: 'beacon', timestamp, source, replyToken, beacon: { hwid: 'd41d8cd98f', type: 'enter' } },
  { ...common, type: 'accountLink', link: { result: 'failed', nonce: 'n' } },
  { ...common, type: 'membership', source, replyToken, membership: { type: 'joined', membershipId: 3189 } },
  { ...common, type: 'module', module: { type: 'attached', botId: USER, scopes: [] } },
  { ...common, type: 'activated', chatControl: { expireAt: 1462629479859 } },
  { ...common, type: 'deactivated' },
  { ...common, type: 'botSuspended' },
  { ...common, type: 'botResumed' },
  { ...common, type: 'delivery', delivery: { data: '1' } },
]

describe('parseWebhook', () => {
  it.each(KNOWN)('reads a $type event of either era as it stands', (event) => {
    expect(parseWebhook(JSON.stringify({ destination: USER, events: [event] }))).toEqual({
      destination: USER,
      events: [event],
    })
  })

  it('reads the body of 2017, which names no destination, from bytes', () => {
    expect(parseWebhook(new TextEncoder().encode('{"events":[]}'))).toEqual({ events: [] })
  })

  it('types what it reads', () => {
    const [event] = parseWebhook(JSON.stringify({ events: [KNOWN[0]] })).events
    if (event?.type !== 'message' || event.message.type !== 'text') throw new Error('not a text')
    expect(event.message.text).toBe('Hello, world')
  })

  it('keeps an event of a type it does not know, with what all events have', () => {
    const event = { ...common, type: 'thunder', source, thunder: { volume: 11 } }
    expect(parseWebhook(JSON.stringify({ events: [event] })).events).toEqual([
      { type: 'unknown', wireType: 'thunder', ...common, raw: event },
    ])
  })

  it.each([
    message({ type: 'hologram' }),
    message({ type: 'text', text: 1 }),
    message({ type: 'text', text: 'hi', emojis: {} }),
    message({ type: 'text', text: 'hi', mention: { mentionees: [{}] } }),
    message({ type: 'image', imageSet: 1 }),
    { ...common, mode: 'asleep', type: 'botResumed' },
    { ...common, deliveryContext: {}, type: 'botResumed' },
    { type: 'postback', timestamp, source, postback: { data: 'd', params: 'p' } },
    { type: 'message', timestamp, source },
    { type: 'message', timestamp, message: { id: '1', type: 'text', text: 'hi' } },
    { type: 'follow', timestamp: 'yesterday', source },
    { type: 'follow', timestamp, source: { type: 'user' } },
    { type: 'follow', timestamp, source: { type: 'square', squareId: '1' } },
    { type: 'constructor', timestamp, source },
    { type: 7, timestamp },
    { timestamp },
    'follow',
    null,
  ])('keeps %j as unknown', (event) => {
    expect(parseWebhook(JSON.stringify({ events: [event] })).events).toMatchObject([{ type: 'unknown', raw: event }])
  })

  it('says when a body is not JSON, and quotes nothing of it', () => {
    for (const body of ['', '{"secret', Buffer.from([0x7b, 0xff, 0x7d])]) {
      const error = caught(() => parseWebhook(body))
      expect(error).toMatchObject({ name: 'WebhookParseError', code: 'not-json' })
      expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain('secret')
    }
  })

  it('says when JSON is no webhook', () => {
    for (const body of ['[]', 'null', '"x"', '{}', '{"events":{}}'])
      expect(caught(() => parseWebhook(body))).toMatchObject({ code: 'not-a-webhook' })
  })

  it('reads or refuses anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.constantFrom(...KNOWN)), fc.jsonValue(), (event, payload) => {
        const bent =
          typeof event === 'object' && event !== null ? { ...event, message: payload, source: payload } : event
        expect(parseWebhook(JSON.stringify({ events: [bent] })).events).toHaveLength(1)
      }),
      { numRuns: 3000 },
    )
  })
})

function caught(run: () => unknown): WebhookParseError {
  try {
    run()
  } catch (error) {
    if (error instanceof WebhookParseError) return error
  }
  throw new Error('nothing was thrown')
}
