// Owner of channel access tokens: the long-lived ones of the console and the short-lived ones that the API issues.
import type { Clock } from '../../kit/clock.ts'
import type { Identifiers } from '../identifiers.ts'

// LINE reference 2017, "Issue channel access token": valid for 30 days, at most 30 live, then the oldest goes
export const SHORT_LIVED_SECONDS = 2_592_000
const MOST_SHORT_LIVED = 30

export interface ChannelAccessToken {
  readonly token: string
  readonly channelId: string
  /** Absent on a long-lived token, which never expires. */
  readonly expiresAtMs?: number
}

export class ChannelAccessTokens {
  readonly #tokens = new Map<string, ChannelAccessToken>()
  readonly #shortLived = new Map<string, ChannelAccessToken[]>()
  readonly #clock: Clock
  readonly #identifiers: Identifiers
  readonly #onChange: () => void

  constructor(clock: Clock, identifiers: Identifiers, onChange: () => void) {
    this.#clock = clock
    this.#identifiers = identifiers
    this.#onChange = onChange
  }

  /** The token where it is live at this moment. */
  find(token: string): ChannelAccessToken | undefined {
    const found = this.#tokens.get(token)
    if (found?.expiresAtMs === undefined || found.expiresAtMs > this.#clock.now()) return found
    this.revoke(token)
    return undefined
  }

  add(entry: ChannelAccessToken): void {
    this.#tokens.set(entry.token, entry)
    if (entry.expiresAtMs !== undefined) this.#shortLivedOf(entry.channelId).push(entry)
    this.#onChange()
  }

  issueShortLived(channelId: string): ChannelAccessToken {
    const nowMs = this.#clock.now()
    const token = this.#identifiers.channelAccessToken()
    const entry = { token, channelId, expiresAtMs: nowMs + SHORT_LIVED_SECONDS * 1000 }
    this.add(entry)
    const live = this.#shortLivedOf(channelId).filter(({ expiresAtMs = Infinity }) => expiresAtMs > nowMs)
    for (const old of live.slice(0, -MOST_SHORT_LIVED)) this.#tokens.delete(old.token)
    this.#shortLived.set(channelId, live.slice(-MOST_SHORT_LIVED))
    return entry
  }

  /** A token that is not known is no error. */
  revoke(token: string): void {
    const entry = this.#tokens.get(token)
    if (entry === undefined) return
    this.#tokens.delete(token)
    const others = this.#shortLivedOf(entry.channelId).filter((other) => other !== entry)
    this.#shortLived.set(entry.channelId, others)
    this.#onChange()
  }

  all(): IterableIterator<ChannelAccessToken> {
    return this.#tokens.values()
  }

  #shortLivedOf(channelId: string): ChannelAccessToken[] {
    let tokens = this.#shortLived.get(channelId)
    if (tokens === undefined) {
      tokens = []
      this.#shortLived.set(channelId, tokens)
    }
    return tokens
  }
}
