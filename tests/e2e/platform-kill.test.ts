// What the platform holds outlives its stop, and, where it is older than five seconds, its being killed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HatobaProcess, startHatoba } from '../testkit/hatoba-process.ts'

/** What is promised: "State is written at most 5 s after a change". */
const SAVED_AFTER_MS = 5000

let dataDir: string
let running: HatobaProcess[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-platform-kill-'))
  running = []
})
afterEach(async () => {
  for (const process of running) await process.stop('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
})

async function start(...flags: string[]) {
  const process = await startHatoba('platform', [
    ...['--platform-port', '0', '--data-dir', dataDir, '--log-level', 'silent'],
    ...flags,
  ])
  running.push(process)
  const { platform } = process.description
  const [channel] = platform?.channels ?? []
  if (platform === undefined || channel === undefined) throw new Error('a platform without a demo')
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${platform.controlUrl}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T // the control API's own shape
  }
  return { process, platform, channel, call, hash: () => call<{ hash: string }>('GET', '/state/hash') }
}

type Started = Awaited<ReturnType<typeof start>>

/** A new channel, user, token, friendship and message. Answers the token. */
async function change({ call, platform, channel }: Started): Promise<string> {
  const { providers } = await call<{ providers: { providerId: string }[] }>('GET', '/providers')
  const providerId = providers[0]?.providerId ?? ''
  await call('POST', '/channels', { providerId, displayName: 'Second bot' })
  await call('POST', '/users', { providerId, displayName: 'Cony' })
  await call('POST', `/users/${platform.userId}/chats/${channel.botUserId}/messages`, { type: 'text', text: 'kept' })
  const issued = await fetch(`${platform.url}/v2/oauth/accessToken`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: channel.channelId,
      client_secret: channel.channelSecret,
    }),
  })
  return ((await issued.json()) as { access_token: string }).access_token // LINE's own shape
}

const isLive = async ({ platform }: Started, token: string) =>
  (await fetch(`${platform.url}/v2/bot/info`, { headers: { authorization: `Bearer ${token}` } })).ok

it('keeps users, channels, tokens and messages that are older than five seconds across kill -9', async () => {
  const first = await start()
  const token = await change(first)
  const before = await first.hash()
  await pass(SAVED_AFTER_MS) // the promise itself is about this time
  await first.process.stop('SIGKILL')
  const second = await start()
  expect(await second.hash()).toEqual(before)
  expect(await isLive(second, token)).toBe(true)
})

it('writes everything at SIGTERM, at once', async () => {
  const first = await start()
  const token = await change(first)
  const before = await first.hash()
  expect(await first.process.stop('SIGTERM')).toBe(0)
  const second = await start()
  expect(await second.hash()).toEqual(before)
  expect(await isLive(second, token)).toBe(true)
})

it('holds the old state or the new one whole when it is killed right after a reset', async () => {
  const first = await start()
  await change(first)
  const changed = await first.hash()
  await pass(SAVED_AFTER_MS) // so that the change is on disk
  await first.call('POST', '/reset')
  const reset = await first.hash()
  await first.process.stop('SIGKILL')
  const second = await start()
  expect([changed.hash, reset.hash]).toContain((await second.hash()).hash)
})

it('makes the same demo, keys and ids with the same seed, and begins from a seed file', async () => {
  const seedFile = join(dataDir, 'seed.json')
  const providers = [{ providerId: '77', name: 'Mine' }]
  const user = { userId: `U${'7'.repeat(32)}`, providerId: '77', displayName: 'Leonard' }
  await writeFile(seedFile, JSON.stringify({ providers, users: [user] }))
  const descriptions: unknown[] = []
  for (let i = 0; i < 2; i++) {
    const { process, platform, call } = await start('--seed', 'penguin', '--seed-file', seedFile, '--ephemeral')
    descriptions.push({ ...platform, url: '', controlUrl: '' })
    const { users } = await call<{ users: { displayName: string }[] }>('GET', '/state')
    expect(users.map(({ displayName }) => displayName)).toEqual(['Brown', 'Leonard'])
    await process.stop()
  }
  expect(descriptions[1]).toEqual(descriptions[0])
  await writeFile(seedFile, '{"users":[{}]}')
  await expect(start('--seed-file', seedFile)).rejects.toThrow(/seed\.json:1:\d+: users\[0\]\.userId must be given/)
})
