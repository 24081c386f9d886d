// LINE, as far as sending goes: what has a retry key is accepted once under it, what has none each time it arrives.
import type { World } from './world.ts'

export type LineAnswer = 'taken' | 'refused' | 'throttled' | 'silent'

export interface LineRequest {
  key: string | undefined
  /** Ids of messages: several are a multicast. */
  messages: readonly string[]
}

export class LineModel {
  /** Every first acceptance, in order. */
  readonly acceptances: { message: string; key: string }[] = []
  readonly requests = new Map<string, number>()
  repeats = 0
  readonly #accepted = new Set<string>()
  readonly #known = new Set<string>()
  readonly #refused = new Set<string>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  has(message: string): boolean {
    return this.#accepted.has(message)
  }

  receive({ key, messages }: LineRequest): LineAnswer {
    for (const message of messages) this.requests.set(message, (this.requests.get(message) ?? 0) + 1)
    if (key !== undefined && this.#known.has(key)) {
      this.repeats += 1
      return 'taken' // 409
    }
    // What is wrong with a request stays wrong: a repeat of it is refused too.
    if (key !== undefined && this.#refused.has(key)) return 'refused'
    if (this.#world.chance(0.04)) {
      if (key !== undefined) this.#refused.add(key)
      return 'refused'
    }
    if (this.#world.chance(0.04)) return 'throttled'
    if (this.#world.chance(0.06)) return 'silent' // 500, nothing accepted
    if (key !== undefined) this.#known.add(key)
    for (const message of messages) {
      this.#accepted.add(message)
      this.acceptances.push({ message, key: key ?? `none-${this.requests.get(message)}` })
    }
    return this.#world.chance(0.06) ? 'silent' : 'taken' // accepted, and the answer lost
  }
}
