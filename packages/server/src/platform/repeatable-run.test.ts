// The same seed, the same clock and the same acts: every id, token and webhook is the same, byte for byte.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../tests/testkit/http-receiver.ts'
import { AdjustableClock } from '../kit/clock.ts'
import { BOT, BROWN, startTestPlatform, type TestPlatform, testSeed } from './testing/start-test-platform.ts'

const NOON_MS = 1_767_268_800_000
const seedAtNoon = () => ({ ...testSeed(), clock: { frozenAtMs: NOON_MS } })

/** Acts of users and of the bot; answers all that the bot got and was answered. */
async function act(platform: TestPlatform, bot: HttpReceiver): Promise<string[]> {
  const from = bot.received.length
  const seen: string[] = []
  await platform.setWebhook(bot.url)
  for (const text of ['one', 'two 🐧']) {
    await platform.type(text)
    await platform.settle()
    const { replyToken } = JSON.parse(bot.received.at(-1)?.rawBody ?? '').events[0]
    const reply = await platform.post('/v2/bot/message/reply', { replyToken, messages: [{ type: 'text', text }] })
    seen.push(reply.headers.get('x-line-request-id') ?? '', JSON.stringify(reply.body))
  }
  const push = await platform.post('/v2/bot/message/push', { to: BROWN, messages: [{ type: 'text', text: 'x' }] })
  const token = await platform.api<{ access_token: string }>('/v2/oauth/accessToken', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: BOT.channelId,
      client_secret: BOT.channelSecret,
    }),
  })
  const webhooks = bot.received.slice(from).map(({ rawBody, headers }) => rawBody + headers['x-line-signature'])
  return [...seen, JSON.stringify(push.body), token.body.access_token, ...webhooks]
}

async function run(idSeed: string): Promise<string[]> {
  const bot = await startReceiver()
  const platform = await startTestPlatform({ idSeed, seed: seedAtNoon(), clock: new AdjustableClock() })
  try {
    return await act(platform, bot)
  } finally {
    await platform.close()
    await bot.close()
  }
}

it('repeats a run of the same seed byte for byte, and no other', async () => {
  const first = await run('penguin')
  expect(await run('penguin')).toEqual(first)
  const other = await run('pigeon')
  for (const [i, text] of other.entries()) expect(text).not.toBe(first[i])
})

it('begins anew with the same ids after a reset', async () => {
  const bot = await startReceiver()
  const platform = await startTestPlatform({ idSeed: 'penguin', seed: seedAtNoon(), clock: new AdjustableClock() })
  const first = await act(platform, bot)
  await platform.control('POST', '/clock', { advanceMs: 3_600_000 })
  await platform.control('POST', '/reset')
  expect(platform.clock.now()).toBe(NOON_MS)
  expect(await act(platform, bot)).toEqual(first)
  await platform.close()
  await bot.close()
})

it('makes no id again on a folder that it made it for before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hatoba-seeded-'))
  const dataDir = join(folder, 'platform')
  const seen: string[] = []
  for (let start = 0; start < 3; start++) {
    const platform = await startTestPlatform({ idSeed: 'penguin', dataDir })
    const { headers } = await platform.post('/v2/bot/message/push', {
      to: BROWN,
      messages: [{ type: 'text', text: 'x' }],
    })
    seen.push(headers.get('x-line-request-id') ?? '')
    await platform.close()
  }
  expect(new Set(seen).size).toBe(3)
  rmSync(folder, { recursive: true })
})

it('moves the clock to a moment, forward only', async () => {
  const platform = await startTestPlatform()
  const nowMs = platform.clock.now()
  expect((await platform.control('POST', '/clock', { toMs: nowMs + 5 })).body).toEqual({
    nowMs: nowMs + 5,
    frozen: true,
  })
  expect((await platform.control('POST', '/clock', { toMs: nowMs })).status).toBe(409)
  expect((await platform.control('POST', '/clock', { toMs: nowMs + 9, advanceMs: 1 })).status).toBe(400)
  await platform.close()
})
