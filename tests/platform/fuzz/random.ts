// Numbers that look random and come again with the same seed (mulberry32).

export interface Random {
  /** From 0 to below 1. */
  fraction(): number
  /** A whole number from 0 to below the limit. */
  below(limit: number): number
  /** True so often in a hundred. */
  chance(percent: number): boolean
  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(fraction() * limit)
  return {
    fraction,
    below,
    chance: (percent) => fraction() * 100 < percent,
    pick<T>(values: readonly T[]): T {
      const value = values[below(values.length)]
      if (value === undefined) throw new Error('nothing to pick from')
      return value
    },
  }
}
