// What a load generator keeps to tell afterwards whether anything was lost or came twice: what it asked for, what it was
// answered, and what people got.

export class Ledger {
  readonly #asked = new Set<string>()
  readonly #answered = new Set<string>()
  readonly #got = new Map<string, number>()
  #open = 0

  ask(id: string): void {
    this.#asked.add(id)
  }

  answer(id: string): void {
    if (!this.#answered.has(id) && !this.#got.has(id)) this.#open += 1
    this.#answered.add(id)
  }

  get(id: string): void {
    if (!this.#got.has(id) && this.#answered.has(id)) this.#open -= 1
    this.#got.set(id, (this.#got.get(id) ?? 0) + 1)
  }

  get answered(): number {
    return this.#answered.size
  }

  /** Answered, and nobody got it yet. */
  get open(): number {
    return this.#open
  }

  balance(): { lost: string[]; twice: string[]; invented: string[] } {
    return {
      lost: [...this.#answered].filter((id) => !this.#got.has(id)),
      twice: [...this.#got].filter(([, times]) => times > 1).map(([id]) => id),
      invented: [...this.#got.keys()].filter((id) => !this.#asked.has(id)),
    }
  }
}
