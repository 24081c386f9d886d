import { describe, expect, it } from 'vitest'
import { Activity } from '../../kit/activity.ts'
import { Gather } from './gather.ts'

const nextTurn = (task: () => void) => void setImmediate(task)

describe('a gathering', () => {
  it('commits together what comes in one turn, in order, at most 500 at a time', async () => {
    const batches: number[][] = []
    const gather = new Gather<number, number>({
      activity: new Activity(),
      nextTurn,
      async commit(rows) {
        batches.push([...rows])
        return rows.map((row) => row * 2)
      },
    })
    const numbers = Array.from({ length: 1200 }, (_, index) => index)
    expect(await Promise.all(numbers.map((row) => gather.add(row)))).toEqual(numbers.map((row) => row * 2))
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200])
    expect(batches.flat()).toEqual(numbers)
  })

  it('tells when too many wait', async () => {
    const gather = new Gather<number, number>({
      activity: new Activity(),
      nextTurn,
      commit: async (rows) => rows,
      mostWaiting: 2,
    })
    const waiting = [gather.add(1)]
    expect(gather.isFull).toBe(false)
    waiting.push(gather.add(2))
    expect(gather.isFull).toBe(true)
    await Promise.all(waiting)
    expect(gather.isFull).toBe(false)
  })

  it('fails a bad row alone', async () => {
    const gather = new Gather<number, number>({
      activity: new Activity(),
      nextTurn,
      async commit(rows) {
        if (rows.includes(13)) throw new Error('bad luck')
        return rows
      },
    })
    const outcomes = await Promise.allSettled([1, 13, 2].map((row) => gather.add(row)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('tries nothing again where the commit may have happened', async () => {
    let commits = 0
    const gather = new Gather<number, number>({
      activity: new Activity(),
      nextTurn,
      async commit() {
        commits += 1
        throw new Error('no answer')
      },
      mayRepeat: () => false,
    })
    const outcomes = await Promise.allSettled([1, 2].map((row) => gather.add(row)))
    expect([commits, outcomes.map(({ status }) => status)]).toEqual([1, ['rejected', 'rejected']])
  })

  it('counts as under way until its last row is answered', async () => {
    const activity = new Activity()
    let committed = 0
    const gather = new Gather<number, number>({
      activity,
      nextTurn,
      async commit(rows) {
        committed += rows.length
        return rows
      },
    })
    for (let row = 0; row < 600; row++) void gather.add(row)
    await activity.idle()
    expect(committed).toBe(600)
  })
})
