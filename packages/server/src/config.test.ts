import { expect, it } from 'vitest'
import { describeSettings, readConfig, SETTINGS } from './config.ts'

const config = (args: string[], env: Record<string, string> = {}) => {
  const result = readConfig(args, env)
  if (!result.ok) throw new Error(result.problems.join('; '))
  return result.config
}

it('takes a flag before the environment, and the environment before the default', () => {
  expect(config([]).gatewayPort).toBe(8080)
  expect(config([], { HATOBA_GATEWAY_PORT: '9000' }).gatewayPort).toBe(9000)
  expect(config(['--gateway-port', '9001'], { HATOBA_GATEWAY_PORT: '9000' }).gatewayPort).toBe(9001)
  expect(config(['--json']).json).toBe(true)
  expect(config([], { HATOBA_JSON: '1' }).json).toBe(true)
})

it('listens on loopback unless it is told otherwise', () => {
  expect([config([]).platformHost, config([]).gatewayHost]).toEqual(['127.0.0.1', '127.0.0.1'])
})

it('names every setting that is wrong, all at once', () => {
  const result = readConfig(['--gateway-port', 'abc', '--public-url', 'example.com', '--log-level', 'loud'], {
    HATOBA_MASTER_KEY: 'short',
    HATOBA_JSON: 'maybe',
  })
  expect(result).toEqual({
    ok: false,
    problems: [
      '--log-level (HATOBA_LOG_LEVEL) must be one of trace, debug, info, warn, error, silent',
      '--master-key (HATOBA_MASTER_KEY) must be 32 bytes as base64 or hex',
      '--public-url (HATOBA_PUBLIC_URL) must be an http or https URL without query and fragment',
      '--gateway-port (HATOBA_GATEWAY_PORT) must be a port from 0 to 65535',
      'HATOBA_JSON must be 1 or 0',
    ],
  })
})

it('refuses a flag that it does not know', () => {
  expect(readConfig(['--gatewayport', '1'], {}).ok).toBe(false)
})

it('reads a master key as hex or base64', () => {
  const key = Buffer.alloc(32, 7)
  expect(config([], { HATOBA_MASTER_KEY: key.toString('hex') }).masterKey).toEqual(key)
  expect(config([], { HATOBA_MASTER_KEY: key.toString('base64') }).masterKey).toEqual(key)
})

it('wants the master key with a database that gateways share, and repeats nothing of its address', () => {
  const key = Buffer.alloc(32, 7).toString('hex')
  const DATABASE_URL = 'postgres://hatoba:secret@db/hatoba'
  expect(config([], { DATABASE_URL, HATOBA_MASTER_KEY: key }).databaseUrl).toBe(DATABASE_URL)
  const alone = readConfig([], { DATABASE_URL })
  const wrong = readConfig([], { DATABASE_URL: 'mysql://hatoba:secret@db', HATOBA_MASTER_KEY: key })
  for (const result of [alone, wrong]) {
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('secret')
  }
  expect(JSON.stringify(alone)).toContain('HATOBA_MASTER_KEY')
})

it('describes every setting', () => {
  for (const { env, flag } of Object.values(SETTINGS))
    expect(describeSettings()).toMatch(new RegExp(`--${flag} +${env} `))
})

it("takes LINE's API as of today unless it is told which", () => {
  expect(config([]).profile).toBe('current')
  expect(config([], { HATOBA_PLATFORM_PROFILE: '2017' }).profile).toBe('2017')
  expect(config(['--profile', '2017']).profile).toBe('2017')
  expect(readConfig(['--profile', '2018'], {})).toEqual({
    ok: false,
    problems: ['--profile (HATOBA_PLATFORM_PROFILE) must be one of 2017, current'],
  })
})

it('reads where files are kept, who the gateway is there, and which networks may be reached', () => {
  expect(config([])).toMatchObject({ allowNetworks: [] })
  expect(config([])).not.toHaveProperty('s3Credentials')
  const env = {
    MEDIA_URL: 's3://media/in',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    HATOBA_ALLOW_NETWORKS: '10.1.0.0/16,fd00::/8',
  }
  expect(config([], env)).toMatchObject({
    mediaUrl: 's3://media/in',
    s3Credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    allowNetworks: ['10.1.0.0/16', 'fd00::/8'],
  })
})
