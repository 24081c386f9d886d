import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AdjustableClock } from '../../kit/clock.ts'
import { createLog } from '../../kit/log.ts'
import { createSealer } from '../../kit/seal.ts'
import {
  type AppId,
  type ConnectorAccountId,
  type ContactId,
  type ConversationId,
  type MessageId,
  newId,
} from '../core/ids.ts'
import type { StoredSend } from '../core/ports.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { SendEffect, Verdict } from '../store/port.ts'
import { Activity } from './activity.ts'
import { type LaneLimits, Lanes } from './lanes.ts'

const ROOMY: LaneLimits = { attemptsAtOnce: 64, attemptsPerGate: 64, jobsInMemory: 1000 }
const TIGHT: LaneLimits = { attemptsAtOnce: 2, attemptsPerGate: 2, jobsInMemory: 3 }

let dataDir: string
let clock: AdjustableClock
let activity: Activity
let store: Store

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hatoba-lanes-'))
  open()
})
afterEach(() => {
  store.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function open(): void {
  clock = new AdjustableClock(Date.now())
  activity = new Activity()
  store = openStore({ dataDir, sealer: createSealer([Buffer.alloc(32, 1)]), clock, activity })
}

function start(
  attempt: (send: StoredSend) => Promise<Verdict<SendEffect>>,
  limits = ROOMY,
): Lanes<StoredSend, SendEffect> {
  const log = createLog('silent', 'test')
  const lanes = new Lanes<StoredSend, SendEffect>({
    queue: store.sends,
    attempt,
    gateOf: (send) => send.accountId,
    limits,
    clock,
    activity,
    log,
  })
  lanes.start()
  return lanes
}

const APP = randomUUID() as AppId // a UUID is one
const accountOf = (name: string) => name as ConnectorAccountId // any text will do here

async function accept(to: string, text: string, account = 'one'): Promise<'accepted' | 'full'> {
  const nowMs = clock.now()
  return store.acceptance.accept({
    messageId: newId<MessageId>(nowMs),
    appId: APP,
    contactId: newId<ContactId>(nowMs),
    conversationId: newId<ConversationId>(nowMs),
    channel: 'LINE',
    identity: to,
    metadata: '',
    correlationId: '',
    acceptedAtMs: nowMs,
    dialect: 'sinch',
    content: { kind: 'text', text },
    clientMessageId: undefined,
    next: {
      kind: 'send',
      accountId: accountOf(account),
      retryKey: randomUUID(),
      payload: text,
      expiresAtMs: undefined,
    },
  })
}

const done = ({ message: { appId, messageId } }: StoredSend): Verdict<SendEffect> => ({
  kind: 'done',
  effect: { appId, messageId, final: { state: 'sent' }, atMs: clock.now(), callbacks: [] },
})
const park = ({ attempts }: StoredSend, delayMs: number): Verdict<SendEffect> => ({
  kind: 'park',
  dueMs: clock.now() + delayMs,
  attempts: attempts + 1,
  firstAttemptAtMs: clock.now(),
})

const openRows = () => store.cold.selectFrom('outbox').selectAll().execute()
const openLanes = () => store.cold.selectFrom('lane').selectAll().execute()

describe('lanes', () => {
  it('deliver in order, and leave nothing in the tables', async () => {
    const seen: string[] = []
    start(async (send) => {
      seen.push(send.payload)
      return done(send)
    })
    for (const text of ['a', 'b', 'c']) await accept('brown', text)
    await activity.idle()
    expect(seen).toEqual(['a', 'b', 'c'])
    expect([await openRows(), await openLanes()]).toEqual([[], []])
  })

  it('wait in the table where memory is full, and are delivered all the same', async () => {
    const seen: string[] = []
    start(async (send) => {
      seen.push(send.payload)
      await new Promise((resume) => setImmediate(resume))
      return done(send)
    }, TIGHT)
    const texts = Array.from({ length: 300 }, (_, index) => `${index % 30} ${Math.floor(index / 30)}`)
    await Promise.all(texts.map((text) => accept(text.split(' ')[0] ?? '', text)))
    await activity.idle()
    expect([...seen].sort()).toEqual([...texts].sort())
    for (let lane = 0; lane < 30; lane++)
      expect(seen.filter((text) => text.startsWith(`${lane} `))).toEqual(
        texts.filter((text) => text.startsWith(`${lane} `)),
      )
  })

  it('give a gate no more than its share, so that a slow one does not stop the others', async () => {
    const slow: (() => void)[] = []
    const seen: string[] = []
    start(
      async (send) => {
        if (send.accountId === accountOf('slow')) await new Promise<void>((resume) => slow.push(resume))
        seen.push(send.payload)
        return done(send)
      },
      { attemptsAtOnce: 4, attemptsPerGate: 2, jobsInMemory: 1000 },
    )
    for (let index = 0; index < 10; index++) await accept(`slow ${index}`, 'slow', 'slow')
    for (let index = 0; index < 10; index++) await accept(`fast ${index}`, 'fast', 'fast')
    await new Promise((resume) => setTimeout(resume, 20))
    expect([slow.length, seen.length]).toEqual([2, 10])
    while (seen.length < 20) {
      slow.shift()?.()
      await new Promise((resume) => setImmediate(resume))
    }
    await activity.idle()
  })

  it('that a stopped process held are taken over by the next', async () => {
    const lanes = start(() => new Promise(() => {}))
    void lanes
    await accept('brown', 'a')
    await accept('brown', 'b')
    await accept('cony', 'c')
    store.close() // as if killed: the first attempts never end
    open()
    const seen: string[] = []
    start(async (send) => {
      seen.push(send.payload)
      return done(send)
    })
    await activity.idle()
    expect(seen.sort()).toEqual(['a', 'b', 'c'])
  })

  it('are not reached by what is too much: it is refused, and what was accepted is delivered', async () => {
    let delivered = 0
    start(async (send) => {
      delivered += 1
      return done(send)
    })
    const outcomes = await Promise.all(Array.from({ length: 10_100 }, (_, index) => accept(`lane ${index}`, 'x')))
    await activity.idle()
    expect(outcomes.filter((outcome) => outcome === 'full').length).toBe(100)
    expect(delivered).toBe(10_000)
  })

  it('keep the order and lose nothing, whatever is parked, accepted meanwhile or too much for memory', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('accept' as const), lane: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(3000) }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'settle' as const }) },
    )
    const plan = fc.record({
      steps: fc.array(step, { minLength: 5, maxLength: 60 }),
      failures: fc.array(fc.nat(2), { maxLength: 40 }),
      tight: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(plan, async ({ steps, failures, tight }) => {
        const delivered: string[] = []
        let attempts = 0
        const lanes = start(
          async (send) => {
            if (attempts % 3 === 0) await new Promise((resume) => setImmediate(resume))
            if ((failures[attempts++] ?? 0) > 0) return park(send, 1000)
            delivered.push(send.payload)
            return done(send)
          },
          tight ? TIGHT : ROOMY,
        )
        const accepted: string[] = []
        for (const action of steps) {
          if (action.kind === 'accept') {
            accepted.push(`${action.lane} ${accepted.length}`)
            await accept(`lane ${action.lane}`, accepted.at(-1) ?? '')
          } else if (action.kind === 'pass') clock.advance(action.ms)
          else await activity.idle()
        }
        for (let round = 0; round < 50; round++) {
          await activity.idle()
          clock.advance(1000)
        }
        await activity.idle()
        await lanes.stop()
        for (const lane of [0, 1, 2, 3]) {
          const of = (texts: string[]) => texts.filter((text) => text.startsWith(`${lane} `))
          expect(of(delivered)).toEqual(of(accepted))
        }
        expect([await openRows(), await openLanes()]).toEqual([[], []])
      }),
      { numRuns: 60 },
    )
  })
})
