// A world with its own time and its own luck: every thing that happens in it is an event with a moment, and what happens
// at one moment happens in a fixed order. The same seed is the same history.

interface Event {
  atMs: number
  order: number
  task: () => void | Promise<void>
}

export class World {
  nowMs = 1_700_000_000_000
  /** Off at the end of a history, so that what is open can come to its end. */
  trouble = true
  #events: Event[] = []
  #order = 0
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below 1 (mulberry32). */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  newId(): string {
    return `id-${Math.floor(this.random() * 2 ** 32).toString(16)}-${this.#order++}`
  }

  /** Bad luck; none where trouble is over. */
  chance(probability: number): boolean {
    const hit = this.random() < probability
    return this.trouble && hit
  }

  in(delayMs: number, task: () => void | Promise<void>): () => void {
    const event = { atMs: this.nowMs + Math.max(delayMs, 0), order: this.#order++, task }
    let at = this.#events.length
    this.#events.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (before(this.#events[parent], event)) break
      this.#swap(at, parent)
      at = parent
    }
    return () => {
      event.task = () => {}
    }
  }

  /** Lets everything happen up to that moment. */
  async run(untilMs: number): Promise<void> {
    for (let next = this.#events[0]; next !== undefined && next.atMs <= untilMs; next = this.#events[0]) {
      this.#take()
      this.nowMs = next.atMs
      await next.task()
      await new Promise((resume) => setImmediate(resume)) // whatever follows at once, follows now
    }
    this.nowMs = untilMs
  }

  #take(): void {
    const last = this.#events.pop()
    if (last === undefined || this.#events.length === 0) return
    this.#events[0] = last
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let first = at
      if (before(this.#events[left], this.#events[first])) first = left
      if (before(this.#events[right], this.#events[first])) first = right
      if (first === at) return
      this.#swap(at, first)
      at = first
    }
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#events[a], this.#events[b]]
    if (first === undefined || second === undefined) return
    this.#events[a] = second
    this.#events[b] = first
  }
}

const before = (a: Event | undefined, b: Event | undefined): boolean =>
  a !== undefined && (b === undefined || a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order))
