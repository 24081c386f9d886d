// Time as a collaborator: everything that waits or stamps asks a Clock, so that tests and the platform's
// users can freeze it and move it forward.

export type CancelTimer = () => void

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Runs `task` once `delayMs` have passed on this clock. A task that throws crashes the process: it must handle its own errors. */
  after(delayMs: number, task: () => void): CancelTimer
}

const LONGEST_NODE_TIMER_MS = 2_147_483_647

/** The machine's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(Math.max(delayMs, 0), LONGEST_NODE_TIMER_MS)).unref()
    return () => clearTimeout(timer)
  },
}

interface WaitingTask {
  dueMs: number
  order: number
  task: () => void
}

/** A clock that runs with an offset to the machine's, or stands still, and can be moved forward. */
export class AdjustableClock implements Clock {
  #offsetMs = 0
  #frozenAtMs: number | undefined
  #order = 0
  #waiting: WaitingTask[] = []
  #wakeUp: NodeJS.Timeout | undefined

  /** @param startMs set to freeze the clock at that moment from the start */
  constructor(startMs?: number) {
    this.#frozenAtMs = startMs
  }

  get frozen(): boolean {
    return this.#frozenAtMs !== undefined
  }

  now(): number {
    return this.#frozenAtMs ?? Date.now() + this.#offsetMs
  }

  after(delayMs: number, task: () => void): CancelTimer {
    const entry = { dueMs: this.now() + Math.max(delayMs, 0), order: this.#order++, task }
    this.#waiting.push(entry)
    this.#arm()
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
      this.#arm()
    }
  }

  freeze(): void {
    this.#frozenAtMs = this.now()
    this.#arm()
  }

  /** Stands still at that moment, an earlier one too; what waits keeps the moment that it is due at. */
  freezeAt(nowMs: number): void {
    this.#frozenAtMs = nowMs
    this.#arm()
  }

  /** Lets a frozen clock run on from where it stands. */
  unfreeze(): void {
    if (this.#frozenAtMs === undefined) return
    this.#offsetMs = this.#frozenAtMs - Date.now()
    this.#frozenAtMs = undefined
    this.#arm()
  }

  /** Moves forward and runs, in order of time, every task that falls due on the way. */
  advance(byMs: number): void {
    if (!(byMs >= 0)) throw new RangeError('a clock only moves forward')
    const targetMs = this.now() + byMs
    const wasFrozen = this.frozen
    for (let next = this.#firstDue(targetMs); next !== undefined; next = this.#firstDue(targetMs)) {
      this.#frozenAtMs = Math.max(next.dueMs, this.now())
      this.#run(next)
    }
    this.#frozenAtMs = targetMs
    if (!wasFrozen) this.unfreeze()
    this.#arm()
  }

  /** Forgets all waiting tasks. */
  stop(): void {
    this.#waiting = []
    this.#arm()
  }

  #firstDue(untilMs: number): WaitingTask | undefined {
    let first: WaitingTask | undefined
    for (const entry of this.#waiting) {
      if (entry.dueMs > untilMs) continue
      if (
        first === undefined ||
        entry.dueMs < first.dueMs ||
        (entry.dueMs === first.dueMs && entry.order < first.order)
      )
        first = entry
    }
    return first
  }

  #run(entry: WaitingTask): void {
    this.#waiting = this.#waiting.filter((other) => other !== entry)
    entry.task()
  }

  #arm(): void {
    clearTimeout(this.#wakeUp)
    this.#wakeUp = undefined
    if (this.frozen || this.#waiting.length === 0) return
    const nextMs = Math.min(...this.#waiting.map((entry) => entry.dueMs))
    const delayMs = Math.min(Math.max(nextMs - this.now(), 0), LONGEST_NODE_TIMER_MS)
    this.#wakeUp = setTimeout(() => {
      for (let due = this.#firstDue(this.now()); due !== undefined; due = this.#firstDue(this.now())) this.#run(due)
      this.#arm()
    }, delayMs).unref()
  }
}
