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

  close(): void {
    this.#closed = true
    for (const end of this.#endings) end()
    this.#endings.clear()
  }
}
