// Several gateways on one PostgreSQL: they share the work, and what one leaves behind the others take over.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GatewayDemo } from '../../packages/server/src/gateway/index.ts'
import { makeDemo } from '../../packages/server/src/gateway/testing/start-test-gateway.ts'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/postgres.ts'

const SCRIPT = fileURLToPath(new URL('../../packages/server/src/gateway/testing/gateway-process.ts', import.meta.url))
const PEOPLE = 40
const TAKEN_OVER_WITHIN_MS = 25_000

interface GatewayProcess {
  url: string
  process: ChildProcess
}

let database: TestDatabase
let line: HttpReceiver
let customer: HttpReceiver
let demo: GatewayDemo
let folder: string
let masterKey: string
let processes: GatewayProcess[]
let slowMs: number

beforeEach(async () => {
  slowMs = 0
  database = await createTestDatabase()
  line = await startReceiver(async () => {
    if (slowMs > 0) await pause(slowMs)
    return { status: 200, body: '{}' }
  })
  customer = await startReceiver()
  demo = makeDemo(line.url, customer.url)
  folder = await mkdtemp(join(tmpdir(), 'hatoba-processes-'))
  masterKey = randomBytes(32).toString('hex')
  processes = []
})
afterEach(async () => {
  for (const { process } of processes) process.kill('SIGKILL')
  await line.close()
  await customer.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function start(count: number): Promise<void> {
  const started = Array.from({ length: count }, async (_, index) => {
    const options = { dataDir: join(folder, String(index)), demo, databaseUrl: database.url, masterKey }
    const args = ['--conditions=@hatoba/source', SCRIPT, JSON.stringify(options)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    const [url] = await once(child.stdout, 'data')
    return { url: String(url).trim(), process: child }
  })
  processes = await Promise.all(started)
}

const userId = (person: number) => `U${String(person).padStart(32, '0')}`
const textOf = ({ rawBody }: { rawBody: string }): string => JSON.parse(rawBody).messages[0].text

/** The texts that were answered, by person and in order. */
async function sendMany(perPerson: number, answered: Map<number, string[]>): Promise<void> {
  const senders = Array.from({ length: PEOPLE }, async (_, person) => {
    for (let count = 0; count < perPerson; count++) {
      const text = `${person} ${count} ${randomBytes(4).toString('hex')}`
      const { url } = processes[(person + count) % processes.length] ?? { url: '' }
      try {
        const answer = await fetch(`${url}/api/v1/subaccounts/${demo.subAccountId}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.apiKey}` },
          body: JSON.stringify({ user: { lineUserId: userId(person) }, type: 'Text', content: { text } }),
        })
        if (answer.status === 200) answered.set(person, [...(answered.get(person) ?? []), text])
      } catch {
        // its process was killed: whoever asked cannot know
      }
    }
  })
  await Promise.all(senders)
}

async function untilDelivered(answered: ReadonlyMap<number, string[]>): Promise<void> {
  const all = [...answered.values()].flat()
  const startedAt = performance.now()
  for (;;) {
    const arrived = new Set(line.received.map(textOf))
    if (all.every((text) => arrived.has(text))) return
    if (performance.now() - startedAt > TAKEN_OVER_WITHIN_MS)
      throw new Error(`${all.filter((text) => !arrived.has(text)).length} of ${all.length} are lost`)
    await pause(50)
  }
}

function expectExact(answered: ReadonlyMap<number, string[]>): void {
  const keysOf = new Map<string, Set<unknown>>()
  const first = new Map<number, string[]>()
  for (const request of line.received) {
    const text = textOf(request)
    if (!keysOf.has(text)) {
      const person = Number(text.split(' ')[0])
      first.set(person, [...(first.get(person) ?? []), text])
    }
    keysOf.set(text, (keysOf.get(text) ?? new Set()).add(request.headers['x-line-retry-key']))
  }
  for (const [text, keys] of keysOf) expect([text, keys.size]).toEqual([text, 1])
  for (const [person, texts] of answered)
    expect((first.get(person) ?? []).filter((text) => texts.includes(text))).toEqual(texts)
}

describe.each([2, 3])('%i gateways on one PostgreSQL', (count) => {
  it('deliver everything once and in order, whichever was asked', { timeout: 60_000 }, async () => {
    await start(count)
    const answered = new Map<number, string[]>()
    await sendMany(6, answered)
    expect([...answered.values()].flat().length).toBe(PEOPLE * 6)
    await untilDelivered(answered)
    expectExact(answered)
    expect(line.received.length).toBe(PEOPLE * 6)
  })

  it('lose nothing when one is killed with sends in flight', { timeout: 90_000 }, async () => {
    await start(count)
    slowMs = 150
    const answered = new Map<number, string[]>()
    const sending = sendMany(8, answered)
    while (line.received.length < 60) await pause(5)
    processes[0]?.process.kill('SIGKILL')
    await sending
    slowMs = 0
    await untilDelivered(answered)
    expectExact(answered)
  })
})

describe('a gateway on PostgreSQL', () => {
  it('that is told to end leaves its work to the others at once', { timeout: 60_000 }, async () => {
    await start(2)
    slowMs = 100
    const answered = new Map<number, string[]>()
    const sending = sendMany(5, answered)
    while (line.received.length < 30) await pause(5)
    processes[0]?.process.kill('SIGTERM')
    await sending
    slowMs = 0
    const endedAt = performance.now()
    await untilDelivered(answered)
    expect(performance.now() - endedAt).toBeLessThan(10_000)
    expectExact(answered)
  })
})
