// Between what stores jobs and what works them off: a job that is stored into a new lane is leased to this process where
// it has room, and handed over from memory after the commit.
import { type NewJob, NOBODY, type QueueName } from '../core/jobs.ts'
import { UnavailableError } from '../core/unavailable-error.ts'
import type { OfferedJob, PlacedJob, Taker } from '../store/port.ts'
import type { Identity } from './identity.ts'

/** Whoever works off a queue. */
export interface Holder {
  hasRoom(gate: string): boolean
  /** After one statement: all that it placed in the queue. */
  took(taker: Taker, placed: readonly { job: NewJob; place: PlacedJob }[]): void
}

export class Dispatch {
  readonly #identity: Identity
  readonly #holders = new Map<QueueName, Holder>()

  constructor(identity: Identity) {
    this.#identity = identity
  }

  attach(queue: QueueName, holder: Holder): void {
    this.#holders.set(queue, holder)
  }

  offer(job: NewJob): OfferedJob {
    return { ...job, take: this.#holders.get(job.queue)?.hasRoom(job.gate) ?? false }
  }

  /**
   * Runs one statement that stores jobs.
   * @param placedOf what it placed, in the order of `jobs`
   */
  async store<Answer>(
    jobs: readonly OfferedJob[],
    statement: (taker: Taker) => Promise<Answer>,
    placedOf: (answer: Answer) => readonly (PlacedJob | undefined)[],
  ): Promise<Answer> {
    const taker = this.#identity.taker()
    try {
      const answer = await statement(taker)
      this.#handOver(taker, jobs, placedOf(answer))
      return answer
    } catch (error) {
      // It may have been done, or be done later, and lease lanes to us that we know nothing of.
      if (error instanceof UnavailableError && jobs.some(({ take }) => take))
        this.#identity.giveUp(taker.worker, 'a statement that stores jobs got no answer')
      throw error
    }
  }

  #handOver(taker: Taker, jobs: readonly OfferedJob[], placed: readonly (PlacedJob | undefined)[]): void {
    const byQueue = new Map<QueueName, { job: NewJob; place: PlacedJob }[]>()
    jobs.forEach((job, index) => {
      const place = placed[index]
      if (place === undefined) return
      const list = byQueue.get(job.queue)
      if (list === undefined) byQueue.set(job.queue, [{ job, place }])
      else list.push({ job, place })
    })
    // Given up meanwhile: what was placed for the old identity is claimed like the rest of what it held.
    const current = taker.worker === this.#identity.worker ? taker : { ...taker, worker: NOBODY }
    for (const [queue, list] of byQueue) this.#holders.get(queue)?.took(current, list)
  }
}
