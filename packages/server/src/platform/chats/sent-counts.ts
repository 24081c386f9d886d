// Owner of how much each bot has sent: by day and by kind of send, in people that were reached. LINE documentation,
// "Messaging API pricing": what counts is recipients, not message objects; who blocked the bot is none.
import type { Clock } from '../../kit/clock.ts'

export const COUNTED_SENDS = ['reply', 'push', 'multicast', 'broadcast', 'pnp', 'pnp-templated'] as const
export type CountedSend = (typeof COUNTED_SENDS)[number]

/** One kind of send of one channel on one day. It grows in place. */
export interface SentCount {
  readonly channelId: string
  readonly kind: CountedSend
  /** `yyyyMMdd` in UTC+9. */
  readonly day: string
  people: number
}

// LINE documentation, "Messaging API pricing": replies are free; notification messages are billed by themselves
const COUNTED_FOR_QUOTA: ReadonlySet<CountedSend> = new Set(['push', 'multicast', 'broadcast'])
// LINE reference, "Get number of sent reply messages": days are those of UTC+9; unconfirmed: months too
const OFFSET_MS = 9 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
const MOST_COUNTS = 100_000

export class SentCounts {
  /** In order of time, so that the front holds what can be forgotten. */
  readonly #counts = new Map<string, SentCount>()
  readonly #months = new Map<string, number>()
  readonly #clock: Clock
  readonly #onChange: (count: SentCount) => void
  #dayNumber = Number.NaN
  #day = ''

  constructor(clock: Clock, onChange: (count: SentCount) => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** This day in UTC+9, `yyyyMMdd`. */
  today(): string {
    const dayNumber = Math.floor((this.#clock.now() + OFFSET_MS) / DAY_MS)
    if (dayNumber !== this.#dayNumber) {
      this.#dayNumber = dayNumber
      this.#day = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
    }
    return this.#day
  }

  add(channelId: string, kind: CountedSend, people: number): void {
    if (people === 0) return
    const day = this.today()
    const key = keyOf(channelId, kind, day)
    let count = this.#counts.get(key)
    if (count === undefined) {
      count = { channelId, kind, day, people: 0 }
      this.#counts.set(key, count)
      this.#forgetOld()
    }
    count.people += people
    this.#addToMonth(count, people)
    this.#onChange(count)
  }

  peopleReached(channelId: string, kind: CountedSend, day: string): number {
    return this.#counts.get(keyOf(channelId, kind, day))?.people ?? 0
  }

  /** What counts against the channel's quota in this month. */
  usageThisMonth(channelId: string): number {
    return this.#months.get(`${channelId} ${monthOf(this.today())}`) ?? 0
  }

  /** Sets a count to what the journal holds: of several rows for one count the last is right. */
  restore(row: SentCount): void {
    const key = keyOf(row.channelId, row.kind, row.day)
    const count = this.#counts.get(key)
    const more = row.people - (count?.people ?? 0)
    if (count !== undefined) count.people = row.people
    else this.#counts.set(key, { ...row })
    this.#forgetOld()
    this.#addToMonth(row, more)
  }

  rows(): IterableIterator<SentCount> {
    return this.#counts.values()
  }

  clear(): void {
    this.#counts.clear()
    this.#months.clear()
  }

  #addToMonth({ channelId, kind, day }: SentCount, people: number): void {
    if (!COUNTED_FOR_QUOTA.has(kind)) return
    const month = `${channelId} ${monthOf(day)}`
    this.#months.set(month, (this.#months.get(month) ?? 0) + people)
  }

  #forgetOld(): void {
    for (const [key] of this.#counts) {
      if (this.#counts.size <= MOST_COUNTS) return
      this.#counts.delete(key)
    }
  }
}

const keyOf = (channelId: string, kind: CountedSend, day: string) => `${channelId} ${kind} ${day}`

const monthOf = (day: string) => day.slice(0, 6)
