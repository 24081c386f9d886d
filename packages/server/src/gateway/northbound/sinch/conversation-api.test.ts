import { SinchClient } from '@sinch/sdk-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../../tests/testkit/verifies.ts'
import { BROWN, readJson, startTestGateway, type TestGateway, textEvent } from '../../testing/start-test-gateway.ts'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let client: SinchClient

beforeEach(async () => {
  line = await startReceiver(() => ({ status: 200, body: '{}' }))
  customer = await startReceiver()
  test = await startTestGateway({ lineUrl: line.url, webhookTarget: customer.url })
  client = newClient()
})
afterEach(async () => {
  await test.close()
  await line.close()
  await customer.close()
})

function newClient(change: { keySecret?: string; projectId?: string } = {}): SinchClient {
  const { projectId, keyId, keySecret } = { ...test.demo, ...change }
  const { url } = test.gateway
  return new SinchClient({ projectId, keyId, keySecret, authHostname: url, conversationHostname: url })
}

const toBrown = { identified_by: { channel_identities: [{ channel: 'LINE' as const, identity: BROWN }] } }
const sendRequest = (more: object = {}) => ({
  app_id: test.demo.appId,
  recipient: toBrown,
  message: { text_message: { text: 'hello' } },
  ...more,
})
const reports = () =>
  customer.received.map(({ rawBody }) => JSON.parse(rawBody)).filter((body) => 'message_delivery_report' in body)

describe("Sinch's own SDK", () => {
  it('sends a text, reads it back and hears that LINE took it', async () => {
    verifies(
      'sinch.send.text',
      'sinch.report.queued-on-channel',
      'sinch.report.message-id',
      'sinch.report.conversation-id',
      'sinch.report.status',
      'sinch.report.channel-identity',
      'sinch.report.contact-id',
    )
    const sent = await client.conversation.messages.sendTextMessage({
      sendMessageRequestBody: sendRequest({ message_metadata: 'meta', correlation_id: 'corr' }),
    })
    expect(sent.message_id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(sent.accepted_time).toBeInstanceOf(Date)
    await test.gateway.settle()
    expect(JSON.parse(line.received[0]?.rawBody ?? '')).toEqual({
      to: BROWN,
      messages: [{ type: 'text', text: 'hello' }],
    })

    const message = await client.conversation.messages.get({ message_id: sent.message_id ?? '' })
    expect(message).toMatchObject({
      id: sent.message_id,
      direction: 'TO_CONTACT',
      app_message: { text_message: { text: 'hello' } },
      channel_identity: { channel: 'LINE', identity: BROWN, app_id: test.demo.appId },
      metadata: 'meta',
      sender_id: '',
      processing_mode: 'CONVERSATION',
    })

    const [report] = reports()
    expect(Object.keys(report)).toEqual([
      ...['app_id', 'accepted_time', 'event_time', 'project_id', 'message_delivery_report', 'message_metadata'],
      'correlation_id',
    ])
    expect(report).toMatchObject({
      correlation_id: 'corr',
      message_delivery_report: {
        message_id: sent.message_id,
        conversation_id: expect.any(String),
        status: 'QUEUED_ON_CHANNEL',
        channel_identity: { channel: 'LINE', identity: BROWN, app_id: test.demo.appId },
        contact_id: expect.any(String),
        metadata: 'meta',
      },
      message_metadata: '',
    })
    expect(report.message_delivery_report.reason).toBeUndefined()
  })

  it('answers somebody who wrote, by contact id', async () => {
    await test.webhook([textEvent(BROWN, 'hi')])
    await test.gateway.settle()
    const inbound = customer.received
      .map(({ rawBody }) => JSON.parse(rawBody))
      .find((body) => 'message' in body).message
    await client.conversation.messages.sendTextMessage({
      sendMessageRequestBody: sendRequest({ recipient: { contact_id: inbound.contact_id } }),
    })
    await test.gateway.settle()
    expect(JSON.parse(line.received[0]?.rawBody ?? '').replyToken).toMatch(/^reply-/) // the demo saves on pushes
    expect(reports()[0].message_delivery_report.conversation_id).toBe(inbound.conversation_id)

    const read = await client.conversation.messages.get({ message_id: inbound.id })
    expect(read).toMatchObject({ direction: 'TO_APP', contact_message: { text_message: { text: 'hi' } } })
  })

  it('gets a new token by itself when the old one expires', async () => {
    await client.conversation.messages.sendTextMessage({ sendMessageRequestBody: sendRequest() })
    test.clock.advance(2 * 3_600_000)
    await client.conversation.messages.sendTextMessage({ sendMessageRequestBody: sendRequest() })
    await test.gateway.settle()
    expect(line.received.length).toBe(2)
  })

  it('is told of a wrong key and of a foreign project', async () => {
    const refusal = async (other: SinchClient) =>
      other.conversation.messages.sendTextMessage({ sendMessageRequestBody: sendRequest() }).catch((error) => error)
    expect(await refusal(newClient({ keySecret: 'wrong' }))).toMatchObject({ statusCode: 401 })
    expect(await refusal(newClient({ projectId: '3f2c1c9e-0000-4000-8000-000000000000' }))).toMatchObject({
      statusCode: 403,
    })
    expect(line.received).toEqual([])
  })
})

describe('a message LINE cannot take', () => {
  it('is accepted and reported as FAILED with the reason, with all keys of the sample of Sinch', async () => {
    verifies(
      'sinch.report.failed',
      'sinch.report.reason-code',
      'sinch.report.reason-description',
      'sinch.report.reason-sub-code',
      'sinch.report.metadata',
    )
    const { message_id } = await client.conversation.messages.sendTextMessage({
      sendMessageRequestBody: sendRequest({ message: { text_message: { text: 'x'.repeat(5001) } } }),
    })
    await test.gateway.settle()
    expect(line.received).toEqual([])
    const [report] = reports()
    expect(report).toEqual({
      app_id: test.demo.appId,
      accepted_time: expect.any(String),
      event_time: expect.any(String),
      project_id: test.demo.projectId,
      message_delivery_report: {
        message_id,
        conversation_id: expect.any(String),
        status: 'FAILED',
        channel_identity: { channel: 'LINE', identity: BROWN, app_id: test.demo.appId },
        contact_id: expect.any(String),
        reason: { code: 'BAD_REQUEST', description: expect.stringContaining('text'), sub_code: 'UNSPECIFIED_SUB_CODE' },
        metadata: '',
        processing_mode: 'CONVERSATION',
      },
      message_metadata: '',
    })
  })

  it('is also one that names a channel the app does not have', async () => {
    const channel_identities = [
      { channel: 'LINE' as const, identity: BROWN },
      { channel: 'SMS' as const, identity: '+4670' },
    ]
    await client.conversation.messages.sendTextMessage({
      sendMessageRequestBody: sendRequest({ recipient: { identified_by: { channel_identities } } }),
    })
    await test.gateway.settle()
    expect(reports()[0].message_delivery_report).toMatchObject({
      status: 'FAILED',
      reason: { code: 'CHANNEL_CONFIGURATION_MISSING' },
    })
  })
})

describe('an error', () => {
  const envelope = (code: number, status: string) => ({
    error: { code, status, message: expect.any(String), details: expect.any(Array) },
  })
  const raw = (path: string, init: RequestInit) => fetch(`${test.gateway.url}${path}`, init)

  it('of a send request names the field', async () => {
    const cases: [unknown, string][] = [
      [[], ''],
      [{ ...sendRequest(), app_id: undefined }, 'app_id'],
      [{ ...sendRequest(), recipient: undefined }, 'recipient'],
      [{ ...sendRequest(), recipient: { contact_id: 'x', identified_by: {} } }, 'recipient'],
      [{ ...sendRequest(), recipient: { contact_id: 'nonsense' } }, 'recipient.contact_id'],
      [{ ...sendRequest(), recipient: { identified_by: {} } }, 'recipient.identified_by.channel_identities'],
      [
        { ...sendRequest(), recipient: { identified_by: { channel_identities: [{ channel: 'FAX', identity: '1' }] } } },
        'recipient.identified_by.channel_identities[0].channel',
      ],
      [{ ...sendRequest(), message: undefined }, 'message'],
      [{ ...sendRequest(), message: {} }, 'message'],
      [{ ...sendRequest(), message: { text_message: {}, card_message: {} } }, 'message'],
      [{ ...sendRequest(), message: { card_message: {} } }, 'message.card_message'],
      [{ ...sendRequest(), message: { text_message: { text: '' } } }, 'message.text_message.text'],
      [{ ...sendRequest(), message_metadata: 'x'.repeat(1025) }, 'message_metadata'],
      [{ ...sendRequest(), correlation_id: 'x'.repeat(129) }, 'correlation_id'],
      [{ ...sendRequest(), ttl: '2s' }, 'ttl'],
    ]
    for (const [body, field] of cases) {
      const answer = await test.sinch('POST', '/messages:send', body)
      expect(answer.status).toBe(400)
      const { error } = await readJson(answer)
      expect({ error }).toEqual(envelope(400, 'INVALID_ARGUMENT'))
      expect(error.details[0]).toMatchObject({
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        field_violations: [{ field, description: expect.any(String) }],
      })
    }
    expect(line.received).toEqual([])
  })

  it('has the envelope of google.rpc, whatever is wrong', async () => {
    const { projectId, keyId, keySecret } = test.demo
    const authorization = `Basic ${btoa(`${keyId}:${keySecret}`)}`
    const path = `/v1/projects/${projectId}/messages:send`
    const post = (headers: Record<string, string>, body: string, to = path) =>
      raw(to, { method: 'POST', headers, body })
    const json = { 'content-type': 'application/json', authorization }
    const unknownId = '01HZZZZZZZZZZZZZZZZZZZZZZZ'
    const cases: [Response, number, string][] = [
      [await post(json, '{"app_id":'), 400, 'INVALID_ARGUMENT'],
      [await post({ authorization, 'content-type': 'text/plain' }, 'hello'), 415, 'INVALID_ARGUMENT'],
      [await post(json, JSON.stringify({ x: 'x'.repeat(1_100_000) })), 413, 'INVALID_ARGUMENT'],
      [await post({ 'content-type': 'application/json' }, '{}'), 401, 'UNAUTHENTICATED'],
      [await post({ ...json, authorization: 'Bearer nonsense' }, '{}'), 401, 'UNAUTHENTICATED'],
      [await post({ ...json, authorization: `Basic ${btoa(`${keyId}:wrong`)}` }, '{}'), 401, 'UNAUTHENTICATED'],
      [await post(json, '{}', path.replace(projectId, 'another')), 403, 'PERMISSION_DENIED'],
      [await test.sinch('POST', '/messages:send', sendRequest({ app_id: unknownId })), 404, 'NOT_FOUND'],
      [
        await test.sinch('POST', '/messages:send', sendRequest({ recipient: { contact_id: unknownId } })),
        404,
        'NOT_FOUND',
      ],
      [await test.sinch('GET', `/messages/${unknownId}`), 404, 'NOT_FOUND'],
      [await test.sinch('GET', '/messages/nonsense'), 404, 'NOT_FOUND'],
      [await test.sinch('GET', `/messages/${unknownId}?messages_source=ELSEWHERE`), 400, 'INVALID_ARGUMENT'],
      [await test.sinch('GET', '/messages:send'), 501, 'UNIMPLEMENTED'],
      [await test.sinch('POST', `/messages/${unknownId}`, {}), 501, 'UNIMPLEMENTED'],
      [await test.sinch('GET', '/nothing/of/this'), 404, 'NOT_FOUND'],
      [await test.sinch('GET', '/messages/%zz'), 400, 'INVALID_ARGUMENT'],
    ]
    for (const [answer, code, status] of cases) {
      expect(await readJson(answer)).toEqual(envelope(code, status))
      expect(answer.status).toBe(code)
    }
  })

  it('of an expired token says so in a header, as the SDKs look there', async () => {
    const { keyId, keySecret } = test.demo
    const token = await raw('/oauth2/token', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const issued = await readJson(token)
    expect(issued).toEqual({ access_token: expect.any(String), expires_in: 3599, scope: '', token_type: 'bearer' })
    const get = () =>
      raw(`/v1/projects/${test.demo.projectId}/messages/01HZZZZZZZZZZZZZZZZZZZZZZZ`, {
        headers: { authorization: `Bearer ${issued.access_token}` },
      })
    expect((await get()).status).toBe(404)
    test.clock.advance(3_599_000)
    const late = await get()
    expect(late.status).toBe(401)
    expect(late.headers.get('www-authenticate')).toContain('expired')
  })

  it("of the token endpoint has OAuth's form", async () => {
    const { keyId, keySecret } = test.demo
    const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${keyId}:${secret}`)}` })
    const post = (headers: Record<string, string>, body: URLSearchParams | string) =>
      raw('/oauth2/token', { method: 'POST', headers, body })
    const grant = new URLSearchParams({ grant_type: 'client_credentials' })
    const cases: [Response, number, string][] = [
      [await post(basic('wrong'), grant), 401, 'invalid_client'],
      [await post({}, grant), 401, 'invalid_client'],
      [await post({ authorization: `Basic ${btoa('nobody:x')}` }, grant), 401, 'invalid_client'],
      [await post(basic(keySecret), new URLSearchParams({ grant_type: 'password' })), 400, 'unsupported_grant_type'],
      [await post(basic(keySecret), new URLSearchParams()), 400, 'invalid_request'],
      [await post({ ...basic(keySecret), 'content-type': 'application/json' }, '{}'), 400, 'invalid_request'],
      [await raw('/oauth2/elsewhere', {}), 404, 'invalid_request'],
    ]
    for (const [answer, status, error] of cases) {
      expect(await readJson(answer)).toEqual({ error, error_description: expect.any(String) })
      expect(answer.status).toBe(status)
    }
  })
})
