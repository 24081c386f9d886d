// What has to be done from time to time, whoever does it: scheduled jobs that fall due take their place in their lanes,
// and what is old is forgotten.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { MOST_ROWS } from '../core/jobs.ts'
import type { Statements } from '../store/port.ts'

/** LINE redelivers for hours at most; a repeated event is known for this long. */
const KEEP_EVENTS_MS = 3 * 24 * 3_600_000
const KEEP_IDEMPOTENCY_MS = 24 * 3_600_000
const FORGET_EVERY_MS = 3_600_000
const LOOK_AT_LEAST_EVERY_MS = 1000
const BROKEN_STORE_PAUSE_MS = 1000

export interface UpkeepOptions {
  statements: Pick<Statements, 'releaseDue' | 'nextScheduledInMs' | 'forget'>
  /** Whether other processes schedule too. */
  shared: boolean
  /** Jobs took their place in lanes that are nobody's. */
  released(): void
  clock: Clock
  log: Logger
}

export class Upkeep {
  readonly #options: UpkeepOptions
  #stopped = false
  #wakeAtMs = Number.POSITIVE_INFINITY
  #working: Promise<void> = Promise.resolve()
  #cancelWake: CancelTimer = () => {}
  #cancelForget: CancelTimer = () => {}

  constructor(options: UpkeepOptions) {
    this.#options = options
  }

  start(): void {
    this.wakeAt(this.#options.clock.now())
    this.#forget()
  }

  /** Something scheduled falls due then. */
  wakeAt(dueMs: number): void {
    const { clock } = this.#options
    if (this.#stopped || dueMs >= this.#wakeAtMs) return
    this.#cancelWake()
    this.#wakeAtMs = dueMs
    this.#cancelWake = clock.after(Math.max(dueMs - clock.now(), 0), () => {
      this.#wakeAtMs = Number.POSITIVE_INFINITY
      this.#working = this.#working.then(() => this.#release())
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelWake()
    this.#cancelForget()
    await this.#working
  }

  async #release(): Promise<void> {
    const { statements, shared, released, clock, log } = this.#options
    try {
      const count = this.#stopped ? 0 : await statements.releaseDue(MOST_ROWS)
      if (count > 0) released()
      const inMs = count === MOST_ROWS ? 0 : await statements.nextScheduledInMs()
      const soonestMs = Math.min(
        inMs ?? Number.POSITIVE_INFINITY,
        shared ? LOOK_AT_LEAST_EVERY_MS : Number.POSITIVE_INFINITY,
      )
      if (Number.isFinite(soonestMs)) this.wakeAt(clock.now() + Math.max(soonestMs, 1))
    } catch (error) {
      log.error({ err: error }, 'scheduled jobs could not be released')
      this.wakeAt(clock.now() + BROKEN_STORE_PAUSE_MS)
    }
  }

  #forget(): void {
    const { statements, clock, log } = this.#options
    const nowMs = clock.now()
    const again = (delayMs: number) => {
      if (!this.#stopped) this.#cancelForget = clock.after(delayMs, () => this.#forget())
    }
    statements.forget({ eventsMs: nowMs - KEEP_EVENTS_MS, idempotencyMs: nowMs - KEEP_IDEMPOTENCY_MS }, MOST_ROWS).then(
      (count) => again(count >= MOST_ROWS ? 1000 : FORGET_EVERY_MS),
      (error: unknown) => {
        log.error({ err: error }, 'old rows could not be forgotten')
        again(FORGET_EVERY_MS)
      },
    )
  }
}
