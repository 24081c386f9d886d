import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PlatformSeed } from './seed.ts'
import { readSeedFile } from './seed-file.ts'
import { testSeed } from './testing/start-test-platform.ts'

const EMPTY: PlatformSeed = { providers: [], channels: [], users: [], friendships: [] }
const id = (letter: string, digit: string) => letter + digit.repeat(32)

const SMALL = {
  providers: [{ providerId: 'p9', name: 'Mine' }],
  channels: [
    {
      channelId: '9000000001',
      providerId: 'p9',
      displayName: 'My Bot',
      basicId: '@mybot',
      botUserId: id('U', 'a'),
      channelSecret: 'f'.repeat(32),
      accessTokens: ['token'],
      webhook: { url: 'https://example.com/hook' },
      settings: { joinGroups: true },
    },
  ],
  users: [{ userId: id('U', '9'), providerId: 'p9', displayName: 'Leonard', consent: false }],
  friendships: [{ channelId: '9000000001', userId: id('U', '9') }],
  groups: [{ kind: 'group', chatId: id('C', '9'), providerId: 'p9', name: 'Team', members: [id('U', '9')] }],
  clock: { frozenAtMs: 1_767_225_600_000 },
}

const read = (content: unknown, base = EMPTY) =>
  readSeedFile(typeof content === 'string' ? content : JSON.stringify(content, null, 2), 'seed.json', base)

/** The small seed with one thing changed. */
const withChannel = (change: object) => ({ ...SMALL, channels: [{ ...SMALL.channels[0], ...change }] })

describe('a seed file', () => {
  it('may leave out what has an obvious value', () => {
    const seed = read(SMALL)
    expect(seed).toMatchObject(SMALL)
    expect(seed.channels[0]).toMatchObject({
      kind: 'messaging',
      profile: 'current',
      allowLoopbackHttp: false,
      webhook: { url: 'https://example.com/hook', use: true },
    })
    expect(read({})).toMatchObject({ ...EMPTY, groups: [] })
  })

  it('adds to what there is and may name it', () => {
    const base = testSeed()
    const seed = read({ users: [{ userId: id('U', '9'), providerId: 'p1', displayName: 'Leonard' }] }, base)
    expect(seed.users).toHaveLength(base.users.length + 1)
    expect(seed.channels).toEqual(base.channels)
  })

  it.each([
    ['{\n  "users": [}', 'seed.json:2:13: no JSON from here on'],
    ['{"users":[],\n "users":[]}', "seed.json:2:9: Duplicate field 'users'"],
    ['[]', 'seed.json:1:1: the file must be an object'],
    [{ user: [] }, 'seed.json:2:11: user must be left out; known are: providers, channels,'],
    [withChannel({ profile: '2018' }), 'channels[0].profile must be one of 2017, current'],
    [withChannel({ channelSecret: undefined }), 'channels[0].channelSecret must be given'],
    [withChannel({ webhook: { url: 'http://example.com' } }), 'channels[0].webhook.url is no https URL'],
    [withChannel({ botUserId: 'U1' }), 'channels[0].botUserId is not U and 32 lower-case hex digits'],
    [{ ...SMALL, friendships: [{ channelId: '1', userId: '2' }] }, 'friendships[0].channelId names no channel'],
    [{ ...SMALL, clock: { frozenAtMs: -1 } }, 'clock.frozenAtMs must be a whole number'],
  ])('tells what is wrong and where: %#', (content, told) => {
    expect(() => read(content)).toThrow(told)
    expect(() => read(content)).toThrow(/^seed\.json:\d+:\d+: /)
  })

  it('counts its own entries when it tells where, not those that it adds to', () => {
    const users = [{ userId: 'Leonard', providerId: 'p1', displayName: 'Leonard' }]
    expect(() => read({ users }, testSeed())).toThrow('seed.json:4:17: users[0].userId is not U')
  })

  it('is taken as the page of the control API shows it', () => {
    const page = readFileSync(new URL('../../../../docs/control-api.md', import.meta.url), 'utf8')
    const [, sample = ''] = /```json\n(.*?)```/s.exec(page) ?? []
    expect(read(sample).channels[0]).toMatchObject({ channelId: '1000000001', webhook: { use: true } })
  })
})
