import { expect, it } from 'vitest'
import { AdjustableClock } from './clock.ts'

it('runs tasks in order of time when it is moved forward, each at its own moment', () => {
  const clock = new AdjustableClock(1000)
  const seen: [string, number][] = []
  clock.after(300, () => seen.push(['late', clock.now()]))
  clock.after(100, () => {
    seen.push(['early', clock.now()])
    clock.after(50, () => seen.push(['added on the way', clock.now()]))
  })
  clock.advance(299)
  expect(seen).toEqual([
    ['early', 1100],
    ['added on the way', 1150],
  ])
  clock.advance(1)
  expect(seen.at(-1)).toEqual(['late', 1300])
})

it('does not run a task that was cancelled', () => {
  const clock = new AdjustableClock(0)
  let ran = false
  clock.after(10, () => {
    ran = true
  })()
  clock.advance(100)
  expect(ran).toBe(false)
})

it('stands still while frozen and runs on from there', () => {
  const clock = new AdjustableClock()
  clock.freeze()
  const frozenAtMs = clock.now()
  clock.advance(60_000)
  expect(clock.now()).toBe(frozenAtMs + 60_000)
  clock.unfreeze()
  expect(clock.now() - frozenAtMs).toBeGreaterThanOrEqual(60_000)
  expect(clock.now() - frozenAtMs).toBeLessThan(61_000)
})

it('never moves backward', () => {
  expect(() => new AdjustableClock(0).advance(-1)).toThrow(RangeError)
})
