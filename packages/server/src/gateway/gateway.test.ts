import { request } from 'node:http'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../tests/testkit/http-receiver.ts'
import { BROWN, readJson, startTestGateway, type TestGateway, textEvent } from './testing/start-test-gateway.ts'

let line: HttpReceiver
let customer: HttpReceiver
let test: TestGateway
let logged: string

beforeEach(async () => {
  line = await startReceiver(() => ({ status: 200, body: '{}' }))
  customer = await startReceiver()
  logged = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  })
  test = await startTestGateway({
    lineUrl: line.url,
    webhookTarget: customer.url,
    log: pino({ level: 'trace' }, stream),
  })
})
afterEach(async () => {
  await test.close()
  await line.close()
  await customer.close()
})

/** fetch does not let one choose the Host header. */
function statusWith(headers: Record<string, string>): Promise<number> {
  const { hostname, port } = new URL(test.gateway.url)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

describe('the gateway', () => {
  it('tells that it lives and is ready', async () => {
    for (const [path, status] of [
      ['/livez', 'ok'],
      ['/readyz', 'ready'],
    ]) {
      const answer = await fetch(`${test.gateway.url}${path}`)
      expect([answer.status, await answer.json()]).toMatchObject([200, { status }])
    }
  })

  it('shows a page of state and links, to this machine and its own origin only', async () => {
    const page = await fetch(`${test.gateway.url}/`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain(`${test.gateway.url}/oauth2/token`)
    expect(await statusWith({ host: 'localhost:8080' })).toBe(200)
    expect(await statusWith({ host: 'evil.example' })).toBe(403)
    expect(await statusWith({ host: 'localhost:8080', origin: 'https://evil.example' })).toBe(403)
  })

  it('logs each attempt once with ids and codes, and neither texts nor secrets', async () => {
    const secretText = 'a very private text'
    await test.webhook([textEvent(BROWN, secretText)])
    const { umid } = await readJson(await test.sendText(BROWN, secretText))
    await test.sinch('GET', '/messages/nonsense')
    await test.gateway.settle()
    const lines = logged.split('\n').filter(Boolean)
    const attempts = lines.map((entry) => JSON.parse(entry)).filter(({ msg }) => msg === 'send attempted')
    expect(attempts).toMatchObject([
      { messageId: umid, outcome: 'taken', status: 200, attempt: 1, sizeBytes: expect.any(Number) },
    ])
    const { lineChannel, webhook, keySecret, apiKey, adminKey } = test.demo
    const secrets = [
      lineChannel.channelSecret,
      lineChannel.channelAccessToken,
      webhook.secret,
      keySecret,
      apiKey,
      adminKey,
    ]
    for (const secret of [...secrets, secretText]) expect(logged).not.toContain(secret)
  })

  it('is pointed elsewhere while it runs', async () => {
    const other = await startReceiver(() => ({ status: 200, body: '{}' }))
    await test.sendText(BROWN, 'one')
    await test.gateway.settle()
    await test.gateway.pointDemo({ lineApiUrl: other.url, webhookTarget: `${other.url}/hook` })
    await test.sendText(BROWN, 'two')
    await test.gateway.settle()
    expect(line.received.length).toBe(1)
    expect(other.received.map(({ path }) => path)).toEqual(['/v2/bot/message/push', '/hook'])
    await other.close()
  })

  it('settles without waiting for retries that are not due', async () => {
    await line.close()
    await test.sendText(BROWN, 'later')
    await test.gateway.settle()
    line = await startReceiver(() => ({ status: 200, body: '{}' }))
    expect(line.received.length).toBe(0)
  })
})
