// What the person has written and the platform has not yet taken. Texts of one chat leave one after the other, so that they
// arrive in the order they were written; what is refused stays, with the reason, until it is sent again or discarded.
import { type ChatMessage, ControlApiError } from './control-api.ts'

export interface OutgoingText {
  key: number
  chatId: string
  text: string
  state: 'sending' | 'failed'
  /** Why it was refused. */
  reason?: string
}

export interface OutboxOptions {
  send(chatId: string, text: string): Promise<ChatMessage>
  onSent(message: ChatMessage): void
}

const NOTHING: readonly OutgoingText[] = []

export class Outbox {
  #texts: readonly OutgoingText[] = NOTHING
  #lastKey = 0
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
  readonly current = (): readonly OutgoingText[] => this.#texts

  submit(chatId: string, text: string): void {
    this.#lastKey += 1
    const entry: OutgoingText = { key: this.#lastKey, chatId, text, state: 'sending' }
    this.#change([...this.#texts, entry])
    this.#enqueue(entry)
  }

  retry(key: number): void {
    const failed = this.#texts.find((entry) => entry.key === key && entry.state === 'failed')
    if (failed === undefined) return
    this.discard(key)
    this.submit(failed.chatId, failed.text)
  }

  discard(key: number): void {
    this.#change(this.#texts.filter((entry) => entry.key !== key))
  }

  /** A message of ours came by the stream, before the answer to its sending: it is not outgoing any more. */
  noteArrival(chatId: string, text: string | undefined): void {
    const arrived = this.#texts.find(
      (entry) => entry.chatId === chatId && entry.state === 'sending' && entry.text === text,
    )
    if (arrived !== undefined) this.discard(arrived.key)
  }

  #enqueue(entry: OutgoingText): void {
    const before = this.#queues.get(entry.chatId) ?? Promise.resolve()
    this.#queues.set(
      entry.chatId,
      before.then(() => this.#send(entry)),
    )
  }

  async #send(entry: OutgoingText): Promise<void> {
    try {
      const message = await this.#options.send(entry.chatId, entry.text)
      this.#options.onSent(message)
      this.discard(entry.key)
    } catch (error) {
      const reason = error instanceof ControlApiError && error.code !== 'unreachable' ? error.message : undefined
      this.#change(
        this.#texts.map((other) =>
          other.key === entry.key ? { ...other, state: 'failed', ...(reason !== undefined && { reason }) } : other,
        ),
      )
    }
  }

  #change(texts: readonly OutgoingText[]): void {
    this.#texts = texts
    for (const listener of this.#listeners) listener()
  }
}
