import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { gif, jpeg, mp3, mp4, png } from '../testing/small-files.ts'
import { BOT, BROWN, CONY, OLD_BOT } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

const MB = 1024 * 1024
let world: UserAndBot
let files: Map<string, Buffer>
let asked: string[]
let base: string

beforeEach(async () => {
  files = new Map()
  asked = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const file = files.get(request.url ?? '')
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address
  world = await startUserAndBot(await startReceiver())
  return async () => {
    await world.close()
    server.closeAllConnections()
    server.close()
  }
})

function put(name: string, bytes: Buffer): string {
  files.set(name, bytes)
  return `${base}${name}`
}

const padded = (bytes: Buffer, sizeBytes: number) => Buffer.concat([bytes, Buffer.alloc(sizeBytes - bytes.length)])

interface Checked {
  ok: boolean
  message?: string
  broken?: { limit: string; allowed: number | string; found: number | string }
}
type Bot = { token: string; botUserId: string }

function query(messageId: string, at: string, { botUserId = BOT.botUserId, userId = BROWN } = {}): string {
  return `?${new URLSearchParams({ userId, chatId: botUserId, messageId, at })}`
}

/** The limit that the file of a message breaks, of the bot's profile; undefined where it breaks none. */
async function brokenLimit(message: object, at: string, { token, botUserId }: Bot = OLD_BOT) {
  const id = await world.push([message], { token })
  const { body } = await world.platform.control<Checked>('GET', `/media/check${query(id, at, { botUserId })}`)
  expect(body.ok).toBe(body.broken === undefined)
  return body.broken?.limit
}

const image = (original: Buffer, preview = jpeg(240, 240)) => ({
  type: 'image',
  originalContentUrl: put('/o', original),
  previewImageUrl: put('/p', preview),
})
const video = (original: Buffer, preview = jpeg(240, 240)) => ({ ...image(original, preview), type: 'video' })
const audio = (original: Buffer) => ({ type: 'audio', originalContentUrl: put('/a', original), duration: 1000 })
const action = { type: 'message', label: 'l', text: 't' }
const buttons = (thumbnail: Buffer) => ({
  type: 'template',
  altText: 'a',
  template: { type: 'buttons', thumbnailImageUrl: put('/t', thumbnail), text: 't', actions: [action] },
})
const carousel = (thumbnail: Buffer) => ({
  type: 'template',
  altText: 'a',
  template: {
    type: 'carousel',
    columns: [{ thumbnailImageUrl: put('/t', thumbnail), text: 't', actions: [action] }],
  },
})
const imageCarousel = (picture: Buffer) => ({
  type: 'template',
  altText: 'a',
  template: { type: 'image_carousel', columns: [{ imageUrl: put('/t', picture), action }] },
})

describe('a file that a bot names', () => {
  it('is loaded through the platform, once for a while, and stands on the timeline', async () => {
    const bytes = jpeg(640, 480)
    const id = await world.push([image(bytes)])
    const path = `${world.platform.controlUrl}/media${query(id, '/originalContentUrl')}`
    for (let i = 0; i < 2; i++) {
      const answer = await fetch(path)
      expect(answer.headers.get('content-type')).toBe('image/jpeg')
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    }
    const part = await fetch(path, { headers: { range: 'bytes=-2' } })
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(-2)])
    expect(asked).toEqual(['/o'])
    const { body } = await world.platform.control<{ entries: { kind: string }[] }>('GET', '/timeline?limit=1000')
    expect(body.entries.find(({ kind }) => kind === 'media')).toMatchObject({
      url: `${base}/o`,
      sizeBytes: bytes.length,
      format: 'jpeg',
      width: 640,
    })
    world.platform.clock.advance(60_000)
    await fetch(path)
    expect(asked).toEqual(['/o', '/o'])
  })

  it('is told to readers of the timeline once it was loaded', async () => {
    const id = await world.push([image(jpeg(640, 480))])
    const stream = await fetch(`${world.platform.controlUrl}/timeline/stream?kind=media`)
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await world.platform.control('GET', `/media/check${query(id, '/originalContentUrl')}`)
    let text = ''
    while (!text.includes('event: change')) text += (await reader?.read())?.value
    expect(text).toContain('"width":640')
    await reader?.cancel()
  })

  it('is told as broken with limit and value', async () => {
    const id = await world.push([image(gif(10, 10), padded(png(10, 10), MB + 1))])
    const original = await world.platform.control<Checked>('GET', `/media${query(id, '/originalContentUrl')}`)
    expect(original).toMatchObject({
      status: 422,
      body: {
        broken: { limit: 'format', allowed: 'jpeg, png', found: 'gif' },
        message: expect.stringContaining('gif'),
      },
    })
    const preview = await world.platform.control<Checked>('GET', `/media${query(id, '/previewImageUrl')}`)
    expect(preview.body.broken).toEqual({ limit: 'sizeBytes', allowed: MB, found: MB + 1 })
  })

  it('is told as broken where its server does not have it, or is not there', async () => {
    const gone = { type: 'image', originalContentUrl: `${base}/none`, previewImageUrl: 'http://127.0.0.1:1/' }
    expect(await brokenLimit(gone, '/originalContentUrl')).toBe('status')
    expect(await brokenLimit(gone, '/previewImageUrl')).toBe('reachable')
  })

  it('is loaded only for those who see the message, and only where the message names it', async () => {
    const id = await world.push([image(jpeg(1, 1))])
    const status = async (path: string) => (await world.platform.control('GET', path)).status
    expect(await status(`/media${query(id, '/originalContentUrl', { userId: CONY })}`)).toBe(404)
    expect(await status(`/media${query(id, '/baseUrl/1040')}`)).toBe(404)
    expect(await status('/media?userId=x')).toBe(400)
    expect(asked).toEqual([])
  })

  it('is not loaded from this machine for a channel that may not name it', async () => {
    const id = await world.push([image(jpeg(1, 1))])
    await world.platform.control('PATCH', `/channels/${BOT.channelId}`, { allowLoopbackHttp: false })
    const { body } = await world.platform.control<Checked>('GET', `/media/check${query(id, '/originalContentUrl')}`)
    expect(body.broken?.limit).toBe('reachable')
    expect(asked).toEqual([])
  })
})

describe('in 2017', () => {
  it('an image is a JPEG of 1024 pixels and 1 MB, its preview of 240 and 1 MB', async () => {
    verifies(
      'line.message.image-original-jpeg',
      'line.message.image-original-max-1024-px',
      'line.message.image-original-max-1-mb',
      'line.message.image-preview-jpeg',
      'line.message.image-preview-max-240-px',
      'line.message.image-preview-max-1-mb',
    )
    const original = '/originalContentUrl'
    expect(await brokenLimit(image(jpeg(1024, 1024)), original)).toBeUndefined()
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(png(10, 10)), original)).toBe('format')
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(jpeg(1025, 10)), original)).toBe('width')
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(jpeg(10, 1025)), original)).toBe('height')
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(padded(jpeg(10, 10), MB + 1)), original)).toBe('sizeBytes')
    const preview = '/previewImageUrl'
    expect(await brokenLimit(image(jpeg(1, 1)), preview)).toBeUndefined()
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(jpeg(1, 1), png(1, 1)), preview)).toBe('format')
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(jpeg(1, 1), jpeg(241, 1)), preview)).toBe('width')
    world.platform.clock.advance(60_000)
    expect(await brokenLimit(image(jpeg(1, 1), padded(jpeg(1, 1), MB + 1)), preview)).toBe('sizeBytes')
  })

  it('a film is an mp4 below a minute and 10 MB, with a preview as an image has', async () => {
    verifies(
      'line.message.video-original-mp4',
      'line.message.video-original-under-1-minute',
      'line.message.video-original-max-10-mb',
      'line.message.video-preview-jpeg',
      'line.message.video-preview-max-240-px',
      'line.message.video-preview-max-1-mb',
    )
    const check = async (message: object, at = '/originalContentUrl') => {
      world.platform.clock.advance(60_000)
      return brokenLimit(message, at)
    }
    expect(await check(video(mp4(59_999)))).toBeUndefined()
    expect(await check(video(mp3(1000)))).toBe('format')
    expect(await check(video(mp4(60_000)))).toBe('durationMs')
    expect(await check(video(padded(mp4(1000), 10 * MB + 1)))).toBe('sizeBytes')
    expect(await check(video(mp4(1), png(1, 1)), '/previewImageUrl')).toBe('format')
    expect(await check(video(mp4(1), jpeg(1, 241)), '/previewImageUrl')).toBe('height')
    expect(await check(video(mp4(1), padded(jpeg(1, 1), MB + 1)), '/previewImageUrl')).toBe('sizeBytes')
  })

  it('a sound is an m4a below a minute and 10 MB', async () => {
    verifies(
      'line.message.audio-original-m4a',
      'line.message.audio-original-under-1-minute',
      'line.message.audio-original-max-10-mb',
    )
    const check = async (bytes: Buffer, bot?: Bot) => {
      world.platform.clock.advance(60_000)
      return brokenLimit(audio(bytes), '/originalContentUrl', bot)
    }
    expect(await check(mp4(59_999, 'M4A '))).toBeUndefined()
    expect(await check(mp3(1000))).toBe('format')
    expect(await check(mp3(1000), BOT)).toBeUndefined()
    expect(await check(mp4(60_000, 'M4A '))).toBe('durationMs')
    expect(await check(padded(mp4(1000, 'M4A '), 10 * MB + 1))).toBe('sizeBytes')
  })

  it.each([
    ['buttons', buttons, '/template/thumbnailImageUrl', 1.51],
    ['a column', carousel, '/template/columns/0/thumbnailImageUrl', 1.51],
    ['an image column', imageCarousel, '/template/columns/0/imageUrl', 1],
  ] as const)('the picture of %s has format, ratio, width and size', async (_name, make, at, ratio) => {
    verifies(
      'line.template.buttons-image-format',
      'line.template.buttons-image-ratio',
      'line.template.buttons-image-max-1024-px',
      'line.template.buttons-image-max-1-mb',
      'line.template.carousel-column-image-format',
      'line.template.carousel-column-image-ratio',
      'line.template.carousel-column-image-max-1024-px',
      'line.template.carousel-column-image-max-1-mb',
      'line.template.image-carousel-image-format',
      'line.template.image-carousel-image-ratio',
      'line.template.image-carousel-image-max-1024-px',
      'line.template.image-carousel-image-max-1-mb',
    )
    const check = async (picture: Buffer) => {
      world.platform.clock.advance(60_000)
      return brokenLimit(make(picture), at)
    }
    const [width, height] = [Math.round(600 * ratio), 600]
    expect(await check(png(width, height))).toBeUndefined()
    expect(await check(jpeg(width, height))).toBeUndefined()
    expect(await check(gif(width, height))).toBe('format')
    expect(await check(png(600, 800))).toBe('aspectRatio')
    expect(await check(png(Math.round(1000 * ratio), 1000))).toBe(ratio === 1 ? undefined : 'width')
    expect(await check(png(Math.round(1100 * ratio), 1100))).toBe('width')
    expect(await check(padded(png(width, height), MB + 1))).toBe('sizeBytes')
  })
})

describe('an imagemap', () => {
  it('loads its picture at the base URL with a width', async () => {
    verifies('line.imagemap.base-url-width')
    const id = await world.push([
      {
        type: 'imagemap',
        baseUrl: `${base}/map`,
        altText: 'a',
        baseSize: { width: 1040, height: 1040 },
        actions: [{ type: 'message', text: 't', area: { x: 0, y: 0, width: 1, height: 1 } }],
      },
    ])
    put('/map/700', png(700, 700))
    const check = async (width: number) =>
      (await world.platform.control<Checked>('GET', `/media/check${query(id, `/baseUrl/${width}`)}`)).body
    expect(await check(700)).toMatchObject({ ok: true, width: 700 })
    expect((await check(1040)).broken?.limit).toBe('status')
    expect((await world.platform.control('GET', `/media/check${query(id, '/baseUrl/500')}`)).status).toBe(404)
  })
})

describe('with checkMedia', () => {
  const send = (messages: object[], headers = {}) =>
    world.platform.post('/v2/bot/message/push', { to: BROWN, messages }, headers)

  it('a message whose files are bad is refused, naming property and limit', async () => {
    await world.platform.control('PATCH', `/channels/${BOT.channelId}`, { checkMedia: true })
    const bad = await send([{ type: 'text', text: 'x' }, image(jpeg(10, 10), gif(1, 1))])
    expect(bad).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 1 error(s)',
        details: [{ property: 'messages[1].previewImageUrl', message: 'the format must be jpeg, png, and is gif' }],
      },
    })
    expect(await world.platform.chat()).toEqual([])
    world.platform.clock.advance(60_000)
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    expect((await send([image(jpeg(10, 10))], headers)).status).toBe(200)
    expect((await send([image(jpeg(10, 10))], headers)).status).toBe(409)
    expect(await world.platform.chat()).toHaveLength(1)
  })

  it('what is wrong otherwise is told as ever, and nothing is fetched then', async () => {
    await world.platform.control('PATCH', `/channels/${BOT.channelId}`, { checkMedia: true })
    const empty = await send([image(gif(10, 10)), { type: 'text', text: '' }])
    expect(empty.body.details).toEqual([{ message: 'May not be empty', property: 'messages[1].text' }])
    expect(asked).toEqual([])
    expect((await send([{ type: 'text', text: '' }])).body.message).toBe('The request body has 1 error(s)')
    expect((await world.platform.post('/v2/bot/message/push', '{')).status).toBe(400)
  })
})
