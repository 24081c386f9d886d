// Owner of channel access tokens of all four kinds. LINE documentation, "Types of channel access tokens": the
// long-lived one of the console; short-lived ones, where the 31st ends the oldest; v2.1 ones, where the 31st is
// refused; stateless ones without number, which are not kept: their own signature proves them.
import type { Clock } from '../../kit/clock.ts'
import type { Identifiers } from '../identifiers.ts'
import { readSignedToken, type SignedTokenClaims, signToken } from './signed-access-token.ts'

// LINE reference 2017, "Issue channel access token": valid for 30 days, at most 30 live, then the oldest goes
export const SHORT_LIVED_SECONDS = 2_592_000
const MOST_SHORT_LIVED = 30
// LINE reference, "Issue channel access token v2.1": at most 30 live; a life of at most 30 days
export const LONGEST_V21_SECONDS = 2_592_000
const MOST_V21 = 30
// LINE reference, "Issue stateless channel access token"
export const STATELESS_SECONDS = 900

export interface ChannelAccessToken {
  readonly token: string
  readonly channelId: string
  /** Absent on a long-lived token, which never expires. */
  readonly expiresAtMs?: number
  /** Only v2.1 tokens have one: the id that LINE lists them by. */
  readonly keyId?: string
}

/** What a text is that is given for a v2.1 or stateless token. */
export type SignedTokenState =
  | { state: 'live'; channelId: string; expiresAtMs: number }
  | { state: 'expired' | 'revoked' | 'not-jws' | 'malformed' }

export class ChannelAccessTokens {
  readonly #tokens = new Map<string, ChannelAccessToken>()
  /** In order of issue. */
  readonly #byChannel = new Map<string, Set<ChannelAccessToken>>()
  readonly #clock: Clock
  readonly #identifiers: Identifiers
  readonly #secretOf: (channelId: string) => string | undefined
  readonly #onChange: () => void

  /** @param secretOf the secret of a channel, undefined where there is none such */
  constructor(
    clock: Clock,
    identifiers: Identifiers,
    secretOf: (channelId: string) => string | undefined,
    onChange: () => void,
  ) {
    this.#clock = clock
    this.#identifiers = identifiers
    this.#secretOf = secretOf
    this.#onChange = onChange
  }

  /** The token, of whichever kind, where it is live at this moment. */
  find(token: string): ChannelAccessToken | undefined {
    const kept = this.findKept(token)
    if (kept !== undefined) return kept
    const read = readSignedToken(token, this.#secretOf)
    if (!read.ok || read.claims.kind !== 'stateless') return undefined
    const { channelId, expiresAtSeconds } = read.claims
    const expiresAtMs = expiresAtSeconds * 1000
    return expiresAtMs > this.#clock.now() ? { token, channelId, expiresAtMs } : undefined
  }

  /** As {@link find}, but for stateless tokens. */
  findKept(token: string): ChannelAccessToken | undefined {
    const found = this.#tokens.get(token)
    if (found?.expiresAtMs === undefined || found.expiresAtMs > this.#clock.now()) return found
    this.revoke(token)
    return undefined
  }

  /** What the text is, where a v2.1 or stateless token is expected. */
  inspectSigned(token: string): SignedTokenState {
    const read = readSignedToken(token, this.#secretOf)
    if (!read.ok) return { state: read.fault }
    const { channelId, kind, expiresAtSeconds } = read.claims
    const expiresAtMs = expiresAtSeconds * 1000
    if (expiresAtMs <= this.#clock.now()) return { state: 'expired' }
    if (kind === 'v2.1' && !this.#tokens.has(token)) return { state: 'revoked' }
    return { state: 'live', channelId, expiresAtMs }
  }

  add(entry: ChannelAccessToken): void {
    this.#tokens.set(entry.token, entry)
    this.#ofChannel(entry.channelId).add(entry)
    this.#onChange()
  }

  issueShortLived(channelId: string): ChannelAccessToken {
    const token = this.#identifiers.channelAccessToken()
    const entry = { token, channelId, expiresAtMs: this.#clock.now() + SHORT_LIVED_SECONDS * 1000 }
    this.add(entry)
    const live = this.#live(channelId).filter(({ expiresAtMs, keyId }) => expiresAtMs !== undefined && !keyId)
    for (const old of live.slice(0, -MOST_SHORT_LIVED)) this.revoke(old.token)
    return entry
  }

  /** Undefined where the channel has as many as it may have. */
  issueV21(channelId: string, lifeSeconds: number): (ChannelAccessToken & { keyId: string }) | undefined {
    if (this.liveV21(channelId).length >= MOST_V21) return undefined
    const claims = this.#claims(channelId, 'v2.1', lifeSeconds)
    const { keyId, expiresAtSeconds } = claims
    const entry = { token: this.#sign(claims), channelId, expiresAtMs: expiresAtSeconds * 1000, keyId }
    this.add(entry)
    return entry
  }

  issueStateless(channelId: string): string {
    return this.#sign(this.#claims(channelId, 'stateless', STATELESS_SECONDS))
  }

  /** The v2.1 tokens that are live at this moment, the oldest first. */
  liveV21(channelId: string): ChannelAccessToken[] {
    return this.#live(channelId).filter(({ keyId }) => keyId !== undefined)
  }

  /** A token that is not known is no error. */
  revoke(token: string): void {
    const entry = this.#tokens.get(token)
    if (entry === undefined) return
    this.#tokens.delete(token)
    this.#ofChannel(entry.channelId).delete(entry)
    this.#onChange()
  }

  all(): IterableIterator<ChannelAccessToken> {
    return this.#tokens.values()
  }

  clear(): void {
    this.#tokens.clear()
    this.#byChannel.clear()
  }

  /** Forgets on the way those that have expired. */
  #live(channelId: string): ChannelAccessToken[] {
    return [...this.#ofChannel(channelId)].filter(({ token }) => this.findKept(token) !== undefined)
  }

  #claims(channelId: string, kind: SignedTokenClaims['kind'], lifeSeconds: number): SignedTokenClaims {
    const expiresAtSeconds = Math.floor(this.#clock.now() / 1000) + lifeSeconds
    return { channelId, kind, expiresAtSeconds, keyId: this.#identifiers.accessTokenKeyId() }
  }

  #sign(claims: SignedTokenClaims): string {
    const secret = this.#secretOf(claims.channelId)
    if (secret === undefined) throw new Error('a token for a channel that there is not')
    return signToken(claims, secret)
  }

  #ofChannel(channelId: string): Set<ChannelAccessToken> {
    let tokens = this.#byChannel.get(channelId)
    if (tokens === undefined) {
      tokens = new Set()
      this.#byChannel.set(channelId, tokens)
    }
    return tokens
  }
}
