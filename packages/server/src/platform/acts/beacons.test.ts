import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import { BOT, BROWN, OLD_BOT, STRANGER } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  await setUser({ useBeacon: true })
  return () => world.close()
})

const HWID = 'd41d8cd98f'
const setUser = (change: object, userId = BROWN) => world.platform.control('PATCH', `/users/${userId}`, change)
const setChannel = (change: object) => world.platform.control('PATCH', `/channels/${BOT.channelId}`, change)
const meet = (type: string, more: object = {}, { user = BROWN, bot = BOT.botUserId } = {}) =>
  world.done(`/users/${user}/beacons/${bot}`, { type, hwid: HWID, ...more })

describe('a beacon', () => {
  it('tells the bot of a friend who comes near, with the message of the beacon', async () => {
    verifies(
      'line.beacon.service',
      'line.beacon.in-range',
      'line.event.beacon',
      'line.event.beacon-reply-token',
      'line.event.beacon-hwid',
      'line.event.beacon-type',
      'line.event.beacon-dm',
      'line.event.beacon-enter',
    )
    await meet('enter', { dm: '0001' })
    const event = world.event()
    expect(event).toMatchObject({ type: 'beacon', source: { type: 'user', userId: BROWN } })
    expect(event.beacon).toEqual({ hwid: HWID, type: 'enter', dm: '0001' })
    expect(event.replyToken).toMatch(/^[0-9a-f]{32}$/)
    await meet('enter')
    expect(world.event().beacon).toEqual({ hwid: HWID, type: 'enter' })
  })

  it('is left in 2017 and stayed at today', async () => {
    verifies('line.event.beacon-leave')
    await meet('leave', {}, { bot: OLD_BOT.botUserId })
    expect(world.event()).toEqual({
      type: 'beacon',
      replyToken: expect.any(String),
      source: { type: 'user', userId: BROWN },
      timestamp: world.platform.clock.now(),
      beacon: { hwid: HWID, type: 'leave' },
    })
    await meet('stay')
    expect(world.event().beacon).toEqual({ hwid: HWID, type: 'stay' })
    expect((await meet('leave')).notSent).toContain('current')
    expect((await meet('stay', {}, { bot: OLD_BOT.botUserId })).notSent).toContain('2017')
    expect(world.events()).toEqual([])
  })

  it('makes no event where channel, setting, Bluetooth or friendship is missing', async () => {
    verifies(
      'line.beacon.channel-switch',
      'line.beacon.user-setting',
      'line.beacon.bluetooth',
      'line.beacon.friends-only',
    )
    await setChannel({ beacons: false })
    expect((await meet('enter')).notSent).toContain('has no beacons')
    await setChannel({ beacons: true })
    await setUser({ useBeacon: false })
    expect((await meet('enter')).notSent).toContain('does not use LINE Beacon')
    await setUser({ useBeacon: true, bluetooth: false })
    expect((await meet('enter')).notSent).toContain('Bluetooth')
    await setUser({ useBeacon: true }, STRANGER)
    expect((await meet('enter', {}, { user: STRANGER })).notSent).toContain('no friend')
    expect(world.events()).toEqual([])
    await setUser({ bluetooth: true })
    await meet('enter')
    expect(world.event().type).toBe('beacon')
  })

  it('shows a banner: a tap turns the setting on, adds the bot and sends a message', async () => {
    verifies('line.beacon.banner', 'line.event.beacon-banner')
    const { message } = await meet('banner', { text: 'I am here' }, { user: STRANGER })
    const [follow, beacon, said, ...others] = world.events()
    expect(others).toEqual([])
    expect(follow).toMatchObject({ type: 'follow', source: { userId: STRANGER } })
    expect(beacon?.beacon).toEqual({ hwid: HWID, type: 'banner' })
    expect(said).toMatchObject({ type: 'message', message: { id: message?.id, text: 'I am here' } })
    const user = await world.platform.control<{ useBeacon: boolean }>('GET', `/users/${STRANGER}`)
    expect(user.body.useBeacon).toBe(true)
  })

  it('has an id and a message in hexadecimal digits', async () => {
    const path = `/users/${BROWN}/beacons/${BOT.botUserId}`
    for (const body of [{ type: 'enter' }, { type: 'enter', hwid: 'xyz' }, { type: 'enter', hwid: HWID, dm: 'f' }])
      expect((await world.act(path, body)).status).toBe(400)
  })
})
