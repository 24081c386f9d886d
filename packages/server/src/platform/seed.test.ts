import { describe, expect, it } from 'vitest'
import { checkSeed, type PlatformSeed } from './seed.ts'
import { BROWN, FOREIGNER, testSeed } from './testing/start-test-platform.ts'

const changed = (change: (seed: PlatformSeed) => void): PlatformSeed => {
  const seed = testSeed()
  change(seed)
  return seed
}

describe('a seed', () => {
  it('is taken where it is whole', () => {
    expect(() => checkSeed(testSeed())).not.toThrow()
  })

  it.each<[string, (seed: PlatformSeed) => void]>([
    ['channels[0].channelId is not', (seed) => Object.assign(seed.channels[0] ?? {}, { channelId: 'x' })],
    [
      'channels[1].channelId stands twice',
      (seed) => Object.assign(seed.channels[1] ?? {}, { channelId: '1000000001' }),
    ],
    ['channels[0].providerId names no', (seed) => Object.assign(seed.channels[0] ?? {}, { providerId: 'p9' })],
    ['channels[0].profile is not', (seed) => Object.assign(seed.channels[0] ?? {}, { profile: '2016' })],
    [
      'channels[0].webhook.url is no',
      (seed) => Object.assign(seed.channels[0] ?? {}, { webhook: { url: 'http://example.com', use: true } }),
    ],
    ['channels[0].accessTokens', (seed) => seed.channels[0]?.accessTokens.push('')],
    ['users[0].userId is not', (seed) => Object.assign(seed.users[0] ?? {}, { userId: 'brown' })],
    ['users[1].userId stands twice', (seed) => Object.assign(seed.users[1] ?? {}, { userId: BROWN })],
    ['friendships[0].userId names no', (seed) => Object.assign(seed.friendships[0] ?? {}, { userId: 'U0' })],
    ['friendships[0] joins', (seed) => Object.assign(seed.friendships[0] ?? {}, { userId: FOREIGNER })],
  ])('is refused: %s', (message, change) => {
    expect(() => checkSeed(changed(change))).toThrow(message)
  })
})
