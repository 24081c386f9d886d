// Owner of reply tokens: each works once, within a minute of its webhook on the platform's clock.
import type { Clock } from '../../kit/clock.ts'
import type { Identifiers } from '../identifiers.ts'
import { botOf, type Chat } from './chats.ts'

// LINE reference, "Send reply message": use within one minute of receiving the webhook. In a redelivered webhook it
// is good for one minute again, unless 20 minutes have passed since the event.
const REPLY_TOKEN_LIFE_MS = 60_000
const LONGEST_LIFE_MS = 20 * 60_000
const MOST_TOKENS = 1_000_000

interface ReplyToken {
  readonly chat: Chat
  readonly channelId: string | undefined
  readonly issuedAtMs: number
  expiresAtMs: number
  /** The timeline's entry of the event that carries it. */
  causeId: number
}

export type ReplyTarget = { readonly chat: Chat; readonly causeId: number }

export class ReplyTokens {
  /** In order of issue, so that the front holds what can be forgotten. */
  readonly #tokens = new Map<string, ReplyToken>()
  readonly #clock: Clock
  readonly #identifiers: Identifiers

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock
    this.#identifiers = identifiers
  }

  /** For the bot that is in the chat now. */
  issue(chat: Chat): string {
    const nowMs = this.#clock.now()
    for (const [old, { issuedAtMs }] of this.#tokens) {
      if (issuedAtMs + LONGEST_LIFE_MS > nowMs && this.#tokens.size < MOST_TOKENS) break
      this.#tokens.delete(old)
    }
    const token = this.#identifiers.replyToken()
    this.#tokens.set(token, {
      chat,
      channelId: botOf(chat),
      issuedAtMs: nowMs,
      expiresAtMs: nowMs + REPLY_TOKEN_LIFE_MS,
      causeId: 0,
    })
    return token
  }

  /** The webhook that carries it goes out now: its minute begins. @param causeId the timeline's entry of the attempt */
  delivered(token: string, causeId: number): void {
    const entry = this.#tokens.get(token)
    if (entry === undefined) return
    entry.causeId = causeId
    entry.expiresAtMs = Math.min(this.#clock.now() + REPLY_TOKEN_LIFE_MS, entry.issuedAtMs + LONGEST_LIFE_MS)
  }

  /** Uses the token up, once {@link find} has found it. */
  take(token: string): void {
    this.#tokens.delete(token)
  }

  /** What the token answers. Undefined where it is none of this channel, was used or is too old. */
  find(token: string, channelId: string): ReplyTarget | undefined {
    const entry = this.#tokens.get(token)
    if (entry === undefined || entry.channelId !== channelId) return undefined
    return entry.expiresAtMs > this.#clock.now() ? entry : undefined
  }
}
