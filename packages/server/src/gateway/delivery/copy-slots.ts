// How many files are copied at a time: in all, and of one account, so that a slow account does not hold up the others.

export class CopySlots {
  readonly #most: number
  readonly #mostPerAccount: number
  readonly #busy = new Map<string, number>()
  #running = 0

  constructor(most: number, mostPerAccount: number) {
    this.#most = most
    this.#mostPerAccount = mostPerAccount
  }

  /** @returns to be called once when it is over; undefined where all are taken */
  take(account: string): (() => void) | undefined {
    const busy = this.#busy.get(account) ?? 0
    if (this.#running >= this.#most || busy >= this.#mostPerAccount) return undefined
    this.#running += 1
    this.#busy.set(account, busy + 1)
    return () => {
      this.#running -= 1
      const left = (this.#busy.get(account) ?? 1) - 1
      if (left === 0) this.#busy.delete(account)
      else this.#busy.set(account, left)
    }
  }
}
