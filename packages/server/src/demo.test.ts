import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DemoFileError, readDemo, readOrMakeDemo } from './demo.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-demo-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

it('has one channel of each profile, and the user as a friend of both', () => {
  const { channels, users, friendships } = readOrMakeDemo(dataDir, 'current').platform
  expect(channels.map(({ profile }) => profile)).toEqual(['current', '2017'])
  expect(friendships).toEqual(channels.map(({ channelId }) => ({ channelId, userId: users[0]?.userId })))
  expect(new Set(channels.map(({ providerId }) => providerId)).size).toBe(1)
})

it('has a Login channel of the same provider that can offer the bot', () => {
  const { channels, loginChannels = [] } = readOrMakeDemo(dataDir, 'current').platform
  expect(loginChannels).toMatchObject([
    {
      channelId: expect.stringMatching(/^\d{10}$/),
      linkedChannelId: channels[0]?.channelId,
      providerId: channels[0]?.providerId,
    },
  ])
})

it('puts the app on the channel of the profile that is asked for, and keeps its ids and keys', () => {
  const first = readOrMakeDemo(dataDir, 'current')
  const second = readOrMakeDemo(dataDir, '2017')
  const [current, old] = first.platform.channels
  const { lineChannel: before, ...gateway } = first.gateway
  const { lineChannel: after, ...sameGateway } = second.gateway
  expect(second.platform).toEqual(first.platform)
  expect(sameGateway).toEqual(gateway)
  expect(before).toMatchObject({ channelId: current?.channelId, profile: 'current' })
  expect(after).toMatchObject({
    id: before.id,
    channelId: old?.channelId,
    channelSecret: old?.channelSecret,
    channelAccessToken: old?.accessTokens[0],
    botUserId: old?.botUserId,
    profile: '2017',
  })
  expect(readDemo(dataDir)).toEqual(second)
})

it('says what to do with the demo of another version', async () => {
  const file = join(dataDir, 'demo.json')
  readOrMakeDemo(dataDir, 'current')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"version": 3', '"version": 2'))
  expect(() => readDemo(dataDir)).toThrow(DemoFileError)
  expect(() => readDemo(dataDir)).toThrow(/another version of Hatoba. Delete the data folder, or name another one/)
})
