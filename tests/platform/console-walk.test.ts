// The steps in LINE's consoles that Sinch's guide for LINE asks for, walked through the control API: from no account at
// all to a bot that hears what users write.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { type JsonObject, OLD_BOT, type ProofWorld, startProofWorld } from './proof-world.ts'

let world: ProofWorld
beforeAll(async () => {
  world = await startProofWorld(OLD_BOT)
})
afterAll(() => world.close())

interface Channel {
  channelId: string
  channelSecret: string
  channelAccessToken: string
  botUserId: string
  basicId: string
  webhook: { url?: string; use: boolean }
  settings: JsonObject
  about: JsonObject
}

let channel: Channel
const path = () => `/channels/${channel.channelId}`
const textsOf = async (userId: string) =>
  (await world.platform.chat(userId, channel.botUserId)).map(({ message }) => message.text)

it('makes a provider and a Messaging API channel, with icon, names and ids, for whoever runs the platform', async () => {
  verifies('line.console.account', 'line.console.developer', 'line.console.provider')
  verifies('line.console.messaging-channel', 'line.console.icon', 'line.console.names', 'line.console.channel-secret')
  verifies('line.console.basic-id', 'line.console.qr-code', 'line.console.webhook-empty')
  verifies('line.console.long-lived-token', 'line.console.messaging-settings')
  const { providerId } = await world.act<{ providerId: string }>('POST', '/providers', { name: 'A company' })
  const about = {
    iconUrl: 'https://example.com/icon.png',
    description: 'Sells books',
    category: 'Shops',
    subcategory: 'Books',
  }
  channel = await world.act('POST', '/channels', {
    providerId,
    displayName: 'Books',
    allowLoopbackHttp: true,
    ...about,
  })
  expect(channel).toMatchObject({ about, webhook: { use: false }, settings: { responseMode: 'bot' } })
  expect(channel.webhook.url).toBeUndefined()
  const credentials = await world.act('GET', `${path()}/credentials`)
  expect(credentials).toMatchObject({
    channelSecret: channel.channelSecret,
    channelAccessTokens: [channel.channelAccessToken],
  })
  expect(channel.basicId).toMatch(/^@/)
  const picture = await fetch(`${world.platform.controlUrl}${path()}/qr.svg`)
  expect(picture.headers.get('content-type')).toBe('image/svg+xml')
})

it('shows the webhook URL that was set through the API, and hears nothing until it is turned on', async () => {
  verifies('line.console.webhook-url-shown', 'line.console.use-webhook')
  const headers = { authorization: `Bearer ${channel.channelAccessToken}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ endpoint: world.webhooks.url })
  await world.platform.api('/v2/bot/channel/webhook/endpoint', { method: 'PUT', headers, body })
  expect((await world.act<Channel>('GET', path())).webhook).toMatchObject({ url: world.webhooks.url, use: false })
  const user = await newUser()
  const chat = `/users/${user}/chats/${channel.botUserId}/messages`
  const say = () => world.act('POST', chat, { type: 'text', text: 'hi' })
  expect(await world.eventsOf(say)).toEqual([])
  await world.act('PATCH', path(), { useWebhook: true })
  expect(await world.eventsOf(say)).toMatchObject([{ type: 'message' }])
})

it('has a greeting, a response mode and an automatic answer that can be changed and turned off', async () => {
  verifies('line.console.greeting', 'line.console.response-settings', 'line.console.response-mode')
  verifies('line.console.auto-response')
  await world.act('PATCH', path(), { greeting: 'Welcome!', autoResponse: 'We are closed.' })
  const user = await newUser()
  await world.act('POST', `/users/${user}/friends/${channel.botUserId}`, { action: 'add' })
  const say = (text: string) =>
    world.act('POST', `/users/${user}/chats/${channel.botUserId}/messages`, { type: 'text', text })
  await say('one')
  await world.act('PATCH', path(), { autoResponse: null })
  await say('two')
  await world.act('PATCH', path(), { autoResponse: 'We are closed.', responseMode: 'chat' })
  await say('three')
  expect(await textsOf(user)).toEqual(['Welcome!', 'one', 'We are closed.', 'two', 'three'])
})

/** Somebody whom the channel's provider knows. */
async function newUser(): Promise<string> {
  const { providerId } = await world.act<{ providerId: string }>('GET', path())
  const { userId } = await world.act<{ userId: string }>('POST', '/users', { providerId, displayName: 'Someone' })
  return userId
}
