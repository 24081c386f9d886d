// The files that users send, as bots fetch them.
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

// A PNG of one pixel, an empty mp4 (its header alone) and something that is neither.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
const MP4 = Buffer.from('0000001866747970697 36f6d0000020069736f6d6d703432'.replace(' ', ''), 'hex')
const BYTES = Buffer.from('just some bytes')
const HOUR_MS = 3_600_000

let platform: TestPlatform
beforeEach(async () => {
  platform = await startTestPlatform()
  return () => platform.close()
})

async function upload(bytes: Buffer, mediaType: string): Promise<string> {
  const answer = await fetch(`${platform.controlUrl}/uploads`, {
    method: 'POST',
    headers: { 'content-type': mediaType },
    body: new Uint8Array(bytes),
  })
  const { uploadId } = (await answer.json()) as { uploadId: string } // as the control API documents it
  return uploadId
}

/** The id of the message. */
async function send(message: object, botUserId = BOT.botUserId): Promise<string> {
  const path = `/users/${BROWN}/chats/${botUserId}/messages`
  const { status, body } = await platform.control<{ message: { id: string } }>('POST', path, message)
  if (status !== 200) throw new Error(`the message was refused: ${JSON.stringify(body)}`)
  return body.message.id
}

const sendImage = async (botUserId?: string) =>
  send({ type: 'image', uploadId: await upload(PNG, 'image/png') }, botUserId)
const sendVideo = async (fields = {}) =>
  send({ type: 'video', uploadId: await upload(MP4, 'video/mp4'), durationMs: 1000, ...fields })
const sendAudio = async () => send({ type: 'audio', uploadId: await upload(BYTES, 'audio/x-m4a'), durationMs: 1000 })
const sendFile = async () => send({ type: 'file', uploadId: await upload(BYTES, 'text/plain'), fileName: 'a.txt' })
const unsend = (id: string) =>
  platform.control('POST', `/users/${BROWN}/chats/${BOT.botUserId}/messages/${id}/unsend`, {})

const get = async (id: string, what = '', token = BOT.token) => {
  const answer = await fetch(`${platform.url}/v2/bot/message/${id}/content${what}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  }
}
const getJson = async (id: string, what = '') => {
  const { status, bytes } = await get(id, what)
  return [status, JSON.parse(bytes.toString() || '{}')]
}

const NOT_FOUND = [404, { message: 'not found' }]
const GONE = [410, { message: 'The content is gone' }]

describe('content', () => {
  it("is the file's bytes under its type, in both profiles", async () => {
    verifies('line.content.operation', 'line.content.message-id', 'line.content.response')
    expect(await get(await sendImage())).toEqual({ status: 200, type: 'image/png', bytes: PNG })
    const old = await sendImage(OLD_BOT.botUserId)
    expect(await get(old, '', OLD_BOT.token)).toEqual({ status: 200, type: 'image/png', bytes: PNG })
    expect((await get(await sendFile())).bytes).toEqual(BYTES)
    expect((await get(await sendAudio())).bytes).toEqual(BYTES)
  })

  it('is fetched by the official SDK', async () => {
    provesEffect('GET /v2/bot/message/{messageId}/content', 'POST /_hatoba/users/{userId}/chats/{chatId}/messages')
    const client = new messagingApi.MessagingApiBlobClient({ channelAccessToken: BOT.token, baseURL: platform.url })
    const parts: Buffer[] = []
    for await (const part of await client.getMessageContent(await sendImage())) parts.push(Buffer.from(part))
    expect(Buffer.concat(parts)).toEqual(PNG)
    const video = await sendVideo({ preparingMs: 1000 })
    expect(await client.getMessageContentTranscodingByMessageId(video)).toEqual({ status: 'processing' })
  })

  it('needs the token of the bot that it was sent to', async () => {
    verifies('line.content.header-authorization')
    const id = await sendImage()
    expect((await get(id, '', 'wrong')).status).toBe(401)
    expect((await get(id, '', OLD_BOT.token)).status).toBe(404)
  })

  it('of a text, or of no message, is not found', async () => {
    const { id } = await platform.type('hello')
    expect(await getJson(id)).toEqual(NOT_FOUND)
    expect(await getJson('1')).toEqual(NOT_FOUND)
    expect(await getJson('1', '/preview')).toEqual(NOT_FOUND)
    expect(await getJson('1', '/transcoding')).toEqual(NOT_FOUND)
  })

  it('is gone once its sender has taken the message back', async () => {
    const [image, video] = [await sendImage(), await sendVideo()]
    expect((await unsend(image)).status).toBe(200)
    expect((await unsend(video)).status).toBe(200)
    expect(await getJson(image)).toEqual(GONE)
    expect(await getJson(image, '/preview')).toEqual(GONE)
    expect(await getJson(video, '/transcoding')).toEqual(GONE)
  })

  it('is not ready while it is prepared, on the clock', async () => {
    const id = await sendVideo({ preparingMs: HOUR_MS })
    expect(await get(id)).toMatchObject({ status: 202, bytes: Buffer.alloc(0) })
    expect(await getJson(id, '/transcoding')).toEqual([200, { status: 'processing' }])
    platform.clock.advance(HOUR_MS)
    expect(await getJson(id, '/transcoding')).toEqual([200, { status: 'succeeded' }])
    expect((await get(id)).bytes).toEqual(MP4)
  })

  it('cannot be had where preparing it failed', async () => {
    const id = await sendVideo({ preparingMs: 1000, preparingFails: true })
    platform.clock.advance(1000)
    expect(await getJson(id, '/transcoding')).toEqual([200, { status: 'failed' }])
    expect(await getJson(id)).toEqual(NOT_FOUND)
  })
})

describe('a preview', () => {
  it('is the image itself, or a still of a film', async () => {
    provesEffect(
      'GET /v2/bot/message/{messageId}/content/preview',
      'POST /_hatoba/users/{userId}/chats/{chatId}/messages',
    )
    expect(await get(await sendImage(), '/preview')).toEqual({ status: 200, type: 'image/png', bytes: PNG })
    const still = await get(await sendVideo(), '/preview')
    expect(still).toMatchObject({ status: 200, type: 'image/png' })
    expect(still.bytes.subarray(1, 4).toString()).toBe('PNG')
    expect([still.bytes.readUInt32BE(16), still.bytes.readUInt32BE(20)]).toEqual([240, 180])
  })

  it('is refused for what has none', async () => {
    const refusal = [400, { message: 'The content can not be previewed' }]
    expect(await getJson(await sendAudio(), '/preview')).toEqual(refusal)
    expect(await getJson(await sendFile(), '/preview')).toEqual(refusal)
    expect(await getJson((await platform.type('hello')).id, '/preview')).toEqual(refusal)
  })
})

it('tells whether films and sounds are ready, and of nothing else', async () => {
  provesEffect(
    'GET /v2/bot/message/{messageId}/content/transcoding',
    'POST /_hatoba/users/{userId}/chats/{chatId}/messages',
  )
  expect(await getJson(await sendAudio(), '/transcoding')).toEqual([200, { status: 'succeeded' }])
  const refusal = [400, { message: "Transcoding status doesn't support this type of content" }]
  expect(await getJson(await sendImage(), '/transcoding')).toEqual(refusal)
  expect(await getJson(await sendFile(), '/transcoding')).toEqual(refusal)
  expect(await getJson((await platform.type('hello')).id, '/transcoding')).toEqual(refusal)
})
