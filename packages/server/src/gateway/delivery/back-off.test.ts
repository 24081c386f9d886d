import { describe, expect, it } from 'vitest'
import { retryAfterMs, sendPauseMs } from './back-off.ts'

describe('the pause between sends', () => {
  it('doubles from 1 s to 60 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempts) => sendPauseMs(attempts, () => 0))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ])
  })

  it('is shortened by up to a half at random', () => {
    expect(sendPauseMs(3, () => 1)).toBe(2000)
    expect(sendPauseMs(3)).toBeGreaterThanOrEqual(2000)
    expect(sendPauseMs(3)).toBeLessThanOrEqual(4000)
  })
})

describe('Retry-After', () => {
  it('is read as seconds or as a date', () => {
    expect(retryAfterMs('120', 0)).toBe(120_000)
    expect(retryAfterMs('Thu, 01 Jan 1970 00:00:30 GMT', 10_000)).toBe(20_000)
    expect(retryAfterMs('Thu, 01 Jan 1970 00:00:30 GMT', 60_000)).toBe(0)
    expect(retryAfterMs(['5', '6'], 0)).toBe(5000)
  })

  it('is nothing where it makes no sense', () => {
    for (const header of [undefined, '', 'soon', '-5', '99999999999']) expect(retryAfterMs(header, 0)).toBeUndefined()
  })
})
