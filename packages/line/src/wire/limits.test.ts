import { describe, expect, it } from 'vitest'
import { LIMITS, limit } from './limits.ts'
import { MEDIA_LIMITS } from './media-limits.ts'

describe('LIMITS', () => {
  it('names each row once', () => {
    const names = LIMITS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('has a source for each figure and none without', () => {
    for (const row of LIMITS)
      for (const profile of ['2017', 'current'] as const)
        expect(row.source[profile] === null, `${row.name} ${profile}`).toBe(row[profile] === null)
  })

  it('gives the figure of a profile', () => {
    expect(limit('multicast.to', '2017')).toBe(150)
    expect(limit('multicast.to', 'current')).toBe(500)
    expect(limit('quickReply.items', '2017')).toBeNull()
  })

  it('has a row for each address that MEDIA_LIMITS knows, in the same profiles', () => {
    const rows = new Map<string, (typeof LIMITS)[number]>(LIMITS.map((row) => [row.name, row]))
    for (const [name, media] of Object.entries(MEDIA_LIMITS))
      for (const profile of ['2017', 'current'] as const)
        expect(rows.get(name)?.[profile] === null, `${name} ${profile}`).toBe(media[profile] === null)
  })
})
