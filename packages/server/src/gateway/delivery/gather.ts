// Group commit: what arrives within one turn of the event loop, or while a commit is under way, is committed together.
// On a synchronous engine "flush at once when idle" would make one commit per row, as a flush is over before the next
// caller comes.
import type { Activity } from '../../kit/activity.ts'
import type { NextTurn } from './next-turn.ts'

const MOST_ROWS_PER_COMMIT = 500

interface Waiting<Row, Answer> {
  row: Row
  resolve(answer: Answer): void
  reject(error: unknown): void
}

export interface GatherOptions<Row, Answer> {
  activity: Activity
  nextTurn: NextTurn
  /** Stores all rows or none, and answers each in its place. */
  commit(rows: readonly Row[]): Promise<readonly Answer[]>
  /** Whether rows of a failed commit may be tried one by one: not where the commit may have happened after all. */
  mayRepeat?(error: unknown): boolean
  mostWaiting?: number
}

export class Gather<Row, Answer> {
  readonly #options: GatherOptions<Row, Answer>
  #waiting: Waiting<Row, Answer>[] = []
  #flushing = false

  constructor(options: GatherOptions<Row, Answer>) {
    this.#options = options
  }

  get isFull(): boolean {
    return this.#waiting.length >= (this.#options.mostWaiting ?? Number.POSITIVE_INFINITY)
  }

  /** Resolves after the commit. Ask {@link isFull} before. */
  add(row: Row): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject })
      if (this.#flushing) return
      this.#flushing = true
      const end = this.#options.activity.begin()
      this.#options.nextTurn(() => void this.#flush().finally(end))
    })
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#commitBatch(this.#waiting.splice(0, MOST_ROWS_PER_COMMIT))
      if (this.#waiting.length > 0) await new Promise<void>((resume) => this.#options.nextTurn(resume)) // let others have a turn
    }
    this.#flushing = false
  }

  async #commitBatch(batch: readonly Waiting<Row, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.commit(batch.map((entry) => entry.row))
      batch.forEach((entry, index) => {
        entry.resolve(answers[index] as Answer) // one answer per row, by contract
      })
    } catch (error) {
      const repeat = batch.length > 1 && (this.#options.mayRepeat?.(error) ?? true)
      for (const entry of batch) {
        if (repeat)
          await this.#commitBatch([entry]) // one bad row must not fail its neighbours
        else entry.reject(error)
      }
    }
  }
}
