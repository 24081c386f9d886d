// What a benchmark answers; run.ts prints it and keeps it in bench/results/.

export interface Figure {
  name: string
  value: number
  unit: string
  goal?: { atLeast: number } | { below: number }
}

export interface BenchResult {
  figures: Figure[]
  /** Every single measurement. */
  rounds: readonly object[]
}

export function reaches({ value, goal }: Figure): boolean {
  if (goal === undefined) return true
  return 'atLeast' in goal ? value >= goal.atLeast : value < goal.below
}
