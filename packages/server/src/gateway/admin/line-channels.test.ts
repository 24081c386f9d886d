import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signBody } from '@hatoba/line/webhook'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { createLog } from '../../kit/log.ts'
import { startGateway } from '../index.ts'
import { BROWN, startTestGateway, textEvent } from '../testing/start-test-gateway.ts'
import { whyUnreachable } from './line-channels.ts'

describe('whether LINE can call the gateway', () => {
  it.each([
    ['https://api.line.me', 'https://gateway.example.com', undefined],
    ['https://api.line.me', 'https://gateway.example.com/hatoba', undefined],
    ['https://api.line.me', 'http://gateway.example.com', 'over https only'],
    ['https://api.line.me', 'http://localhost:8080', 'an address of this machine only'],
    ['https://api.line.me', 'https://localhost', 'an address of this machine only'],
    ['https://api.line.me', 'https://127.8.9.1', 'an address of this machine only'],
    ['https://api.line.me', 'https://[::1]:443', 'an address of this machine only'],
    ['https://api.line.me', 'https://0.0.0.0', 'an address of this machine only'],
    ['http://localhost:8081', 'http://localhost:8080', undefined],
    ['http://127.0.0.1:8081', 'http://localhost:8080', undefined],
  ])('%s and %s: %s', (lineApiUrl, publicUrl, reason) => {
    const why = whyUnreachable(lineApiUrl, publicUrl)
    if (reason === undefined) expect(why).toBeUndefined()
    else expect(why).toContain(reason)
  })

  it('is told in plain words where a channel of the real LINE is set up with a loopback public URL', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-admin-'))
    const gateway = await startGateway({
      dataDir,
      host: '127.0.0.1',
      port: 0,
      log: createLog('silent', 'test'),
      lineApiUrl: 'https://api.line.me',
      lineDataUrl: 'https://api-data.line.me',
    })
    const post = async (path: string, body: object): Promise<Record<string, string>> => {
      const answer = await fetch(`${gateway.url}/admin/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.firstAdminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as Record<string, string>
    }
    const { projectId } = await post('/projects', { name: 'x' })
    const { appId } = await post('/apps', { projectId, displayName: 'x' })
    expect(await post('/line-channels', { appId, channelId: '1', channelSecret: 's' })).toEqual({
      error: {
        code: 'conflict',
        message: `LINE cannot call this gateway: its public URL, ${gateway.url}, is an address of this machine only. Set HATOBA_PUBLIC_URL to the https address under which the internet reaches this gateway, and start it again.`,
      },
    })
    await gateway.close()
    await rm(dataDir, { recursive: true, force: true })
  })
})

describe('a channel secret that is changed', () => {
  let line: HttpReceiver
  let secretOnLine: string
  let lineAnswers: boolean
  beforeEach(async () => {
    secretOnLine = ''
    lineAnswers = true
    // LINE with one channel, whose secret somebody changes in the console.
    line = await startReceiver(({ path, rawBody }) => {
      if (!lineAnswers) return { status: 503 }
      if (path === '/v2/oauth/verify') return { status: 200, body: '{"client_id":"1234567890","expires_in":100}' }
      if (path === '/v2/bot/info') return { status: 200, body: `{"userId":"U${'0'.repeat(32)}"}` }
      if (path !== '/oauth2/v3/token') return { status: 404, body: '{}' }
      return new URLSearchParams(rawBody).get('client_secret') === secretOnLine
        ? { status: 200, body: '{"access_token":"t","expires_in":900}' }
        : { status: 400, body: '{"error":"invalid_request","error_description":"Invalid \'client_credentials\'."}' }
    })
  })
  afterEach(() => line.close())

  it('is accepted beside the one before until that is dropped, and only once LINE takes it', async () => {
    const test = await startTestGateway({ lineUrl: line.url, webhookTarget: line.url })
    const { id, channelSecret: before } = test.demo.lineChannel
    const call = (method: string, path: string, body?: object) =>
      fetch(`${test.gateway.url}/admin/v1/line-channels/${id}${path}`, {
        method,
        headers: { authorization: `Bearer ${test.demo.adminKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    const statusOf = async (secret: string) => {
      const events = [textEvent(BROWN, 'x')]
      const body = JSON.stringify({ destination: test.demo.lineChannel.botUserId, events })
      return (await test.webhook(events, signBody(body, secret))).status
    }
    const after = 'f'.repeat(32)
    expect((await call('PATCH', '', { channelSecret: after })).status).toBe(422)
    lineAnswers = false
    expect((await call('PATCH', '', { channelSecret: after })).status).toBe(502)
    lineAnswers = true
    expect([await statusOf(before), await statusOf(after)]).toEqual([200, 401])

    secretOnLine = after
    const changed = await call('PATCH', '', { channelSecret: after })
    expect([changed.status, await changed.json()]).toMatchObject([200, { hasPreviousSecret: true }])
    expect([await statusOf(before), await statusOf(after), await statusOf('other')]).toEqual([200, 200, 401])
    expect((await call('DELETE', '/previous-secret')).status).toBe(204)
    expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200])
    await test.close()
  })
})
