// A gateway's process in a world: the production scheduler over statements that may be lost, be late, or be done without
// an answer. It can be killed, or stop for a while and wake up late.
import type { AppId, MessageId } from '../../../packages/server/src/gateway/core/ids.ts'
import { gateOf } from '../../../packages/server/src/gateway/core/jobs.ts'
import { UnavailableError } from '../../../packages/server/src/gateway/core/unavailable-error.ts'
import { type Delivery, delivery } from '../../../packages/server/src/gateway/delivery/delivery.ts'
import type { AttemptJob, EndDraft, Verdict } from '../../../packages/server/src/gateway/delivery/verdict.ts'
import type { LaneState, Statements } from '../../../packages/server/src/gateway/store/port.ts'
import { Activity } from '../../../packages/server/src/kit/activity.ts'
import { createLog } from '../../../packages/server/src/kit/log.ts'
import type { LineAnswer, LineModel } from './line-model.ts'
import type { World } from './world.ts'

const log = createLog('silent', 'simulation')
const NO_ANSWER_AFTER_MS = 300

export interface Rules {
  /** Rules that are left out, to see that the checks notice. */
  tokens: boolean
  marks: boolean
  selfFence: boolean
}

export interface ProcessOptions {
  world: World
  line: LineModel
  statements: Statements
  rules: Rules
  mostTogether: number
  jobsInMemory: number
  violated(what: string): void
  /** Before each send: an earlier one of its lane that is neither accepted by LINE nor decided here. */
  overtaken(message: string): Promise<string | undefined>
  /** After each statement that was done. */
  done(name: string): void | Promise<void>
  delivered(callbackId: string): void
}

export class SimulatedProcess {
  readonly delivery: Delivery
  alive = true
  worker: number | undefined
  readonly #options: ProcessOptions
  #pausedUntilMs = 0
  #missed: (() => void)[] = []
  #goodBeatMs = Number.NEGATIVE_INFINITY

  constructor(options: ProcessOptions) {
    this.#options = options
    const { world, rules, mostTogether, jobsInMemory } = options
    const limits = { attemptsAtOnce: 8, attemptsPerGate: 5, jobsInMemory, jobsPerGate: jobsInMemory }
    this.delivery = delivery({
      statements: this.#unreliable(options.statements),
      shared: true,
      queues: {
        send: {
          attempt: (job) => this.#send(job),
          needsMark: (job) => rules.marks && job.retryKey === undefined && job.marks === 0,
          mostTogether: () => mostTogether,
          limits,
        },
        callback: { attempt: (job) => this.#call(job), needsMark: () => false, mostTogether: () => 1, limits },
        inbound: { attempt: () => new Promise(() => {}), needsMark: () => false, mostTogether: () => 1, limits },
      },
      clock: { now: () => world.nowMs, after: (delayMs, task) => world.in(delayMs, () => this.#enter(task)) },
      nextTurn: (task) => void world.in(0, () => this.#enter(task)),
      newId: () => world.newId(),
      monotonicMs: () => (rules.selfFence ? world.nowMs : 0),
      activity: new Activity(),
      log,
    })
  }

  start(): void {
    void this.delivery.start().catch(() => {
      if (this.alive) this.#options.world.in(100, () => this.#enter(() => this.start()))
    })
  }

  kill(): void {
    this.alive = false
    this.#missed = []
  }

  pause(forMs: number): void {
    const { world } = this.#options
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, world.nowMs + forMs)
    world.in(forMs, () => {
      if (world.nowMs < this.#pausedUntilMs) return
      for (const task of this.#missed.splice(0)) if (this.alive) task()
    })
  }

  get standsStill(): boolean {
    return this.#options.world.nowMs < this.#pausedUntilMs
  }

  /** Whatever reaches the process from outside: not at all once it is dead, later while it stands still. */
  #enter(task: () => void): void {
    if (!this.alive) return
    if (this.#options.world.nowMs < this.#pausedUntilMs) this.#missed.push(task)
    else task()
  }

  #unreliable(statements: Statements): Statements {
    return new Proxy(statements, {
      get:
        (target, name) =>
        (...args: unknown[]) =>
          this.#request(String(name), () => Reflect.apply(Reflect.get(target, name), target, args)),
    })
  }

  #request(name: string, ask: () => Promise<unknown>): Promise<unknown> {
    const { world, done } = this.#options
    const askedMs = world.nowMs
    return new Promise((resolve, reject) => {
      const lost = world.chance(0.004)
      const late = world.chance(0.004)
      const unanswered = lost || late || world.chance(0.004)
      if (unanswered) world.in(NO_ANSWER_AFTER_MS, () => this.#enter(() => reject(new UnavailableError('no answer'))))
      if (lost) return
      const slow = world.chance(0.1)
      world.in(late ? world.between(1000, 9000) : world.between(0, slow ? 250 : 6), async () => {
        let answer: unknown
        try {
          answer = await ask()
          await done(name)
        } catch (error) {
          this.#options.violated(`${name} failed: ${error}`)
          return
        }
        if (unanswered) return
        world.in(world.between(0, slow ? 40 : 6), () =>
          this.#enter(() => {
            this.#learn(name, answer, askedMs)
            resolve(this.#options.rules.tokens ? answer : withoutTokens(name, answer))
          }),
        )
      })
    })
  }

  #learn(name: string, answer: unknown, askedMs: number): void {
    if (name === 'register') this.worker = Number(answer)
    if (name === 'register' || (name === 'beat' && (answer as { alive: boolean }).alive)) this.#goodBeatMs = askedMs // as typed
  }

  async #send(job: AttemptJob): Promise<Verdict> {
    const { world, violated } = this.#options
    if (world.nowMs - this.#goodBeatMs >= 8000) violated(`I9: ${job.jobId} started without a good beat`)
    if (job.retryKey === undefined && job.marks > 0) return over(job, 'failed')
    const messages = job.members === undefined ? [job.jobId] : job.members.map(({ jobId }) => jobId)
    for (const message of messages) {
      const earlier = await this.#options.overtaken(message)
      if (earlier !== undefined) violated(`I3: ${message} started before the fate of ${earlier} was on disk`)
    }
    const answer = await this.#callLine(job.retryKey, messages)
    const parked: Verdict = {
      kind: 'park',
      delayMs: world.between(50, 2000),
      attempts: job.attempts + 1,
      firstAttemptAtMs: world.nowMs,
    }
    switch (answer) {
      case 'throttled':
        return job.retryKey === undefined
          ? over(job, 'failed')
          : { kind: 'pause-gate', delayMs: world.between(100, 3000) }
      case 'silent':
        return job.retryKey === undefined ? over(job, 'failed') : parked
      case 'taken':
        return over(job, 'sent')
      case 'refused':
        return job.members === undefined ? over(job, 'failed') : { kind: 'batch-split' }
      default:
        return answer satisfies never
    }
  }

  #callLine(key: string | undefined, messages: readonly string[]): Promise<LineAnswer> {
    const { world, line } = this.#options
    return new Promise((resolve) => {
      // A request that left arrives, whatever becomes of its sender.
      world.in(world.between(0, 40), () => {
        const answer = line.receive({ key, messages })
        world.in(answer === 'silent' ? world.between(50, 900) : world.between(0, 40), () =>
          this.#enter(() => resolve(answer)),
        )
      })
    })
  }

  async #call(job: AttemptJob): Promise<Verdict> {
    const { world, delivered } = this.#options
    await new Promise<void>((resume) => world.in(world.between(0, 20), () => this.#enter(resume)))
    if (!world.chance(0.1)) {
      delivered(job.jobId)
      return { kind: 'done', end: { jobs: [] }, free: true }
    }
    const attempts = job.attempts + 1
    const delayMs = world.between(50, 500)
    if (attempts === 3) return { kind: 'aside', delayMs, attempts, lane: `${job.lane}#${job.jobId}` }
    return { kind: 'park', delayMs, attempts, firstAttemptAtMs: undefined }
  }
}

function over(job: AttemptJob, state: 'sent' | 'failed'): Verdict {
  if (job.members !== undefined)
    return {
      kind: 'batch-taken',
      ends: job.members.map(({ lane, seq, jobId }) => ({ lane, seq, end: endOf(job.appId, jobId, lane, state) })),
    }
  return {
    kind: 'done',
    end: endOf(job.appId, job.jobId, job.lane, state),
    free: state === 'sent' && job.retryKey !== undefined,
  }
}

/** The message's state, and a callback that tells of it. */
export function endOf(appId: AppId, message: string, lane: string, state: 'sent' | 'failed' | 'cancelled'): EndDraft {
  const failure = state === 'failed' ? ({ code: 'internal', description: '' } as const) : undefined
  return {
    verdict: { messageId: message as MessageId, state, failure, atMs: 0 }, // any text does here
    jobs: [
      {
        appId,
        queue: 'callback',
        lane: `hook/${lane}`,
        gate: gateOf('hook'),
        jobId: `told-${message}`,
        retryKey: undefined,
        coalesceHash: undefined,
        body: '',
      },
    ],
  }
}

/** What a completion answers where nothing tells one from another. */
function withoutTokens(name: string, answer: unknown): unknown {
  if (name !== 'complete') return answer
  const { states, ...rest } = answer as { states: LaneState[] } // as typed
  return { ...rest, states: states.map((state) => ({ ...state, token: Number.POSITIVE_INFINITY })) }
}
