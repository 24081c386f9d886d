import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createIdentifiers } from './identifiers.ts'

describe('identifiers', () => {
  it("have LINE's forms", () => {
    const make = createIdentifiers()
    expect(make.messageId(1_767_225_600_000)).toMatch(/^\d{18}$/)
    expect(make.replyToken()).toMatch(/^[0-9a-f]{32}$/)
    expect(make.webhookEventId(1_767_225_600_000)).toMatch(/^01KDV[0-9A-HJKMNP-TV-Z]{21}$/)
    expect(make.channelAccessToken()).toMatch(/^[A-Za-z0-9+/]{171}=$/)
  })

  it('of messages grow, also while the clock stands still or goes back', () => {
    const make = createIdentifiers()
    const made: string[] = []
    for (let i = 0; i < 150_000; i++) made.push(make.messageId(1_767_225_600_000))
    made.push(make.messageId(1_767_225_500_000))
    expect(made.every((id, i) => i === 0 || id > (made[i - 1] ?? ''))).toBe(true)
  })

  it('of messages grow from the first years of the clock to the last ones', () => {
    const make = createIdentifiers()
    const made = [0, 1, 999, 1000, 999_999_999_999, 1_000_000_000_000, 4_102_444_800_000].map(make.messageId)
    expect(made.every((id, i) => /^\d{18}$/.test(id) && (i === 0 || id > (made[i - 1] ?? '')))).toBe(true)
  })

  it('of messages go on after those of an earlier run', () => {
    const make = createIdentifiers()
    make.continueMessageIdsAfter('176722560000000041')
    expect(make.messageId(1_767_225_600_000)).toBe('176722560000000042')
  })

  it('are the same again from the same randomness', () => {
    const seeded = () => {
      let count = 0
      return createIdentifiers((sizeBytes) =>
        Buffer.concat(
          Array.from({ length: Math.ceil(sizeBytes / 32) }, () =>
            createHash('sha256').update(`seed ${count++}`).digest(),
          ),
        ).subarray(0, sizeBytes),
      )
    }
    const [one, other] = [seeded(), seeded()]
    for (let i = 0; i < 500; i++) expect(one.requestId()).toBe(other.requestId())
    expect(one.channelAccessToken()).toBe(other.channelAccessToken())
  })
})
