// The webhook URL through LINE's API. What a test request meets is told in ../webhooks/webhooks.test.ts.
import { messagingApi } from '@line/bot-sdk'
import { beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

const PATH = '/v2/bot/channel/webhook/endpoint'
const URL_OF_BOT = 'https://bot.example/webhook'

let platform: TestPlatform
beforeEach(async () => {
  platform = await startTestPlatform()
  return () => platform.close()
})

const headers = { authorization: `Bearer ${BOT.token}`, 'content-type': 'application/json' }
const set = (body: unknown) =>
  platform.api(PATH, { method: 'PUT', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
const get = () => platform.api(PATH, { headers })

describe('the webhook URL', () => {
  it('is set and read, with whether it is used', async () => {
    provesEffect('PUT /v2/bot/channel/webhook/endpoint', 'GET /v2/bot/channel/webhook/endpoint')
    provesEffect('GET /v2/bot/channel/webhook/endpoint', 'PATCH /_hatoba/channels/{channelId}')
    expect(await get()).toMatchObject({ status: 404, body: { message: 'Webhook endpoint not found' } })
    const { status, body } = await set({ endpoint: URL_OF_BOT })
    expect([status, body]).toEqual([200, {}])
    expect((await get()).body).toEqual({ endpoint: URL_OF_BOT, active: true })
    await platform.control('PATCH', `/channels/${BOT.channelId}`, { useWebhook: false })
    expect((await get()).body).toEqual({ endpoint: URL_OF_BOT, active: false })
  })

  it('is set and read by the official SDK', async () => {
    const client = new messagingApi.MessagingApiClient({ channelAccessToken: BOT.token, baseURL: platform.url })
    await client.setWebhookEndpoint({ endpoint: URL_OF_BOT })
    expect(await client.getWebhookEndpoint()).toMatchObject({ endpoint: URL_OF_BOT, active: true })
  })

  it.each([
    'http://bot.example/webhook',
    'ftp://bot.example',
    'bot.example',
    'https://user:password@bot.example/',
    `https://bot.example/${'x'.repeat(481)}`,
  ])('may not be %s', async (endpoint) => {
    expect(await set({ endpoint })).toMatchObject({ status: 400, body: { message: 'Invalid webhook endpoint URL' } })
    const test = await platform.post('/v2/bot/channel/webhook/test', { endpoint })
    expect(test).toMatchObject({ status: 400, body: { message: 'Invalid webhook endpoint URL' } })
  })

  it('may have 500 characters', async () => {
    expect((await set({ endpoint: `https://bot.example/${'x'.repeat(480)}` })).status).toBe(200)
  })

  it('is wanted as a text', async () => {
    const missing = {
      message: 'The request body has 1 error(s)',
      details: [{ message: 'May not be empty', property: 'endpoint' }],
    }
    for (const body of [{}, { endpoint: null }, { endpoint: '' }])
      expect(await set(body)).toMatchObject({ status: 400, body: missing })
    expect(await set('{"endpoint": 5}')).toMatchObject({
      status: 400,
      body: { message: "The property, 'endpoint', in the request body is invalid (line: 1, column: 14)" },
    })
    expect(await set('[]')).toMatchObject({
      status: 400,
      body: { message: 'The request body could not be parsed as JSON (line: 1, column: 1)' },
    })
  })

  it('is not tested where there is none', async () => {
    for (const body of ['', '{}', '{"endpoint":""}'])
      expect(await platform.post('/v2/bot/channel/webhook/test', body)).toMatchObject({
        status: 404,
        body: { message: 'Webhook endpoint not found' },
      })
    expect((await platform.post('/v2/bot/channel/webhook/test', '{"endpoint":[]}')).status).toBe(400)
  })
})
