// Requests that stay open: streams and long polls. Closing the platform ends them, so that it need not wait for them.

export class OpenReaders {
  readonly #endings = new Set<() => void>()
  #closed = false

  /** @param end is called at most once, when the platform stops. The answer forgets it. */
  add(end: () => void): () => void {
    if (this.#closed) end()
    else this.#endings.add(end)
    return () => this.#endings.delete(end)
  }

  /** Ends all that are open: what they have read is no more. New ones may come. */
  restart(): void {
    const endings = [...this.#endings]
    this.#endings.clear()
    for (const end of endings) end()
  }

  close(): void {
    this.#closed = true
    this.restart()
  }
}
