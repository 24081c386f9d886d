// The newest webhook attempts of each channel: LINE's console shows the failed ones as error statistics.
import type { FailureReason } from './attempt.ts'

const MOST_PER_CHANNEL = 1000

export interface AttemptRecord {
  atMs: number
  url: string
  webhookEventIds: string[]
  isRedelivery: boolean
  /** HTTP status, 0 where no answer came. */
  status: number
  tookMs: number
  /** Absent where the bot took the request. */
  reason?: FailureReason
  detail?: string
}

export class AttemptLog {
  readonly #byChannel = new Map<string, AttemptRecord[]>()
  #generation = 0

  add(channelId: string, record: AttemptRecord): void {
    const records = this.#byChannel.get(channelId) ?? []
    if (records.length === 0) this.#byChannel.set(channelId, records)
    records.push(record)
    if (records.length > MOST_PER_CHANNEL) records.shift()
  }

  /** Grows each time that all is forgotten. */
  get generation(): number {
    return this.#generation
  }

  clear(): void {
    this.#byChannel.clear()
    this.#generation += 1
  }

  /** Newest last. */
  newest(channelId: string, limit: number): AttemptRecord[] {
    return (this.#byChannel.get(channelId) ?? []).slice(-limit)
  }
}
