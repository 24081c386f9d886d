// Counts what is under way, so that somebody can wait until nothing is.

export class Activity {
  #count = 0
  #waiting: (() => void)[] = []

  /** @returns to be called once when it is over */
  begin(): () => void {
    this.#count += 1
    let over = false
    return () => {
      if (over) return
      over = true
      this.#count -= 1
      if (this.#count > 0) return
      for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  /** Resolves when nothing is under way and nothing follows from what just ended. */
  async idle(): Promise<void> {
    for (;;) {
      if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      await new Promise((resume) => setImmediate(resume))
      if (this.#count === 0) return
    }
  }
}
