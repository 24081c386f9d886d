import { describe, expect, it } from 'vitest'
import { shortenSecret, Timeline } from './timeline.ts'

const action = () => ({ kind: 'action' as const, atMs: 0, userId: 'u', act: 'add' as const, botUserId: 'b' })
const ids = (timeline: Timeline) => timeline.after(0, 1000).map(({ id }) => id)

describe('the timeline', () => {
  it('forgets the oldest entries beyond its count', () => {
    const timeline = new Timeline(3)
    for (let i = 0; i < 5; i++) timeline.add(action(), 0)
    expect(ids(timeline)).toEqual([3, 4, 5])
    expect(timeline.find(2)).toBeUndefined()
    expect(timeline.find(5)).toMatchObject({ id: 5 })
  })

  it('forgets the oldest entries beyond its size, and keeps the newest however large', () => {
    const timeline = new Timeline(100, 10_000)
    for (let i = 0; i < 5; i++) timeline.add(action(), 1500)
    expect(ids(timeline)).toEqual([4, 5].slice(-ids(timeline).length))
    expect(ids(timeline).length).toBeLessThan(5)
    timeline.add(action(), 1_000_000)
    expect(ids(timeline)).toEqual([6])
    timeline.add(action(), 0)
    expect(ids(timeline)).toEqual([7])
  })

  it('counts what is filled in later', () => {
    const timeline = new Timeline(100, 10_000)
    const call = timeline.add({ kind: 'call', atMs: 0, method: 'POST', path: '/', requestId: 'r' }, 0)
    timeline.add(action(), 0)
    timeline.fill(call, { request: 'x'.repeat(8000) }, 8000)
    expect(ids(timeline)).toEqual([2])
  })

  it('reads from the start for a reader who knows ids from before a restart', () => {
    const timeline = new Timeline()
    timeline.add(action(), 0)
    expect(timeline.after(5000, 10)).toHaveLength(1)
    expect(timeline.after(1, 10)).toEqual([])
  })

  it('shows too little of a secret to use it', () => {
    expect(shortenSecret('abcdefghijklmnopqrstuvwxyz')).toBe('abcd***')
    expect(shortenSecret('short')).toBe('***')
  })
})
