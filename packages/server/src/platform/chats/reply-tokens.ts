// Owner of reply tokens: each works once, within a minute of its webhook on the platform's clock.
import type { Clock } from '../../kit/clock.ts'
import type { Identifiers } from '../identifiers.ts'
import { botOf, type Chat } from './chats.ts'

// LINE reference, "Send reply message": use within one minute of receiving the webhook. In a redelivered webhook it
// is good for one minute again, unless 20 minutes have passed since the event.
const REPLY_TOKEN_LIFE_MS = 60_000
const LONGEST_LIFE_MS = 20 * 60_000
const MOST_TOKENS = 1_000_000

export interface ReplyToken {
  readonly token: string
  readonly chat: Chat
  readonly channelId: string | undefined
  readonly issuedAtMs: number
  expiresAtMs: number
  /** The timeline's entry of the event that carries it. */
  causeId: number
  used?: true
}

export type ReplyTarget = { readonly chat: Chat; readonly causeId: number }

export class ReplyTokens {
  /** In order of issue, so that the front holds what can be forgotten. */
  readonly #tokens = new Map<string, ReplyToken>()
  readonly #clock: Clock
  readonly #identifiers: Identifiers
  readonly #onChange: (token: ReplyToken) => void

  constructor(clock: Clock, identifiers: Identifiers, onChange: (token: ReplyToken) => void) {
    this.#clock = clock
    this.#identifiers = identifiers
    this.#onChange = onChange
  }

  /** For the bot that is in the chat now. */
  issue(chat: Chat): string {
    const nowMs = this.#clock.now()
    const token = this.#identifiers.replyToken()
    const expiresAtMs = nowMs + REPLY_TOKEN_LIFE_MS
    const entry: ReplyToken = { token, chat, channelId: botOf(chat), issuedAtMs: nowMs, expiresAtMs, causeId: 0 }
    this.restore(entry)
    this.#onChange(entry)
    return token
  }

  /** As after {@link issue}, for what the journal holds already. */
  restore(entry: ReplyToken): void {
    for (const [old, before] of this.#tokens) {
      if (this.#mayLive(before) && this.#tokens.size < MOST_TOKENS) break
      this.#tokens.delete(old)
    }
    this.#tokens.set(entry.token, entry)
  }

  /** Those that work, now or after a redelivery. */
  *live(): Generator<ReplyToken> {
    for (const entry of this.#tokens.values()) if (this.#mayLive(entry)) yield entry
  }

  clear(): void {
    this.#tokens.clear()
  }

  /** The webhook that carries it goes out now: its minute begins. @param causeId the timeline's entry of the attempt */
  delivered(token: string, causeId: number): void {
    const entry = this.#tokens.get(token)
    if (entry === undefined) return
    entry.causeId = causeId
    entry.expiresAtMs = Math.min(this.#clock.now() + REPLY_TOKEN_LIFE_MS, entry.issuedAtMs + LONGEST_LIFE_MS)
    this.#onChange(entry)
  }

  /** Uses the token up, once {@link find} has found it. */
  take(token: string): void {
    const entry = this.#tokens.get(token)
    if (entry === undefined) return
    entry.used = true
    this.#tokens.delete(token)
    this.#onChange(entry)
  }

  /** As {@link take}, for what the journal holds already. */
  forget(token: string): void {
    this.#tokens.delete(token)
  }

  /** What the token answers. Undefined where it is none of this channel, was used or is too old. */
  find(token: string, channelId: string): ReplyTarget | undefined {
    const entry = this.#tokens.get(token)
    if (entry === undefined || entry.channelId !== channelId) return undefined
    return entry.expiresAtMs > this.#clock.now() ? entry : undefined
  }

  #mayLive({ issuedAtMs }: ReplyToken): boolean {
    return issuedAtMs + LONGEST_LIFE_MS > this.#clock.now()
  }
}
