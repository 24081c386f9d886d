// A gateway for tests: real HTTP on a free port, a temporary folder, a clock that stands still until it is moved.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signBody } from '@hatoba/line/webhook'
import { AdjustableClock } from '../../kit/clock.ts'
import { uuidToUlid } from '../../kit/ids.ts'
import { createLog, type Logger } from '../../kit/log.ts'
import { type Gateway, type GatewayDemo, startGateway } from '../index.ts'

export const BROWN = `U${'b'.repeat(32)}`
export const CONY = `U${'c'.repeat(32)}`

export function makeDemo(lineUrl: string, webhookTarget: string): GatewayDemo {
  return {
    adminKey: 'admin-key',
    projectId: randomUUID(),
    keyId: randomUUID(),
    keySecret: 'key-secret',
    appId: uuidToUlid(randomUUID()),
    subAccountId: 'demo',
    apiKey: `api-key-${randomUUID()}`,
    lineChannel: {
      id: randomUUID(),
      channelId: '1234567890',
      channelSecret: randomBytes(16).toString('hex'),
      channelAccessToken: 'channel-access-token',
      botUserId: `U${'0'.repeat(32)}`,
      profile: 'current',
      apiUrl: lineUrl,
      dataUrl: lineUrl,
    },
    webhook: { id: randomUUID(), target: webhookTarget, secret: 'webhook-secret' },
  }
}

export interface TestGatewayOptions {
  lineUrl: string
  webhookTarget: string
  /** Of an earlier gateway; the folder is then kept at close. */
  earlier?: { dataDir: string; demo: GatewayDemo }
  clock?: AdjustableClock
  log?: Logger
}

export interface TestGateway {
  gateway: Gateway
  demo: GatewayDemo
  dataDir: string
  clock: AdjustableClock
  /** Moves the clock and waits for all that falls due. */
  pass(ms: number): Promise<void>
  /** POSTs events as LINE does. */
  webhook(events: readonly unknown[], signature?: string): Promise<Response>
  /** An 8x8 send of a text. */
  sendText(to: string, text: string, more?: object): Promise<Response>
  /** A request with the project's access key, in the Conversation API's way. */
  sinch(method: string, path: string, body?: unknown): Promise<Response>
  close(): Promise<void>
}

export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  const { lineUrl, webhookTarget, earlier, log = createLog('silent', 'test') } = options
  const clock = options.clock ?? new AdjustableClock(Date.now())
  const dataDir = earlier?.dataDir ?? (await mkdtemp(join(tmpdir(), 'hatoba-gateway-')))
  const demo = earlier?.demo ?? makeDemo(lineUrl, webhookTarget)
  const gateway = await startGateway({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    log,
    clock,
    lineApiUrl: lineUrl,
    lineDataUrl: lineUrl,
    demo,
  })
  return {
    gateway,
    demo,
    dataDir,
    clock,
    async pass(ms) {
      clock.advance(ms)
      await gateway.settle()
    },
    webhook(events, signature) {
      const body = JSON.stringify({ destination: demo.lineChannel.botUserId, events })
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'x-line-signature': signature ?? signBody(body, demo.lineChannel.channelSecret),
      }
      return fetch(`${gateway.url}/line/webhooks/${demo.lineChannel.id}`, { method: 'POST', headers, body })
    },
    sendText(to, text, more = {}) {
      return fetch(`${gateway.url}/api/v1/subaccounts/${demo.subAccountId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.apiKey}` },
        body: JSON.stringify({ user: { lineUserId: to }, type: 'Text', content: { text }, ...more }),
      })
    },
    sinch(method, path, body) {
      const authorization = `Basic ${Buffer.from(`${demo.keyId}:${demo.keySecret}`).toString('base64')}`
      return fetch(`${gateway.url}/v1/projects/${demo.projectId}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    },
    async close() {
      await gateway.close()
      clock.stop()
      if (earlier === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** An answer's JSON, for a test to look into. */
export const readJson = async (answer: Response) => JSON.parse(await answer.text())

let lastEventId = 0

/** A webhook event of LINE about one person. */
export function lineEvent(userId: string, event: { type: string; [field: string]: unknown }): Record<string, unknown> {
  lastEventId += 1
  return {
    mode: 'active',
    timestamp: 1_700_000_000_000 + lastEventId,
    source: { type: 'user', userId },
    webhookEventId: `01TEST${String(lastEventId).padStart(20, '0')}`,
    deliveryContext: { isRedelivery: false },
    replyToken: `reply-${lastEventId}`,
    ...event,
  }
}

export const textEvent = (userId: string, text: string) =>
  lineEvent(userId, { type: 'message', message: { id: String(lastEventId), type: 'text', text, quoteToken: 'q' } })
