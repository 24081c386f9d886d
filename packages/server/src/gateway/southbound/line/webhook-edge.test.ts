import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { signBody } from '@hatoba/line/webhook'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../../tests/testkit/verifies.ts'
import {
  BROWN,
  CONY,
  lineEvent,
  startTestGateway,
  type TestGateway,
  textEvent,
} from '../../testing/start-test-gateway.ts'

let test: TestGateway
let customer: HttpReceiver

beforeEach(async () => {
  customer = await startReceiver()
  test = await startTestGateway({ lineUrl: 'http://127.0.0.1:9', webhookTarget: customer.url })
})
afterEach(async () => {
  await test.close()
  await customer.close()
})

const bodies = () => customer.received.map(({ rawBody }) => JSON.parse(rawBody))

function rows(table: string): unknown[] {
  const db = new DatabaseSync(join(test.dataDir, 'gateway.db'), { readOnly: true })
  try {
    return db.prepare(`SELECT * FROM ${table}`).all()
  } finally {
    db.close()
  }
}

describe('a webhook of LINE', () => {
  it('is refused and stored nowhere when its signature is wrong or missing', async () => {
    verifies('line.webhook.signature-base64')
    const event = textEvent(BROWN, 'hello')
    for (const signature of [signBody('something else', test.demo.lineChannel.channelSecret), 'nonsense', '']) {
      const answer = await test.webhook([event], signature)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toEqual({ message: 'The signature is missing or wrong.' })
    }
    await test.gateway.settle()
    expect(rows('line_event')).toEqual([])
    expect(rows('message')).toEqual([])
    expect(customer.received).toEqual([])
  })

  it('is checked on its raw bytes, however they are spelt', async () => {
    const { channelSecret, botUserId, id } = test.demo.lineChannel
    const event = JSON.stringify(textEvent(BROWN, 'PLACE')).replace('PLACE', '\\ud83d\\ude00 \\u00e9')
    const body = `{ "destination":"${botUserId}",  "events":[${event}] }\n`
    const answer = await fetch(`${test.gateway.url}/line/webhooks/${id}`, {
      method: 'POST',
      headers: { 'x-line-signature': signBody(body, channelSecret) },
      body,
    })
    expect(answer.status).toBe(200)
    await test.gateway.settle()
    expect(bodies().find((body) => 'message' in body)?.message.contact_message).toEqual({
      text_message: { text: '😀 é' },
    })
  })

  it('answers in the form {message} whatever is wrong', async () => {
    const { channelSecret, id } = test.demo.lineChannel
    const post = (path: string, body: string) =>
      fetch(`${test.gateway.url}/line/webhooks${path}`, {
        method: 'POST',
        headers: { 'x-line-signature': signBody(body, channelSecret) },
        body,
      })
    const cases = [
      [await post(`/${id}`, 'not json'), 400],
      [await post(`/${id}`, '{"events":1}'), 400],
      [await post('/3f2c1c9e-0000-4000-8000-000000000000', '{"events":[]}'), 404],
      [await post('/no-such-channel', '{"events":[]}'), 404],
      [await post('/%zz', '{"events":[]}'), 400],
      [await post(`/${id}/more`, '{"events":[]}'), 404],
      [await fetch(`${test.gateway.url}/line/webhooks/${id}`), 404],
      [await post(`/${id}`, `{"events":[],"x":"${'x'.repeat(3_000_000)}"}`), 413],
    ] as const
    for (const [answer, status] of cases) {
      expect(answer.status).toBe(status)
      expect(await answer.json()).toEqual({ message: expect.any(String) })
    }
  })

  it('without events is answered 200: LINE asks whether the address works', async () => {
    const answer = await test.webhook([])
    expect([answer.status, await answer.text()]).toEqual([200, '{}'])
  })

  it('that comes twice is taken once', async () => {
    const event = textEvent(BROWN, 'once')
    await Promise.all([test.webhook([event]), test.webhook([event])])
    await test.webhook([{ ...event, deliveryContext: { isRedelivery: true } }])
    await test.gateway.settle()
    expect(bodies().filter((body) => 'message' in body).length).toBe(1)
  })

  it('of the shape of 2017 that comes twice is taken once', async () => {
    const base = {
      replyToken: 'r1',
      type: 'message',
      timestamp: 1462629479859,
      source: { type: 'user', userId: BROWN },
    }
    const event = { ...base, message: { id: '325708', type: 'text', text: 'Hello, world' } }
    await test.webhook([event])
    await test.webhook([event])
    await test.webhook([{ ...event, message: { ...event.message, id: '325709' } }])
    await test.gateway.settle()
    expect(bodies().filter((body) => 'message' in body).length).toBe(2)
  })
})

describe('what the business is told', () => {
  it('MESSAGE_INBOUND for a text, with all keys of the sample of Sinch', async () => {
    verifies(
      'sinch.inbound.callback',
      'sinch.inbound.text',
      'sinch.inbound.message-id',
      'sinch.inbound.direction',
      'sinch.inbound.text-message-text',
      'sinch.inbound.channel-identity-channel',
      'sinch.inbound.channel-identity-identity',
      'sinch.inbound.channel-identity-app-id',
      'sinch.inbound.conversation-id',
      'sinch.inbound.contact-id',
      'sinch.inbound.metadata',
      'sinch.inbound.accept-time',
      'sinch.inbound.sender-id',
      'sinch.callback.app-id',
      'sinch.callback.accepted-time',
      'sinch.callback.event-time',
      'sinch.callback.project-id',
      'sinch.callback.message-metadata',
    )
    const event = textEvent(BROWN, 'Text MO')
    await test.webhook([event])
    await test.gateway.settle()
    const body = bodies().find((candidate) => 'message' in candidate)
    expect(Object.keys(body)).toEqual([
      'app_id',
      'accepted_time',
      'event_time',
      'project_id',
      'message',
      'message_metadata',
    ])
    expect(body).toMatchObject({
      app_id: test.demo.appId,
      accepted_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      event_time: new Date(Number(event.timestamp)).toISOString(),
      project_id: test.demo.projectId,
      message: {
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        direction: 'TO_APP',
        contact_message: { text_message: { text: 'Text MO' } },
        channel_identity: { channel: 'LINE', identity: BROWN, app_id: test.demo.appId },
        conversation_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        contact_id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        metadata: '',
        accept_time: expect.stringMatching(/\.\d{6}Z$/),
        sender_id: '',
      },
      message_metadata: '',
    })
  })

  it('CONTACT_CREATE before OPT_IN when somebody new becomes a friend', async () => {
    verifies(
      'sinch.callback.first-contact',
      'sinch.callback.contact-create',
      'sinch.callback.contact-id',
      'sinch.callback.contact-channel-identities',
      'sinch.callback.contact-channel-priority',
      'sinch.callback.contact-display-name',
      'sinch.callback.contact-email',
      'sinch.callback.contact-external-id',
      'sinch.callback.contact-metadata',
      'sinch.callback.contact-language',
      'sinch.callback.opt-in',
      'sinch.callback.opt-in-contact-id',
      'sinch.callback.opt-in-channel',
      'sinch.callback.opt-in-identity',
      'sinch.callback.opt-in-status',
      'sinch.callback.opt-in-request-id',
    )
    await test.webhook([lineEvent(BROWN, { type: 'follow', follow: { isUnblocked: false } })])
    await test.gateway.settle()
    const [created, optIn] = bodies()
    const { contact } = created.contact_create_notification
    expect(created).toEqual({
      app_id: '',
      accepted_time: expect.any(String),
      project_id: test.demo.projectId,
      contact_create_notification: {
        contact: {
          id: expect.any(String),
          channel_identities: [{ channel: 'LINE', identity: BROWN, app_id: test.demo.appId }],
          channel_priority: ['LINE'],
          display_name: '',
          email: '',
          external_id: '',
          metadata: '',
          language: 'UNSPECIFIED',
        },
      },
      message_metadata: '',
    })
    expect(optIn).toMatchObject({
      app_id: test.demo.appId,
      opt_in_notification: {
        contact_id: contact.id,
        channel: 'LINE',
        identity: BROWN,
        status: 'OPT_IN_SUCCEEDED',
        request_id: expect.any(String),
      },
      message_metadata: '',
    })
    expect(rows('conversation')).toEqual([])
  })

  it('OPT_OUT when somebody blocks the bot', async () => {
    verifies('sinch.callback.opt-out-identity', 'sinch.callback.opt-out-status')
    await test.webhook([lineEvent(BROWN, { type: 'unfollow' })])
    await test.gateway.settle()
    expect(bodies().at(-1)).toMatchObject({ opt_out_notification: { identity: BROWN, status: 'OPT_OUT_SUCCEEDED' } })
  })

  it('UNSUPPORTED with the whole body of LINE and just that event, for kinds without a form of their own', async () => {
    verifies('sinch.callback.unsupported-payload')
    const event = lineEvent(BROWN, {
      type: 'videoPlayComplete',
      videoPlayComplete: { trackingId: 'my-unique-tracking-id' },
    })
    const unknown = lineEvent(CONY, { type: 'newFromLine', news: ['a', 1] })
    const inGroup = {
      ...textEvent(BROWN, 'hi'),
      source: { type: 'group', groupId: `C${'1'.repeat(32)}`, userId: BROWN },
    }
    await test.webhook([event, unknown, inGroup])
    await test.gateway.settle()
    const payloads = bodies().map((body) => JSON.parse(body.unsupported_callback.payload))
    const { botUserId } = test.demo.lineChannel
    for (const sent of [event, unknown, inGroup])
      expect(payloads).toContainEqual({ destination: botUserId, events: [sent] })
    expect(rows('contact')).toEqual([])
  })

  it('makes one contact and one conversation of one person, whatever races', async () => {
    const sends = Array.from({ length: 10 }, (_, index) => test.sendText(BROWN, `out ${index}`))
    const events = Array.from({ length: 10 }, (_, index) => test.webhook([textEvent(BROWN, `in ${index}`)]))
    await Promise.all([...sends, ...events])
    await test.gateway.settle()
    expect(rows('contact').length).toBe(1)
    expect(rows('conversation').length).toBe(1)
    expect(bodies().filter((body) => 'contact_create_notification' in body).length).toBe(1)
  })
})
