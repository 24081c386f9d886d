// `hatoba start` as a user starts it: one process, the demo customer as a second one.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HatobaProcess, startHatoba } from '../testkit/hatoba-process.ts'
import { phoneOf } from '../testkit/phone.ts'

const FREE_PORTS = ['--platform-port', '0', '--gateway-port', '0', '--customer-port', '0']
let dataDir: string
const running: HatobaProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-start-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')))
  await rm(dataDir, { recursive: true, force: true })
})

async function start(flags: string[] = [], verb: 'start' | 'platform' | 'gateway' = 'start'): Promise<HatobaProcess> {
  const started = await startHatoba(verb, [...FREE_PORTS, '--data-dir', dataDir, ...flags])
  running.push(started)
  return started
}

function phoneIn({ description }: HatobaProcess) {
  const { platform } = description
  const chatId = platform?.channels[0]?.botUserId
  if (platform === undefined || chatId === undefined) throw new Error('no platform in the JSON line')
  return phoneOf({ controlUrl: platform.controlUrl, userId: platform.userId, chatId })
}

it('brings the demo customer’s answer to the phone', async () => {
  const phone = phoneIn(await start())
  const sent = await phone.send('hello')
  const [bubble] = await phone.waitAfter(sent, 30_000)
  expect(bubble?.message.text).toMatch(/^Hello, Brown!/)
})

it('prints exactly one line that begins with {, and stops with 0 on SIGTERM', async () => {
  const started = await start(['--no-customer'])
  expect(await started.stop()).toBe(0)
  expect(started.stdout.filter((line) => line.startsWith('{')).length).toBe(1)
  const { platform, gateway } = started.description
  expect(Object.keys(platform ?? {})).toEqual(['url', 'controlUrl', 'userId', 'channels', 'login'])
  expect(platform?.channels.map(({ profile }) => profile)).toEqual(['current', '2017'])
  const gatewayKeys = [
    'url',
    'adminKey',
    'projectId',
    'keyId',
    'keySecret',
    'appId',
    'accountId',
    'subAccountId',
    'apiKey',
  ]
  expect(Object.keys(gateway ?? {})).toEqual(gatewayKeys)
})

it('keeps keys, ids and the chat from one start to the next', async () => {
  const first = await start(['--no-customer'])
  await phoneIn(first).send('remember me')
  await first.stop()
  const second = await start(['--no-customer'])
  const withoutUrls = ({ description }: HatobaProcess) =>
    JSON.stringify(description, (key, value) => (/url$/i.test(key) ? undefined : value))
  expect(withoutUrls(second)).toBe(withoutUrls(first))
  expect((await phoneIn(second).messages()).map(({ message }) => message.text)).toContain('remember me')
})

it('keeps the keys of the demo in demo.json alone, readable by its owner only', async () => {
  const { description, stop } = await start(['--no-customer'])
  await stop()
  expect((await stat(join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600)
  const gatewayData = await readFile(join(dataDir, 'gateway', 'gateway.db'), 'latin1')
  const { keySecret = '', apiKey = '', adminKey = '' } = description.gateway ?? {}
  const channel = description.platform?.channels[0]
  for (const secret of [keySecret, apiKey, adminKey, channel?.channelSecret ?? '', channel?.channelAccessToken ?? '']) {
    expect(secret.length).toBeGreaterThan(10)
    expect(gatewayData).not.toContain(secret)
  }
})

it('says in plain words which port is taken', async () => {
  const occupier = createServer()
  await new Promise<void>((resolve) => occupier.listen(0, '127.0.0.1', resolve))
  const address = occupier.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  await expect(start(['--gateway-port', port])).rejects.toThrow(
    new RegExp(`stopped with 1: hatoba: port ${port} is taken`),
  )
  occupier.close()
})

it('refuses a second gateway on the same folder, and a platform for others without a token', async () => {
  await start(['--no-customer'])
  await expect(start([], 'gateway')).rejects.toThrow(
    /stopped with 1: hatoba: Another gateway is running on the data folder/,
  )
  await expect(start(['--platform-host', '0.0.0.0', '--data-dir', join(dataDir, 'other')], 'platform')).rejects.toThrow(
    /HATOBA_PLATFORM_TOKEN/,
  )
})
