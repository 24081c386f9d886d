// Every setting in one table: its flag, its environment variable, its default and its meaning. A flag beats the
// variable, the variable beats the default. `hatoba help` and the README's table print from here.
import { isAbsolute, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { LogLevel } from './kit/log.ts'

interface Setting {
  flag: string
  env: string
  kind: 'text' | 'port' | 'url' | 'switch'
  fallback?: string
  meaning: string
  secret?: true
}

export const SETTINGS = {
  platformPort: {
    flag: 'platform-port',
    env: 'HATOBA_PLATFORM_PORT',
    kind: 'port',
    fallback: '8081',
    meaning: 'port of the platform and the phone; 0 takes any free one',
  },
  platformHost: {
    flag: 'platform-host',
    env: 'HATOBA_PLATFORM_HOST',
    kind: 'text',
    fallback: '127.0.0.1',
    meaning: 'address the platform listens on; another than loopback needs HATOBA_PLATFORM_TOKEN',
  },
  platformToken: {
    flag: 'platform-token',
    env: 'HATOBA_PLATFORM_TOKEN',
    kind: 'text',
    secret: true,
    meaning: 'what the control API and the phone ask for when the platform is reachable from elsewhere',
  },
  profile: {
    flag: 'profile',
    env: 'HATOBA_PLATFORM_PROFILE',
    kind: 'text',
    fallback: 'current',
    meaning: "LINE's API as of 2017 or current: of new channels, and which demo channel the demo app stands on",
  },
  seed: {
    flag: 'seed',
    env: 'HATOBA_SEED',
    kind: 'text',
    meaning:
      'any text: the same one makes the same ids, keys and chances, so that a run can be repeated; not for secrets',
  },
  seedFile: {
    flag: 'seed-file',
    env: 'HATOBA_SEED_FILE',
    kind: 'text',
    meaning: 'JSON file with channels, users, friendships and groups that the platform begins with, and is reset to',
  },
  strictHosts: {
    flag: 'strict-hosts',
    env: 'HATOBA_PLATFORM_STRICT_HOSTS',
    kind: 'switch',
    meaning:
      'answer each path only under the kind of host that LINE has it on: files under api-data.*, the rest elsewhere',
  },
  gatewayPort: {
    flag: 'gateway-port',
    env: 'HATOBA_GATEWAY_PORT',
    kind: 'port',
    fallback: '8080',
    meaning: 'port of the gateway; 0 takes any free one',
  },
  gatewayHost: {
    flag: 'gateway-host',
    env: 'HATOBA_GATEWAY_HOST',
    kind: 'text',
    fallback: '127.0.0.1',
    meaning: 'address the gateway listens on',
  },
  customerPort: {
    flag: 'customer-port',
    env: 'HATOBA_CUSTOMER_PORT',
    kind: 'port',
    fallback: '8082',
    meaning: 'port of the demo customer; 0 takes any free one',
  },
  noCustomer: {
    flag: 'no-customer',
    env: 'HATOBA_NO_CUSTOMER',
    kind: 'switch',
    meaning: 'start without the demo customer',
  },
  dataDir: {
    flag: 'data-dir',
    env: 'HATOBA_DATA_DIR',
    kind: 'text',
    fallback: '.hatoba',
    meaning: 'folder that holds everything Hatoba keeps',
  },
  ephemeral: {
    flag: 'ephemeral',
    env: 'HATOBA_EPHEMERAL',
    kind: 'switch',
    meaning: 'keep nothing after the stop',
  },
  publicUrl: {
    flag: 'public-url',
    env: 'HATOBA_PUBLIC_URL',
    kind: 'url',
    meaning: 'base of every URL that the gateway gives away; default: the address it listens on',
  },
  lineApiUrl: {
    flag: 'line-api-url',
    env: 'HATOBA_LINE_API_URL',
    kind: 'url',
    meaning: 'where LINE channels made from now on call; default: the real https://api.line.me',
  },
  lineDataUrl: {
    flag: 'line-data-url',
    env: 'HATOBA_LINE_DATA_URL',
    kind: 'url',
    meaning: 'where LINE channels made from now on fetch content; default: the real https://api-data.line.me',
  },
  databaseUrl: {
    flag: 'database-url',
    env: 'DATABASE_URL',
    kind: 'text',
    secret: true,
    meaning:
      'postgres:// address of a PostgreSQL 15 or later that any number of gateways share, with HATOBA_MASTER_KEY; default: SQLite in the data folder',
  },
  masterKey: {
    flag: 'master-key',
    env: 'HATOBA_MASTER_KEY',
    kind: 'text',
    secret: true,
    meaning:
      '32 bytes as base64 or hex that seal stored secrets; default: master.key in the data folder, made at first start',
  },
  mediaUrl: {
    flag: 'media-url',
    env: 'MEDIA_URL',
    kind: 'text',
    meaning:
      "where people's files are kept: file:///folder or s3://bucket/prefix?endpoint=https://...&region=...; default: in the data folder",
  },
  s3AccessKeyId: {
    flag: 's3-access-key-id',
    env: 'AWS_ACCESS_KEY_ID',
    kind: 'text',
    meaning: 'who the gateway is to the S3 of MEDIA_URL',
  },
  s3SecretAccessKey: {
    flag: 's3-secret-access-key',
    env: 'AWS_SECRET_ACCESS_KEY',
    kind: 'text',
    secret: true,
    meaning: 'the secret of that key',
  },
  s3SessionToken: {
    flag: 's3-session-token',
    env: 'AWS_SESSION_TOKEN',
    kind: 'text',
    secret: true,
    meaning: 'the token of borrowed S3 credentials',
  },
  allowNetworks: {
    flag: 'allow-networks',
    env: 'HATOBA_ALLOW_NETWORKS',
    kind: 'text',
    meaning:
      'networks that are not public and that callbacks and media may reach all the same, as 10.1.0.0/16,fd00::/8',
  },
  logLevel: {
    flag: 'log-level',
    env: 'HATOBA_LOG_LEVEL',
    kind: 'text',
    fallback: 'warn',
    meaning: 'trace, debug, info, warn, error or silent; logs go to stderr',
  },
  json: {
    flag: 'json',
    env: 'HATOBA_JSON',
    kind: 'switch',
    meaning: 'print one line of JSON, once ready, with everything a program needs to use the demo',
  },
} as const satisfies Record<string, Setting>

export interface Config {
  platformPort: number
  platformHost: string
  platformToken?: string
  profile: '2017' | 'current'
  seed?: string
  /** Absolute. */
  seedFile?: string
  strictHosts: boolean
  gatewayPort: number
  gatewayHost: string
  customerPort: number
  noCustomer: boolean
  /** Absolute. */
  dataDir: string
  ephemeral: boolean
  publicUrl?: string
  lineApiUrl?: string
  lineDataUrl?: string
  databaseUrl?: string
  masterKey?: Buffer
  mediaUrl?: string
  s3Credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  allowNetworks: readonly string[]
  logLevel: LogLevel
  json: boolean
}

export type ConfigResult = { ok: true; config: Config; rest: string[] } | { ok: false; problems: string[] }

const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent']
const PROFILES = ['2017', 'current'] as const
const SWITCH_ON = new Set(['1', 'true', 'yes', 'on'])
const SWITCH_OFF = new Set(['', '0', 'false', 'no', 'off'])

/** @param args the command line after the verb; @param env usually process.env */
export function readConfig(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const problems: string[] = []
  const flags = readFlags(args)
  if (!flags.ok) return flags

  const text = (setting: Setting): string | undefined => {
    const given = flags.values[setting.flag]
    if (typeof given === 'string') return given
    const fromEnv = env[setting.env]
    return fromEnv === undefined || fromEnv === '' ? setting.fallback : fromEnv
  }
  const named = (setting: Setting) => `--${setting.flag} (${setting.env})`
  const port = (setting: Setting): number => {
    const value = text(setting) ?? ''
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
      problems.push(`${named(setting)} must be a port from 0 to 65535`)
    return Number(value)
  }
  const flagOn = (setting: Setting): boolean => {
    if (flags.values[setting.flag] === true) return true
    const value = (env[setting.env] ?? '').toLowerCase()
    if (!SWITCH_ON.has(value) && !SWITCH_OFF.has(value)) problems.push(`${setting.env} must be 1 or 0`)
    return SWITCH_ON.has(value)
  }
  const url = (setting: Setting): string | undefined => {
    const value = text(setting)
    if (value === undefined) return undefined
    const parsed = URL.canParse(value) ? new URL(value) : undefined
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '')
      problems.push(`${named(setting)} must be an http or https URL without query and fragment`)
    return value.replace(/\/+$/, '')
  }

  const logLevel = LOG_LEVELS.find((level) => level === text(SETTINGS.logLevel))
  if (logLevel === undefined) problems.push(`${named(SETTINGS.logLevel)} must be one of ${LOG_LEVELS.join(', ')}`)
  const profile = PROFILES.find((name) => name === text(SETTINGS.profile))
  if (profile === undefined) problems.push(`${named(SETTINGS.profile)} must be one of ${PROFILES.join(', ')}`)
  const masterKeyText = text(SETTINGS.masterKey)
  const masterKey = masterKeyText === undefined ? undefined : readMasterKey(masterKeyText)
  if (masterKeyText !== undefined && masterKey === undefined)
    problems.push(`${named(SETTINGS.masterKey)} must be 32 bytes as base64 or hex`)
  const databaseUrl = text(SETTINGS.databaseUrl)
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/./.test(databaseUrl))
    problems.push(`${named(SETTINGS.databaseUrl)} must be a postgres:// address`) // without a word of it: it holds a password
  if (databaseUrl !== undefined && masterKeyText === undefined)
    problems.push(`${named(SETTINGS.databaseUrl)} needs ${named(SETTINGS.masterKey)}: all gateways on it share one key`)
  const dataDir = text(SETTINGS.dataDir) ?? ''
  const platformToken = text(SETTINGS.platformToken)
  const seed = text(SETTINGS.seed)
  const seedFile = text(SETTINGS.seedFile)
  const publicUrl = url(SETTINGS.publicUrl)
  const lineApiUrl = url(SETTINGS.lineApiUrl)
  const lineDataUrl = url(SETTINGS.lineDataUrl)
  const mediaUrl = text(SETTINGS.mediaUrl)
  const accessKeyId = text(SETTINGS.s3AccessKeyId)
  const secretAccessKey = text(SETTINGS.s3SecretAccessKey)
  const sessionToken = text(SETTINGS.s3SessionToken)
  const s3Credentials =
    accessKeyId === undefined || secretAccessKey === undefined
      ? undefined
      : { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) }

  const config: Config = {
    platformPort: port(SETTINGS.platformPort),
    platformHost: text(SETTINGS.platformHost) ?? '',
    profile: profile ?? 'current',
    gatewayPort: port(SETTINGS.gatewayPort),
    gatewayHost: text(SETTINGS.gatewayHost) ?? '',
    customerPort: port(SETTINGS.customerPort),
    noCustomer: flagOn(SETTINGS.noCustomer),
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(dataDir),
    ephemeral: flagOn(SETTINGS.ephemeral),
    strictHosts: flagOn(SETTINGS.strictHosts),
    allowNetworks: (text(SETTINGS.allowNetworks) ?? '').split(',').filter((network) => network !== ''),
    logLevel: logLevel ?? 'warn',
    json: flagOn(SETTINGS.json),
    ...(platformToken !== undefined && { platformToken }),
    ...(seed !== undefined && { seed }),
    ...(seedFile !== undefined && { seedFile: resolve(seedFile) }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(lineApiUrl !== undefined && { lineApiUrl }),
    ...(lineDataUrl !== undefined && { lineDataUrl }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(masterKey !== undefined && { masterKey }),
    ...(mediaUrl !== undefined && { mediaUrl }),
    ...(s3Credentials !== undefined && { s3Credentials }),
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config, rest: flags.rest }
}

/** The table of settings as text, for `hatoba help`. */
export function describeSettings(): string {
  return Object.values<Setting>(SETTINGS)
    .map((setting) => {
      const fallback = setting.fallback === undefined ? '' : ` (default ${setting.fallback})`
      return `  --${setting.flag.padEnd(15)} ${setting.env.padEnd(23)} ${setting.meaning}${fallback}`
    })
    .join('\n')
}

type Flags =
  | { ok: true; values: Record<string, string | boolean | undefined>; rest: string[] }
  | { ok: false; problems: string[] }

function readFlags(args: readonly string[]): Flags {
  const options = Object.fromEntries(
    Object.values<Setting>(SETTINGS).map((setting) => [
      setting.flag,
      { type: setting.kind === 'switch' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { ok: true, values, rest: positionals }
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

function readMasterKey(text: string): Buffer | undefined {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  return bytes.length === 32 ? bytes : undefined
}
