import { beforeEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../../../tests/testkit/http-receiver.ts'
import { BOT, BROWN, FOREIGNER, OLD_BOT } from '../testing/start-test-platform.ts'
import { startUserAndBot, type UserAndBot } from '../testing/user-and-bot.ts'

let world: UserAndBot
beforeEach(async () => {
  world = await startUserAndBot(await startReceiver())
  return () => world.close()
})

const EVENTS = `/channels/${BOT.channelId}/events`
const source = { type: 'user', userId: BROWN }
const nonce = 'base64-of-a-nonce'
const CASES: [object, object][] = [
  [
    { type: 'accountLink', userId: BROWN, result: 'ok', nonce },
    { link: { result: 'ok', nonce }, source },
  ],
  [{ type: 'accountLink', userId: BROWN, result: 'failed', nonce }, { link: { result: 'failed', nonce } }],
  [
    { type: 'membership', userId: BROWN, membership: 'renewed', membershipId: 3189 },
    { membership: { type: 'renewed', membershipId: 3189 }, source },
  ],
  [
    { type: 'module', module: 'attached', botId: BOT.botUserId, scopes: ['message:send'] },
    { module: { type: 'attached', botId: BOT.botUserId, scopes: ['message:send'] } },
  ],
  [
    { type: 'module', module: 'detached', botId: BOT.botUserId },
    { module: { type: 'detached', botId: BOT.botUserId, reason: 'bot_deleted' } },
  ],
  [{ type: 'activated', expireAtMs: 1462629479859 }, { chatControl: { expireAt: 1462629479859 } }],
  [{ type: 'deactivated' }, {}],
  [{ type: 'botSuspended' }, {}],
  [{ type: 'botResumed' }, {}],
  [{ type: 'delivery', data: 'delivery-tag-0123' }, { delivery: { data: 'delivery-tag-0123' } }],
]
const REPLIABLE = ['membership']

describe('an event that LINE itself fires', () => {
  it.each(CASES)('%o', async (fired, expected) => {
    await world.done(EVENTS, fired)
    const event = world.event()
    const { type } = fired as { type: string } // the cases above
    const mayReply = REPLIABLE.includes(type) || ('result' in fired && fired.result === 'ok')
    expect(event).toEqual({
      type,
      ...expected,
      ...(mayReply && { replyToken: expect.any(String) }),
      mode: 'active',
      timestamp: world.platform.clock.now(),
      webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      deliveryContext: { isRedelivery: false },
    })
  })

  it('may be of a kind that nobody knows yet', async () => {
    await world.done(EVENTS, { type: 'other', event: { type: 'teleport', teleport: { to: 'Mars' } } })
    expect(world.event()).toMatchObject({ type: 'teleport', teleport: { to: 'Mars' }, mode: 'active' })
    const own = { type: 'other', event: { type: 'x', webhookEventId: '1' } }
    expect((await world.act(EVENTS, own)).status).toBe(400)
  })

  it('is none of 2017', async () => {
    const { notSent } = await world.done(`/channels/${OLD_BOT.channelId}/events`, { type: 'botSuspended' })
    expect(notSent).toContain('2017')
    expect(world.events()).toEqual([])
  })

  it('is refused where it is not whole', async () => {
    const bad = [
      {},
      { type: 'quake' },
      { type: 'accountLink', userId: BROWN, result: 'ok', nonce: 'short' },
      { type: 'membership', userId: FOREIGNER, membership: 'joined', membershipId: 1 },
      { type: 'delivery' },
    ]
    for (const body of bad) expect((await world.act(EVENTS, body)).status).toBe(400)
    expect((await world.act('/channels/1/events', { type: 'botResumed' })).status).toBe(404)
  })
})
