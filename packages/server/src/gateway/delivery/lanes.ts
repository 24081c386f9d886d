// Delivers a queue's jobs: one at a time and in order within a lane, many lanes at once. What was just accepted is
// delivered from memory; the table is read for retries, for lanes that did not fit into memory and for the work of
// a process that died. The next job of a lane starts after the verdict on the one before is on disk.
//   gate   what a lane's jobs go through, such as one LINE channel: each gate has its share of the room for attempts,
//          so that a slow one does not stop the others
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { Holder, JobQueue, LaneJob, LaneRef, TakenJob, Verdict } from '../store/port.ts'
import type { Activity } from './activity.ts'

const LANES_PER_CLAIM = 100
const JOBS_PER_LOAD = 100
const BROKEN_STORE_PAUSE_MS = 1000

export interface LaneLimits {
  attemptsAtOnce: number
  attemptsPerGate: number
  jobsInMemory: number
}

export interface LaneOptions<Job, Effect> {
  queue: JobQueue<Job, Effect>
  /** Makes one attempt. It does not throw: what goes wrong outside is a verdict. */
  attempt(job: Job): Promise<Verdict<Effect>>
  gateOf(job: Job): string
  limits: LaneLimits
  clock: Clock
  activity: Activity
  log: Logger
}

interface HeldLane<Job> {
  ref: LaneRef
  key: string
  known: number
  jobs: LaneJob<Job>[]
  drop(): void
}

interface Gate<Job> {
  name: string
  attempts: number
  waiting: Set<HeldLane<Job>>
}

export class Lanes<Job, Effect> implements Holder<Job> {
  readonly #options: LaneOptions<Job, Effect>
  readonly #held = new Map<string, HeldLane<Job>>()
  readonly #gates = new Map<string, Gate<Job>>()
  readonly #openGates = new Set<Gate<Job>>()
  readonly #running = new Set<Promise<void>>()
  #attempts = 0
  #jobs = 0
  #stopped = false
  #claiming = false
  #claimAgain = false
  #wakeAtMs = Number.POSITIVE_INFINITY
  #cancelWake: CancelTimer = () => {}

  constructor(options: LaneOptions<Job, Effect>) {
    this.#options = options
    options.queue.attach(this)
  }

  /** Takes over what is open and due in the table. */
  start(): void {
    this.#claim()
  }

  hasRoom(): boolean {
    return this.#jobs < this.#options.limits.jobsInMemory && !this.#stopped
  }

  took(taken: readonly TakenJob<Job>[]): void {
    if (this.#stopped) return
    for (const { ref, seq, mine, job } of taken) {
      const lane = this.#held.get(laneKey(ref))
      if (!mine) {
        if (seq === 1) this.#claim() // it waits in the table
      } else if (lane?.ref.lease === ref.lease) {
        // A gap, or no room: whoever releases the lane finds the rest.
        if (seq === lane.known + 1 && this.hasRoom()) this.#append(lane, [{ seq, job }])
      } else if (seq === 1) {
        this.#hold(ref, [{ seq, job }])
      }
    }
    this.#pump()
  }

  /** Starts nothing more and waits for the attempts under way and their verdicts. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelWake()
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  #hold(ref: LaneRef, jobs: LaneJob<Job>[]): void {
    const key = laneKey(ref)
    const end = this.#options.activity.begin()
    const lane: HeldLane<Job> = {
      ref,
      key,
      known: 0,
      jobs: [],
      drop: () => {
        this.#jobs -= lane.jobs.length
        lane.jobs = []
        if (this.#held.get(key) === lane) this.#held.delete(key)
        end()
      },
    }
    this.#held.set(key, lane)
    this.#append(lane, jobs)
    this.#enqueue(lane)
  }

  #append(lane: HeldLane<Job>, jobs: readonly LaneJob<Job>[]): void {
    lane.jobs.push(...jobs)
    lane.known = jobs.at(-1)?.seq ?? lane.known
    this.#jobs += jobs.length
  }

  #enqueue(lane: HeldLane<Job>): void {
    const first = lane.jobs[0]
    if (first === undefined) return
    const name = this.#options.gateOf(first.job)
    let gate = this.#gates.get(name)
    if (gate === undefined) {
      gate = { name, attempts: 0, waiting: new Set() }
      this.#gates.set(name, gate)
    }
    gate.waiting.add(lane)
    if (gate.attempts < this.#options.limits.attemptsPerGate) this.#openGates.add(gate)
  }

  /** Starts attempts, gate by gate in turn, as long as there is room. */
  #pump(): void {
    const { attemptsAtOnce, attemptsPerGate } = this.#options.limits
    while (!this.#stopped && this.#attempts < attemptsAtOnce) {
      const [gate] = this.#openGates
      if (gate === undefined) return
      this.#openGates.delete(gate)
      const [lane] = gate.waiting
      if (lane === undefined) continue
      gate.waiting.delete(lane)
      gate.attempts += 1
      this.#attempts += 1
      if (gate.waiting.size > 0 && gate.attempts < attemptsPerGate) this.#openGates.add(gate)
      const run = this.#run(lane, gate).finally(() => this.#running.delete(run))
      this.#running.add(run)
    }
  }

  async #run(lane: HeldLane<Job>, gate: Gate<Job>): Promise<void> {
    const [head] = lane.jobs
    if (head === undefined) return
    const verdict = await this.#options.attempt(head.job)
    this.#leave(gate)
    const state = await this.#insist(() => this.#options.queue.complete({ ref: lane.ref, seq: head.seq, verdict }))
    if (state === undefined) return lane.drop()
    if (verdict.kind !== 'done') this.#wakeAt(verdict.dueMs)
    switch (state.kind) {
      case 'lost':
        this.#options.log.warn({ appId: lane.ref.appId, seq: head.seq }, 'lane was lost to another process')
        lane.drop()
        break
      case 'released':
      case 'parked':
        lane.drop()
        break
      case 'more':
        lane.jobs.shift()
        this.#jobs -= 1
        await this.#goOn(lane, state.tail)
        break
      default:
        return state satisfies never
    }
    if (this.#claimAgain && this.hasRoom()) this.#claim()
  }

  #leave(gate: Gate<Job>): void {
    gate.attempts -= 1
    this.#attempts -= 1
    if (gate.waiting.size > 0) this.#openGates.add(gate)
    else if (gate.attempts === 0) this.#gates.delete(gate.name)
    this.#pump()
  }

  async #goOn(lane: HeldLane<Job>, tail: number): Promise<void> {
    if (lane.jobs.length === 0 && tail > lane.known) {
      const more = await this.#insist(() => this.#options.queue.load(lane.ref, lane.known, JOBS_PER_LOAD))
      this.#append(lane, more ?? [])
    }
    if (lane.jobs.length === 0) return lane.drop()
    this.#enqueue(lane)
    this.#pump()
  }

  /** Again and again: a store that does not work now may work soon. undefined: stopped before it did. */
  async #insist<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        this.#options.log.error({ err: error }, 'the store does not answer')
        if (this.#stopped) return undefined
        await new Promise<void>((resume) => this.#options.clock.after(BROKEN_STORE_PAUSE_MS, resume))
      }
    }
  }

  #wakeAt(dueMs: number): void {
    if (dueMs >= this.#wakeAtMs || this.#stopped) return
    const delayMs = dueMs - this.#options.clock.now()
    if (delayMs <= 0) {
      this.#claim()
      return
    }
    this.#cancelWake()
    this.#wakeAtMs = dueMs
    this.#cancelWake = this.#options.clock.after(delayMs, () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY
      this.#claim()
    })
  }

  #claim(): void {
    this.#claimAgain = true
    if (this.#claiming || this.#stopped) return
    this.#claiming = true
    const end = this.#options.activity.begin()
    const run = this.#claimAll().finally(() => {
      this.#running.delete(run)
      end()
    })
    this.#running.add(run)
  }

  async #claimAll(): Promise<void> {
    this.#cancelWake()
    this.#wakeAtMs = Number.POSITIVE_INFINITY
    try {
      while (this.#claimAgain && this.hasRoom()) {
        this.#claimAgain = false
        const claimed = await this.#options.queue.claim(LANES_PER_CLAIM, JOBS_PER_LOAD)
        for (const { ref, jobs } of claimed) this.#take(ref, jobs)
        this.#pump()
        if (claimed.length === LANES_PER_CLAIM) this.#claimAgain = true
        if (this.#claimAgain) continue
        const dueMs = await this.#options.queue.nextDueMs()
        if (dueMs !== undefined) this.#wakeLater(dueMs)
      }
      // With no room, the next completed job comes back to it.
    } catch (error) {
      this.#options.log.error({ err: error }, 'waiting lanes could not be claimed')
      this.#wakeLater(this.#options.clock.now() + BROKEN_STORE_PAUSE_MS)
    }
    this.#claiming = false
  }

  #take(ref: LaneRef, jobs: LaneJob<Job>[]): void {
    if (jobs.length > 0) this.#hold(ref, jobs)
    else this.#options.log.error({ appId: ref.appId }, 'a lane without jobs')
  }

  /** Never at once: it is called from a claim. */
  #wakeLater(dueMs: number): void {
    this.#wakeAt(Math.max(dueMs, this.#options.clock.now() + 1))
  }
}

const laneKey = ({ appId, lane }: LaneRef): string => `${appId}/${lane}`
