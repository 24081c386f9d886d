// Group commit: what arrives within one turn of the event loop is committed together. On a synchronous engine
// "flush at once when idle" would make one commit per row, as a flush is over before the next caller comes.
import type { Activity } from '../delivery/activity.ts'

const MOST_ROWS_PER_COMMIT = 500

interface Waiting<Row, Answer> {
  row: Row
  resolve(answer: Answer): void
  reject(error: unknown): void
}

type Commit<Row, Answer> = (rows: readonly Row[]) => readonly Answer[] | Promise<readonly Answer[]>

export class Gather<Row, Answer> {
  readonly #commit: Commit<Row, Answer>
  readonly #mostWaiting: number
  readonly #activity: Activity
  #waiting: Waiting<Row, Answer>[] = []
  #flushing = false

  /** @param commit stores all rows or none, and answers each in its place */
  constructor(activity: Activity, commit: Commit<Row, Answer>, mostWaiting = Number.POSITIVE_INFINITY) {
    this.#activity = activity
    this.#commit = commit
    this.#mostWaiting = mostWaiting
  }

  get isFull(): boolean {
    return this.#waiting.length >= this.#mostWaiting
  }

  /** Resolves after the commit. Ask {@link isFull} before. */
  add(row: Row): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject })
      if (this.#flushing) return
      this.#flushing = true
      const end = this.#activity.begin()
      setImmediate(() => void this.#flush().finally(end))
    })
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_ROWS_PER_COMMIT)
      await this.#commitBatch(batch)
      if (this.#waiting.length > 0) await new Promise((resume) => setImmediate(resume)) // let others have a turn
    }
    this.#flushing = false
  }

  async #commitBatch(batch: readonly Waiting<Row, Answer>[]): Promise<void> {
    try {
      const answers = await this.#commit(batch.map((entry) => entry.row))
      batch.forEach((entry, index) => {
        entry.resolve(answers[index] as Answer) // one answer per row, by contract
      })
    } catch (error) {
      const [only] = batch
      if (batch.length === 1 && only !== undefined) return only.reject(error)
      for (const entry of batch) await this.#commitBatch([entry]) // one bad row must not fail its neighbours
    }
  }
}
