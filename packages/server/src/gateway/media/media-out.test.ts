// Files and places that customers send, through both dialects, as LINE gets them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileServer, type ServedFile, startFileServer } from '../../../../../tests/testkit/file-server.ts'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { isoMedia, png } from '../../../../../tests/testkit/media-files.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BROWN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let files: Record<string, ServedFile>
let server: FileServer

beforeEach(async () => {
  files = {
    '/a.png': { bytes: png(800, 600) },
    '/small.png': { bytes: png(80, 60) },
    '/v.mp4': { bytes: isoMedia('mp42', 5000) },
    '/s.m4a': { bytes: isoMedia('M4A ', 4321) },
    '/doc.pdf': { bytes: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf' },
    '/noise': { bytes: Buffer.from('noise') },
  }
  server = await startFileServer((path) => files[path])
  line = await startReceiver(() => ({ status: 200, body: '{}' }))
  customer = await startReceiver()
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url })
})
afterEach(async () => {
  await test.close()
  await Promise.all([line.close(), customer.close(), server.close()])
})

const pushed = () => line.received.flatMap(({ rawBody }) => JSON.parse(rawBody).messages)
const reports = () =>
  customer.received.map(({ rawBody }) => JSON.parse(rawBody).message_delivery_report).filter((report) => report)

async function send8x8(type: string, content: object): Promise<{ status: number; code?: number }> {
  const response = await test.sendText(BROWN, '', { type, content })
  await test.gateway.settle()
  return { status: response.status, ...JSON.parse(await response.text()) }
}

async function sendSinch(message: object): Promise<number> {
  const recipient = { identified_by: { channel_identities: [{ channel: 'LINE', identity: BROWN }] } }
  const response = await test.sinch('POST', '/messages:send', { app_id: test.demo.appId, recipient, message })
  await test.gateway.settle()
  return response.status
}

const media = (path: string, more: object = {}) => ({ media_message: { url: server.url + path, ...more } })

describe('in the dialect of 8x8', () => {
  it('images, videos, audios and places arrive as such', async () => {
    verifies(
      '8x8.send.image',
      '8x8.send.image-url',
      '8x8.send.image-thumbnail',
      '8x8.send.video',
      '8x8.send.video-url',
      '8x8.send.video-thumbnail',
      '8x8.send.audio',
      '8x8.send.audio-url',
      '8x8.send.audio-duration',
      '8x8.send.location',
      '8x8.send.location-latitude',
      '8x8.send.location-longitude',
      '8x8.send.location-name',
      '8x8.send.location-address',
    )
    const { url } = server
    const thumbnail = `${url}/small.png`
    const location = { latitude: 1.285651, longitude: 103.847564, name: '8x8 Office', address: 'One George Street' }
    await send8x8('Image', { url: `${url}/a.png`, image: { thumbnail } })
    await send8x8('Video', { url: `${url}/v.mp4`, video: { thumbnail } })
    await send8x8('Audio', { url: `${url}/s.m4a`, audio: { duration: 1.5 } })
    await send8x8('Location', { location })
    await send8x8('location', { location: { latitude: 1, longitude: 2 } })
    expect(pushed()).toEqual([
      { type: 'image', originalContentUrl: `${url}/a.png`, previewImageUrl: thumbnail },
      { type: 'video', originalContentUrl: `${url}/v.mp4`, previewImageUrl: thumbnail },
      { type: 'audio', originalContentUrl: `${url}/s.m4a`, duration: 1500 },
      {
        type: 'location',
        title: '8x8 Office',
        address: 'One George Street',
        latitude: 1.285651,
        longitude: 103.847564,
      },
      { type: 'location', title: 'Location', address: '1,2', latitude: 1, longitude: 2 },
    ])
  })

  it('is told at once what can be told from the request', async () => {
    const cases: [string, object, number][] = [
      ['Image', {}, 3007],
      ['Image', { url: 'nowhere' }, 3008],
      ['Image', { url: 'http://example.com/a.png' }, 3008],
      ['Video', { url: 'https://example.com/a.mp4', video: { thumbnail: 7 } }, 3008],
      ['Audio', { url: 'https://example.com/a.m4a' }, 1000],
      ['Audio', { url: 'https://example.com/a.m4a', audio: { duration: 0 } }, 1000],
      ['Location', {}, 3021],
      ['Location', { location: { latitude: 91, longitude: 0 } }, 3021],
    ]
    for (const [type, content, code] of cases)
      expect([type, content, await send8x8(type, content)]).toMatchObject([type, content, { status: 400, code }])
    expect(line.received).toEqual([])
  })

  it('sends a video without a thumbnail with a picture of one pixel, where the app allows it', async () => {
    await send8x8('Video', { url: `${server.url}/v.mp4` })
    const [{ previewImageUrl }] = pushed()
    const picture = await fetch(previewImageUrl)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    const bytes = Buffer.from(await picture.arrayBuffer())
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1, 1])
  })
})

describe("in Sinch's dialect", () => {
  it('a media_message is what its file is', async () => {
    verifies('sinch.send.media', 'sinch.send.media-video-thumbnail')
    const { url } = server
    await sendSinch(media('/a.png'))
    await sendSinch(media('/v.mp4', { thumbnail_url: `${url}/small.png` }))
    await sendSinch(media('/s.m4a'))
    await sendSinch(media('/doc.pdf', { filename_override: 'Invoice.pdf' }))
    expect(pushed()).toEqual([
      { type: 'image', originalContentUrl: `${url}/a.png`, previewImageUrl: `${url}/a.png` },
      { type: 'video', originalContentUrl: `${url}/v.mp4`, previewImageUrl: `${url}/small.png` },
      { type: 'audio', originalContentUrl: `${url}/s.m4a`, duration: 4321 },
      { type: 'text', text: `Invoice.pdf\n${url}/doc.pdf` },
    ])
    expect(reports().map(({ status }) => status)).toEqual(Array(4).fill('QUEUED_ON_CHANNEL'))
  })

  it('a location_message arrives as a place', async () => {
    verifies('sinch.send.location')
    const coordinates = { latitude: 55.61, longitude: 13 }
    await sendSinch({ location_message: { title: 'Sinch', label: 'Lindhagensgatan', coordinates } })
    expect(pushed()).toEqual([{ type: 'location', title: 'Sinch', address: 'Lindhagensgatan', ...coordinates }])
  })

  it("a file that is not there fails in the form of Sinch's sample", async () => {
    verifies('sinch.report.media-not-reachable')
    expect(await sendSinch(media('/missing.jpg'))).toBe(200)
    expect(reports()[0]).toMatchObject({
      status: 'FAILED',
      reason: {
        code: 'MEDIA_NOT_REACHABLE',
        description: `The provided media [${server.url}/missing.jpg] could not be reached: [Not Found]`,
        sub_code: 'UNSPECIFIED_SUB_CODE',
      },
    })
    expect(line.received).toEqual([])
  })

  it('a file that LINE would not show fails, and says why', async () => {
    files['/huge.png'] = { bytes: png(10, 10, 10 * 1024 * 1024 + 1) }
    files['/cat.gif'] = { bytes: Buffer.from('GIF89a\x01\0\x01\0') }
    await sendSinch(media('/huge.png'))
    await sendSinch(media('/cat.gif'))
    await sendSinch(media('/noise'))
    await sendSinch(media('/v.mp4', { thumbnail_url: `${server.url}/huge.png` }))
    expect(reports().map(({ reason }) => [reason.code, reason.sub_code])).toEqual([
      ['MEDIA_TOO_LARGE', 'UNSPECIFIED_SUB_CODE'],
      ['MEDIA_TYPE_UNSUPPORTED', 'UNSPECIFIED_SUB_CODE'],
      ['MEDIA_TYPE_UNSUPPORTED', 'MEDIA_TYPE_UNDETERMINED'],
      ['MEDIA_TOO_LARGE', 'UNSPECIFIED_SUB_CODE'],
    ])
    expect(line.received).toEqual([])
  })

  it('a server that is out of order is asked three times', async () => {
    files['/a.png'] = { status: 503 }
    await sendSinch(media('/a.png'))
    expect(reports()).toEqual([])
    await test.pass(5000)
    await test.pass(5000)
    expect(reports()[0]?.reason.description).toContain('[Service Unavailable]')
    files['/b.png'] = { status: 503 }
    await sendSinch(media('/b.png'))
    files['/b.png'] = { bytes: png(1, 1) }
    await test.pass(5000)
    expect(pushed()).toMatchObject([{ type: 'image' }])
  })
})
