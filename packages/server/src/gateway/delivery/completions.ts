// Brings to disk what became of jobs, many lanes in one statement, one statement at a time. It is asked again until it
// answers: under the same lease a repeat finds either the same lane or nothing.
import type { Activity } from '../../kit/activity.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { MOST_ROWS } from '../core/jobs.ts'
import { UnavailableError } from '../core/unavailable-error.ts'
import type { CompleteAnswer, LaneCompletion, LaneState, Statements } from '../store/port.ts'
import type { Dispatch } from './dispatch.ts'
import type { HeldLane } from './held-lane.ts'
import type { NextTurn } from './next-turn.ts'

const BROKEN_STORE_PAUSE_MS = 250

export interface CompletionOptions {
  statements: Pick<Statements, 'complete'>
  dispatch: Dispatch
  clock: Clock
  nextTurn: NextTurn
  activity: Activity
  log: Logger
  answered(lane: HeldLane, state: LaneState): void
}

export class Completions {
  readonly #options: CompletionOptions
  readonly #waiting = new Set<HeldLane>()
  #lastToken = 0
  #flushing: Promise<void> | undefined
  #stopped = false

  constructor(options: CompletionOptions) {
    this.#options = options
  }

  /** A number that only completions on their way from now on will reach. */
  nextToken(): number {
    return ++this.#lastToken
  }

  add(lane: HeldLane): void {
    if (lane.completing) return // in order: it comes back when that one is answered
    this.#waiting.add(lane)
    if (this.#flushing !== undefined) return
    const end = this.#options.activity.begin()
    this.#flushing = new Promise<void>((resume) => this.#options.nextTurn(resume))
      .then(() => this.#flush())
      .finally(() => {
        this.#flushing = undefined
        end()
        const [left] = this.#waiting
        if (left !== undefined) this.add(left)
      })
  }

  /** Resolves when all is on disk, or cannot be brought there now. */
  async stop(): Promise<void> {
    this.#stopped = true
    while (this.#flushing !== undefined) await this.#flushing
  }

  async #flush(): Promise<void> {
    while (this.#waiting.size > 0) {
      const lanes: HeldLane[] = []
      const items: LaneCompletion[] = []
      let rows = 0
      for (const lane of this.#waiting) {
        const item = this.#itemOf(lane)
        rows += 1 + item.ends.reduce((sum, { end }) => sum + 1 + end.jobs.length, 0)
        if (rows > MOST_ROWS && items.length > 0) break
        this.#waiting.delete(lane)
        lane.ends = []
        lane.rest = undefined
        lane.completing = true
        lanes.push(lane)
        items.push(item)
      }
      await this.#complete(lanes, items)
    }
  }

  #itemOf({ ref, upto, ends, rest }: HeldLane): LaneCompletion {
    return {
      ref,
      upto,
      ends: ends.map(({ seq, end }) => ({
        seq,
        end: { ...end, jobs: end.jobs.map((job) => this.#options.dispatch.offer(job)) },
      })),
      ...(rest !== undefined && { rest }),
      token: this.#lastToken,
    }
  }

  async #complete(lanes: readonly HeldLane[], items: readonly LaneCompletion[]): Promise<void> {
    const { clock, log, answered } = this.#options
    for (;;) {
      try {
        const { states } = await this.#ask(items)
        lanes.forEach((lane, index) => {
          const state = states[index]
          lane.completing = false
          if (state !== undefined) answered(lane, state)
          if (lane.ends.length > 0 || lane.rest !== undefined) this.add(lane)
        })
        return
      } catch (error) {
        const inDoubt = error instanceof UnavailableError
        log.error({ err: error, lanes: lanes.length, inDoubt }, 'ends of jobs could not be stored')
        if (!inDoubt && items.length > 1) {
          // One of them may be the reason: it must not hold the others up.
          for (const [index, lane] of lanes.entries()) await this.#complete([lane], items.slice(index, index + 1))
          return
        }
        if (this.#stopped) return
        if (!inDoubt) {
          clock.after(BROKEN_STORE_PAUSE_MS, () => void this.#complete(lanes, items))
          return
        }
        await new Promise<void>((resume) => clock.after(BROKEN_STORE_PAUSE_MS, resume))
      }
    }
  }

  #ask(items: readonly LaneCompletion[]): Promise<CompleteAnswer> {
    const { dispatch, statements } = this.#options
    const jobs = items.flatMap(({ ends }) => ends.flatMap(({ end }) => end.jobs))
    return dispatch.store(
      jobs,
      (taker) => statements.complete(taker, items),
      ({ placed }) => placed,
    )
  }
}
