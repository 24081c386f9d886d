import { describe, expect, it } from 'vitest'
import { isLonger } from './text-length.ts'

describe('isLonger', () => {
  it('counts UTF-16 units where LINE does', () => {
    expect(isLonger('🍎'.repeat(10), 'sender.name', 20)).toBe(false)
    expect(isLonger('🍎'.repeat(11), 'sender.name', 20)).toBe(true)
  })

  it('counts what a reader sees as one character where LINE does', () => {
    for (const cluster of ['🍎', '👨‍👩‍👧', 'が', '🇯🇵', '👍🏽', '각', '\r\n']) {
      expect(isLonger(cluster.repeat(20), 'action.label', 20)).toBe(false)
      expect(isLonger(cluster.repeat(21), 'action.label', 20)).toBe(true)
    }
  })

  it('stops counting once it knows', () => {
    expect(isLonger('🍎'.repeat(1_000_000), 'action.label', 20)).toBe(true)
  })
})
