import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { jpeg, mp4 } from '../testing/small-files.ts'
import { BOT, BROWN, CONY, OLD_BOT } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  return () => world.close()
})

const CHAT = `/users/${BROWN}/chats/${BOT.botUserId}/messages`
const OLD_CHAT = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`
const quoteToken = expect.stringMatching(/^.{20,}$/)

function withoutId(message: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== 'id'))
}

/** The message of the event, in today's shape and in that of 2017. */
async function sendToBoth(message: object) {
  const { message: now } = await world.done(CHAT, message)
  const today = world.event()
  const { message: then } = await world.done(OLD_CHAT, message)
  const old = world.event()
  expect(today).toMatchObject({ type: 'message', source: { type: 'user', userId: BROWN }, mode: 'active' })
  expect(Object.keys(old).sort()).toEqual(['message', 'replyToken', 'source', 'timestamp', 'type'])
  expect(today.message?.id).toBe(now?.id)
  expect(old.message?.id).toBe(then?.id)
  for (const { replyToken } of [today, old]) expect(replyToken).toMatch(/^[0-9a-f]{32}$/)
  return { today: withoutId(today.message), old: withoutId(old.message) }
}

describe('what a user sends', () => {
  it('arrives as a text with its emojis', async () => {
    const emojis = [{ index: 6, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }]
    const { today, old } = await sendToBoth({ type: 'text', text: 'Hello (love)', emojis })
    expect(today).toEqual({ type: 'text', quoteToken, text: 'Hello (love)', emojis })
    expect(old).toEqual({ type: 'text', text: 'Hello (love)' })
  })

  it('arrives as a sticker', async () => {
    verifies(
      'line.event.message-sticker',
      'line.event.message-sticker-id',
      'line.event.message-sticker-package-id',
      'line.event.message-sticker-sticker-id',
    )
    const { today, old } = await sendToBoth({ type: 'sticker', packageId: '1', stickerId: '2', keywords: ['hi'] })
    expect(today).toEqual({
      type: 'sticker',
      quoteToken,
      packageId: '1',
      stickerId: '2',
      stickerResourceType: 'STATIC',
      keywords: ['hi'],
    })
    expect(old).toEqual({ type: 'sticker', packageId: '1', stickerId: '2' })
  })

  it('arrives as an image, whose bytes the bot fetches', async () => {
    verifies('line.event.message-image', 'line.event.message-image-id', 'line.reference.content')
    const bytes = jpeg(640, 480)
    const uploadId = await world.upload(bytes, 'text/html')
    const { today, old } = await sendToBoth({ type: 'image', uploadId })
    expect(today).toEqual({ type: 'image', quoteToken, contentProvider: { type: 'line' } })
    expect(old).toEqual({ type: 'image' })
    const { message } = await world.done(CHAT, { type: 'image', uploadId })
    const content = await fetch(`${world.platform.url}/v2/bot/message/${message?.id}/content`, {
      headers: { authorization: `Bearer ${BOT.token}` },
    })
    expect(content.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await content.arrayBuffer())).toEqual(bytes)
  })

  it('arrives as images that belong together', async () => {
    const uploadIds = [await world.upload(jpeg(1, 1)), await world.upload(jpeg(2, 2))]
    const { messages } = await world.done(CHAT, { type: 'image', uploadIds })
    const sets = world.events().map(({ message }) => message?.imageSet)
    expect(messages).toHaveLength(2)
    const id = expect.stringMatching(/^[0-9A-F]{32}$/)
    expect(sets).toEqual([
      { id, index: 1, total: 2 },
      { id, index: 2, total: 2 },
    ])
  })

  it('arrives as a video and as a sound with their lengths', async () => {
    verifies(
      'line.event.message-video',
      'line.event.message-video-id',
      'line.event.message-audio',
      'line.event.message-audio-id',
    )
    const contentProvider = { type: 'line' }
    const video = await sendToBoth({ type: 'video', uploadId: await world.upload(mp4(61_500)) })
    expect(video.today).toEqual({ type: 'video', quoteToken, contentProvider, duration: 61_500 })
    expect(video.old).toEqual({ type: 'video' })
    const audio = await sendToBoth({ type: 'audio', uploadId: await world.upload(mp4(900, 'M4A ')), durationMs: 1000 })
    expect(audio.today).toEqual({ type: 'audio', contentProvider, duration: 1000 })
    expect(audio.old).toEqual({ type: 'audio' })
  })

  it('arrives from a LIFF app with its own URLs', async () => {
    const urls = { originalContentUrl: 'https://example.com/o.jpg', previewImageUrl: 'https://example.com/p.jpg' }
    const { today } = await sendToBoth({ type: 'image', ...urls })
    expect(today.contentProvider).toEqual({ type: 'external', ...urls })
  })

  it('arrives as a file with name and size', async () => {
    verifies(
      'line.event.message-file',
      'line.event.message-file-id',
      'line.event.message-file-name',
      'line.event.message-file-size',
    )
    const uploadId = await world.upload(Buffer.from('some bytes'))
    const { today, old } = await sendToBoth({ type: 'file', uploadId, fileName: 'report.txt' })
    expect(today).toEqual({ type: 'file', fileName: 'report.txt', fileSize: 10 })
    expect(old).toEqual({ type: 'file', fileName: 'report.txt', fileSize: 10 })
  })

  it('arrives as a place in full precision', async () => {
    verifies(
      'line.event.message-location',
      'line.event.message-location-id',
      'line.event.message-location-title',
      'line.event.message-location-address',
      'line.event.message-location-latitude',
      'line.event.message-location-longitude',
    )
    const location = {
      type: 'location',
      title: 'my location',
      address: '〒150-0002 東京都渋谷区渋谷2丁目21-1',
      latitude: 35.65910807942215,
      longitude: 139.70372892916203,
    }
    const { today, old } = await sendToBoth(location)
    expect(today).toEqual(location)
    expect(old).toEqual(location)
  })

  it('quotes a message that can be quoted', async () => {
    const first = await world.done(CHAT, { type: 'text', text: 'first' })
    world.events()
    const quotedMessageId = first.message?.id
    await world.done(CHAT, { type: 'text', text: 'as I said', quotedMessageId })
    expect(world.event().message?.quotedMessageId).toBe(quotedMessageId)
    const place = await world.done(CHAT, { type: 'location', latitude: 1, longitude: 2 })
    const refused = await world.act(CHAT, { type: 'text', text: 'x', quotedMessageId: place.message?.id })
    expect(refused.status).toBe(400)
  })

  it.each([
    ['no type', {}],
    ['an unknown type', { type: 'hologram' }],
    ['a text without a text', { type: 'text' }],
    ['an unknown field', { type: 'text', text: 'x', colour: 'red' }],
    ['an emoji field of the wrong type', { type: 'text', text: 'x', emojis: [{ index: '0', length: 1 }] }],
    ['an unknown upload', { type: 'image', uploadId: '0'.repeat(32) }],
    ['neither file nor URL', { type: 'video' }],
    ['both file and URL', { type: 'image', uploadId: '0'.repeat(32), originalContentUrl: 'https://example.com' }],
    ['a place off the map', { type: 'location', latitude: 91, longitude: 0 }],
  ])('is refused with 400: %s', async (_name, body) => {
    expect(await world.act(CHAT, body)).toMatchObject({ status: 400, body: { message: expect.any(String) } })
    expect(world.events()).toEqual([])
  })

  it('is refused where emojis overlap or reach beyond the text', async () => {
    const emoji = { productId: 'p', emojiId: '1', length: 2 }
    const text = { type: 'text', text: 'abcd' }
    for (const emojis of [
      [{ ...emoji, index: 3 }],
      [
        { ...emoji, index: 0 },
        { ...emoji, index: 1 },
      ],
    ])
      expect((await world.act(CHAT, { ...text, emojis })).status).toBe(409)
  })

  it('shows its file to whoever looks at the chat, in parts too', async () => {
    const bytes = mp4(1000)
    const { message } = await world.done(CHAT, { type: 'video', uploadId: await world.upload(bytes) })
    expect(message?.content).toMatchObject({ mediaType: 'video/mp4', sizeBytes: bytes.length, durationMs: 1000 })
    const part = await fetch(`${world.platform.url}${message?.content?.url}`, { headers: { range: 'bytes=4-11' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 4-11/${bytes.length}`)
    expect(Buffer.from(await part.arrayBuffer()).toString()).toBe('ftypisom')
  })
})

describe('an uploaded file', () => {
  it('must not be empty', async () => {
    const empty = await fetch(`${world.platform.controlUrl}/uploads`, { method: 'POST' })
    expect(empty.status).toBe(400)
  })
})

describe('a message taken back', () => {
  it('tells the bot, is seen no more, and its content is gone', async () => {
    const { message } = await world.done(CHAT, { type: 'image', uploadId: await world.upload(jpeg(1, 1)) })
    world.events()
    const unsent = await world.done(`${CHAT}/${message?.id}/unsend`)
    expect(world.event()).toMatchObject({
      type: 'unsend',
      unsend: { messageId: message?.id },
      source: { type: 'user', userId: BROWN },
    })
    expect(unsent.message).toMatchObject({ unsent: true, message: { type: 'image' } })
    expect(unsent.message).not.toHaveProperty('content')
    const content = await world.platform.api(`/v2/bot/message/${message?.id}/content`, {
      headers: { authorization: `Bearer ${BOT.token}` },
    })
    expect(content.status).toBe(410)
    expect((await world.act(`${CHAT}/${message?.id}/unsend`)).status).toBe(409)
  })

  it('is no event of 2017, and must be one of the own messages', async () => {
    const { message } = await world.done(OLD_CHAT, { type: 'text', text: 'x' })
    world.events()
    const { notSent } = await world.done(`${OLD_CHAT}/${message?.id}/unsend`)
    expect(notSent).toContain('2017')
    expect(world.events()).toEqual([])
    const id = await world.push([{ type: 'text', text: 'from the bot' }])
    expect((await world.act(`${CHAT}/${id}/unsend`)).status).toBe(409)
    expect((await world.act(`${CHAT}/1/unsend`)).status).toBe(404)
  })
})

describe('a film of the bot', () => {
  const video = {
    type: 'video',
    originalContentUrl: 'https://example.com/o.mp4',
    previewImageUrl: 'https://example.com/p.jpg',
  }

  it('tells the bot when it was watched to its end, where it has a tracking id', async () => {
    const tracked = await world.push([{ ...video, trackingId: 'track-1' }])
    await world.done(`${CHAT}/${tracked}/watched`)
    const event = world.event()
    expect(event).toMatchObject({ type: 'videoPlayComplete', videoPlayComplete: { trackingId: 'track-1' } })
    expect(event.replyToken).toMatch(/^[0-9a-f]{32}$/)
    const plain = await world.push([video])
    expect((await world.done(`${CHAT}/${plain}/watched`)).webhookEventIds).toEqual([])
    expect(world.events()).toEqual([])
  })
})

describe('who has read', () => {
  const readBy = async (chat: string) => {
    const { body } = await world.platform.control<{ messages: { readBy: string[] }[] }>('GET', chat)
    return body.messages.at(-1)?.readBy
  }

  it('is the bot at once, and the user when the chat is opened', async () => {
    await world.done(CHAT, { type: 'text', text: 'x' })
    expect(await readBy(CHAT)).toEqual([BOT.botUserId])
    await world.push([{ type: 'text', text: 'y' }])
    expect(await readBy(CHAT)).toEqual([BROWN])
  })

  it('is the bot only when it says so, where people answer by hand', async () => {
    await world.platform.control('PATCH', `/channels/${BOT.channelId}`, { markAsReadMode: 'manual' })
    await world.done(CHAT, { type: 'text', text: 'x' })
    expect(await readBy(CHAT)).toEqual([])
    const { message } = world.event()
    expect(message?.markAsReadToken).toEqual(expect.any(String))
    const marked = await world.platform.post('/v2/bot/chat/markAsRead', { markAsReadToken: message?.markAsReadToken })
    expect(marked.status).toBe(200)
    expect(await readBy(CHAT)).toEqual([BOT.botUserId])
  })
})

describe('a blocked bot', () => {
  it('is not written to', async () => {
    await world.done(`/users/${BROWN}/friends/${BOT.botUserId}`, { action: 'block' })
    expect(world.event().type).toBe('unfollow')
    expect((await world.act(CHAT, { type: 'text', text: 'x' })).status).toBe(409)
    expect(
      (await world.act(`/users/${CONY}/chats/${BOT.botUserId}/messages`, { type: 'text', text: 'x' })).status,
    ).toBe(200)
  })
})
