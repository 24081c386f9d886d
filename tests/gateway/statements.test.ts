// The contract of the store's hot statements, on every engine.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type {
  AppId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
  ProjectId,
} from '../../packages/server/src/gateway/core/ids.ts'
import { gateOf, type NewJob } from '../../packages/server/src/gateway/core/jobs.ts'
import type {
  AcceptUnit,
  JobEnd,
  LaneRef,
  OfferedCandidate,
  OfferedJob,
  PlacedJob,
  Statements,
  Taker,
} from '../../packages/server/src/gateway/store/port.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/postgres.ts'
import { type Engine, postgresEngine, sqliteEngine } from './simulation/engine.ts'
import { World } from './simulation/world.ts'

const APP = '00000000-0000-7000-8000-000000000001' as AppId // a UUID is one
const NO_JOBS: JobEnd = { jobs: [] }

const engines = [
  { name: 'SQLite', open: async () => ({ of: async (world: World) => sqliteEngine(world), close: async () => {} }) },
  {
    name: 'PostgreSQL',
    open: async () => {
      const database: TestDatabase = await createTestDatabase()
      const opened = await postgresEngine(database.url)
      return {
        of: (world: World) => opened.of(world),
        async close() {
          await opened.close()
          await database.drop()
        },
      }
    },
  },
]

describe.each(engines)('on $name', ({ open }) => {
  let opened: { of(world: World): Promise<Engine>; close(): Promise<void> }
  let world: World
  let engine: Engine
  let statements: Statements
  let me: number
  let lease: number

  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    world = new World(1)
    engine = await opened.of(world)
    statements = engine.statements
    me = await statements.register(undefined)
    lease = 0
  })

  const taker = (worker = me): Taker => ({ worker, lease: ++lease })
  const job = (lane: string, jobId: string, more: Partial<OfferedJob> = {}): OfferedJob => ({
    appId: APP,
    queue: 'send',
    lane,
    gate: gateOf('account'),
    jobId,
    retryKey: `key-${jobId}`,
    coalesceHash: undefined,
    body: '{}',
    take: true,
    ...more,
  })
  const unit = (lane: string, id: string, more: Partial<AcceptUnit> = {}): AcceptUnit => ({
    message: {
      messageId: id as MessageId, // any text does for ids
      appId: APP,
      contactId: 'contact' as ContactId,
      conversationId: 'conversation' as ConversationId,
      channel: 'LINE',
      identity: lane,
      metadata: '',
      correlationId: '',
      acceptedAtMs: 1,
      direction: 'outbound',
      state: 'queued',
      dialect: 'sinch',
      content: { kind: 'text', text: 'x' },
      failure: undefined,
      clientMessageId: undefined,
      stateAtMs: 1,
    },
    jobs: [job(lane, id)],
    ...more,
  })
  const sent = (id: string, jobs: OfferedJob[] = []): JobEnd => ({
    verdict: { messageId: id as MessageId, state: 'sent', failure: undefined, atMs: 5 },
    jobs,
  })
  async function place(lane: string, ...ids: string[]): Promise<PlacedJob[]> {
    const answers = await statements.accept(
      taker(),
      ids.map((id) => unit(lane, id)),
    )
    return answers.flatMap((answer) => (answer.kind === 'accepted' ? answer.placed : []))
  }
  async function placeOne(lane: string, id: string): Promise<PlacedJob> {
    const [placed] = await place(lane, id)
    if (placed === undefined) throw new Error('not accepted')
    return placed
  }
  const complete = async (ref: LaneRef, upto: number, ends: [number, JobEnd][] = [[upto, NO_JOBS]]) => {
    const item = { ref, upto, ends: ends.map(([seq, end]) => ({ seq, end })), token: 1 }
    const { states, placed } = await statements.complete(taker(), [item])
    return { state: states[0], placed }
  }
  const rows = (sql: string) => engine.all(sql)
  const idsIn = async (lane: string) =>
    (await rows(`SELECT job_id FROM job WHERE lane = '${lane}' ORDER BY seq`)).map((row) => row.job_id)
  const claim = (owners = [0], most = 10, worker = me) =>
    statements.claim(taker(worker), 'send', owners, [{ gate: gateOf('account'), most }])

  describe('accepting', () => {
    it('leases a new lane to who accepts, and gives out the places of a lane in order', async () => {
      const first = await place('a', 'm1', 'm2')
      const second = await place('a', 'm3')
      expect([...first, ...second].map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect(new Set([...first, ...second].map(({ ref }) => `${ref.owner}/${ref.lease}`)).size).toBe(1)
      expect(first[0]?.ref.owner).toBe(me)
      expect(await idsIn('a')).toEqual(['m1', 'm2', 'm3'])
    })

    it('leaves a lane with whom it is, whoever accepts into it', async () => {
      const { ref } = await placeOne('a', 'm1')
      const other = await statements.register(undefined)
      const [answer] = await statements.accept(taker(other), [unit('a', 'm2')])
      expect(answer).toEqual({ kind: 'accepted', placed: [{ ref, seq: 2 }] })
    })

    it('leases nothing to a process that is dead or has no room', async () => {
      await statements.register(me)
      expect((await placeOne('a', 'm1')).ref.owner).toBe(0)
      me = await statements.register(undefined)
      const [answer] = await statements.accept(taker(), [unit('b', 'm2', { jobs: [job('b', 'm2', { take: false })] })])
      expect(answer).toMatchObject({ placed: [{ ref: { owner: 0 } }] })
    })

    it('takes an idempotency key once, also within one statement, and answers with the first message', async () => {
      const keyed = (id: string, requestHash: string) =>
        unit('a', id, { idempotency: { key: 'k', requestHash, atMs: 1 } })
      const once = await statements.accept(taker(), [keyed('m1', 'h'), keyed('m2', 'h')])
      const again = await statements.accept(taker(), [unit('a', 'm3'), keyed('m4', 'other')])
      expect(once).toMatchObject([{ kind: 'accepted' }, { kind: 'known', messageId: 'm1', requestHash: 'h' }])
      expect(again).toMatchObject([{ kind: 'accepted' }, { kind: 'known', messageId: 'm1', requestHash: 'h' }])
      expect(await idsIn('a')).toEqual(['m1', 'm3'])
      expect((await rows('SELECT message_id FROM message ORDER BY message_id')).length).toBe(2)
    })

    it('takes an event of LINE once, also within one statement', async () => {
      const event = (id: string): AcceptUnit => ({
        event: { lineChannelId: 'c' as ConnectorAccountId, dedupeKey: 'd', event: '{}', receivedAtMs: 1 },
        jobs: [job('a', id, { queue: 'inbound' })],
      })
      const answers = await statements.accept(taker(), [event('e1'), event('e2')])
      answers.push(...(await statements.accept(taker(), [event('e3')])))
      expect(answers.map(({ kind }) => kind)).toEqual(['accepted', 'known', 'known'])
      expect(await idsIn('a')).toEqual(['e1'])
    })

    it('keeps odd text: halves of surrogate pairs, zero characters and quotes', async () => {
      const body = JSON.stringify({ text: `'"\\ \0 \ud800 😀` })
      await statements.accept(taker(), [unit('a', 'm1', { jobs: [job('a', 'm1', { body })] })])
      const odd = unit('a', 'm2')
      if (odd.message) odd.message.metadata = 'a\0b\ud800'
      expect(await statements.accept(taker(), [odd])).toMatchObject([{ kind: 'accepted' }])
      const claimed = (await rows("SELECT body FROM job WHERE job_id = 'm1'"))[0]
      expect(JSON.parse(String(claimed?.body)).text).toBe(JSON.parse(body).text)
    })

    it('stores all of a statement or nothing', async () => {
      await placeOne('a', 'm1')
      await expect(statements.accept(taker(), [unit('b', 'm2'), unit('b', 'm1')])).rejects.toThrow()
      expect(await idsIn('b')).toEqual([])
      expect(await rows("SELECT lane FROM lane WHERE lane = 'b'")).toEqual([])
    })
  })

  describe('completing', () => {
    it('writes the verdict, stores the callbacks and gives the lane back', async () => {
      const { ref } = await placeOne('a', 'm1')
      const told = job('hook', 'cb', { queue: 'callback', retryKey: undefined })
      const { state, placed } = await complete(ref, 1, [[1, sent('m1', [told])]])
      expect(state).toEqual({ kind: 'released', token: 1 })
      expect(placed).toMatchObject([{ ref: { queue: 'callback', lane: 'hook', owner: me }, seq: 1 }])
      expect(await rows('SELECT state FROM message')).toMatchObject([{ state: 'sent' }])
      expect(await rows("SELECT lane FROM lane WHERE queue = 'send'")).toEqual([])
    })

    it('keeps a lane in which somebody stored a job meanwhile, and tells of it', async () => {
      const { ref } = await placeOne('a', 'm1')
      await place('a', 'm2', 'm3')
      expect((await complete(ref, 1)).state).toEqual({ kind: 'held', tail: 3, token: 1 })
      expect(
        (
          await complete(ref, 3, [
            [2, NO_JOBS],
            [3, NO_JOBS],
          ])
        ).state,
      ).toEqual({ kind: 'released', token: 1 })
    })

    it('writes nothing for a lane that is lost, whoever holds it and whatever it is asked again', async () => {
      const { ref } = await placeOne('a', 'm1')
      const told = job('hook', 'cb', { queue: 'callback' })
      for (const wrong of [
        { ...ref, lease: 999 },
        { ...ref, owner: 999 },
      ]) {
        const { state, placed } = await complete(wrong, 1, [[1, sent('m1', [told])]])
        expect([state, placed]).toEqual([{ kind: 'lost', token: 1 }, [undefined]])
      }
      await complete(ref, 1, [[1, sent('m1')]])
      await placeOne('a', 'm2') // a later life of the lane: same owner, same tail
      expect((await complete(ref, 1, [[1, sent('m2')]])).state?.kind).toBe('lost')
      expect(await idsIn('a')).toEqual(['m2'])
    })

    it('parks a lane with its first job, to be claimed when it is due', async () => {
      const { ref } = await placeOne('a', 'm1')
      const rest = { kind: 'park', delayMs: 1000, attempts: 3, firstAttemptAtMs: 42 } as const
      const { states } = await statements.complete(taker(), [{ ref, upto: 0, ends: [], rest, token: 1 }])
      expect(states).toEqual([{ kind: 'parked', token: 1 }])
      expect(await claim()).toEqual([])
      expect(await statements.look('send', [0])).toEqual({
        waiting: [{ gate: gateOf('account'), dueInMs: 1000 }],
        paused: [],
      })
      await world.run(world.nowMs + 1000)
      const [claimed] = await claim()
      const [jobs] = await statements.load([{ ref: claimed?.ref ?? ref, afterSeq: 0 }], 10)
      expect(jobs).toMatchObject([{ jobId: 'm1', attempts: 3, firstAttemptAtMs: 42 }])
    })

    it('sets one aside in a lane of its own, so that the others go on', async () => {
      const { ref } = await placeOne('a', 'm1')
      await place('a', 'm2')
      const rest = { kind: 'aside', delayMs: 1000, attempts: 3, lane: 'a#m1' } as const
      const { states } = await statements.complete(taker(), [{ ref, upto: 1, ends: [], rest, token: 1 }])
      expect(states).toEqual([{ kind: 'held', tail: 2, token: 1 }])
      expect([await idsIn('a'), await idsIn('a#m1')]).toEqual([['m2'], ['m1']])
      expect(await rows("SELECT attempts, seq FROM job WHERE job_id = 'm1'")).toMatchObject([{ attempts: 3, seq: 1 }])
      expect((await complete(ref, 2)).state?.kind).toBe('released')
    })

    it('completes many lanes at once, each under its own fence', async () => {
      const a = await placeOne('a', 'm1')
      const b = await placeOne('b', 'm2')
      const items = [a.ref, { ...b.ref, lease: 999 }].map((ref) => ({
        ref,
        upto: 1,
        ends: [{ seq: 1, end: NO_JOBS }],
        token: 1,
      }))
      const { states } = await statements.complete(taker(), items)
      expect(states.map(({ kind }) => kind)).toEqual(['released', 'lost'])
    })
  })

  describe('claiming', () => {
    it('takes what is nobody’s, and of a dead process with a note of what it may have sent', async () => {
      await place('a', 'm1', 'm2')
      expect(await claim()).toEqual([])
      const heir = await statements.register(me)
      const { dead } = await statements.beat(heir)
      expect(dead).toContain(me)
      expect(await claim([0, ...dead], 10, heir)).toMatchObject([{ ref: { lane: 'a', owner: heir }, taint: 2 }])
      expect((await statements.beat(me)).alive).toBe(false)
    })

    it('takes a lane once, however often its owner is named', async () => {
      await placeOne('a', 'm1')
      const heir = await statements.register(me)
      expect((await claim([0, me, me, 0], 10, heir)).length).toBe(1)
    })

    it('holds a silent process for dead, and never itself', async () => {
      const silent = await statements.register(undefined)
      await world.run(world.nowMs + 5000)
      expect((await statements.beat(me)).dead).toEqual([])
      await world.run(world.nowMs + 6000)
      expect(await statements.beat(me)).toMatchObject({ alive: true, dead: [silent] })
    })

    it('takes no more lanes of a gate than asked for, and none of a gate that pauses', async () => {
      for (const lane of ['a', 'b', 'c']) await statements.accept(taker(0), [unit(lane, lane)])
      expect((await claim([0], 2)).length).toBe(2)
      await statements.pauseGate(APP, 'account', 1000)
      await statements.pauseGate(APP, 'account', 10) // the longer one stands
      expect(await claim()).toEqual([])
      expect(await statements.look('send', [0])).toEqual({
        waiting: [{ gate: gateOf('account'), dueInMs: 1000 }],
        paused: [{ name: 'account', forMs: 1000 }],
      })
      await world.run(world.nowMs + 1000)
      expect((await claim()).length).toBe(1)
    })

    it('shows urgent gates first, and one queue does not see another', async () => {
      const of = (queue: 'send' | 'callback', gate: string, id: string) =>
        unit(id, id, { jobs: [job(id, id, { queue, gate, take: false })] })
      await statements.accept(taker(), [
        of('send', gateOf('x'), 'a'),
        of('send', gateOf('y', true), 'b'),
        of('callback', gateOf('z'), 'c'),
      ])
      const { waiting } = await statements.look('send', [0])
      expect(waiting.map(({ gate }) => gate)).toEqual([gateOf('y', true), gateOf('x')])
    })

    it('loads what came since, and tells where a lane is lost', async () => {
      const { ref } = await placeOne('a', 'm1')
      await place('a', 'm2', 'm3')
      const loaded = await statements.load(
        [
          { ref, afterSeq: 1 },
          { ref: { ...ref, lease: 999 }, afterSeq: 0 },
          { ref, afterSeq: 3 },
        ],
        1,
      )
      expect(loaded).toMatchObject([[{ jobId: 'm2', seq: 2 }], undefined, []])
    })

    it('marks an attempt under the fence, and finds its own mark again', async () => {
      const { ref } = await placeOne('a', 'm1')
      const ask = { ref, seq: 1, marks: 0 }
      expect(await statements.mark([ask])).toEqual([true])
      expect(await statements.mark([ask])).toEqual([true])
      expect(await rows('SELECT marks FROM job')).toMatchObject([{ marks: 1 }])
      expect(await statements.mark([{ ...ask, ref: { ...ref, lease: 999 } }])).toEqual([false])
    })
  })

  describe('a batch', () => {
    const batch = (id = 'batch'): NewJob => ({ ...job(`b/${id}`, id), coalesceHash: undefined })

    it('takes the lanes of its members, and gives them back with their verdicts', async () => {
      const a = await placeOne('1/a', 'm1')
      const b = await placeOne('1/b', 'm2')
      await place('1/b', 'm3')
      const members = [a, b].map(({ ref, seq }) => ({ ref, seq }))
      const own = taker()
      expect(await statements.form(own, members, batch())).toEqual([true, true])
      expect((await complete(a.ref, 1)).state?.kind).toBe('lost')
      const found = await statements.members(APP, 'batch')
      expect(found).toMatchObject([
        { lane: '1/a', jobId: 'm1' },
        { lane: '1/b', jobId: 'm2' },
      ])
      const ref: LaneRef = { appId: APP, queue: 'send', lane: 'b/batch', owner: own.worker, lease: own.lease }
      const told = job('hook', 'cb', { queue: 'callback' })
      const ends = found.map(({ lane, seq, jobId }) => ({
        lane,
        seq,
        end: sent(jobId, [{ ...told, jobId: `t-${jobId}` }]),
      }))
      const placed = await statements.finishBatch(taker(), ref, 'batch', { kind: 'taken', ends })
      expect(placed).toMatchObject([{ seq: 1 }, { seq: 2 }])
      expect(await rows("SELECT lane, owner FROM lane WHERE queue = 'send'")).toMatchObject([{ lane: '1/b', owner: 0 }])
      expect(await statements.finishBatch(taker(), ref, 'batch', { kind: 'taken', ends })).toBeUndefined()
    })

    it('that is refused leaves its members alone, each under a new key', async () => {
      const a = await placeOne('1/a', 'm1')
      const own = taker()
      await statements.form(own, [{ ref: a.ref, seq: 1 }], batch())
      const ref: LaneRef = { appId: APP, queue: 'send', lane: 'b/batch', owner: own.worker, lease: own.lease }
      expect(await statements.finishBatch(taker(), ref, 'batch', { kind: 'split' })).toEqual([])
      const [claimed] = await claim()
      const [jobs] = await statements.load([{ ref: claimed?.ref ?? ref, afterSeq: 0 }], 10)
      expect(jobs).toMatchObject([{ jobId: 'm1', noBatch: true }])
      expect(jobs?.[0]?.retryKey).not.toBe('key-m1')
    })

    it('takes in only what was certainly never sent, and only from its holder', async () => {
      const lost = await placeOne('1/a', 'm1')
      const marked = await placeOne('1/b', 'm2')
      await statements.mark([{ ref: marked.ref, seq: 1, marks: 0 }])
      const heir = await statements.register(me)
      me = heir
      const { dead } = await statements.beat(heir)
      const claimed = await claim([0, ...dead])
      const members = [{ ref: lost.ref, seq: 1 }, ...claimed.map(({ ref }) => ({ ref, seq: 1 }))]
      expect(await statements.form(taker(), members, batch())).toEqual([false, false, false])
      expect(await rows("SELECT lane FROM lane WHERE lane = 'b/batch'")).toEqual([])
    })
  })

  describe('what is for later', () => {
    const later = (id: string, inMs: number) =>
      unit('a', id, { jobs: [], scheduled: { job: job('a', id), dueMs: world.nowMs + inMs } })

    it('takes its place at the end of its lane when it is due, and not before', async () => {
      await statements.accept(taker(), [later('m1', 2000), later('m2', 1000)])
      await placeOne('a', 'm3')
      expect([await statements.releaseDue(10), await statements.nextScheduledInMs()]).toEqual([0, 1000])
      await world.run(world.nowMs + 2000)
      expect(await statements.releaseDue(10)).toBe(2)
      expect(await idsIn('a')).toEqual(['m3', 'm2', 'm1'])
      expect(await statements.nextScheduledInMs()).toBeUndefined()
    })

    it('is cancelled once, or it is too late', async () => {
      await statements.accept(taker(), [later('m1', 1000), later('m2', 1000)])
      const end = {
        ...sent('m1'),
        verdict: { messageId: 'm1' as MessageId, state: 'cancelled' as const, failure: undefined, atMs: 1 },
      }
      expect(await statements.cancel(taker(), APP, 'm1', end)).toEqual([])
      expect(await statements.cancel(taker(), APP, 'm1', end)).toBe(false)
      await world.run(world.nowMs + 1000)
      expect(await statements.releaseDue(10)).toBe(1)
      expect(await statements.cancel(taker(), APP, 'm2', end)).toBe(false)
      expect(await rows("SELECT state FROM message WHERE message_id = 'm1'")).toMatchObject([{ state: 'cancelled' }])
    })
  })

  describe('dead letters', () => {
    async function bury(id: string, gate: string, definite: boolean): Promise<void> {
      const [answer] = await statements.accept(taker(), [unit(id, id, { jobs: [job(id, id, { gate })] })])
      if (answer?.kind !== 'accepted' || answer.placed[0] === undefined) throw new Error('not accepted')
      const dead = { reason: 'status 500', definite, attempts: 7, atMs: world.nowMs }
      const verdict = { messageId: id as MessageId, state: 'failed' as const, failure: undefined, atMs: 1 }
      await complete(answer.placed[0].ref, 1, [[1, { verdict, dead, jobs: [] }]])
    }

    it('are kept with their reason, and counted and replayed by filter', async () => {
      await bury('m1', gateOf('x'), false)
      await world.run(world.nowMs + 1000)
      const sinceMs = world.nowMs
      await bury('m2', gateOf('y'), true)
      expect(await rows('SELECT reason, attempts FROM dead_letter')).toMatchObject([
        { reason: 'status 500', attempts: 7 },
        { reason: 'status 500', attempts: 7 },
      ])
      const count = (filter: object) => statements.countDead(filter)
      expect([await count({}), await count({ diedSinceMs: sinceMs }), await count({ gateName: 'x' })]).toEqual([
        2, 1, 1,
      ])
      expect([await count({ jobId: 'm1' }), await count({ queue: 'callback' }), await count({ appId: APP })]).toEqual([
        1, 0, 2,
      ])
      expect(await statements.replayDead({ diedSinceMs: sinceMs }, 10)).toBe(1)
      expect(await statements.replayDead({}, 10)).toBe(1)
      expect(await statements.replayDead({}, 10)).toBe(0)
      const jobs = await rows('SELECT job_id, retry_key, attempts FROM job ORDER BY job_id')
      expect(jobs).toMatchObject([
        { job_id: 'm1', retry_key: 'key-m1', attempts: 0 },
        { job_id: 'm2', attempts: 0 },
      ])
      expect(jobs[1]?.retry_key).not.toBe('key-m2') // it was refused: LINE knows the old key
      expect(await rows("SELECT state FROM message WHERE state <> 'queued'")).toEqual([])
    })
  })

  describe('recipients', () => {
    const candidate = (identity: string, wantsConversation = true): OfferedCandidate => ({
      appId: APP,
      projectId: 'project' as ProjectId,
      channel: 'LINE',
      identity,
      contactId: randomUUID() as ContactId, // UUIDs are ids
      conversationId: randomUUID() as ConversationId,
      wantsConversation,
      nowMs: 1,
      jobs: [job('hook', `made-${randomUUID()}`, { queue: 'callback' })],
    })

    it('are made once, whoever asks at the same time, and told of once', async () => {
      const asked = [candidate('brown'), candidate('brown'), candidate('cony', false)]
      const answers = await Promise.all(
        [asked, [candidate('brown'), candidate('cony')]].map((some) => statements.ensureRecipients(taker(), some)),
      )
      const [first, second, cony] = answers[0]?.recipients ?? []
      expect(second).toEqual(first)
      expect(answers[1]?.recipients[0]).toEqual(first)
      expect(answers[1]?.recipients[1]?.contactId).toBe(cony?.contactId)
      expect(await statements.findRecipient(APP, 'LINE', 'brown')).toEqual(first)
      expect(await statements.findRecipient(APP, 'LINE', 'nobody')).toBeUndefined()
      expect((await statements.findRecipient(APP, 'LINE', 'cony'))?.conversationId).toBe(
        answers[1]?.recipients[1]?.conversationId,
      )
      expect(await statements.identityOf(APP, first?.contactId ?? ('' as ContactId))).toEqual({
        channel: 'LINE',
        identity: 'brown',
      })
      expect((await idsIn('hook')).length).toBe(2)
    })
  })

  it('forgets events and keys that are old', async () => {
    await statements.accept(taker(), [unit('a', 'm1', { idempotency: { key: 'k', requestHash: 'h', atMs: 10 } })])
    expect(await statements.forget({ eventsMs: 5, idempotencyMs: 5 }, 10)).toBe(0)
    expect(await statements.forget({ eventsMs: 50, idempotencyMs: 50 }, 10)).toBe(1)
    await statements.probe(me)
  })
})
