// The main job: a message travels the whole way between a person on LINE and a business, in both directions.
import { readFile } from 'node:fs/promises'
import { ConversationCallbackWebhooks, SinchClient } from '@sinch/sdk-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { startStack, type TestStack } from '../testkit/start-stack.ts'
import { verifies } from '../testkit/verifies.ts'

let test: TestStack
let customer: HttpReceiver
let sinch: SinchClient
let callbacks: ConversationCallbackWebhooks

beforeAll(async () => {
  test = await startStack()
  customer = await startReceiver()
  await test.stack.pointDemoCustomer(`${customer.url}/callbacks`)
  const { url, projectId, keyId, keySecret } = test.gateway
  sinch = new SinchClient({ projectId, keyId, keySecret, authHostname: url, conversationHostname: url })
  callbacks = new ConversationCallbackWebhooks(test.stack.demo?.gateway.webhook.secret ?? '')
})
afterAll(async () => {
  await test?.close()
  await customer?.close()
})

/** The callbacks of one kind that came so far, each checked by the SDK on its raw body. */
const received = (key: string) =>
  customer.received
    .map(({ headers, rawBody }) => {
      expect(callbacks.validateAuthenticationHeader(headers, rawBody)).toBe(true)
      return JSON.parse(rawBody)
    })
    .filter((body) => key in body)

describe('from the phone to the business and back', () => {
  it('calls the business with what the person wrote, and brings the answer to the phone', async () => {
    verifies(
      'sinch.setup.line-channel',
      'sinch.inbound.text',
      'sinch.send.text',
      'sinch.report.queued-on-channel',
      'line.message.text',
    )
    const sent = await test.phone.send('hello')
    await test.settle()

    const [inbound] = received('message')
    expect(inbound).toMatchObject({
      app_id: test.gateway.appId,
      project_id: test.gateway.projectId,
      message: {
        direction: 'TO_APP',
        contact_message: { text_message: { text: 'hello' } },
        channel_identity: { channel: 'LINE', identity: test.platform.userId, app_id: test.gateway.appId },
      },
    })
    const answer = await sinch.conversation.messages.sendTextMessage({
      sendMessageRequestBody: {
        app_id: test.gateway.appId,
        recipient: { contact_id: inbound.message.contact_id },
        message: { text_message: { text: 'Hello, Brown' } },
      },
    })
    const [bubble] = await test.phone.waitAfter(sent)
    expect(bubble).toMatchObject({ from: { kind: 'bot' }, message: { type: 'text', text: 'Hello, Brown' } })

    await test.settle()
    expect(received('message_delivery_report').map((body) => body.message_delivery_report)).toMatchObject([
      { message_id: answer.message_id, status: 'QUEUED_ON_CHANNEL', contact_id: inbound.message.contact_id },
    ])
  })

  it('makes one contact for one person, however often they write', async () => {
    await Promise.all([test.phone.send('one'), test.phone.send('two'), test.phone.send('three')])
    await test.settle()
    const inbound = received('message')
    expect(new Set(inbound.map((body) => body.message.contact_id)).size).toBe(1)
    expect(new Set(inbound.map((body) => body.message.conversation_id)).size).toBe(1)
    expect(inbound.slice(1).map((body) => body.message.contact_message.text_message.text)).toEqual([
      'one',
      'two',
      'three',
    ])
    expect(received('contact_create_notification').length).toBe(1)
  })
})

it("delivers seed 000's text example as it stands there, but for the user's id", async () => {
  verifies('8x8.setup.messaging-api', '8x8.send.text')
  const sample = await readFile(
    new URL('../fixtures/seeds/000/sending-a-text-message/sample.json', import.meta.url),
    'utf8',
  )
  const answer = await fetch(`${test.gateway.url}/api/v1/subaccounts/${test.gateway.subAccountId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${test.gateway.apiKey}`, 'content-type': 'application/json' },
    body: sample.replace(/U[a-z0-9]{32}/, test.platform.userId),
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ user: { lineUserId: test.platform.userId }, status: { state: 'queued' } })
  await test.settle()
  expect(await test.phone.botTexts()).toContain('Hello from 8x8 Messaging API')
})

it('tells the business when a person blocks the bot and when they come back, and sends nothing to a blocker', async () => {
  verifies('sinch.callback.opt-out', 'sinch.callback.blocked-no-error', 'sinch.callback.unblock')
  await test.phone.block()
  await test.settle()
  expect(received('opt_out_notification').map((body) => body.opt_out_notification.status)).toEqual([
    'OPT_OUT_SUCCEEDED',
  ])
  const before = await test.phone.botTexts()
  await sinch.conversation.messages.sendTextMessage({
    sendMessageRequestBody: {
      app_id: test.gateway.appId,
      recipient: { identified_by: { channel_identities: [{ channel: 'LINE', identity: test.platform.userId }] } },
      message: { text_message: { text: 'nobody reads this' } },
    },
  })
  await test.settle()
  // LINE reports no error for a blocker (seed 002, "Block Bot").
  expect(received('message_delivery_report').at(-1)?.message_delivery_report.status).toBe('QUEUED_ON_CHANNEL')
  expect(await test.phone.botTexts()).toEqual(before)
  await test.phone.unblock()
  await test.settle()
  expect(received('opt_in_notification').map((body) => body.opt_in_notification.status)).toContain('OPT_IN_SUCCEEDED')
})
