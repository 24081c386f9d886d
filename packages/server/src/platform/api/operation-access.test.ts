// What each kind of account may call: every cell of the table, over HTTP, in both profiles.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { ACCOUNT_TYPES, type ApiAccess, PLANS } from '../accounts/api-access.ts'
import { BOT, OLD_BOT, startTestPlatform, type TestPlatform, testSeed } from '../testing/start-test-platform.ts'
import type { ChannelOperation, Operation } from './operation.ts'
import { ACCESS_TABLE, mayCall } from './operation-access.ts'
import { OPERATIONS } from './operations.ts'

const NO_ACCESS = 'Access to this API is not available for your account'
const ACCOUNTS = ACCOUNT_TYPES.flatMap((accountType) =>
  [true, false].flatMap((verified) => PLANS.map((plan) => ({ accountType, verified, plan }))),
)
const nameOf = ({ accountType, verified, plan }: (typeof ACCOUNTS)[number]) =>
  `${accountType}, ${verified ? 'verified' : 'unverified'}, ${plan}`
const callsForChannel = (operation: Operation): operation is ChannelOperation => operation.auth === 'channel'
const CHANNEL_OPERATIONS = OPERATIONS.filter(callsForChannel)

let platform: TestPlatform
let granted: string[][]

/** Whether the call gets past the account: what comes after is no matter here. */
async function isAdmitted({ method, path }: ChannelOperation, token: string): Promise<boolean> {
  const answer = await platform.api(path.replaceAll(/:\w+/g, 'x'), {
    method,
    headers: { authorization: `Bearer ${token}`, ...(method !== 'GET' && { 'content-type': 'application/json' }) },
    ...(method !== 'GET' && { body: '{}' }),
  })
  expect(answer.status).not.toBe(401)
  if (answer.status !== 403) return true
  expect(answer.body).toEqual({ message: NO_ACCESS })
  return false
}

/** For each account the names of the operations that it may call, as the platform answers. */
beforeAll(async () => {
  platform = await startTestPlatform()
  granted = []
  for (const account of ACCOUNTS) {
    for (const { channelId, token } of [BOT, OLD_BOT]) {
      const { status } = await platform.control('PATCH', `/channels/${channelId}/api-access`, account)
      expect(status).toBe(200)
      const admitted: string[] = []
      for (const operation of CHANNEL_OPERATIONS) if (await isAdmitted(operation, token)) admitted.push(operation.name)
      granted.push(admitted)
    }
  }
})
afterAll(() => platform.close())

describe.each(ACCOUNTS.map((account, index) => ({ account, index, name: nameOf(account) })))(
  'an account that is $name',
  ({ account, index }) => {
    it.each(CHANNEL_OPERATIONS)('may call $name, or not, as the table says', ({ name }) => {
      verifies('line.overview.account-types', 'line.common.status-403', 'line.common.message-no-access')
      const may = mayCall({ ...account, limits: 'off', ipWhitelist: [] }, name)
      expect([granted[index * 2]?.includes(name), granted[index * 2 + 1]?.includes(name)]).toEqual([may, may])
    })
  },
)

describe('the table', () => {
  const may = (operation: string, account: Partial<(typeof ACCOUNTS)[number]>) =>
    mayCall(
      { accountType: 'line@', verified: true, plan: 'basic', limits: 'off', ipWhitelist: [], ...account },
      operation,
    )

  it('names operations that there are, each once, and says where each rule is from', () => {
    const names = ACCESS_TABLE.flatMap(({ operations }) => operations)
    expect(new Set(names).size).toBe(names.length)
    expect(CHANNEL_OPERATIONS.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    for (const { source } of ACCESS_TABLE) expect(source).toMatch(/^(ours|LINE reference)/)
  })

  it('gives the free plan no push and no multicast, and lets it reply', () => {
    expect(['pushMessage', 'multicast'].map((name) => may(name, { plan: 'free' }))).toEqual([false, false])
    expect(may('replyMessage', { plan: 'free' })).toBe(true)
    expect(may('pushMessage', { plan: 'developer-trial' })).toBe(true)
  })

  it('gives ids of members and followers to verified and to official accounts', () => {
    for (const name of ['getFollowers', 'getGroupMembersIds', 'getRoomMembersIds']) {
      expect(may(name, { verified: false })).toBe(false)
      expect(may(name, { verified: true })).toBe(true)
      expect(may(name, { verified: false, accountType: 'official' })).toBe(true)
    }
  })
})

describe('the settings of an account', () => {
  it('are those of a verified official account on a new channel', async () => {
    const fresh = await startTestPlatform()
    const { body } = await fresh.control('GET', `/channels/${BOT.channelId}/api-access`)
    expect(body).toEqual({
      accountType: 'official',
      verified: true,
      plan: 'official',
      limits: 'off',
      ipWhitelist: [],
      missionStickers: false,
    })
    await fresh.close()
  })

  it.each([
    { plan: 'gold' },
    { accountType: 'line' },
    { verified: 'yes' },
    { limits: 'on' },
    { ipWhitelist: ['10.0.0.0/33'] },
    { ipWhitelist: ['localhost'] },
    { missionStickerAcl: '' },
    { planet: 'earth' },
  ])('are refused where they are wrong: %o', async (change) => {
    const { status, body } = await platform.control('PATCH', `/channels/${BOT.channelId}/api-access`, change)
    expect([status, body.message]).toEqual([400, expect.stringContaining(`body.${Object.keys(change)[0]}`)])
  })

  it('outlive a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-access-'))
    const path = `/channels/${OLD_BOT.channelId}/api-access`
    const first = await startTestPlatform({ dataDir })
    const change = { accountType: 'line@', verified: false, plan: 'free', limits: 'real', ipWhitelist: ['127.0.0.1'] }
    await first.control('PATCH', path, { ...change, missionStickerAcl: 'value' })
    await first.close()
    const second = await startTestPlatform({ dataDir })
    expect((await second.control('GET', path)).body).toEqual({ ...change, missionStickers: true })
    await second.close()
    await rm(dataDir, { recursive: true })
  })

  it('are checked in a seed', async () => {
    const seed = testSeed()
    const [bot, ...others] = seed.channels
    if (bot === undefined) throw new Error('the seed has channels')
    for (const apiAccess of [
      { plan: 'gold' },
      { accountType: 'line' },
      { verified: 1 },
      { limits: 1 },
      { ipWhitelist: [''] },
    ]) {
      const wrong = { ...bot, apiAccess: apiAccess as Partial<ApiAccess> } // as a file may have it
      await expect(startTestPlatform({ seed: { ...seed, channels: [wrong, ...others] } })).rejects.toThrow(
        `seed: channels[0].apiAccess is wrong: ${Object.keys(apiAccess)[0]} must`,
      )
    }
  })

  it('belong to a channel', async () => {
    expect((await platform.control('GET', '/channels/1/api-access')).status).toBe(404)
    expect((await platform.control('PATCH', '/channels/1/api-access', { plan: 'free' })).status).toBe(404)
  })
})
