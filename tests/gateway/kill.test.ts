// Kill -9 with sends in flight, at random and where it hurts most. The moment is chosen from outside: by what LINE and
// the customer see.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { Ledger } from '../testkit/ledger.ts'
import { idOf, type LineCall, type LineStub, startLineStub } from '../testkit/line-stub.ts'

const PROGRAM = fileURLToPath(new URL('../../packages/server/src/gateway/testing/gateway-process.ts', import.meta.url))
const SENDERS = 40
const IN_FLIGHT = 50
const POINTS = ['after-commit', 'before-send', 'before-acknowledge', 'mid-batch', 'at-random'] as const
/** Each point once while customers send, and once more while the next process takes up what is open. */
const CYCLES = POINTS.flatMap((point) => [{ point, during: 'load' } as const, { point, during: 'take-up' } as const])

type Point = (typeof POINTS)[number]

const ledger = new Ledger()
let line: LineStub
let customer: HttpReceiver
let dataDir: string
let demo: ReturnType<typeof makeDemo>

const makeDemo = (lineUrl: string, target: string) => ({
  ...{ adminKey: 'admin-key', projectId: randomUUID(), keyId: randomUUID(), keySecret: 'key-secret' },
  ...{ appId: randomUUID(), subAccountId: 'demo', apiKey: randomUUID() },
  lineChannel: {
    ...{ id: randomUUID(), channelId: '1234567890', channelSecret: randomBytes(16).toString('hex') },
    ...{ channelAccessToken: 'token', botUserId: `U${'0'.repeat(32)}`, profile: 'current' },
    ...{ apiUrl: lineUrl, dataUrl: lineUrl },
  },
  webhook: { id: randomUUID(), target, secret: 'webhook-secret' },
})

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-kill-'))
  line = await startLineStub(ledger, 400)
  customer = await startReceiver()
  demo = makeDemo(line.url, customer.url)
})
afterAll(async () => {
  await line.close()
  await customer.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Victim {
  url: string
  kill(): void
  dead: Promise<unknown>
  isDead(): boolean
}

async function startVictim(): Promise<Victim> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=@hatoba/source', PROGRAM, JSON.stringify({ dataDir, demo })],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let dead = false
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    void exit.then(() => reject(new Error('it ended before it was ready')))
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve)
  })
  return {
    url,
    dead: exit,
    isDead: () => dead,
    kill() {
      dead = true
      child.kill('SIGKILL')
    },
  }
}

/** Senders wait beyond it, so that what is open at the end is delivered in time. */
const MOST_OPEN = 400
/** Where no multicast comes to be (LINE takes sends as fast as they come), the kill does not wait for one longer. */
const LONGEST_WAIT_MS = 8000

let people = 0

async function send({ url }: Victim, text: string): Promise<boolean> {
  people += 1
  const to = `U${people.toString(16).padStart(32, '0')}`
  const id = idOf(to, text)
  ledger.ask(id)
  const answer = await fetch(`${url}/api/v1/subaccounts/${demo.subAccountId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user: { lineUserId: to }, type: 'Text', content: { text } }),
  }).catch(() => undefined) // killed while it was asked: nobody can know
  if (answer?.status !== 200) return false
  ledger.answer(id)
  return true
}

/** Kills as soon as enough is in flight and the point is reached. */
function killAt(victim: Victim, point: Point, enough: () => boolean): { answered(): void } {
  const strike = (here: boolean): boolean => {
    if (here && !victim.isDead() && enough()) victim.kill()
    return !victim.isDead()
  }
  const isBatch = ({ operation }: LineCall) => operation === 'multicast'
  line.watch = {
    before: () => strike(point === 'before-send'),
    after: (call) => strike(point === 'before-acknowledge' || (point === 'mid-batch' && isBatch(call))),
  }
  if (point === 'at-random') void strikeAtRandom()
  void pause(LONGEST_WAIT_MS).then(() => strike(true))
  async function strikeAtRandom(): Promise<void> {
    while (!victim.isDead()) {
      await pause(Math.random() * 400)
      strike(true)
    }
  }
  return { answered: () => void strike(point === 'after-commit') }
}

it('loses nothing and sends nothing twice across kill -9 at each point', { timeout: 300_000 }, async () => {
  let victim = await startVictim()
  const inFlight: number[] = []
  for (const [cycle, { point, during }] of CYCLES.entries()) {
    const before = ledger.answered
    const hasEnough = () => ledger.open >= IN_FLIGHT && ledger.answered > before + IN_FLIGHT
    // What the next process finds open is what this one leaves.
    const moment = killAt(victim, during === 'load' ? point : 'after-commit', hasEnough)
    const senders = Array.from({ length: SENDERS }, async (_, sender) => {
      // Every other text is the same for all, so that equal sends wait together.
      for (let count = 0; !victim.isDead(); count++) {
        const text = sender % 2 === 0 ? `news of ${cycle}` : `${cycle}/${sender}/${count}`
        if (await send(victim, text)) moment.answered()
        while (ledger.open > MOST_OPEN && !victim.isDead()) await pause(5)
      }
    })
    await Promise.all(senders)
    await victim.dead
    inFlight.push(ledger.open)
    if (during === 'take-up') {
      victim = await startVictim()
      // After an answer of LINE, that is: nobody asks for anything while a process takes up what is open.
      killAt(victim, point === 'after-commit' || point === 'mid-batch' ? 'before-acknowledge' : point, () => true)
      await victim.dead
    }
    line.watch = { before: () => true, after: () => true }
    victim = await startVictim()
  }
  for (let waitedMs = 0; waitedMs < 60_000 && ledger.open > 0; waitedMs += 100) await pause(100)
  await pause(500) // for what would come twice
  victim.kill()
  await victim.dead
  expect(ledger.balance()).toEqual({ lost: [], twice: [], invented: [] })
  expect(ledger.answered).toBeGreaterThan(CYCLES.length * IN_FLIGHT)
  expect(Math.min(...inFlight)).toBeGreaterThanOrEqual(IN_FLIGHT - 1) // the last call may have been taken as it died
})
