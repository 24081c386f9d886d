// What a browser test of the phone needs: a platform, a bot that answers through LINE's API, and a browser. The
// platform can be stopped and started again on the same port, as when somebody restarts Hatoba beside an open page.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseWebhook, verifySignature } from '@hatoba/line/webhook'
import { createLog, describeDemo, readConfig, type Stack, startStack } from 'hatoba'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { launchBrowser } from '../testkit/browser.ts'
import { startReceiver } from '../testkit/http-receiver.ts'

export interface PhoneWorld {
  url: string
  /** The demo's user. */
  userId: string
  /** The demo's bot: its user id is the id of the chat with it. */
  botUserId: string
  /** The bot sends these messages to the user by LINE's push. */
  push(...messages: object[]): Promise<void>
  pushText(text: string): Promise<void>
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
  const bot = await startReceiver(async ({ rawBody, headers }) => {
    if (!verifySignature(rawBody, headers['x-line-signature'], platform.channel.channelSecret)) return { status: 401 }
    for (const event of parseWebhook(rawBody).events)
      if (event.type === 'message' && event.message.type === 'text')
        await push({ type: 'text', text: `You said: ${event.message.text}` })
    return { status: 200 }
  })
  await setWebhook(platform, `${bot.url}/webhook`)

  return {
    url,
    userId: platform.userId,
    botUserId: platform.channel.botUserId,
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

async function setWebhook({ controlUrl, channel }: RunningPlatform, webhookUrl: string): Promise<void> {
  const answer = await fetch(`${controlUrl}/channels/${channel.channelId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl, useWebhook: true }),
  })
  if (!answer.ok) throw new Error(`the platform refused the webhook URL: ${await answer.text()}`)
}

async function pushAs({ url, userId, channel }: RunningPlatform, messages: object[]): Promise<void> {
  const answer = await fetch(`${url}/v2/bot/message/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${channel.channelAccessToken}` },
    body: JSON.stringify({ to: userId, messages }),
  })
  if (!answer.ok) throw new Error(`the platform refused the push: ${await answer.text()}`)
}
