// The samples of LINE's page of 2017 in Java, Go, Ruby, PHP, Perl and Python all make calls that the Node and curl
// samples make too. What the platform can tell is how the SDKs of that time put them on the wire: their content types
// and the ways in which their JSON libraries write one and the same body. unconfirmed where no such SDK was run.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { PNG } from './files.ts'
import { BROWN, type JsonObject, OLD_BOT, type ProofWorld, ROOM, startProofWorld } from './proof-world.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

interface Dialect {
  contentType: string
  write: (body: JsonObject) => string
}

const ascii = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const spaced = (body: JsonObject) => JSON.stringify(body, null, 1).replaceAll(/\n */g, ' ')

const DIALECTS: Record<string, Dialect> = {
  java: { contentType: 'application/json; charset=UTF-8', write: (body) => JSON.stringify(body) },
  // encoding/json escapes what could end a script, and ends with a line end
  go: {
    contentType: 'application/json; charset=UTF-8',
    write: (body) => `${JSON.stringify(body).replaceAll('<', '\\u003c').replaceAll('&', '\\u0026')}\n`,
  },
  ruby: { contentType: 'application/json;charset=UTF-8', write: (body) => JSON.stringify(body) },
  // json_encode escapes slashes and everything that is not ASCII
  php: {
    contentType: 'application/json; charset=utf-8',
    write: (body) => ascii(JSON.stringify(body)).replaceAll('/', '\\/'),
  },
  perl: { contentType: 'Application/JSON', write: (body) => JSON.stringify(body) },
  python: { contentType: 'application/json', write: (body) => ascii(spaced(body)) },
}
const TEXT = 'hello </カフェ & 🍰>'
const messages = [{ type: 'text', text: TEXT }]

it.each(Object.entries(DIALECTS))('answers the calls of the samples in %s', async (_name, { contentType, write }) => {
  verifies('line.reply.sample-java', 'line.reply.sample-go', 'line.reply.sample-ruby', 'line.reply.sample-php')
  verifies('line.reply.sample-perl', 'line.reply.sample-python')
  verifies('line.push.sample-java', 'line.push.sample-go', 'line.push.sample-ruby', 'line.push.sample-php')
  verifies('line.push.sample-perl', 'line.push.sample-python')
  verifies('line.content.sample-java', 'line.content.sample-go', 'line.content.sample-ruby', 'line.content.sample-php')
  verifies('line.content.sample-perl', 'line.content.sample-python')
  verifies('line.profile.sample-java', 'line.profile.sample-go', 'line.profile.sample-ruby', 'line.profile.sample-php')
  verifies('line.profile.sample-perl', 'line.profile.sample-python')
  verifies('line.leave.sample-java', 'line.leave.sample-go', 'line.leave.sample-ruby', 'line.leave.sample-php')
  verifies('line.leave.sample-perl', 'line.leave.sample-python')
  const { url } = world.platform
  const authorization = `Bearer ${OLD_BOT.token}`
  const post = (path: string, body: string) =>
    fetch(url + path, { method: 'POST', headers: { authorization, 'content-type': contentType }, body })
  const get = (path: string) => fetch(url + path, { headers: { authorization } })
  const lastText = async () => (await world.platform.chat(BROWN, OLD_BOT.botUserId)).at(-1)?.message.text

  const uploadId = await world.upload(PNG, 'image/png')
  const path = `/users/${BROWN}/chats/${OLD_BOT.botUserId}/messages`
  const [event] = await world.eventsOf(() => world.act('POST', path, { type: 'image', uploadId }))
  const { replyToken = '', message = {} } = event ?? {}
  expect((await post('/v2/bot/message/reply', write({ replyToken, messages }))).status).toBe(200)
  expect(await lastText()).toBe(TEXT)

  await world.platform.type('hi', BROWN, OLD_BOT.botUserId)
  expect((await post('/v2/bot/message/push', write({ to: BROWN, messages }))).status).toBe(200)
  expect(await lastText()).toBe(TEXT)

  const content = await get(`/v2/bot/message/${(message as JsonObject).id}/content`) // an image message
  expect(Buffer.from(await content.arrayBuffer())).toEqual(PNG)
  expect(await (await get(`/v2/bot/profile/${BROWN}`)).json()).toMatchObject({ displayName: 'Brown' })

  expect((await post(`/v2/bot/room/${ROOM}/leave`, '')).status).toBe(200)
  await world.act('POST', `/users/${BROWN}/chats/${ROOM}/invite`, { botUserId: OLD_BOT.botUserId })
})
