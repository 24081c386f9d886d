// Puts the parts together: the platform, the gateway, or both with the demo between them. The only file that knows
// every part. In one process or in two, they talk over HTTP alone.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from './config.ts'
import { channelOfApp, type Demo, readDemo, readOrMakeDemo, writeDemo } from './demo.ts'
import type { Gateway } from './gateway/index.ts'
import type { AdjustableClock } from './kit/clock.ts'
import type { Logger } from './kit/log.ts'
import type { Platform, PlatformSeed } from './platform/index.ts'

export interface StackOptions {
  config: Config
  /** Which parts to start; both have the demo between them. */
  parts: readonly ('platform' | 'gateway')[]
  log: Logger
  /** For tests: one clock for both parts. */
  clock?: AdjustableClock
}

export interface Stack {
  platform?: Platform
  gateway?: Gateway
  /** Absent where the gateway runs alone in a folder that never had a demo. */
  demo?: Demo
  /** Resolves when nothing is on its way in either part: no webhook, no send, no callback. */
  settle(): Promise<void>
  /** Where the demo app's callbacks go from now on. */
  pointDemoCustomer(url: string): Promise<void>
  /** Drains and stops every part. */
  close(): Promise<void>
}

const REAL_LINE_API_URL = 'https://api.line.me'
const REAL_LINE_DATA_URL = 'https://api-data.line.me'
const PAGES_DIR = fileURLToPath(new URL('../public', import.meta.url))

/** @throws Error with a plain sentence where a part cannot start (port taken, folder in use, token missing) */
export async function startStack({ config, parts, log, clock }: StackOptions): Promise<Stack> {
  const dataDir = config.ephemeral ? mkdtempSync(join(tmpdir(), 'hatoba-')) : config.dataDir
  const withPlatform = parts.includes('platform')
  const withGateway = parts.includes('gateway')
  // A gateway alone is somebody's production: it gets a demo only where an earlier start made one.
  const demo = withPlatform ? readOrMakeDemo(dataDir, config.profile, config.seed) : readDemo(dataDir)
  const started: { close(): Promise<void> }[] = []
  const closeAll = async () => {
    for (const part of [...started].reverse()) await part.close()
    if (config.ephemeral) rmSync(dataDir, { recursive: true, force: true })
  }

  try {
    const platformStart = withPlatform && demo ? startPlatformPart(demo, dataDir, { config, log, clock }) : undefined
    const gatewayStart = withGateway ? startGatewayPart(demo, dataDir, { config, log, clock }) : undefined
    const results = await Promise.allSettled([gatewayStart, platformStart])
    for (const result of results) if (result.status === 'fulfilled' && result.value) started.push(result.value)
    for (const result of results) if (result.status === 'rejected') throw result.reason
    const [gateway, platform] = await Promise.all([gatewayStart, platformStart])

    if (demo && platform && gateway) {
      demo.gateway.lineChannel.apiUrl = platform.url
      demo.gateway.lineChannel.dataUrl = platform.url
      await gateway.pointDemo({ lineApiUrl: platform.url, lineDataUrl: platform.url })
      const webhookUrl = `${gateway.url}/line/webhooks/${demo.gateway.lineChannel.id}`
      await pointPlatform(platform, config, demo, webhookUrl)
      pointSeed(demo, webhookUrl)
      platform.changeSeed(await seedOf(demo, config)) // a reset leaves the gateway connected
      if (!config.ephemeral) writeDemo(dataDir, demo)
    }
    return {
      ...(platform && { platform }),
      ...(gateway && { gateway }),
      ...(demo && { demo }),
      async settle() {
        // A webhook can cause a callback, a callback a send, a send a message: quiet is when both are, one after the other.
        for (let round = 0; round < 3; round++) {
          await platform?.settle()
          await gateway?.settle()
        }
      },
      async pointDemoCustomer(url) {
        if (!demo || !gateway) return
        demo.gateway.webhook.target = url
        await gateway.pointDemo({ webhookTarget: url })
        if (!config.ephemeral) writeDemo(dataDir, demo)
      },
      close: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

interface PartOptions {
  config: Config
  log: Logger
  clock: AdjustableClock | undefined
}

async function startPlatformPart(demo: Demo, dataDir: string, { config, log, clock }: PartOptions): Promise<Platform> {
  const { startPlatform } = await import('./platform/index.ts')
  return startPlatform({
    dataDir: config.ephemeral ? undefined : join(dataDir, 'platform'),
    host: config.platformHost,
    port: config.platformPort,
    log: log.child({ part: 'platform' }),
    seed: await seedOf(demo, config),
    profile: config.profile,
    strictHosts: config.strictHosts,
    pagesDir: PAGES_DIR,
    ...(config.platformToken !== undefined && { token: config.platformToken }),
    ...(config.seed !== undefined && { idSeed: config.seed }),
    ...(clock && { clock }),
  })
}

/** The demo's platform with what the seed file adds to it. @throws PlatformSeedError naming the file and the place */
async function seedOf(demo: Demo, { seedFile }: Config): Promise<PlatformSeed> {
  if (seedFile === undefined) return demo.platform
  const { readSeedFile } = await import('./platform/seed-file.ts')
  return readSeedFile(readFileSync(seedFile, 'utf8'), seedFile, demo.platform)
}

/** What the console's setting would be after a reset. */
function pointSeed(demo: Demo, webhookUrl: string): void {
  const ofApp = channelOfApp(demo)
  for (const channel of demo.platform.channels)
    channel.webhook = channel === ofApp ? { url: webhookUrl, use: true } : { use: true }
}

async function startGatewayPart(
  demo: Demo | undefined,
  dataDir: string,
  { config, log, clock }: PartOptions,
): Promise<Gateway> {
  const { startGateway } = await import('./gateway/index.ts')
  return startGateway({
    dataDir: join(dataDir, 'gateway'),
    host: config.gatewayHost,
    port: config.gatewayPort,
    log: log.child({ part: 'gateway' }),
    lineApiUrl: config.lineApiUrl ?? REAL_LINE_API_URL,
    lineDataUrl: config.lineDataUrl ?? REAL_LINE_DATA_URL,
    ...(demo && { demo: demo.gateway }),
    ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
    ...(config.databaseUrl !== undefined && { databaseUrl: config.databaseUrl }),
    ...(config.masterKey && { masterKey: config.masterKey }),
    ...(config.mediaUrl !== undefined && { mediaUrl: config.mediaUrl }),
    ...(config.s3Credentials && { s3Credentials: config.s3Credentials }),
    allowedNetworks: config.allowNetworks,
    ...(clock && { clock }),
  })
}

/** Sets the demo channel's webhook URL on the platform, as a developer would in LINE's console. */
async function pointPlatform(platform: Platform, config: Config, demo: Demo, webhookUrl: string): Promise<void> {
  const { request } = await import('undici')
  const call = async (method: 'GET' | 'PATCH', path: string, body?: object): Promise<unknown> => {
    const answer = await request(`${platform.controlUrl}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(config.platformToken !== undefined && { authorization: `Bearer ${config.platformToken}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`the platform refused the demo's webhook URL: ${text}`)
    return JSON.parse(text)
  }
  const ofApp = channelOfApp(demo)
  if (ofApp === undefined) return
  await call('PATCH', `/channels/${ofApp.channelId}`, { webhookUrl, useWebhook: true })
  // The app may have stood on the other channel at the last start, whose events it could not verify now.
  const others = new Set(demo.platform.channels.map(({ channelId }) => channelId))
  others.delete(ofApp.channelId)
  const state = (await call('GET', '/state')) as PlatformState // the platform's own answer
  for (const { channelId, webhook } of state.channels)
    if (others.has(channelId) && webhook.use && webhook.url?.endsWith(new URL(webhookUrl).pathname))
      await call('PATCH', `/channels/${channelId}`, { useWebhook: false })
}

interface PlatformState {
  channels: { channelId: string; webhook: { url?: string; use: boolean } }[]
}
