import { describe, expect, it } from 'vitest'
import { Activity } from '../delivery/activity.ts'
import { Gather } from './gather.ts'

describe('a gathering', () => {
  it('commits together what comes in one turn, in order, at most 500 at a time', async () => {
    const batches: number[][] = []
    const gather = new Gather<number, number>(new Activity(), (rows) => {
      batches.push([...rows])
      return rows.map((row) => row * 2)
    })
    const numbers = Array.from({ length: 1200 }, (_, index) => index)
    expect(await Promise.all(numbers.map((row) => gather.add(row)))).toEqual(numbers.map((row) => row * 2))
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200])
    expect(batches.flat()).toEqual(numbers)
  })

  it('tells when too many wait', async () => {
    const gather = new Gather<number, number>(new Activity(), (rows) => rows, 2)
    const waiting = [gather.add(1)]
    expect(gather.isFull).toBe(false)
    waiting.push(gather.add(2))
    expect(gather.isFull).toBe(true)
    await Promise.all(waiting)
    expect(gather.isFull).toBe(false)
  })

  it('fails a bad row alone', async () => {
    const gather = new Gather<number, number>(new Activity(), (rows) => {
      if (rows.includes(13)) throw new Error('bad luck')
      return rows
    })
    const outcomes = await Promise.allSettled([1, 13, 2].map((row) => gather.add(row)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('counts as under way until its last row is answered', async () => {
    const activity = new Activity()
    let committed = 0
    const gather = new Gather<number, number>(activity, (rows) => {
      committed += rows.length
      return rows
    })
    for (let row = 0; row < 600; row++) void gather.add(row)
    await activity.idle()
    expect(committed).toBe(600)
  })
})
