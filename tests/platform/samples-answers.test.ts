// Every sample of an answer on LINE's page of 2017, held key by key against what the platform answers, and every sample
// of a message, sent as it stands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import {
  ACL,
  BROWN,
  GROUP,
  type Json,
  type JsonObject,
  OLD_BOT,
  type ProofWorld,
  startProofWorld,
} from './proof-world.ts'
import { readJsonSample, readSample, shapeDifferences } from './samples.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

const bearer = { authorization: `Bearer ${OLD_BOT.token}` }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const hello = { type: 'text', text: 'Hello, world' }

function get(path: string) {
  return world.platform.api<JsonObject>(path, { headers: bearer })
}

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return world.platform.post<JsonObject>(path, body, { ...bearer, ...headers })
}

async function expectAnswer(path: string, call: Promise<{ status: number; body: Json }>, status = 200): Promise<void> {
  const answer = await call
  expect(answer.status).toBe(status)
  expect(shapeDifferences(withoutDots(readJsonSample(path)), withoutDots(answer.body))).toEqual([])
}

/** The page prints three ids where there may be any number. */
function withoutDots(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 1)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name.endsWith('Ids') ? withoutDots(inner) : inner]),
  )
}

describe('the answers', () => {
  it('to reply, push and multicast are empty objects', async () => {
    verifies('line.reply.response', 'line.push.response', 'line.multicast.response')
    const [event] = await world.eventsOf(() => world.platform.type('hi', BROWN, OLD_BOT.botUserId))
    const replyToken = event?.replyToken
    const messages = [hello]
    await expectAnswer(
      'reply-message/response/example-json-response.json',
      post('/v2/bot/message/reply', { replyToken, messages }),
    )
    await expectAnswer(
      'push-message/response/example-json-response.json',
      post('/v2/bot/message/push', { to: BROWN, messages }),
    )
    await expectAnswer(
      'multicast/response/example-json-response.json',
      post('/v2/bot/message/multicast', { to: [BROWN], messages }),
    )
  })

  it('to a request with mistakes list them, and without a property are a message alone', async () => {
    verifies('line.common.error-details', 'line.common.error-message', 'line.common.error-message-only')
    const messages = [{ type: 'text', text: '' }, { type: 'nothing' }]
    const details = await post('/v2/bot/message/push', { to: BROWN, messages })
    expect(details.status).toBe(400)
    expect(details.body).toEqual(
      readJsonSample('common-specifications/error-response/example-of-json-error-response.json'),
    )
    const alone = await post('/v2/bot/message/reply', { replyToken: 'x', messages: [hello] })
    expect(alone.status).toBe(400)
    expect(alone.body).toEqual(
      readJsonSample('common-specifications/error-response/example-of-json-error-response-2.json'),
    )
  })

  it('of profiles hold what users show of themselves', async () => {
    verifies('line.profile.response')
    await expectAnswer('profile/response/response-body-example.json', get(`/v2/bot/profile/${BROWN}`))
    await expectAnswer(
      'get-group-room-member-profile/response/example-response.json',
      get(`/v2/bot/group/${GROUP}/member/${BROWN}`),
    )
  })

  it('of member ids and follower ids go on with a token while there is more', { timeout: 120_000 }, async () => {
    verifies('line.followers.next')
    await expectAnswer(
      'get-group-room-member-ids/response/example-response-body.json',
      get(`/v2/bot/group/${GROUP}/members/ids`),
    )
    await expectAnswer('partner-apis/get-follower-ids/response/example-response.json', get('/v2/bot/followers/ids'))
    const people = Array.from({ length: 1001 }, (_, i) => ({ providerId: 'p1', displayName: `Person ${i}` }))
    const userIds: string[] = []
    for (const person of people) {
      const { userId } = await world.act<{ userId: string }>('POST', '/users', person)
      userIds.push(userId)
      await world.act('POST', `/users/${userId}/friends/${OLD_BOT.botUserId}`, { action: 'add' })
    }
    const members = userIds.slice(0, 110)
    const group = { kind: 'group', name: 'Many', members, botUserId: OLD_BOT.botUserId }
    const { chatId } = await world.act<{ chatId: string }>('POST', `/users/${BROWN}/groups`, group)
    await expectAnswer(
      'get-group-room-member-ids/response/example-response-body-2.json',
      get(`/v2/bot/group/${chatId}/members/ids`),
    )
    await expectAnswer('partner-apis/get-follower-ids/response/example-response-2.json', get('/v2/bot/followers/ids'))
  })

  it('to a token that is asked for and given back', async () => {
    verifies('line.token.issue.response')
    const ask = (body: string, path = 'accessToken') => post(`/v2/oauth/${path}`, body, form)
    const secret = `client_id=${OLD_BOT.channelId}&client_secret=${OLD_BOT.channelSecret}`
    await expectAnswer(
      'partner-apis/issue-channel-access-token/response/example-response.json',
      ask(`grant_type=client_credentials&${secret}`),
    )
    const refused = await ask('grant_type=client_credentials')
    expect(refused.status).toBe(400)
    expect(refused.body).toEqual(
      readJsonSample('partner-apis/issue-channel-access-token/response/example-error-response.json'),
    )
    const path = 'partner-apis/revoke-channel-access-token/error-response/example-error-response.json'
    // The description may be missing, says the page; the sample has one.
    const { error } = readJsonSample(path) as { error: string } // as on the page
    const unrevoked = await ask('', 'revoke')
    expect(unrevoked.status).toBe(400)
    expect(unrevoked.body.error).toBe(error)
  })

  it('to a mission sticker names its ticket', async () => {
    verifies('line.mission-sticker.ticket-id')
    const headers = {
      'content-type': 'application/json',
      'x-line-channelid': OLD_BOT.channelId,
      'x-line-channelsecret': OLD_BOT.channelSecret,
      'x-line-trusted-user-with-acl': ACL,
    }
    const body = JSON.stringify({ to: BROWN, messages: [{ packageId: '0000', isPresent: false }] })
    await expectAnswer(
      'partner-apis/mission-stickers/request-body/json-response-example.json',
      world.platform.api<JsonObject>('/v2/missionSticker/send', { method: 'POST', headers, body }),
    )
  })

  it('to a call in which a fault is made is 500, with a request id of its own', async () => {
    verifies('line.common.status-500')
    const fault = { kind: 'status', status: 500, body: { message: 'Internal server error' } }
    await world.act('POST', '/faults', { on: 'call', operation: 'getProfile', times: 1, fault })
    const ask = () => world.platform.api(`/v2/bot/profile/${BROWN}`, { headers: bearer })
    const faulty = await ask()
    expect([faulty.status, faulty.body]).toEqual([500, { message: 'Internal server error' }])
    expect(faulty.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect((await ask()).status).toBe(200)
  })

  it('to a bot that leaves is an empty object', async () => {
    verifies('line.leave.response')
    await expectAnswer('leave/response/json-response-example.json', post(`/v2/bot/group/${GROUP}/leave`, ''))
  })
})

describe('the messages', () => {
  it.each([
    'send-message-object/text/text-example.json',
    'send-message-object/text/text-example-with-emoji.json',
    'send-message-object/image/image-example.json',
    'send-message-object/video/video-example.json',
    'send-message-object/audio/audio-example.json',
    'send-message-object/location/location-example.json',
    'send-message-object/sticker/sticker-example.json',
    'send-message-object/imagemap-message/imagemap-with-two-tappable-regions-on-the-left-and-the-right.json',
    'send-message-object/template-messages/buttons/buttons-template-message-example.json',
    'send-message-object/template-messages/confirm/confirm-template-message-example.json',
    'send-message-object/template-messages/carousel/carousel-template-message-example.json',
    'send-message-object/template-messages/image-carousel/image-carousel-example.json',
  ])('are taken letter by letter and stand in the chat: %s', async (path) => {
    verifies('line.message.object', 'line.message.text', 'line.message.text-text', 'line.message.text-emoji')
    verifies('line.message.image', 'line.message.video', 'line.message.audio', 'line.message.location')
    verifies('line.message.sticker', 'line.imagemap.sample', 'line.imagemap.type')
    verifies('line.template.buttons', 'line.template.confirm', 'line.template.carousel', 'line.template.image-carousel')
    verifies('line.template.type')
    const { status } = await post('/v2/bot/message/push', `{"to":"${BROWN}","messages":[${readSample(path)}]}`)
    expect(status).toBe(200)
    const stands = (await world.platform.chat(BROWN, OLD_BOT.botUserId)).at(-1)
    expect(stands?.message).toEqual(readJsonSample(path))
  })
})
