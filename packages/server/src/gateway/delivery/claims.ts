// Brings lanes that are nobody's, or a dead process's, into memory: retries that fall due, what found no room, what was
// scheduled, the work of processes that died. Woken when something is known to be due, and on a shared store by a poll,
// as others may leave lanes behind.
import type { Activity } from '../../kit/activity.ts'
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { QueueName } from '../core/jobs.ts'
import { UnavailableError } from '../core/unavailable-error.ts'
import type { ClaimedLane, Look, Statements, StoredJob } from '../store/port.ts'
import type { Identity } from './identity.ts'

const LANES_PER_CLAIM = 100
export const JOBS_PER_LOAD = 100
const BROKEN_STORE_PAUSE_MS = 250

export interface PollLimits {
  fastestMs: number
  slowestMs: number
}

export const SHARED_POLL: PollLimits = { fastestMs: 25, slowestMs: 250 }

export interface ClaimOptions {
  queue: QueueName
  statements: Pick<Statements, 'look' | 'claim' | 'load'>
  identity: Identity
  /** undefined: nobody else leaves lanes behind. */
  poll: PollLimits | undefined
  clock: Clock
  activity: Activity
  log: Logger
  /** How many more jobs of a gate fit into memory. */
  roomOf(gate: string): number
  paused(pauses: Look['paused']): void
  claimed(lane: ClaimedLane, jobs: StoredJob[]): Promise<void>
}

export class Claims {
  readonly #options: ClaimOptions
  #claiming: Promise<void> | undefined
  #again = false
  #stopped = false
  #pollMs: number
  #wakeAtMs = Number.POSITIVE_INFINITY
  #cancelWake: CancelTimer = () => {}

  constructor(options: ClaimOptions) {
    this.#options = options
    this.#pollMs = options.poll?.slowestMs ?? 0
  }

  /** Something may be there to claim. */
  wake(): void {
    this.#again = true
    if (this.#claiming !== undefined || this.#stopped) return
    this.#cancelWake()
    this.#wakeAtMs = Number.POSITIVE_INFINITY
    const end = this.#options.activity.begin()
    this.#claiming = this.#claimAll().finally(() => {
      this.#claiming = undefined
      end()
      if (this.#again) this.wake()
    })
  }

  /** Something falls due then. */
  wakeIn(delayMs: number): void {
    const { clock } = this.#options
    const atMs = clock.now() + Math.max(delayMs, 0)
    if (atMs >= this.#wakeAtMs || this.#stopped) return
    this.#cancelWake()
    this.#wakeAtMs = atMs
    this.#cancelWake = clock.after(atMs - clock.now(), () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY
      this.wake()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelWake()
    await this.#claiming
  }

  async #claimAll(): Promise<void> {
    const { queue, statements, identity, poll, log } = this.#options
    let found = false
    try {
      while (this.#again && !this.#stopped && identity.mayStart()) {
        this.#again = false
        const look = await statements.look(queue, identity.owners)
        this.#options.paused(look.paused)
        const due = look.waiting.filter(({ dueInMs }) => dueInMs <= 0)
        const gates = due
          .map(({ gate }) => ({ gate, most: Math.min(this.#options.roomOf(gate), LANES_PER_CLAIM) }))
          .filter(({ most }) => most > 0)
        const claimed = gates.length === 0 ? 0 : await this.#claim(gates)
        if (claimed > 0) {
          found = true
          this.#again = true // there may be more
        }
        const later = look.waiting.filter(({ dueInMs }) => dueInMs > 0).map(({ dueInMs }) => dueInMs)
        if (later.length > 0) this.wakeIn(Math.max(Math.min(...later), 1))
      }
    } catch (error) {
      log.error({ err: error, queue }, 'waiting lanes could not be claimed')
      this.#again = false
      this.wakeIn(BROKEN_STORE_PAUSE_MS)
    }
    if (!identity.mayStart()) this.#again = false // it wakes us when it is back
    if (poll !== undefined && !this.#stopped) {
      this.#pollMs = found ? poll.fastestMs : Math.min(this.#pollMs * 2, poll.slowestMs)
      this.wakeIn(this.#pollMs)
    }
  }

  async #claim(gates: readonly { gate: string; most: number }[]): Promise<number> {
    const { queue, statements, identity } = this.#options
    const taker = identity.taker()
    if (taker.worker !== identity.worker) return 0
    let lanes: ClaimedLane[]
    try {
      lanes = await statements.claim(taker, queue, identity.owners, gates)
    } catch (error) {
      if (error instanceof UnavailableError) identity.giveUp(taker.worker, 'a claim got no answer')
      throw error
    }
    if (lanes.length === 0) return 0
    // A second statement, whose view begins after the claim: what a zombie completed in between is gone.
    const asks = lanes.map(({ ref }) => ({ ref, afterSeq: 0 }))
    const loaded = await this.#untilAnswered(taker.worker, () => statements.load(asks, JOBS_PER_LOAD))
    if (loaded === undefined) return 0
    for (const [index, lane] of lanes.entries()) {
      const jobs = loaded[index]
      if (jobs !== undefined && identity.worker === taker.worker) await this.#options.claimed(lane, jobs)
    }
    return lanes.length
  }

  /** A read may be asked again: what is claimed has to come into memory. undefined: the identity is gone, or the end came. */
  async #untilAnswered<Answer>(worker: number, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    const { identity, clock, log } = this.#options
    while (identity.worker === worker && !this.#stopped) {
      try {
        return await ask()
      } catch (error) {
        log.error({ err: error }, 'claimed lanes could not be loaded')
        await new Promise<void>((resume) => clock.after(BROKEN_STORE_PAUSE_MS, resume))
      }
    }
    return undefined
  }
}
