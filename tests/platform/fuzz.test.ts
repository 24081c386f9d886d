import { expect, it } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

// `npm run soak` sends 100,000.
const REQUESTS = 5000

it(`answers ${REQUESTS} seeded requests of all kinds without a fault of its own`, { timeout: 240_000 }, async () => {
  const { statuses, faults } = await fuzz(20_170_901, REQUESTS)
  expect(faults).toEqual([])
  expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(REQUESTS)
  // Nonsense alone would prove little: much of it must be taken, and refusals must be of many kinds.
  expect(statuses[200] ?? 0).toBeGreaterThan(REQUESTS / 20)
  expect(Object.keys(statuses).length).toBeGreaterThan(6)
})
