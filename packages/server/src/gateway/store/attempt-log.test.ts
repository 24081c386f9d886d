import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Activity } from '../../kit/activity.ts'
import { AdjustableClock } from '../../kit/clock.ts'
import { createLog } from '../../kit/log.ts'
import { createSealer } from '../../kit/seal.ts'
import { type AppId, type CallbackId, type MessageId, newId, type WebhookId } from '../core/ids.ts'
import { type AttemptLog, attemptLog } from './attempt-log.ts'
import { openStore, type Store } from './open-store.ts'

const log = createLog('silent', 'test')
let dataDir: string
let store: Store
let clock: AdjustableClock
let activity: Activity
let attempts: AttemptLog

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-attempts-'))
  clock = new AdjustableClock(Date.now())
  activity = new Activity()
  const sealer = createSealer([Buffer.alloc(32)])
  store = await openStore({ dataDir, databaseUrl: undefined, sealer, clock, log })
  attempts = attemptLog(store.cold, store.writeTogether, { activity, log })
})
afterEach(async () => {
  await store.close()
  clock.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const frame = () => ({
  appId: newId<AppId>(clock.now()),
  messageId: newId<MessageId>(clock.now()),
  of: { kind: 'send' as const },
  atMs: clock.now(),
  outcome: 'unanswered',
  status: 503,
  reason: 'x'.repeat(2000),
  requestId: undefined,
  durationMs: 1,
})

const rows = () => store.cold.selectFrom('delivery_attempt').selectAll().orderBy('attempt').execute()

it('keeps the first and the last attempts of a job, however many there are', async () => {
  const attempt = frame()
  for (let n = 1; n <= 130; n++) attempts.record({ ...attempt, attempt: n })
  await activity.idle()
  const kept = (await rows()).map((row) => row.attempt)
  const count = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
  expect(kept).toEqual([...count(1, 20), ...count(111, 130)])
})

it('keeps sends and callbacks of one message apart, and of reasons only the beginning', async () => {
  const attempt = { ...frame(), attempt: 1 }
  const [callbackId, webhookId] = [newId<CallbackId>(clock.now()), newId<WebhookId>(clock.now())]
  attempts.record(attempt)
  attempts.record({ ...attempt, of: { kind: 'callback', callbackId, webhookId, trigger: 'OPT_IN' } })
  await attempts.flush()
  expect(await rows()).toMatchObject([
    { job: callbackId, webhook_id: webhookId, trigger: 'OPT_IN' },
    { job: 'send', webhook_id: null, trigger: null, reason: 'x'.repeat(500) },
  ])
})

it('loses what is too much rather than filling the memory, and goes on', async () => {
  const attempt = frame()
  for (let n = 0; n < 5100; n++) attempts.record({ ...attempt, messageId: newId<MessageId>(clock.now()), attempt: 1 })
  await activity.idle()
  expect(await rows()).toHaveLength(5000)
  attempts.record({ ...attempt, attempt: 1 })
  await activity.idle()
  expect(await rows()).toHaveLength(5001)
})
