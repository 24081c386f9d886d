// Waiting on purpose, on the machine's own time: whoever waits for an answer has no virtual clock. Closing the platform
// and beginning anew end every wait.

export class Waits {
  readonly #endings = new Set<() => void>()
  #closed = false

  /** Resolves after that time. @returns false where the wait was ended before its time */
  wait(delayMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    if (this.#closed) return Promise.resolve(false)
    const end = () => resolve(false)
    const timer = setTimeout(() => resolve(true), delayMs)
    this.#endings.add(end)
    return promise.finally(() => {
      clearTimeout(timer)
      this.#endings.delete(end)
    })
  }

  endAll(): void {
    for (const end of [...this.#endings]) end()
  }

  close(): void {
    this.#closed = true
    this.endAll()
  }
}
