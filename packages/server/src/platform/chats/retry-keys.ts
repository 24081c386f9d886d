// Owner of accepted retry keys: a request that LINE took is not taken twice.
// LINE reference, "Retry failed API requests": remembered for 24 hours from the first accepted request.
import type { Clock } from '../../kit/clock.ts'

const LIFE_MS = 24 * 60 * 60_000
const MOST_KEYS = 1_000_000

export interface AcceptedRequest {
  readonly channelId: string
  readonly retryKey: string
  readonly requestId: string
  readonly acceptedAtMs: number
  /** What a push answered and its retry repeats. */
  readonly sentMessages?: readonly SentMessage[]
}

export interface SentMessage {
  readonly id: string
  readonly quoteToken?: string
}

export class RetryKeys {
  readonly #accepted = new Map<string, AcceptedRequest>()
  readonly #clock: Clock
  readonly #onAccept: (request: AcceptedRequest) => void

  constructor(clock: Clock, onAccept: (request: AcceptedRequest) => void) {
    this.#clock = clock
    this.#onAccept = onAccept
  }

  find(channelId: string, retryKey: string): AcceptedRequest | undefined {
    const found = this.#accepted.get(`${channelId} ${retryKey}`)
    return found !== undefined && this.#isLive(found) ? found : undefined
  }

  accept(request: AcceptedRequest): void {
    this.restore(request)
    this.#onAccept(request)
  }

  /** As {@link accept}, for what the journal holds already. */
  restore(request: AcceptedRequest): void {
    for (const [key, old] of this.#accepted) {
      if (this.#isLive(old) && this.#accepted.size < MOST_KEYS) break
      this.#accepted.delete(key)
    }
    const key = `${request.channelId} ${request.retryKey}`
    this.#accepted.delete(key) // so that it stands at the end, in order of time
    this.#accepted.set(key, request)
  }

  clear(): void {
    this.#accepted.clear()
  }

  *all(): Generator<AcceptedRequest> {
    for (const request of this.#accepted.values()) if (this.#isLive(request)) yield request
  }

  #isLive(request: AcceptedRequest): boolean {
    return request.acceptedAtMs + LIFE_MS > this.#clock.now()
  }
}
