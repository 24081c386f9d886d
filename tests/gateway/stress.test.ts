// Several schedulers on one real PostgreSQL at full speed, in the same few lanes, with batches: no deadlock, no loss and
// nothing under two keys.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  AppId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
} from '../../packages/server/src/gateway/core/ids.ts'
import { delivery } from '../../packages/server/src/gateway/delivery/delivery.ts'
import type { AttemptJob, EndDraft, Verdict } from '../../packages/server/src/gateway/delivery/verdict.ts'
import { openStore, type Store } from '../../packages/server/src/gateway/store/open-store.ts'
import { Activity } from '../../packages/server/src/kit/activity.ts'
import { systemClock } from '../../packages/server/src/kit/clock.ts'
import { createLog } from '../../packages/server/src/kit/log.ts'
import { createSealer } from '../../packages/server/src/kit/seal.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/postgres.ts'

const PROCESSES = 3
const MESSAGES = 3000
const LANES = 7
const APP = randomUUID() as AppId // a UUID is one
const LIMITS = { attemptsAtOnce: 32, attemptsPerGate: 32, jobsInMemory: 200, jobsPerGate: 200 }

let database: TestDatabase
let folder: string
let stores: Store[]

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'hatoba-stress-'))
  const sealer = createSealer([randomBytes(32)])
  const log = createLog('silent', 'test')
  const open = (index: number) =>
    openStore({ dataDir: join(folder, String(index)), databaseUrl: database.url, sealer, clock: systemClock, log })
  stores = await Promise.all(Array.from({ length: PROCESSES }, (_, index) => open(index)))
})
afterAll(async () => {
  for (const store of stores) await store.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

it('three processes in the same lanes never deadlock', { timeout: 120_000 }, async () => {
  const accepted = new Map<string, Set<string>>()
  const send = async (job: AttemptJob): Promise<Verdict> => {
    await new Promise((resume) => setImmediate(resume))
    if (Math.random() < 0.05)
      return { kind: 'park', delayMs: 20, attempts: job.attempts + 1, firstAttemptAtMs: undefined }
    const ids = job.members?.map(({ jobId }) => jobId) ?? [job.jobId]
    for (const id of ids) {
      accepted.set(id, (accepted.get(id) ?? new Set()).add(job.retryKey ?? ''))
    }
    const endOf = (id: string): EndDraft => ({
      verdict: { messageId: id as MessageId, state: 'sent', failure: undefined, atMs: Date.now() }, // it was stored as one
      jobs: [],
    })
    if (job.members === undefined) return { kind: 'done', end: endOf(job.jobId), free: true }
    return { kind: 'batch-taken', ends: job.members.map(({ lane, seq, jobId }) => ({ lane, seq, end: endOf(jobId) })) }
  }
  const quiet = {
    attempt: () => new Promise<Verdict>(() => {}),
    needsMark: () => false,
    mostTogether: () => 1,
    limits: LIMITS,
  }
  const running = stores.map((store) =>
    delivery({
      statements: store.statements,
      shared: true,
      queues: {
        send: { attempt: send, needsMark: () => false, mostTogether: () => 5, limits: LIMITS },
        callback: quiet,
        inbound: quiet,
      },
      clock: systemClock,
      activity: new Activity(),
      log: createLog('silent', 'test'),
    }),
  )
  await Promise.all(running.map((each) => each.start()))
  const startedAt = performance.now()
  const all = Array.from({ length: MESSAGES }, (_, index) => `message-${index}`)
  for (let from = 0; from < MESSAGES; from += 100)
    await Promise.all(
      all.slice(from, from + 100).map((id, index) =>
        running[index % PROCESSES]?.acceptance.accept({
          messageId: id as MessageId, // any text does for these ids
          appId: APP,
          contactId: 'contact' as ContactId,
          conversationId: 'conversation' as ConversationId,
          channel: 'LINE',
          identity: `person-${index % LANES}`,
          metadata: '',
          correlationId: '',
          acceptedAtMs: Date.now(),
          dialect: 'sinch',
          content: { kind: 'text', text: 'equal' },
          clientMessageId: undefined,
          next: {
            kind: 'send',
            accountId: 'account' as ConnectorAccountId,
            retryKey: randomUUID(),
            payload: 'equal',
            expiresAtMs: undefined,
            mayCoalesce: true,
          },
        }),
      ),
    )
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const openLanes = async () => Number((await client.query('SELECT count(*) AS n FROM lane')).rows[0].n)
  while ((await openLanes()) > 0) {
    if (performance.now() - startedAt > 100_000) throw new Error(`${await openLanes()} lanes are stuck`)
    await new Promise((resume) => setTimeout(resume, 50))
  }
  await Promise.all(running.map((each) => each.stop()))
  const { rows } = await client.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')
  const { rows: states } = await client.query("SELECT count(*) AS n FROM message WHERE state = 'sent'")
  await client.end()
  expect([Number(rows[0].deadlocks), Number(states[0].n), accepted.size]).toEqual([0, MESSAGES, MESSAGES])
  expect([...accepted].filter(([, keys]) => keys.size > 1)).toEqual([])
})
