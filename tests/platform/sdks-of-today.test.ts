// LINE's generated clients, version by version, unmodified but for their base URL: everything that a bot calls every
// day, in today's profile.

import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import * as sdk11 from '@line/bot-sdk'
import * as sdk8 from 'bot-sdk-8'
import * as sdk9 from 'bot-sdk-9'
import * as sdk10 from 'bot-sdk-10'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { PNG } from './files.ts'
import { BOT, BROWN, CONY, GROUP, type ProofWorld, startProofWorld } from './proof-world.ts'

const VERSIONS = { '8.4.1': sdk8, '9.9.0': sdk9, '10.8.0': sdk10, '11.2.0': sdk11 }
// The clients of all versions have these names in common; the calls are written against the newest types.
type Sdk = typeof sdk11
/** What the clients throw: since version 9 their own error, before that axios's within it. */
interface Refusal {
  status?: number
  body?: string
  statusCode?: number
  originalError?: { response: { data: unknown } }
}

const hello: sdk11.messagingApi.TextMessage = { type: 'text', text: 'Hello, world' }

describe.each(Object.entries(VERSIONS))("LINE's SDK %s", (_version, loaded) => {
  const sdk = loaded as unknown as Sdk
  let world: ProofWorld
  let client: sdk11.messagingApi.MessagingApiClient
  let blobs: sdk11.messagingApi.MessagingApiBlobClient
  let bot: Server
  const told: sdk11.webhook.Event[] = []

  beforeAll(async () => {
    world = await startProofWorld(BOT)
    const config = { channelAccessToken: BOT.token, baseURL: world.platform.url }
    client = new sdk.messagingApi.MessagingApiClient(config)
    blobs = new sdk.messagingApi.MessagingApiBlobClient(config)
    const verify = sdk.middleware({ channelSecret: BOT.channelSecret })
    bot = createServer((request, response) => {
      // The SDK's middleware is made for express, whose request is Node's with a body.
      const expressRequest = request as typeof request & { body: sdk11.webhook.CallbackRequest | undefined }
      void verify(expressRequest, response, (error) => {
        if (!error) told.push(...(expressRequest.body?.events ?? []))
        response.writeHead(error ? 401 : 200).end()
      })
    })
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await new Promise((resolve) => bot.close(resolve))
    await world.close()
  })

  const botTexts = async (userId = BROWN) =>
    (await world.platform.chat(userId)).filter(({ from }) => from.kind === 'bot').map(({ message }) => message.text)

  it('sets, reads and tests the webhook, hears through its middleware, and replies', async () => {
    verifies('line.reference.official-sdk', 'line.reference.webhooks', 'line.reference.reply')
    const endpoint = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/webhook` // a TCP server's address
    await client.setWebhookEndpoint({ endpoint })
    expect(await client.getWebhookEndpoint()).toMatchObject({ endpoint, active: true })
    expect(await client.testWebhookEndpoint({ endpoint })).toMatchObject({ success: true, statusCode: 200 })
    await world.platform.type('hi')
    await world.platform.settle()
    const [event] = told
    expect(event).toMatchObject({ type: 'message', message: { type: 'text', text: 'hi' } })
    const replyToken = event !== undefined && 'replyToken' in event ? (event.replyToken ?? '') : ''
    const { sentMessages } = await client.replyMessage({ replyToken, messages: [hello] })
    expect(sentMessages).toMatchObject([{ id: expect.stringMatching(/^\d+$/), quoteToken: expect.any(String) }])
    expect(await botTexts()).toEqual(['Hello, world'])
  })

  it('pushes once under a retry key, multicasts, broadcasts and validates', async () => {
    verifies('line.reference.push', 'line.reference.multicast')
    const retryKey = randomUUID()
    const before = (await botTexts()).length
    await client.pushMessage({ to: BROWN, messages: [hello] }, retryKey)
    await expect(client.pushMessage({ to: BROWN, messages: [hello] }, retryKey)).rejects.toThrow()
    await client.multicast({ to: [BROWN, CONY], messages: [hello] })
    await client.broadcast({ messages: [hello] })
    await world.platform.settle()
    expect((await botTexts()).length - before).toBe(3)
    await client.validatePush({ messages: [hello] })
    await expect(client.validateReply({ messages: [{ type: 'text', text: '' }] })).rejects.toThrow()
    expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 5 })
    expect(await client.getMessageQuota()).toEqual({ type: 'none' })
  })

  it('reads the bot, its people and its groups, and fetches what they send', async () => {
    verifies('line.reference.profile', 'line.reference.content')
    expect(await client.getBotInfo()).toMatchObject({ userId: BOT.botUserId, chatMode: 'bot' })
    expect(await client.getProfile(BROWN)).toMatchObject({ displayName: 'Brown', language: 'en' })
    expect((await client.getFollowers()).userIds).toEqual([BROWN, CONY])
    expect(await client.getGroupSummary(GROUP)).toMatchObject({ groupId: GROUP, groupName: 'Friends' })
    expect(await client.getGroupMemberCount(GROUP)).toMatchObject({ count: 2 })
    expect((await client.getGroupMembersIds(GROUP)).memberIds).toEqual([BROWN, CONY])
    expect(await client.getGroupMemberProfile(GROUP, CONY)).toMatchObject({ displayName: 'Cony' })
    const uploadId = await world.upload(PNG, 'image/png')
    const path = `/users/${BROWN}/chats/${BOT.botUserId}/messages`
    const { message } = await world.act<{ message: { id: string } }>('POST', path, { type: 'image', uploadId })
    expect(await bytesOf(await blobs.getMessageContent(message.id))).toEqual(PNG)
    expect(await bytesOf(await blobs.getMessageContentPreview(message.id))).toEqual(PNG)
  })

  it('gives the status and words of a refusal', async () => {
    const error = await client.pushMessage({ to: 'nobody', messages: [hello] }).then(
      (): Refusal => ({}),
      (thrown: Refusal) => thrown,
    )
    const message = "The property, 'to', in the request body is invalid (line: -, column: -)"
    expect(error.status ?? error.statusCode).toBe(400)
    expect(error.body === undefined ? error.originalError?.response.data : JSON.parse(error.body)).toEqual({ message })
  })

  it('leaves a group', async () => {
    verifies('line.reference.leave')
    await client.leaveGroup(GROUP)
    await expect(client.getGroupSummary(GROUP)).rejects.toThrow()
  })
})

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
