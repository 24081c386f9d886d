// The demo: one provider with the user Brown, one Messaging channel of each API profile, Brown a friend of both, a Login
// channel, and,
// in the gateway, one project with one app on the channel of the profile of the start. Everything is made at the first start and stays the same; its keys lie in
// clear in demo.json (mode 0600) in the data folder and nowhere else.
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GatewayDemo } from './gateway/demo.ts'
import { uuidFrom } from './kit/ids.ts'
import { createSeededRandom, type RandomBytes } from './kit/seeded-random.ts'
import type { ChannelSeed, LoginChannelSeed, PlatformSeed } from './platform/seed.ts'

export interface Demo {
  version: 3
  platform: PlatformSeed
  gateway: GatewayDemo
}

const DEMO_FILE = 'demo.json'
/** 2026-01-01: a demo that can be made again has no time of its own. */
const SEEDED_AT_MS = 1_767_225_600_000

/** Where applications on this machine usually wait for a login to come back: ours, and those of common frameworks. */
const LOGIN_CALLBACKS = [8083, 3000].flatMap((port) =>
  ['localhost', '127.0.0.1'].flatMap((host) =>
    ['/callback', '/auth/line/callback', '/api/auth/callback/line'].map((path) => `http://${host}:${port}${path}`),
  ),
)

export class DemoFileError extends Error {
  override name = 'DemoFileError'
  readonly code = 'unreadable_demo'
}

/** The demo of this data folder, or undefined where none was made yet. */
export function readDemo(dataDir: string): Demo | undefined {
  const file = join(dataDir, DEMO_FILE)
  if (!existsSync(file)) return undefined
  let demo: Demo
  try {
    demo = JSON.parse(readFileSync(file, 'utf8')) as Demo // our own file; its version is checked below
  } catch (cause) {
    throw new DemoFileError(`${file} is not readable as JSON. Delete the data folder to begin anew.`, { cause })
  }
  if (demo.version !== 3)
    throw new DemoFileError(
      `${file} was written by another version of Hatoba. Delete the data folder, or name another one with --data-dir, to begin anew.`,
    )
  return demo
}

/**
 * The demo of this data folder, its app on the channel of that profile; made where there is none.
 * @param seed the same one makes the same demo
 */
export function readOrMakeDemo(dataDir: string, profile: ChannelSeed['profile'], seed?: string): Demo {
  const demo = readDemo(dataDir) ?? makeDemo(seed)
  putAppOn(demo, profile)
  writeDemo(dataDir, demo)
  return demo
}

/** The channel that the demo's app stands on. */
export function channelOfApp({ platform, gateway }: Demo): ChannelSeed | undefined {
  return platform.channels.find(({ channelId }) => channelId === gateway.lineChannel.channelId)
}

function putAppOn({ platform, gateway }: Demo, profile: ChannelSeed['profile']): void {
  const channel = platform.channels.find((other) => other.profile === profile)
  if (channel !== undefined) gateway.lineChannel = { ...gateway.lineChannel, ...credentialsOf(channel) }
}

function credentialsOf({ channelId, channelSecret, accessTokens, botUserId, profile }: ChannelSeed) {
  return { channelId, channelSecret, channelAccessToken: accessTokens[0] ?? '', botUserId, profile }
}

/** Keeps what changed since (URLs of the last start), so that `platform` and `gateway` can run alone later. */
export function writeDemo(dataDir: string, demo: Demo): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, DEMO_FILE)
  writeFileSync(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
}

function makeDemo(seed: string | undefined): Demo {
  const random: RandomBytes = seed === undefined ? randomBytes : createSeededRandom(`${seed}/demo`)
  const madeAtMs = seed === undefined ? Date.now() : SEEDED_AT_MS
  const newId = () => uuidFrom(madeAtMs, random(10))
  const providerId = digits(random, 10)
  const userId = `U${hex(random, 16)}`
  const current = makeChannel(random, providerId, 'current', 'Hatoba Demo')
  const old = makeChannel(random, providerId, '2017', 'Hatoba Demo 2017')
  const login: LoginChannelSeed = {
    channelId: '',
    providerId,
    displayName: 'Hatoba Demo Login',
    channelSecret: '',
    callbackUrls: LOGIN_CALLBACKS,
    linkedChannelId: current.channelId,
    emailPermission: true, // clients such as Auth.js always ask for it
  }
  const demo: Demo = {
    version: 3,
    platform: {
      providers: [{ providerId, name: 'Hatoba Demo Provider' }],
      channels: [current, old],
      loginChannels: [login],
      users: [
        {
          userId,
          providerId,
          displayName: 'Brown',
          statusMessage: 'Hello, LINE!',
          language: 'en',
          email: 'brown@example.com',
        },
      ],
      friendships: [current, old].map(({ channelId }) => ({ channelId, userId })),
    },
    gateway: {
      adminKey: `hat_${random(24).toString('base64url')}`,
      projectId: newId(),
      keyId: newId(),
      keySecret: random(24).toString('base64url'),
      appId: newId(),
      subAccountId: 'hatoba_demo',
      apiKey: random(32).toString('base64url'),
      lineChannel: {
        id: newId(),
        ...credentialsOf(current),
        apiUrl: 'http://127.0.0.1:8081',
        dataUrl: 'http://127.0.0.1:8081',
      },
      webhook: {
        id: newId(),
        target: 'http://127.0.0.1:8082/callbacks',
        secret: random(24).toString('base64url'),
      },
    },
  }
  // Last, so that the same seed makes the same keys for all that a demo had before.
  login.channelId = digits(random, 10)
  login.channelSecret = hex(random, 16)
  return demo
}

function makeChannel(
  random: RandomBytes,
  providerId: string,
  profile: ChannelSeed['profile'],
  displayName: string,
): ChannelSeed {
  return {
    channelId: digits(random, 10),
    providerId,
    kind: 'messaging',
    profile,
    displayName,
    basicId: `@${digits(random, 3)}${letters(random, 5)}`,
    botUserId: `U${hex(random, 16)}`,
    channelSecret: hex(random, 16),
    accessTokens: [random(129).toString('base64')], // 172 characters, as LINE's long-lived tokens have
    webhook: { use: true },
    allowLoopbackHttp: true,
  }
}

const hex = (random: RandomBytes, bytes: number) => random(bytes).toString('hex')

/** Decimal digits that do not begin with 0: how LINE's channel ids look. */
const digits = (random: RandomBytes, length: number) =>
  Array.from(random(length), (byte, i) => (i === 0 ? 1 + (byte % 9) : byte % 10)).join('')

const letters = (random: RandomBytes, length: number) =>
  Array.from(random(length), (byte) => String.fromCharCode(97 + (byte % 26))).join('')
