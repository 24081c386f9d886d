// Every curl sample of LINE's page of 2017, run as it stands but for the host, the credentials, the ids and the line
// ends that print has lost.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCurl, sendCurl } from '../testkit/curl.ts'
import { verifies } from '../testkit/verifies.ts'
import { PNG } from './files.ts'
import { ACL, BROWN, CONY, GROUP, OLD_BOT, type ProofWorld, ROOM, startProofWorld } from './proof-world.ts'
import { readSample } from './samples.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

const PRINTED_ID = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
const hi = { type: 'text', text: 'hi' }

/** @param ids in the order in which they are printed */
async function run(path: string, values: Record<string, string> = {}, ids: string[] = []): Promise<Response> {
  let command = readSample(path)
  for (const id of ids) command = command.replace(PRINTED_ID, id)
  for (const [printed, value] of Object.entries({ '{ENTER_ACCESS_TOKEN}': OLD_BOT.token, ...values }))
    command = command.replace(printed, value)
  return sendCurl(readCurl(command), world.platform.url)
}

async function expectJson(answer: Response, body: unknown): Promise<void> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await answer.json()).toEqual(body)
}

async function textsOf(userId: string): Promise<(string | undefined)[]> {
  return (await world.platform.chat(userId, OLD_BOT.botUserId)).map(({ message }) => message.text)
}

it('replies with two texts', async () => {
  verifies('line.reply.sample-curl', 'line.reply.operation', 'line.common.status-200', 'line.common.request-id')
  const say = () => world.act('POST', `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`, hi)
  const [event] = await world.eventsOf(say)
  const printed = { nHuyWiB7yP5Zw52FIkcQobQuGDXCTA: String(event?.replyToken) }
  await expectJson(await run('reply-message/reply-message-request-example.curl', printed), {})
  expect((await textsOf(BROWN)).slice(-2)).toEqual(['Hello, user', 'May I help you?'])
})

it('pushes two texts', async () => {
  verifies('line.push.sample-curl', 'line.push.operation')
  await expectJson(await run('push-message/push-message-request-example.curl', {}, [BROWN]), {})
  expect((await textsOf(BROWN)).slice(-2)).toEqual(['Hello, world1', 'Hello, world2'])
})

it('sends two texts to two users', async () => {
  verifies('line.multicast.sample-curl', 'line.multicast.operation')
  await world.act('POST', `/users/${CONY}/friends/${OLD_BOT.botUserId}`, { action: 'add' })
  await expectJson(await run('multicast/multicast-request-example.curl', {}, [BROWN, CONY]), {})
  for (const userId of [BROWN, CONY])
    expect((await textsOf(userId)).slice(-2)).toEqual(['Hello, world1', 'Hello, world2'])
})

it('fetches the bytes of an image', async () => {
  verifies('line.content.sample-curl', 'line.content.operation')
  const uploadId = await world.upload(PNG, 'image/png')
  const path = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`
  const { message } = await world.act<{ message: { id: string } }>('POST', path, { type: 'image', uploadId })
  const answer = await run('content/content-request-example.curl', { '{messageId}': message.id })
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG)
})

it('reads a profile', async () => {
  verifies('line.profile.sample-curl')
  const answer = await run('profile/profile-request-example.curl', { '{userId}': BROWN })
  const pictureUrl = 'https://obs.line-apps.com/picture'
  await expectJson(answer, { userId: BROWN, displayName: 'Brown', pictureUrl, statusMessage: 'Hello' })
})

it("reads a member's profile", async () => {
  verifies('line.member-profile.sample-curl')
  const path = 'get-group-room-member-profile/get-group-room-member-profile-example-request.curl'
  await expectJson(await run(path, { '{groupId}': GROUP, '{userId}': CONY }), { userId: CONY, displayName: 'Cony' })
})

it('lists members', async () => {
  verifies('line.member-ids.sample-curl')
  const path = 'get-group-room-member-ids/get-group-and-room-member-ids-request-example.curl'
  const values = { '{groupId}': GROUP, '{continuationToken}': '' }
  await expectJson(await run(path, values), { memberIds: [BROWN, CONY].sort() })
})

it('lists followers', async () => {
  verifies('line.followers.sample-curl')
  const path = 'partner-apis/get-follower-ids/get-follower-ids-example-request.curl'
  const answer = await run(path, { '{continuationToken}': '' })
  expect(answer.status).toBe(200)
  expect(((await answer.json()) as { userIds: string[] }).userIds).toContain(BROWN) // as documented
})

it('gives a sticker set', async () => {
  verifies('line.mission-sticker.sample-curl')
  const values = {
    '{ENTER_CHANNEL_ID}': OLD_BOT.channelId,
    '{ENTER_CHANNEL_SECRET}': OLD_BOT.channelSecret,
    '{ENTER_TRUSTED_USER}': ACL,
  }
  const answer = await run('partner-apis/mission-stickers/mission-sticker-request-example.curl', values, [BROWN])
  await expectJson(answer, { ticketId: expect.stringMatching(/^[A-Z]{2}\d{4}-\d{10}$/) })
  const stands = (await world.platform.chat(BROWN, OLD_BOT.botUserId)).at(-1)
  expect(stands?.message).toMatchObject({ packageId: '0000' })
})

it('gets a token and gives it back', async () => {
  verifies('line.token.issue.sample-curl', 'line.token.revoke.sample-curl')
  const values = { '{ENTER_CLIENT_ID}': OLD_BOT.channelId, '{ENTER_CLIENT_SECRET}': OLD_BOT.channelSecret }
  const issued = await run(
    'partner-apis/issue-channel-access-token/example-of-issuing-channel-access-token.curl',
    values,
  )
  expect(issued.status).toBe(200)
  const { access_token: token = '', ...rest } = (await issued.json()) as { access_token?: string } // as documented
  expect(rest).toEqual({ expires_in: 2_592_000, token_type: 'Bearer' })
  const withToken = { '{ENTER_ACCESS_TOKEN}': token, '{userId}': BROWN }
  expect((await run('profile/profile-request-example.curl', withToken)).status).toBe(200)
  const path = 'partner-apis/revoke-channel-access-token/example-of-revoking-channel-access-token.curl'
  // curl encodes the form's value, so the token may stand there as it is
  const revoked = await run(path, { '{ENTER_ACCESS_TOKEN}': token })
  expect([revoked.status, await revoked.text()]).toEqual([200, ''])
  expect((await run('profile/profile-request-example.curl', withToken)).status).toBe(401)
})

it('leaves a room', async () => {
  verifies('line.leave.sample-curl')
  await expectJson(await run('leave/leave-request-example.curl', { '{roomId}': ROOM }), {})
  const { members } = await world.act<{ members: object[]; botUserId?: string }>('GET', `/groups/${ROOM}`)
  expect(members).toHaveLength(2)
  const to = { to: ROOM, messages: [hi] }
  const pushed = await world.platform.post('/v2/bot/message/push', to, { authorization: `Bearer ${OLD_BOT.token}` })
  expect(pushed.status).toBe(400)
})
