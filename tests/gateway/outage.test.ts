// PostgreSQL goes away under load and comes back: nothing that was answered is lost, and callers are told to come again.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Gateway, startGateway } from '../../packages/server/src/gateway/index.ts'
import { makeDemo } from '../../packages/server/src/gateway/testing/start-test-gateway.ts'
import { createLog } from '../../packages/server/src/kit/log.ts'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { startPostgres, type TestPostgres } from '../testkit/postgres.ts'

const SENDERS = 8
const READY_WITHIN_MS = 5000

let postgres: TestPostgres
let line: HttpReceiver
let customer: HttpReceiver
let folder: string
let gateway: Gateway
let demo: ReturnType<typeof makeDemo>

beforeAll(async () => {
  postgres = await startPostgres()
  line = await startReceiver(() => ({ status: 200, body: '{}' }))
  customer = await startReceiver()
  folder = await mkdtemp(join(tmpdir(), 'hatoba-outage-'))
  demo = makeDemo(line.url, customer.url)
  gateway = await startGateway({
    dataDir: folder,
    databaseUrl: postgres.url,
    masterKey: randomBytes(32),
    host: '127.0.0.1',
    port: 0,
    log: createLog('silent', 'test'),
    lineApiUrl: line.url,
    lineDataUrl: line.url,
    demo,
  })
})
afterAll(async () => {
  await gateway?.close()
  await line?.close()
  await customer?.close()
  await postgres?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function underLoad(trouble: () => Promise<void>): Promise<{ answered: Set<string>; statuses: Set<number> }> {
  const answered = new Set<string>()
  const statuses = new Set<number>()
  let going = true
  const senders = Array.from({ length: SENDERS }, async (_, sender) => {
    for (let count = 0; going; count++) {
      const text = `${sender} ${count} ${randomBytes(4).toString('hex')}`
      const answer = await fetch(`${gateway.url}/api/v1/subaccounts/${demo.subAccountId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.apiKey}` },
        body: JSON.stringify({
          user: { lineUserId: `U${String(sender).padStart(32, '0')}` },
          type: 'Text',
          content: { text },
        }),
      })
      statuses.add(answer.status)
      if (answer.status === 200) answered.add(text)
      else await pause(20)
    }
  })
  await pause(300)
  await trouble()
  await pause(500)
  going = false
  await Promise.all(senders)
  return { answered, statuses }
}

const isReady = async () => (await fetch(`${gateway.url}/readyz`)).status === 200

async function untilReady(): Promise<number> {
  const startedAt = performance.now()
  while (!(await isReady())) {
    if (performance.now() - startedAt > READY_WITHIN_MS) throw new Error('not ready again')
    await pause(20)
  }
  return performance.now() - startedAt
}

async function expectAllDelivered(answered: ReadonlySet<string>): Promise<void> {
  const startedAt = performance.now()
  const textsOf = () => line.received.map(({ rawBody }) => JSON.parse(rawBody).messages[0].text)
  while (performance.now() - startedAt < 25_000) {
    const arrived = new Set(textsOf())
    if ([...answered].every((text) => arrived.has(text))) break
    await pause(50)
  }
  const keysOf = new Map<string, Set<unknown>>()
  for (const request of line.received) {
    const text = JSON.parse(request.rawBody).messages[0].text
    keysOf.set(text, (keysOf.get(text) ?? new Set()).add(request.headers['x-line-retry-key']))
  }
  expect([...answered].filter((text) => !keysOf.has(text))).toEqual([])
  expect([...keysOf].filter(([, keys]) => keys.size > 1)).toEqual([])
}

describe('a gateway whose PostgreSQL', () => {
  it('is restarted at once loses nothing, tells callers to come again, and is ready soon', {
    timeout: 60_000,
  }, async () => {
    let readyAfterMs = 0
    const { answered, statuses } = await underLoad(async () => {
      await postgres.restart()
      readyAfterMs = await untilReady()
    })
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(answered.size).toBeGreaterThan(0)
    expect(readyAfterMs).toBeLessThan(READY_WITHIN_MS)
    await expectAllDelivered(answered)
  })

  it('ends its connections again and again loses nothing', { timeout: 60_000 }, async () => {
    const { answered, statuses } = await underLoad(async () => {
      const admin = new Client({ connectionString: postgres.url })
      await admin.connect()
      for (let round = 0; round < 5; round++) {
        await admin.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name LIKE $1',
          ['hatoba%'],
        )
        await pause(250)
      }
      await admin.end()
      await untilReady()
    })
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
    await expectAllDelivered(answered)
  })
})
