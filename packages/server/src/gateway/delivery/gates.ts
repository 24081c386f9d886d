// Lanes that are ready to go, by the gate they go through. Urgent gates come first, the others in turn; each has its
// share of the room for attempts, so that a slow one does not stop the others. A paused gate keeps its lanes.
import type { CancelTimer, Clock } from '../../kit/clock.ts'
import { gateName } from '../core/jobs.ts'
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
  next(mostTogether: number): HeldLane[] {
    for (const open of [this.#urgent, this.#others])
      for (const gate of open) {
        open.delete(gate)
        const [lane] = gate.waiting
        if (lane === undefined || this.#isPaused(gate)) continue
        const hash = mostTogether > 1 ? coalesceHash(lane) : undefined
        const together = hash === undefined ? [lane] : [...(gate.byHash.get(hash) ?? [lane])].slice(0, mostTogether)
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
    this.#open(gate)
    this.#forgetEmpty(gate)
  }

  /** By name, whatever the priority. A longer pause stands. */
  pause(name: string, forMs: number): void {
    const untilMs = this.#clock.now() + forMs
    if (untilMs <= (this.#pausedUntilMs.get(name) ?? 0)) return
    this.#pausedUntilMs.set(name, untilMs)
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

  #isPaused(gate: Gate): boolean {
    return this.isPaused(gateName(gate.gate))
  }

  #open(gate: Gate): void {
    if (gate.waiting.size === 0 || gate.attempts >= this.#attemptsPerGate || this.#isPaused(gate)) return
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
