// Lanes that are ready to go, by the gate they go through. Urgent gates come first, the others in turn; each has its
// share of the room for attempts, so that a slow one does not stop the others. A paused gate keeps its lanes, and after
// the pause it is tried with one attempt at a time until one gets through.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import { gateName, gateOf } from '../core/jobs.ts'
import type { StoredJob } from '../store/port.ts'
import { coalesceHash, type HeldLane } from './held-lane.ts'

interface Gate {
  gate: string
  attempts: number
  jobs: number
  waiting: Set<HeldLane>
  byHash: Map<string, Set<HeldLane>>
}

export class Gates {
  readonly #clock: Clock
  readonly #attemptsPerGate: number
  readonly #reopened: () => void
  readonly #gates = new Map<string, Gate>()
  readonly #urgent = new Set<Gate>()
  readonly #others = new Set<Gate>()
  readonly #pausedUntilMs = new Map<string, number>()
  /** By name: paused not long ago, and nothing got through since. */
  readonly #tried = new Set<string>()
  #cancel: CancelTimer = () => {}

  /** @param reopened called when a pause is over */
  constructor(clock: Clock, attemptsPerGate: number, reopened: () => void) {
    this.#clock = clock
    this.#attemptsPerGate = attemptsPerGate
    this.#reopened = reopened
  }

  /** Jobs in memory, by gate. */
  jobsOf(gate: string): number {
    return this.#gates.get(gate)?.jobs ?? 0
  }

  countJobs(gate: string, change: number): void {
    const entry = this.#gate(gate)
    entry.jobs += change
    this.#forgetEmpty(entry)
  }

  enqueue(lane: HeldLane): void {
    const [head] = lane.jobs
    if (head === undefined || lane.waiting) return
    lane.waiting = true
    const gate = this.#gate(head.gate)
    gate.waiting.add(lane)
    const hash = coalesceHash(lane)
    if (hash !== undefined) {
      const same = gate.byHash.get(hash)
      if (same === undefined) gate.byHash.set(hash, new Set([lane]))
      else same.add(lane)
    }
    this.#open(gate)
  }

  dequeue(lane: HeldLane): void {
    const [head] = lane.jobs
    if (head === undefined || !lane.waiting) return
    lane.waiting = false
    const gate = this.#gate(head.gate)
    gate.waiting.delete(lane)
    const hash = `${head.appId}/${head.coalesceHash}`
    const same = gate.byHash.get(hash)
    same?.delete(lane)
    if (same?.size === 0) gate.byHash.delete(hash)
    this.#forgetEmpty(gate)
  }

  /** The next lane that may start, with those that may go out together with it; they wait no longer. */
  next(mostTogether: (job: StoredJob) => number): HeldLane[] {
    for (const open of [this.#urgent, this.#others])
      for (const gate of open) {
        open.delete(gate)
        const [lane] = gate.waiting
        if (lane === undefined || !this.#mayStart(gate)) continue
        const [head] = lane.jobs
        const hash = coalesceHash(lane)
        const most = head === undefined ? 1 : mostTogether(head)
        const together = hash === undefined ? [lane] : [...(gate.byHash.get(hash) ?? [lane])].slice(0, most)
        for (const member of together) this.dequeue(member)
        this.#gate(gate.gate).attempts += 1
        this.#open(gate)
        return together
      }
    return []
  }

  /** After each `next`, when the attempt is over. */
  leave(name: string): void {
    const gate = this.#gate(name)
    gate.attempts -= 1
    for (const same of this.#named(gateName(name))) this.#open(same)
    this.#forgetEmpty(gate)
  }

  /** Something got through a gate of that name. */
  passed(name: string): void {
    if (this.isPaused(name) || !this.#tried.delete(name)) return
    for (const gate of this.#named(name)) this.#open(gate)
  }

  /** By name, whatever the priority. A longer pause stands. */
  pause(name: string, forMs: number): void {
    const untilMs = this.#clock.now() + forMs
    if (untilMs <= (this.#pausedUntilMs.get(name) ?? 0)) return
    this.#pausedUntilMs.set(name, untilMs)
    this.#tried.add(name)
    this.#wakeAtEnd()
  }

  isPaused(name: string): boolean {
    return (this.#pausedUntilMs.get(name) ?? 0) > this.#clock.now()
  }

  stop(): void {
    this.#cancel()
  }

  #wakeAtEnd(): void {
    this.#cancel()
    if (this.#pausedUntilMs.size === 0) return
    const firstMs = Math.min(...this.#pausedUntilMs.values())
    this.#cancel = this.#clock.after(Math.max(firstMs - this.#clock.now(), 0), () => {
      for (const [name, untilMs] of this.#pausedUntilMs)
        if (untilMs <= this.#clock.now()) this.#pausedUntilMs.delete(name)
      for (const gate of this.#gates.values()) this.#open(gate)
      this.#wakeAtEnd()
      this.#reopened()
    })
  }

  #mayStart(gate: Gate): boolean {
    const name = gateName(gate.gate)
    if (this.isPaused(name)) return false
    if (!this.#tried.has(name)) return gate.attempts < this.#attemptsPerGate
    return this.#named(name).every(({ attempts }) => attempts === 0)
  }

  /** Of all priorities. */
  #named(name: string): Gate[] {
    return [true, false].flatMap((urgent) => this.#gates.get(gateOf(name, urgent)) ?? [])
  }

  #open(gate: Gate): void {
    if (gate.waiting.size === 0 || !this.#mayStart(gate)) return
    const set = gate.gate.startsWith('0/') ? this.#urgent : this.#others
    set.add(gate)
  }

  #gate(gate: string): Gate {
    let entry = this.#gates.get(gate)
    if (entry === undefined) {
      entry = { gate, attempts: 0, jobs: 0, waiting: new Set(), byHash: new Map() }
      this.#gates.set(gate, entry)
    }
    return entry
  }

  #forgetEmpty(gate: Gate): void {
    if (gate.attempts > 0 || gate.waiting.size > 0 || gate.jobs > 0) return
    this.#gates.delete(gate.gate)
    this.#urgent.delete(gate)
    this.#others.delete(gate)
  }
}
