// The protocol of the lanes alone, on both engines in turn: accept, an instant send, a batched completion, without HTTP.
// SQLite syncs every commit; PostgreSQL runs with fsync and full_page_writes on, which is read back.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type {
  AppId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
} from '../packages/server/src/gateway/core/ids.ts'
import { delivery } from '../packages/server/src/gateway/delivery/delivery.ts'
import type { Verdict } from '../packages/server/src/gateway/delivery/verdict.ts'
import { openStore } from '../packages/server/src/gateway/store/open-store.ts'
import { Activity } from '../packages/server/src/kit/activity.ts'
import { systemClock } from '../packages/server/src/kit/clock.ts'
import { createLog } from '../packages/server/src/kit/log.ts'
import { createSealer } from '../packages/server/src/kit/seal.ts'
import { startPostgres } from '../tests/testkit/postgres.ts'
import { median } from './median.ts'
import type { BenchResult } from './result.ts'

const MASTER_KEY = randomBytes(32)
const ROUNDS = 5
const CALLERS = 256
const CELL_MS = 3000
const LANES = [10, 1000, Number.POSITIVE_INFINITY] as const
const LIMITS = { attemptsAtOnce: 256, attemptsPerGate: 256, jobsInMemory: 20_000, jobsPerGate: 20_000 }

interface Round {
  engine: string
  lanes: string
  messagesPerS: number
  nodeCpuMs: number
}

async function cell(databaseUrl: string | undefined, lanes: number): Promise<Omit<Round, 'engine' | 'lanes'>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-lanes-'))
  const log = createLog('silent', 'bench')
  const sealer = createSealer([MASTER_KEY])
  const store = await openStore({ dataDir, databaseUrl, sealer, clock: systemClock, log })
  let sent = 0
  const attempt = async (job: { jobId: string }): Promise<Verdict> => {
    sent += 1
    const verdict = { messageId: job.jobId as MessageId, state: 'sent' as const, failure: undefined, atMs: Date.now() } // stored as one
    return { kind: 'done', end: { verdict, jobs: [] }, free: true }
  }
  const queue = { attempt, needsMark: () => false, mostTogether: () => 1, limits: LIMITS }
  const activity = new Activity()
  const work = delivery({
    statements: store.statements,
    shared: store.shared,
    queues: { send: queue, callback: queue, inbound: queue },
    clock: systemClock,
    activity,
    log,
  })
  await work.start()
  const appId = randomUUID() as AppId // a UUID is one
  const payload = JSON.stringify([{ type: 'text', text: 'x'.repeat(300) }])
  let count = 0
  const endMs = performance.now() + CELL_MS
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const caller = async () => {
    while (performance.now() < endMs) {
      const index = count++
      await work.acceptance.accept({
        messageId: randomUUID() as MessageId, // UUIDs are ids
        appId,
        contactId: 'contact' as ContactId,
        conversationId: 'conversation' as ConversationId,
        channel: 'LINE',
        identity: `person-${Number.isFinite(lanes) ? index % lanes : index}`,
        metadata: '',
        correlationId: '',
        acceptedAtMs: Date.now(),
        dialect: 'sinch',
        content: { kind: 'text', text: 'x'.repeat(300) },
        clientMessageId: undefined,
        next: {
          kind: 'send',
          accountId: 'account' as ConnectorAccountId,
          retryKey: randomUUID(),
          payload,
          expiresAtMs: undefined,
        },
      })
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  while (sent < count) await new Promise((resume) => setTimeout(resume, 5))
  await activity.idle()
  const ms = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  await work.stop()
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
  return { messagesPerS: Math.round((count / ms) * 1000), nodeCpuMs: (user + system) / 1000 / count }
}

export async function benchGatewayLanes(): Promise<BenchResult> {
  const postgres = await startPostgres({ durable: true })
  const client = new Client({ connectionString: postgres.url })
  await client.connect()
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const { rows } = await client.query(`SHOW ${setting}`)
    process.stdout.write(`  PostgreSQL ${setting}: ${rows[0][setting]}\n`)
  }
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++)
    for (const lanes of LANES)
      for (const [engine, url] of [
        ['SQLite', undefined],
        ['PostgreSQL', postgres.url],
      ] as const)
        rounds.push({
          engine,
          lanes: Number.isFinite(lanes) ? `${lanes} lanes` : 'all distinct',
          ...(await cell(url, lanes)),
        })
  await client.end()
  await postgres.stop()
  const figures = []
  for (const key of new Set(rounds.map(({ engine, lanes }) => `${engine}, ${lanes}`))) {
    const own = rounds.filter(({ engine, lanes }) => `${engine}, ${lanes}` === key)
    figures.push({ name: key, value: median(own.map(({ messagesPerS }) => messagesPerS)), unit: 'messages/s' })
    const cpu = median(own.map(({ nodeCpuMs }) => nodeCpuMs))
    figures.push({ name: `${key}: node CPU`, value: Number(cpu.toFixed(3)), unit: 'ms each' })
  }
  return { figures, rounds }
}
