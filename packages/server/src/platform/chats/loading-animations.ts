// Owner of the loading animations that users see: a bot asks for one, and its next message or the end of its time ends
// it. Nothing of it is saved: it lasts a minute at most.
import type { Clock } from '../../kit/clock.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { Users } from '../accounts/users.ts'
import type { Chats, StoredMessage } from './chats.ts'

export interface LoadingAnimation {
  readonly channelId: string
  readonly userId: string
  readonly untilMs: number
}

interface Running extends LoadingAnimation {
  /** The newest message of the chat when it began. */
  readonly after: string
}

type Listener = (animation: LoadingAnimation) => void

export interface LoadingAnimationParts {
  readonly clock: Clock
  readonly chats: Chats
  readonly users: Users
}

export class LoadingAnimations {
  readonly #running = new Map<string, Running>()
  readonly #listeners = new Map<string, Set<Listener>>()
  readonly #parts: LoadingAnimationParts

  constructor(parts: LoadingAnimationParts) {
    this.#parts = parts
  }

  /** LINE reference, "Display a loading animation": friends alone see it; asked for again, its time begins anew. */
  start({ channelId }: LineChannel, userId: string, durationMs: number): void {
    const { clock, chats, users } = this.#parts
    this.#forgetOver()
    if (users.friendship(channelId, userId) !== 'friend') return
    const after = chats.find(channelId, userId)?.messages.at(-1)?.id ?? ''
    const animation = { channelId, userId, untilMs: clock.now() + durationMs, after }
    this.#running.set(`${channelId} ${userId}`, animation)
    for (const listener of this.#listeners.get(userId) ?? []) listener(animation)
  }

  /** What the user sees in the chat with that bot at this moment. */
  find(channelId: string, userId: string): LoadingAnimation | undefined {
    const animation = this.#running.get(`${channelId} ${userId}`)
    if (animation === undefined || animation.untilMs <= this.#parts.clock.now()) return undefined
    const last = lastOfBot(this.#parts.chats.find(channelId, userId)?.messages ?? [], animation.after)
    return last === undefined ? animation : undefined
  }

  /** Hears of each that begins for the user, until the answer is called. */
  listen(userId: string, listener: Listener): () => void {
    const ofUser = this.#listeners.get(userId) ?? new Set()
    this.#listeners.set(userId, ofUser.add(listener))
    return () => {
      ofUser.delete(listener)
      if (ofUser.size === 0 && this.#listeners.get(userId) === ofUser) this.#listeners.delete(userId)
    }
  }

  clear(): void {
    this.#running.clear()
  }

  #forgetOver(): void {
    const nowMs = this.#parts.clock.now()
    for (const [key, { untilMs }] of this.#running) if (untilMs <= nowMs) this.#running.delete(key)
  }
}

/** A message of the bot that is newer than that id. */
function lastOfBot(messages: readonly StoredMessage[], after: string): StoredMessage | undefined {
  for (let i = messages.length - 1; i >= 0; i--) {
    const stored = messages[i]
    if (stored === undefined || stored.id <= after) return undefined
    if (stored.from === 'bot') return stored
  }
  return undefined
}
