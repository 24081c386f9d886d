// LINE's own limits of speed, kept by a bucket of tokens per LINE channel and operation, so that a campaign does not run
// into them: who is too fast waits. Each process has its own buckets; where several share a channel, LINE's 429 tells.
import { limit } from '@hatoba/line/wire'
import type { Clock } from '../../../kit/clock.ts'
import type { ConnectorAccountId } from '../../core/ids.ts'
import type { SendWay } from '../../core/ports.ts'

/** LINE reference, "Rate limits": per channel and second. Replies share the figure of pushes. */
const PER_SECOND: Readonly<Record<SendWay['kind'], number>> = { push: 2000, reply: 2000, multicast: 200 }
const MOST_TOGETHER = limit('multicast.to', 'current') ?? 1
const MOST_TOGETHER_2017 = limit('multicast.to', '2017') ?? 1
const MOST_REMEMBERED = 10_000

/** People that one multicast may name. A LINE channel of 2017 has no retry keys. */
export const mostTogetherOnLine = ({ retryKey }: { retryKey: string | undefined }): number =>
  retryKey === undefined ? MOST_TOGETHER_2017 : MOST_TOGETHER

interface Bucket {
  /** When the next one may go if all that went were spread evenly. */
  nextMs: number
}

export class Pace {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when the call may go: at once unless others were faster than LINE allows. */
  async turn(accountId: ConnectorAccountId, way: SendWay['kind']): Promise<void> {
    const waitMs = this.#take(`${accountId}/${way}`, PER_SECOND[way])
    if (waitMs > 0) await new Promise<void>((resume) => this.#clock.after(waitMs, resume))
  }

  #take(key: string, perSecond: number): number {
    const nowMs = this.#clock.now()
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      if (this.#buckets.size >= MOST_REMEMBERED) this.#buckets.clear()
      bucket = { nextMs: 0 }
      this.#buckets.set(key, bucket)
    }
    // A quarter of a second's worth may go at once; what is saved up beyond that is forgotten.
    const burstMs = 250
    bucket.nextMs = Math.max(bucket.nextMs, nowMs - burstMs) + 1000 / perSecond
    return Math.max(Math.ceil(bucket.nextMs - nowMs), 0)
  }
}
