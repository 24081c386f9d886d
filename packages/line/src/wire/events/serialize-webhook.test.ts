import { describe, expect, it } from 'vitest'
import { isKnownEvent, serializeWebhookBody } from './serialize-webhook.ts'
import type { WebhookEvent } from './webhook-event.ts'

const BOT = 'U8e742f61d673b39c7fff3cecb7536ef0'
const USER = 'U206d25c2ea6bd87c17655609a1c37cb8'
const common = {
  timestamp: 1462629479859,
  mode: 'active',
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  deliveryContext: { isRedelivery: false },
} as const
const source = { type: 'user', userId: USER } as const
const replyToken = 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA'
const text: WebhookEvent = {
  ...common,
  type: 'message',
  replyToken,
  source,
  message: { type: 'text', id: '325708', quoteToken: 'q3Plxr4AgKd', text: 'Hello, world' },
}

describe('serializeWebhookBody', () => {
  it('writes the empty body whose signature LINE publishes', () => {
    expect(serializeWebhookBody({ destination: BOT, events: [] }, 'current')).toBe(
      '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
    )
    expect(serializeWebhookBody({ destination: BOT, events: [] }, '2017')).toBe('{"events":[]}')
  })

  it('writes properties in the order of LINE today', () => {
    expect(serializeWebhookBody({ destination: BOT, events: [text] }, 'current')).toBe(
      `{"destination":"${BOT}","events":[{"type":"message","message":{"type":"text","id":"325708","quoteToken":"q3Plxr4AgKd","text":"Hello, world"},"webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR","deliveryContext":{"isRedelivery":false},"timestamp":1462629479859,"source":{"type":"user","userId":"${USER}"},"replyToken":"${replyToken}","mode":"active"}]}`,
    )
  })

  it('writes the shape and the order of 2017', () => {
    expect(serializeWebhookBody({ destination: BOT, events: [text] }, '2017')).toBe(
      `{"events":[{"type":"message","replyToken":"${replyToken}","source":{"userId":"${USER}","type":"user"},"timestamp":1462629479859,"message":{"type":"text","id":"325708","text":"Hello, world"}}]}`,
    )
  })

  it('escapes what lies outside the basic plane and nothing else', () => {
    const event: WebhookEvent = { ...text, message: { ...text.message, text: 'あ🍎é\u2028"\n' } as typeof text.message }
    const body = serializeWebhookBody({ destination: BOT, events: [event] }, '2017')
    expect(body).toContain('"text":"あ\\uD83C\\uDF4Eé\u2028\\"\\n"')
    expect(JSON.parse(body)).toMatchObject({ events: [{ message: { text: 'あ🍎é\u2028"\n' } }] })
  })

  it('leaves out what 2017 did not know of each kind of message', () => {
    const contentProvider = { type: 'line' } as const
    const contents = [
      { type: 'image', id: '1', quoteToken: 'q', contentProvider },
      { type: 'video', id: '2', quoteToken: 'q', contentProvider, duration: 5 },
      { type: 'audio', id: '3', contentProvider, duration: 5 },
      { type: 'file', id: '4', fileName: 'file.txt', fileSize: 2138, markAsReadToken: 'm' },
      { type: 'location', id: '5', title: 'my location', address: 'Tokyo', latitude: 35.6, longitude: 139.7 },
      { type: 'sticker', id: '6', packageId: '1', stickerId: '2', stickerResourceType: 'STATIC', quoteToken: 'q' },
    ] as const
    const events = contents.map((message): WebhookEvent => ({ ...common, type: 'message', source, message }))
    const written = JSON.parse(serializeWebhookBody({ destination: BOT, events }, '2017'))
    expect(written.events.map(({ message }: { message: unknown }) => message)).toEqual([
      { type: 'image', id: '1' },
      { type: 'video', id: '2' },
      { type: 'audio', id: '3' },
      { type: 'file', id: '4', fileName: 'file.txt', fileSize: 2138 },
      { type: 'location', id: '5', title: 'my location', address: 'Tokyo', latitude: 35.6, longitude: 139.7 },
      { type: 'sticker', id: '6', packageId: '1', stickerId: '2' },
    ])
  })

  it('writes the events of 2017 as the seed has them', () => {
    const group = { type: 'group', groupId: 'Ca56f94637cc4347f90a25382909b24b9' } as const
    const events: WebhookEvent[] = [
      { ...common, type: 'follow', replyToken, source, follow: { isUnblocked: false } },
      { ...common, type: 'unfollow', source },
      { ...common, type: 'join', replyToken, source: group },
      { ...common, type: 'leave', source: { type: 'room', roomId: 'Ra8dbf4673c4c812cd491258042226c99', userId: USER } },
      { ...common, type: 'postback', replyToken, source, postback: { data: 'a=1', params: { date: '2017-06-18' } } },
      { ...common, type: 'beacon', replyToken, source, beacon: { hwid: 'd41d8cd98f', type: 'leave' } },
    ]
    const at = { timestamp: common.timestamp }
    expect(JSON.parse(serializeWebhookBody({ destination: BOT, events }, '2017'))).toEqual({
      events: [
        { type: 'follow', replyToken, source, ...at },
        { type: 'unfollow', source, ...at },
        { type: 'join', replyToken, source: group, ...at },
        { type: 'leave', source: { type: 'room', roomId: 'Ra8dbf4673c4c812cd491258042226c99', userId: USER }, ...at },
        { type: 'postback', replyToken, source, postback: { data: 'a=1', params: { date: '2017-06-18' } }, ...at },
        { type: 'beacon', replyToken, source, beacon: { hwid: 'd41d8cd98f', type: 'leave' }, ...at },
      ],
    })
  })

  it('leaves out events the profile does not know', () => {
    const unsend: WebhookEvent = { ...common, type: 'unsend', source, unsend: { messageId: '325708' } }
    const stay: WebhookEvent = { ...common, type: 'beacon', replyToken, source, beacon: { hwid: 'd', type: 'stay' } }
    const leave: WebhookEvent = { ...common, type: 'beacon', replyToken, source, beacon: { hwid: 'd', type: 'leave' } }
    expect(serializeWebhookBody({ destination: BOT, events: [unsend, stay] }, '2017')).toBe('{"events":[]}')
    expect(
      JSON.parse(serializeWebhookBody({ destination: BOT, events: [unsend, leave] }, 'current')).events,
    ).toHaveLength(1)
    expect([isKnownEvent(stay, 'current'), isKnownEvent(leave, '2017')]).toEqual([true, true])
  })
})
