// Every sample of a webhook on LINE's page of 2017, held key by key against what the platform sends when users act.
import { createRequire } from 'node:module'
import { signBody } from '@hatoba/line/webhook'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { M4A, MP4, PNG } from './files.ts'
import {
  BROWN,
  CONY,
  GROUP,
  type Json,
  type JsonObject,
  OLD_BOT,
  type ProofWorld,
  ROOM,
  startProofWorld,
} from './proof-world.ts'
import { readJsonSample, readSample, shapeDifferences } from './samples.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

const CHAT = `/users/${BROWN}/chats/${OLD_BOT.botUserId}`
const say = (message: JsonObject, chat = CHAT) =>
  world.act<{ message: { id: string } }>('POST', `${chat}/messages`, message)
const befriend = (action: string) => world.act('POST', `/users/${BROWN}/friends/${OLD_BOT.botUserId}`, { action })

/** The one event of an act. */
async function eventOf(act: () => Promise<unknown>): Promise<JsonObject> {
  const events = await world.eventsOf(act)
  expect(events).toHaveLength(1)
  return events[0] ?? {}
}

async function expectShape(path: string, act: () => Promise<unknown>): Promise<JsonObject> {
  const event = await eventOf(act)
  expect(shapeDifferences(readJsonSample(path), event)).toEqual([])
  return event
}

/** A message of the bot that stands in Brown's chat. */
async function pushed(message: JsonObject): Promise<string> {
  const headers = { authorization: `Bearer ${OLD_BOT.token}` }
  const { status } = await world.platform.post('/v2/bot/message/push', { to: BROWN, messages: [message] }, headers)
  expect(status).toBe(200)
  const messages = await world.platform.chat(BROWN, OLD_BOT.botUserId)
  return messages.at(-1)?.id ?? ''
}

const tap = (messageId: string, body: JsonObject) => world.act('POST', `${CHAT}/messages/${messageId}/tap`, body)
const buttons = (...actions: JsonObject[]): JsonObject => ({
  type: 'template',
  altText: 'buttons',
  template: { type: 'buttons', text: 'Please select', actions },
})

it('posts a text as in the sample of a request body, signed', async () => {
  verifies('line.webhook.post', 'line.webhook.body-events', 'line.webhook.header-signature')
  const sample = readJsonSample('webhooks/example-webhook-request-body.json')
  await world.eventsOf(() => say({ type: 'text', text: 'Hello, world' }))
  const received = world.webhooks.received.at(-1)
  expect(shapeDifferences(sample, JSON.parse(received?.rawBody ?? ''))).toEqual([])
  expect(received?.method).toBe('POST')
  expect(received?.headers['x-line-signature']).toBe(signBody(received?.rawBody ?? '', OLD_BOT.channelSecret))
})

it('tells of a text', async () => {
  verifies(
    'line.event.message',
    'line.event.message-text',
    'line.event.message-text-id',
    'line.event.message-text-text',
  )
  verifies('line.event.type', 'line.event.timestamp', 'line.event.source', 'line.event.message-reply-token')
  verifies('line.event.message-object')
  const path = 'webhook-event-object/message-event/text-message/text-message-example.json'
  const event = await expectShape(path, () => say({ type: 'text', text: 'Hello, world' }))
  expect(event).toMatchObject({
    type: 'message',
    timestamp: world.platform.clock.now(),
    message: { text: 'Hello, world' },
  })
})

it('tells of an image, a video, a sound and a file, and keeps their bytes', async () => {
  verifies('line.event.message-image', 'line.event.message-image-id', 'line.event.message-video')
  verifies('line.event.message-video-id', 'line.event.message-audio', 'line.event.message-audio-id')
  verifies('line.event.message-file', 'line.event.message-file-id')
  verifies('line.event.message-file-name', 'line.event.message-file-size')
  const text = Buffer.from('some words')
  const kinds = [
    {
      path: 'webhook-event-object/message-event/image-message/image-message-example.json',
      type: 'image',
      bytes: PNG,
      mediaType: 'image/png',
    },
    {
      path: 'webhook-event-object/message-event/video-message/video-message-example.json',
      type: 'video',
      bytes: MP4,
      mediaType: 'video/mp4',
    },
    {
      path: 'webhook-event-object/message-event/audio-message/audio-message-example.json',
      type: 'audio',
      bytes: M4A,
      mediaType: 'audio/mp4',
    },
    {
      path: 'webhook-event-object/message-event/file-message/file-message-example.json',
      type: 'file',
      bytes: text,
      mediaType: 'text/plain',
      fileName: 'file.txt',
    },
  ]
  for (const { path, type, bytes, mediaType, ...named } of kinds) {
    const uploadId = await world.upload(bytes, mediaType)
    const event = await expectShape(path, () => say({ type, uploadId, ...named }))
    const { id, ...message } = event.message as JsonObject // its shape was compared
    expect(message).toEqual({ type, ...(type === 'file' && { fileName: 'file.txt', fileSize: text.length }) })
    const headers = { authorization: `Bearer ${OLD_BOT.token}` }
    const content = await fetch(`${world.platform.url}/v2/bot/message/${id}/content`, { headers })
    expect(content.status).toBe(200)
    expect(Buffer.from(await content.arrayBuffer())).toEqual(bytes)
  }
})

it('tells of a place with its whole numbers', async () => {
  verifies('line.event.message-location', 'line.event.message-location-id', 'line.event.message-location-title')
  verifies('line.event.message-location-address', 'line.event.message-location-latitude')
  verifies('line.event.message-location-longitude')
  const path = 'webhook-event-object/message-event/location-message/location-message-example.json'
  const { id: _, ...location } = (readJsonSample(path) as { message: JsonObject }).message // as on the page
  const event = await expectShape(path, () => say(location))
  expect(event.message).toMatchObject(location)
})

it('tells of a sticker', async () => {
  verifies('line.event.message-sticker', 'line.event.message-sticker-id', 'line.event.message-sticker-package-id')
  verifies('line.event.message-sticker-sticker-id')
  const path = 'webhook-event-object/message-event/sticker-message/sticker-message-example.json'
  const event = await expectShape(path, () => say({ type: 'sticker', packageId: '1', stickerId: '1' }))
  expect(event.message).toMatchObject({ packageId: '1', stickerId: '1' })
})

it('tells of a user who blocks the bot and comes back', async () => {
  verifies('line.event.unfollow', 'line.event.follow', 'line.event.follow-reply-token')
  await expectShape('webhook-event-object/unfollow-event/unfollow-event-example.json', () => befriend('block'))
  const followed = await expectShape('webhook-event-object/follow-event/follow-event-example.json', () =>
    befriend('unblock'),
  )
  expect((await reply(followed)).status).toBe(200)
})

it('tells of a group that takes the bot in and puts it out', async () => {
  verifies('line.event.join', 'line.event.join-reply-token', 'line.event.leave')
  const chat = `/users/${BROWN}/chats/${GROUP}`
  const { botUserId } = OLD_BOT
  const left = await expectShape('webhook-event-object/leave-event/leave-event-example.json', () =>
    world.act('POST', `${chat}/remove`, { botUserId }),
  )
  expect(left.source).toEqual({ type: 'group', groupId: GROUP })
  const joined = await expectShape('webhook-event-object/join-event/join-event-example.json', () =>
    world.act('POST', `${chat}/invite`, { botUserId }),
  )
  expect(joined.source).toEqual({ type: 'group', groupId: GROUP })
  expect((await reply(joined)).status).toBe(200)
})

it('tells of a tapped button by its data', async () => {
  verifies('line.event.postback', 'line.event.postback-reply-token', 'line.event.postback-data')
  const data = 'action=buyItem&itemId=123123&color=red'
  const messageId = await pushed(buttons({ type: 'postback', label: 'Buy', data }))
  const event = await expectShape('webhook-event-object/postback-event/postback-event-example.json', () =>
    tap(messageId, { at: '/template/actions/0' }),
  )
  expect(event.postback).toEqual({ data })
  expect((await reply(event)).status).toBe(200)
})

it('tells what was picked, in the form of the mode', async () => {
  verifies('line.event.postback-params', 'line.event.postback-params-date', 'line.event.postback-params-time')
  verifies('line.event.postback-params-datetime')
  const picked = { date: '2017-09-03', time: '15:00', datetime: '2017-12-25T01:00' }
  const actions = Object.keys(picked).map((mode) => ({ type: 'datetimepicker', label: mode, data: mode, mode }))
  const messageId = await pushed(buttons(...actions))
  for (const [i, [mode, value]] of Object.entries(picked).entries()) {
    const event = await eventOf(() => tap(messageId, { at: `/template/actions/${i}`, value }))
    expect(event.postback).toEqual({ data: mode, params: { [mode]: value } })
  }
})

it('tells of beacons that come near, go, are tapped, and of their device message', async () => {
  verifies('line.event.beacon', 'line.event.beacon-reply-token', 'line.event.beacon-hwid', 'line.event.beacon-type')
  verifies('line.event.beacon-dm', 'line.event.beacon-enter', 'line.event.beacon-leave', 'line.event.beacon-banner')
  const meet = (signal: JsonObject) => world.act('POST', `/users/${BROWN}/beacons/${OLD_BOT.botUserId}`, signal)
  const hwid = 'd41d8cd98f'
  for (const type of ['enter', 'leave', 'banner']) {
    const event = await expectShape('webhook-event-object/beacon-event/beacon-event-example.json', () =>
      meet({ type, hwid }),
    )
    expect(event.beacon).toEqual({ hwid, type })
    expect((await reply(event)).status).toBe(200)
  }
  const event = await eventOf(() => meet({ type: 'enter', hwid, dm: 'abcd01' }))
  expect(event.beacon).toEqual({ hwid, type: 'enter', dm: 'abcd01' })
})

it('names the source: a user, a group or a room, with the user where he has consented', async () => {
  verifies('line.event.source-user', 'line.event.source-user-id', 'line.event.source-group')
  verifies('line.event.source-group-id', 'line.event.source-group-user-id', 'line.event.source-group-without-user')
  verifies('line.event.source-room', 'line.event.source-room-id', 'line.event.source-room-user-id')
  verifies('line.event.source-room-without-user')
  const expectSource = async (path: string, chat: string) => {
    const { source } = await eventOf(() => say({ type: 'text', text: 'hi' }, chat))
    expect(shapeDifferences(readJsonSample(path), { source: source ?? null })).toEqual([])
  }
  await world.act('PATCH', `/users/${CONY}`, { consent: false })
  await expectSource('webhook-event-object/common-fields/source-user/source-user-example.json-fragment', CHAT)
  await expectSource(
    'webhook-event-object/common-fields/source-group/source-group-example.json-fragment',
    `/users/${BROWN}/chats/${GROUP}`,
  )
  await expectSource(
    'webhook-event-object/common-fields/source-group/source-group-example-user-id-not-included.json-fragment',
    `/users/${CONY}/chats/${GROUP}`,
  )
  await expectSource(
    'webhook-event-object/common-fields/source-room/source-room-example.json-fragment',
    `/users/${BROWN}/chats/${ROOM}`,
  )
  await expectSource(
    'webhook-event-object/common-fields/source-room/source-room-example-user-id-not-included.json-fragment',
    `/users/${CONY}/chats/${ROOM}`,
  )
  await world.act('PATCH', `/users/${CONY}`, { consent: true })
})

it('sends events together that arise while a request is on its way', async () => {
  verifies('line.event.several-in-one-body')
  const sample = readJsonSample('webhook-event-object/example-webhook-event-object.json')
  await befriend('block')
  await world.platform.settle()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  world.answer = () => held.then(() => ({ status: 200 }))
  const events = world.eventsOf(async () => {
    await world.act('POST', `/users/${CONY}/friends/${OLD_BOT.botUserId}`, { action: 'add' })
    await say({ type: 'text', text: 'Hello, world' }, `/users/${CONY}/chats/${OLD_BOT.botUserId}`)
    await befriend('unblock')
    release()
  })
  await events
  world.answer = undefined
  const body: Json = JSON.parse(world.webhooks.received.at(-1)?.rawBody ?? '')
  expect(shapeDifferences(sample, body)).toEqual([])
})

it('is signed as the sample of a bot in Node computes it, and as LINE publishes', async () => {
  verifies('line.webhook.signature-hmac-sha256', 'line.webhook.signature-base64', 'line.webhook.signature-sample-node')
  verifies(
    'line.webhook.signature-sample-java',
    'line.webhook.signature-sample-ruby',
    'line.webhook.signature-sample-go',
  )
  verifies('line.webhook.signature-sample-php', 'line.webhook.signature-sample-perl')
  verifies('line.webhook.signature-sample-python')
  // The page prints the call without its module, and dots where a bot has its own values.
  const sample = readSample('webhooks/signature-validation/example-of-signature-validation.js')
    .replace(/ = \.\.\.; \/\/ Channel secret string/, ' = given.channelSecret;')
    .replace(/ = \.\.\.; \/\/ Request body string/, ' = given.body;')
    .replace('createHmac(', 'crypto.createHmac(')
  const run = new Function('require', 'given', `${sample}; return signature`)
  const require = createRequire(import.meta.url)
  const signature = (channelSecret: string, body: string) => run(require, { channelSecret, body })
  // LINE documentation, "Verify webhook signature": the one vector that LINE publishes
  const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
  const published = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
  expect(signature(secret, published)).toBe('GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=')
  expect(signBody(published, secret)).toBe('GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=')
  await world.eventsOf(() => say({ type: 'text', text: 'カフェ ☕ 🍰' }))
  const { rawBody = '', headers } = world.webhooks.received.at(-1) ?? {}
  expect(headers?.['x-line-signature']).toBe(signature(OLD_BOT.channelSecret, rawBody))
})

function reply({ replyToken = null }: JsonObject) {
  const headers = { authorization: `Bearer ${OLD_BOT.token}` }
  return world.platform.post('/v2/bot/message/reply', { replyToken, messages: [{ type: 'text', text: 'ok' }] }, headers)
}
