// Works off a queue's jobs: one at a time and in order within a lane, many lanes at once. What was just stored is
// worked off from memory; the table is read for retries, for lanes that did not fit into memory and for the work of
// processes that died. Within a lane the next job may start before the end of the one before is on disk only where a
// repeat of that one would do no harm.
import type { Activity } from '../../kit/activity.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { gateName, type NewJob, NOBODY, type QueueName } from '../core/jobs.ts'
import type {
  BatchMember,
  BatchOutcome,
  ClaimedLane,
  LaneRef,
  LaneState,
  OfferedJob,
  PlacedJob,
  Statements,
  StoredJob,
  Taker,
} from '../store/port.ts'
import { Claims, JOBS_PER_LOAD, type PollLimits } from './claims.ts'
import { Completions } from './completions.ts'
import type { Dispatch, Holder } from './dispatch.ts'
import { Gates } from './gates.ts'
import { Gather } from './gather.ts'
import { type HeldLane, heldLane, laneKey, type Rest } from './held-lane.ts'
import type { Identity, IdentityWatcher } from './identity.ts'
import type { NextTurn } from './next-turn.ts'
import type { AttemptJob, Verdict } from './verdict.ts'

const BROKEN_STORE_PAUSE_MS = 250
/** Callback and send lanes begin with other characters. */
const BATCH_LANE = 'b/'

export interface LaneLimits {
  attemptsAtOnce: number
  attemptsPerGate: number
  jobsInMemory: number
  jobsPerGate: number
}

export interface LaneOptions {
  queue: QueueName
  statements: Pick<
    Statements,
    'complete' | 'look' | 'claim' | 'load' | 'mark' | 'form' | 'members' | 'finishBatch' | 'pauseGate'
  >
  dispatch: Dispatch
  identity: Identity
  /** Makes one attempt. It does not throw: what goes wrong outside is a verdict. */
  attempt(job: AttemptJob): Promise<Verdict>
  /** Whether a repeat of this attempt could do harm, so that it has to be marked on disk before it is made. */
  needsMark(job: StoredJob): boolean
  /** How many equal jobs may go out together with this one; below 2 none do. */
  mostTogether(job: StoredJob): number
  limits: LaneLimits
  poll: PollLimits | undefined
  clock: Clock
  nextTurn: NextTurn
  /** A UUID. */
  newId(): string
  activity: Activity
  log: Logger
}

export class Lanes implements Holder, IdentityWatcher {
  readonly #options: LaneOptions
  readonly #held = new Map<string, HeldLane>()
  readonly #gates: Gates
  readonly #completions: Completions
  readonly #claims: Claims
  readonly #marks: Gather<{ ref: LaneRef; seq: number; marks: number }, boolean>
  readonly #running = new Set<Promise<void>>()
  #attempts = 0
  #jobs = 0
  #stopped = false

  constructor(options: LaneOptions) {
    this.#options = options
    const { queue, statements, dispatch, identity, clock, nextTurn, activity, log, poll } = options
    this.#gates = new Gates(clock, options.limits.attemptsPerGate, () => this.#pump())
    this.#completions = new Completions({
      statements,
      dispatch,
      clock,
      nextTurn,
      activity,
      log,
      answered: (lane, state) => this.#answered(lane, state),
    })
    this.#claims = new Claims({
      queue,
      statements,
      identity,
      poll,
      clock,
      activity,
      log,
      roomOf: (gate) => (this.#stopped ? 0 : this.#roomOf(gate)),
      paused: (pauses) => {
        for (const { name, forMs } of pauses) this.#gates.pause(name, forMs)
      },
      claimed: (lane, jobs) => this.#claimed(lane, jobs),
    })
    this.#marks = new Gather({ activity, nextTurn, commit: (asks) => statements.mark(asks), mayRepeat: () => false })
    dispatch.attach(queue, this)
    identity.watch(this)
  }

  /** Takes over what is open and due in the table. */
  start(): void {
    this.#claims.wake()
  }

  wake(): void {
    this.#claims.wake()
  }

  hasRoom(gate: string): boolean {
    return !this.#stopped && this.#roomOf(gate) > 0
  }

  took(taker: Taker, placed: readonly { job: NewJob; place: PlacedJob }[]): void {
    if (this.#stopped) return
    for (const { job, place } of placed) {
      const { ref, seq } = place
      const lane = this.#held.get(laneKey(ref))
      const stored = { ...job, seq, attempts: 0, firstAttemptAtMs: undefined, marks: 0, noBatch: false }
      if (ref.owner === NOBODY || ref.owner !== taker.worker) {
        if (seq === 1) this.#claims.wake() // it waits in the table
      } else if (lane !== undefined && lane.ref.lease === ref.lease && lane.ref.owner === ref.owner) {
        // A gap, or no room: whoever releases the lane finds the rest.
        if (seq === lane.known + 1 && this.#roomOf(job.gate) > 0) this.#append(lane, [stored])
      } else if (seq === 1 && ref.lease === taker.lease) {
        this.#hold(heldLane(ref, 0), [stored])
      }
    }
    this.#pump()
  }

  forgetLanes(): void {
    for (const lane of [...this.#held.values()]) this.#drop(lane)
  }

  identityBeats(): void {
    this.#pump()
    this.#claims.wake()
  }

  /** Starts nothing more and waits for the attempts under way and their ends. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#gates.stop()
    await this.#claims.stop()
    while (this.#running.size > 0) await Promise.all(this.#running)
    await this.#completions.stop()
  }

  #roomOf(gate: string): number {
    const { jobsInMemory, jobsPerGate } = this.#options.limits
    return Math.min(jobsInMemory - this.#jobs, jobsPerGate - this.#gates.jobsOf(gate))
  }

  #hold(lane: HeldLane, jobs: readonly StoredJob[]): void {
    this.#held.set(lane.key, lane)
    this.#append(lane, jobs)
  }

  #append(lane: HeldLane, jobs: readonly StoredJob[]): void {
    lane.jobs.push(...jobs)
    lane.known = jobs.at(-1)?.seq ?? lane.known
    this.#jobs += jobs.length
    for (const { gate } of jobs) this.#gates.countJobs(gate, 1)
    this.#ready(lane)
  }

  #shift(lane: HeldLane): void {
    const job = lane.jobs.shift()
    if (job === undefined) return
    this.#jobs -= 1
    this.#gates.countJobs(job.gate, -1)
  }

  #drop(lane: HeldLane): void {
    if (lane.dropped) return
    this.#gates.dequeue(lane)
    lane.dropped = true
    while (lane.jobs.length > 0) this.#shift(lane)
    if (this.#held.get(lane.key) === lane) this.#held.delete(lane.key)
  }

  #ready(lane: HeldLane): void {
    if (lane.dropped || lane.busy || lane.waitsFor !== undefined || lane.jobs.length === 0) return
    this.#gates.enqueue(lane)
  }

  /** Starts attempts, gate by gate in turn, as long as there is room. */
  #pump(): void {
    const { limits, identity, mostTogether } = this.#options
    while (!this.#stopped && this.#attempts < limits.attemptsAtOnce && identity.mayStart()) {
      const lanes = this.#gates.next(mostTogether)
      const [lane] = lanes
      const [head] = lane?.jobs ?? []
      if (lane === undefined || head === undefined) return
      this.#attempts += 1
      for (const member of lanes) member.busy = true
      this.#track(lanes.length > 1 ? this.#form(lanes) : this.#attempt(lane, head), () => {
        this.#attempts -= 1
        this.#gates.leave(head.gate)
        this.#pump()
      })
    }
  }

  #track(work: Promise<void>, after: () => void): void {
    const end = this.#options.activity.begin()
    const run = work.finally(() => {
      this.#running.delete(run)
      after()
      end()
    })
    this.#running.add(run)
  }

  async #attempt(lane: HeldLane, head: StoredJob): Promise<void> {
    const { attempt, needsMark, identity } = this.#options
    if (needsMark(head)) {
      const marked = await this.#insist(
        () => this.#marks.add({ ref: lane.ref, seq: head.seq, marks: head.marks }),
        lane,
      )
      if (marked !== true) return this.#drop(lane)
      // Time has passed: by now others may hold this process for dead.
      if (lane.dropped) return
      if (!identity.mayStart()) return identity.giveUp(lane.ref.owner, 'no good beat between a mark and its attempt')
    }
    const verdict = await attempt(lane.members === undefined ? head : { ...head, members: lane.members })
    lane.busy = false
    await this.#settle(lane, head, verdict)
  }

  async #settle(lane: HeldLane, head: StoredJob, verdict: Verdict): Promise<void> {
    const pauseMs = verdict.kind === 'pause-gate' ? verdict.delayMs : 'pauseGateMs' in verdict && verdict.pauseGateMs
    if (pauseMs) this.#pauseGate(head, pauseMs)
    else this.#gates.passed(gateName(head.gate))
    switch (verdict.kind) {
      case 'done':
        lane.ends.push({ seq: head.seq, end: verdict.end })
        return this.#end(lane, head.seq, verdict.free, undefined)
      case 'park':
        return this.#end(lane, head.seq - 1, false, verdict)
      case 'aside':
        return this.#end(lane, head.seq, false, verdict)
      case 'pause-gate':
        return this.#ready(lane)
      case 'batch-taken':
      case 'batch-split':
        return this.#finishBatch(lane, head, verdict)
      default:
        return verdict satisfies never
    }
  }

  /** All up to `upto` are over: on to disk with it. */
  #end(lane: HeldLane, upto: number, free: boolean, rest: Rest | undefined): void {
    lane.upto = upto
    lane.rest = rest
    if (rest?.kind !== 'park') this.#shift(lane)
    if (!free) lane.waitsFor = this.#completions.nextToken()
    if (rest !== undefined) this.#claims.wakeIn(rest.delayMs) // or somewhat later, as a look then tells
    this.#completions.add(lane)
    this.#ready(lane)
  }

  #pauseGate({ appId, gate }: StoredJob, delayMs: number): void {
    const name = gateName(gate)
    this.#gates.pause(name, delayMs)
    this.#options.statements.pauseGate(appId, name, delayMs).catch((error: unknown) => {
      this.#options.log.warn({ err: error, gate: name }, 'others could not be told of a pause') // they find out themselves
    })
  }

  #answered(lane: HeldLane, state: LaneState): void {
    if (state.kind === 'lost') {
      const { appId, queue } = lane.ref
      if (!lane.dropped) this.#options.log.warn({ appId, queue }, 'lane was lost to another process')
      this.#drop(lane)
      return
    }
    if (lane.dropped) return
    if (state.kind === 'held') {
      if (lane.waitsFor !== undefined && state.token >= lane.waitsFor) lane.waitsFor = undefined
      this.#ready(lane)
      if (lane.jobs.length === 0 && lane.ends.length === 0 && !lane.busy && state.tail > lane.known) this.#load(lane)
    } else {
      this.#drop(lane)
    }
    this.#pump()
  }

  /** What others stored meanwhile, or what found no room. */
  #load(lane: HeldLane): void {
    if (lane.loading || this.#stopped) return
    lane.loading = true
    const work = async () => {
      const asks = [{ ref: lane.ref, afterSeq: lane.known }]
      const answer = await this.#insist(() => this.#options.statements.load(asks, JOBS_PER_LOAD), lane)
      lane.loading = false
      const [jobs] = answer ?? []
      if (lane.dropped) return
      if (jobs === undefined) return this.#drop(lane)
      this.#append(
        lane,
        jobs.filter(({ seq }) => seq > lane.known),
      )
    }
    this.#track(work(), () => this.#pump())
  }

  async #claimed({ ref, taint }: ClaimedLane, jobs: StoredJob[]): Promise<void> {
    const [head] = jobs
    if (head === undefined) {
      this.#options.log.error({ appId: ref.appId, queue: ref.queue }, 'a lane without jobs')
      return
    }
    let members: BatchMember[] | undefined
    if (ref.lane.startsWith(BATCH_LANE)) {
      members = await this.#untilHeld(ref, () => this.#options.statements.members(ref.appId, head.jobId))
      if (members === undefined) return
    }
    if (this.#options.identity.worker !== ref.owner) return
    const lane = heldLane(ref, taint, members)
    lane.known = 0
    this.#hold(lane, jobs)
    this.#pump()
  }

  /** Puts equal jobs together under one batch, whose own attempt follows. */
  async #form(lanes: readonly HeldLane[]): Promise<void> {
    const { dispatch, statements, newId } = this.#options
    const heads = lanes.flatMap(({ ref, jobs: [job] }) => (job === undefined ? [] : [{ ref, seq: job.seq, job }]))
    const [first] = heads
    if (first === undefined) return
    const id = newId()
    const { appId, queue, gate } = first.job
    const retryKey = first.job.retryKey === undefined ? undefined : newId()
    const batch: OfferedJob = {
      ...{ appId, queue, lane: `${BATCH_LANE}${id}`, gate, jobId: id, retryKey, coalesceHash: undefined, body: '' },
      take: true,
    }
    let holder: Taker | undefined
    let joined: boolean[]
    try {
      joined = await dispatch.store(
        [batch],
        (taker) => {
          holder = taker
          return statements.form(taker, heads, batch)
        },
        () => [],
      )
    } catch (error) {
      this.#options.log.error({ err: error, appId }, 'a batch could not be formed')
      joined = [] // given up where it is in doubt; else they go out alone
    }
    const members: BatchMember[] = []
    heads.forEach(({ job: { lane, seq, jobId, body } }, index) => {
      const held = lanes[index]
      if (joined[index] === true) members.push({ lane, seq, jobId, body })
      if (held === undefined || held.dropped) return
      held.busy = false
      if (joined[index] === true) {
        this.#drop(held)
        return
      }
      const [head] = held.jobs
      if (head !== undefined) head.noBatch = true
      this.#ready(held)
    })
    if (
      holder === undefined ||
      holder.worker === NOBODY ||
      members.length === 0 ||
      this.#options.identity.worker !== holder.worker
    )
      return
    const ref: LaneRef = { appId, queue, lane: batch.lane, owner: holder.worker, lease: holder.lease }
    this.#hold(heldLane(ref, 0, members), [
      { ...batch, seq: 1, attempts: 0, firstAttemptAtMs: undefined, marks: 0, noBatch: true },
    ])
  }

  async #finishBatch(
    lane: HeldLane,
    head: StoredJob,
    verdict: Verdict & { kind: 'batch-taken' | 'batch-split' },
  ): Promise<void> {
    const { dispatch, statements } = this.#options
    const finish = () => {
      const ends = verdict.kind === 'batch-split' ? [] : verdict.ends
      const offered = ends.map(({ end, ...member }) => ({
        ...member,
        end: { ...end, jobs: end.jobs.map((job) => dispatch.offer(job)) },
      }))
      const outcome: BatchOutcome =
        verdict.kind === 'batch-split' ? { kind: 'split' } : { kind: 'taken', ends: offered }
      return dispatch.store(
        offered.flatMap(({ end }) => end.jobs),
        (taker) => statements.finishBatch(taker, lane.ref, head.jobId, outcome),
        (placed) => placed ?? [],
      )
    }
    await this.#repeat(finish, () => !this.#stopped)
    this.#drop(lane)
    this.#claims.wake() // its members' lanes go on
  }

  #insist<Answer>(ask: () => Promise<Answer>, lane: HeldLane): Promise<Answer | undefined> {
    return this.#repeat(ask, () => !lane.dropped && !this.#stopped)
  }

  #untilHeld<Answer>({ owner }: LaneRef, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    return this.#repeat(ask, () => this.#options.identity.worker === owner && !this.#stopped)
  }

  /** Again and again: a store that does not answer now may answer soon. undefined: it makes no sense any more. */
  async #repeat<Answer>(ask: () => Promise<Answer>, makesSense: () => boolean): Promise<Answer | undefined> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        this.#options.log.error({ err: error, queue: this.#options.queue }, 'the store does not answer')
        if (!makesSense()) return undefined
        await new Promise<void>((resume) => this.#options.clock.after(BROKEN_STORE_PAUSE_MS, resume))
        if (!makesSense()) return undefined
      }
    }
  }
}
