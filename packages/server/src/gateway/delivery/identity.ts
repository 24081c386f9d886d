// The identity under which this process holds lanes. It is given up, not repaired: whenever the process cannot know what
// a statement of its own did, or is told that others hold it for dead, it takes a new one, and what the old one held is
// claimed like the lanes of any dead process. On a store of one process nobody has to be shown that it lives.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import { NOBODY } from '../core/jobs.ts'
import type { Statements, Taker } from '../store/port.ts'

export interface BeatLimits {
  everyMs: number
  /** No attempt starts when the last good beat began so long ago: well before others hold the worker for dead. */
  trustedForMs: number
}

export const SHARED_BEATS: BeatLimits = { everyMs: 2000, trustedForMs: 8000 }
const REGISTER_PAUSE_MS = 250

export interface IdentityOptions {
  statements: Pick<Statements, 'register' | 'beat' | 'leave'>
  /** undefined: no other process can be there. */
  beats: BeatLimits | undefined
  clock: Clock
  /** Never goes back and is not set. */
  monotonicMs(): number
  log: Logger
}

export interface IdentityWatcher {
  /** All that was held is held no longer. */
  forgetLanes(): void
  /** There is an identity again, or its beat was good, or others died. */
  identityBeats(): void
}

export class Identity {
  readonly #options: IdentityOptions
  readonly #watchers: IdentityWatcher[] = []
  #worker: number | undefined
  #lost: number | undefined
  #lastLease = 0
  #goodBeatMs = 0
  #dead: ReadonlySet<number> = new Set()
  #stopped = false
  #registering: Promise<void> | undefined
  #cancel: CancelTimer = () => {}

  constructor(options: IdentityOptions) {
    this.#options = options
  }

  watch(watcher: IdentityWatcher): void {
    this.#watchers.push(watcher)
  }

  /** @throws where the store cannot be written: at start, that is an answer */
  async start(): Promise<void> {
    await this.#register()
    await this.#beat()
  }

  /** Under which the next statement takes lanes; nobody's where there is no identity to be sure of. */
  taker(): Taker {
    return { worker: this.mayStart() ? (this.#worker ?? NOBODY) : NOBODY, lease: ++this.#lastLease }
  }

  get worker(): number | undefined {
    return this.#worker
  }

  /** Whose lanes may be claimed. */
  get owners(): readonly number[] {
    return [NOBODY, ...this.#dead]
  }

  mayStart(): boolean {
    const { beats, monotonicMs } = this.#options
    if (this.#worker === undefined) return false
    return beats === undefined || monotonicMs() - this.#goodBeatMs < beats.trustedForMs
  }

  /** Nothing, where that identity is gone already. */
  giveUp(worker: number, reason: string): void {
    if (worker !== this.#worker || worker === NOBODY) return
    this.#options.log.warn({ worker, reason }, 'identity given up')
    this.#worker = undefined
    this.#lost = worker
    for (const watcher of this.#watchers) watcher.forgetLanes()
    if (!this.#stopped) this.#registering ??= this.#registerAgain()
  }

  /** What is still held can be claimed by others at once. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#registering
    const worker = this.#worker
    this.#worker = undefined
    if (worker !== undefined && this.#options.beats !== undefined)
      await this.#options.statements.leave(worker).catch((error: unknown) => {
        this.#options.log.warn({ err: error, worker }, 'could not say goodbye; others will find out')
      })
  }

  async #register(): Promise<void> {
    const startMs = this.#options.monotonicMs()
    const replaced = this.#lost
    const worker = await this.#options.statements.register(replaced)
    this.#lost = undefined
    this.#worker = worker
    this.#goodBeatMs = startMs
    if (replaced !== undefined) this.#dead = new Set([...this.#dead, replaced])
  }

  async #registerAgain(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#register()
        break
      } catch (error) {
        this.#options.log.error({ err: error }, 'no new identity yet')
        await new Promise<void>((resume) => this.#options.clock.after(REGISTER_PAUSE_MS, resume))
      }
    }
    this.#registering = undefined
    for (const watcher of this.#watchers) watcher.identityBeats()
  }

  async #beat(): Promise<void> {
    const { statements, beats, clock, monotonicMs, log } = this.#options
    const worker = this.#worker
    if (worker !== undefined) {
      const startMs = monotonicMs()
      try {
        const { alive, dead } = await statements.beat(worker)
        if (this.#stopped) return
        this.#dead = new Set(dead.filter((id) => id !== this.#worker))
        if (!alive) this.giveUp(worker, 'held for dead')
        else if (this.#worker === worker) {
          this.#goodBeatMs = startMs
          for (const watcher of this.#watchers) watcher.identityBeats()
        }
      } catch (error) {
        log.warn({ err: error, worker }, 'a beat failed')
      }
    }
    if (beats !== undefined && !this.#stopped) this.#cancel = clock.after(beats.everyMs, () => void this.#beat())
  }
}
