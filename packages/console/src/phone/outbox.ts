// What the person has sent and the platform has not yet taken. Messages of one chat leave one after the other, so that
// they arrive in the order they were written; what is refused stays, with the reason, until it is sent again or discarded.
import { type ChatMessage, ControlApiError } from './control-api.ts'
import type { Draft } from './draft.ts'

export interface Outgoing {
  key: number
  chatId: string
  draft: Draft
  state: 'sending' | 'failed'
  /** Of an upload, from 0 to 1. */
  progress?: number
  /** Why it was refused. */
  reason?: string
}

export interface OutboxOptions {
  send(chatId: string, draft: Draft, onProgress: (share: number) => void): Promise<ChatMessage[]>
  onSent(message: ChatMessage): void
}

const NOTHING: readonly Outgoing[] = []

export class Outbox {
  #entries: readonly Outgoing[] = NOTHING
  #lastKey = 0
  readonly #lastDrafts = new Map<string, Draft>()
  readonly #queues = new Map<string, Promise<void>>()
  readonly #listeners = new Set<() => void>()
  readonly #options: OutboxOptions

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The same array as long as nothing changes. */
  readonly current = (): readonly Outgoing[] => this.#entries

  submit(chatId: string, draft: Draft): void {
    this.#lastKey += 1
    const entry: Outgoing = { key: this.#lastKey, chatId, draft, state: 'sending' }
    this.#lastDrafts.set(chatId, draft)
    this.#change([...this.#entries, entry])
    this.#enqueue(entry)
  }

  /** Sends what was sent last once more; answers whether there was anything. */
  resendLast(chatId: string): boolean {
    const draft = this.#lastDrafts.get(chatId)
    if (draft !== undefined) this.submit(chatId, draft)
    return draft !== undefined
  }

  retry(key: number): void {
    const failed = this.#entries.find((entry) => entry.key === key && entry.state === 'failed')
    if (failed === undefined) return
    this.discard(key)
    this.submit(failed.chatId, failed.draft)
  }

  discard(key: number): void {
    this.#change(this.#entries.filter((entry) => entry.key !== key))
  }

  /** A message of ours came by the stream, before the answer to its sending: it is not outgoing any more. */
  noteArrival(chatId: string, { type, text }: { type: string; text?: string }): void {
    const arrived = this.#entries.find(
      ({ chatId: where, state, draft }) =>
        where === chatId &&
        state === 'sending' &&
        draft.type === type &&
        (draft.type !== 'text' || draft.text === text) &&
        !(draft.type === 'image' && draft.files.length > 1), // the answer to its sending brings all of them at once
    )
    if (arrived !== undefined) this.discard(arrived.key)
  }

  #enqueue(entry: Outgoing): void {
    const before = this.#queues.get(entry.chatId) ?? Promise.resolve()
    this.#queues.set(
      entry.chatId,
      before.then(() => this.#send(entry)),
    )
  }

  async #send({ key, chatId, draft }: Outgoing): Promise<void> {
    try {
      const messages = await this.#options.send(chatId, draft, (progress) => this.#put(key, { progress }))
      messages.forEach(this.#options.onSent)
      this.discard(key)
    } catch (error) {
      const reason = error instanceof ControlApiError && error.code !== 'unreachable' ? error.message : undefined
      this.#put(key, { state: 'failed', ...(reason !== undefined && { reason }) })
    }
  }

  #put(key: number, change: Partial<Outgoing>): void {
    this.#change(this.#entries.map((other) => (other.key === key ? { ...other, ...change } : other)))
  }

  #change(entries: readonly Outgoing[]): void {
    this.#entries = entries
    for (const listener of this.#listeners) listener()
  }
}
