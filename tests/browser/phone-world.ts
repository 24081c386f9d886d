// What a browser test of the phone needs: a platform, a bot that answers through LINE's API, and a browser. The
// platform can be stopped and started again on the same port, as when somebody restarts Hatoba beside an open page.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KnownEvent, parseWebhook, verifySignature } from '@hatoba/line/webhook'
import { createLog, describeDemo, readConfig, type Stack, startStack } from 'hatoba'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { launchBrowser } from '../testkit/browser.ts'
import { startReceiver } from '../testkit/http-receiver.ts'
import { type MediaHost, startMediaHost } from './media-host.ts'

export interface PhoneWorld {
  url: string
  /** The demo's user. */
  userId: string
  /** The demo's bot: its user id is the id of the chat with it. */
  botUserId: string
  /** The bot sends these messages to the user by LINE's push. */
  push(...messages: object[]): Promise<void>
  pushText(text: string): Promise<void>
  /** The files that the bot's messages name. */
  media: MediaHost
  channelId: string
  /** A call of LINE's API as the bot. */
  callApi(path: string, body: object): Promise<void>
  /** A call of the control API. */
  control<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T>
  /** How many webhook events the bot has had so far. */
  eventCount(): number
  /** The first event of that type after the first `from`, now or soon. */
  waitForEvent<Type extends KnownEvent['type']>(
    type: Type,
    from?: number,
  ): Promise<Extract<KnownEvent, { type: Type }> & { receivedAtMs: number }>
  /** A page of a browser profile of its own, closed when the test ends. Anything that goes wrong in it is in `complaints`. */
  openPage(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>
  stopPlatform(): Promise<void>
  startPlatform(): Promise<void>
  close(): Promise<void>
}

export async function startPhoneWorld(): Promise<PhoneWorld> {
  if (!existsSync(new URL('../../packages/server/public/index.html', import.meta.url)))
    throw new Error('The pages are not built: npm run build -w @hatoba/console')
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-phone-'))
  const browser = await launchBrowser()
  let platform = await startPlatformIn(dataDir, '0')
  const { url } = platform
  const push = (...messages: object[]) => pushAs(platform, messages)
  const events: { event: KnownEvent; receivedAtMs: number }[] = []
  const media = await startMediaHost()
  const bot = await startReceiver(async ({ rawBody, headers }) => {
    const receivedAtMs = performance.timeOrigin + performance.now()
    if (!verifySignature(rawBody, headers['x-line-signature'], platform.channel.channelSecret)) return { status: 401 }
    for (const event of parseWebhook(rawBody).events) {
      if (event.type !== 'unknown') events.push({ event, receivedAtMs })
      if (event.type === 'message' && event.message.type === 'text')
        await push({ type: 'text', text: `You said: ${event.message.text}` })
    }
    return { status: 200 }
  })
  await setWebhook(platform, `${bot.url}/webhook`)

  return {
    url,
    userId: platform.userId,
    botUserId: platform.channel.botUserId,
    channelId: platform.channel.channelId,
    media,
    callApi: (path, body) => callAs(platform, path, body),
    control: (method, path, body) => controlAs(platform, method, path, body),
    eventCount: () => events.length,
    async waitForEvent(type, from = 0) {
      const find = () => events.slice(from).find(({ event }) => event.type === type)
      await expect.poll(find, { timeout: 10_000, message: `a ${type} event` }).toBeDefined()
      const found = find()
      return { ...found?.event, receivedAtMs: found?.receivedAtMs } as never // of that type, as just found
    },
    push,
    pushText: (text) => push({ type: 'text', text }),
    async openPage(options = {}) {
      const context = await browser.newContext(options)
      onTestFinished(() => context.close()) // a page left open would read the messages of the next test
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      return { page, complaints }
    },
    stopPlatform: () => platform.stack.close(),
    async startPlatform() {
      platform = await startPlatformIn(dataDir, new URL(url).port)
    },
    async close() {
      await browser.close()
      await platform.stack.close()
      await bot.close()
      await media.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface RunningPlatform {
  stack: Stack
  url: string
  controlUrl: string
  userId: string
  channel: { channelId: string; channelSecret: string; channelAccessToken: string; botUserId: string }
}

async function startPlatformIn(dataDir: string, port: string): Promise<RunningPlatform> {
  const read = readConfig(['--data-dir', dataDir, '--platform-port', port, '--log-level', 'error'], {})
  if (!read.ok) throw new Error(read.problems.join('; '))
  const stack = await startStack({ config: read.config, parts: ['platform'], log: createLog('error', 'phone test') })
  const { platform } = describeDemo(stack)
  const [channel] = platform?.channels ?? []
  if (platform === undefined || channel === undefined) throw new Error('the demo is incomplete')
  const { url, controlUrl, userId } = platform
  return { stack, url, controlUrl, userId, channel }
}

async function setWebhook(platform: RunningPlatform, webhookUrl: string): Promise<void> {
  const path = `/channels/${platform.channel.channelId}`
  await controlAs(platform, 'PATCH', path, { webhookUrl, useWebhook: true, beacons: true, joinGroups: true })
}

async function controlAs<T>(
  { controlUrl }: RunningPlatform,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
): Promise<T> {
  const answer = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`the platform refused ${method} ${path}: ${await answer.text()}`)
  return (await answer.json()) as T // the control API's own shape
}

const pushAs = (platform: RunningPlatform, messages: object[]) =>
  callAs(platform, '/v2/bot/message/push', { to: platform.userId, messages })

async function callAs({ url, channel }: RunningPlatform, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${channel.channelAccessToken}` },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the platform refused ${path}: ${await answer.text()}`)
}
