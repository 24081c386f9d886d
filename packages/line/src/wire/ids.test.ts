import { describe, expect, it } from 'vitest'
import { parseChannelId, parseChatId, parseGroupId, parseMessageId, parseRoomId, parseUserId } from './ids.ts'

const HEX = '0123456789abcdef0123456789abcdef'

describe('the parsers of ids', () => {
  it('tell users, groups and rooms by their first letter', () => {
    expect(parseUserId(`U${HEX}`)).toBe(`U${HEX}`)
    expect(parseGroupId(`C${HEX}`)).toBe(`C${HEX}`)
    expect(parseRoomId(`R${HEX}`)).toBe(`R${HEX}`)
    expect(parseUserId(`C${HEX}`)).toBeUndefined()
    expect(parseGroupId(`R${HEX}`)).toBeUndefined()
    expect(parseRoomId(`U${HEX}`)).toBeUndefined()
  })

  it('take all three for the id of a chat', () => {
    for (const letter of 'UCR') expect(parseChatId(letter + HEX)).toBe(letter + HEX)
    expect(parseChatId(`X${HEX}`)).toBeUndefined()
  })

  it('refuse upper-case hex, other lengths and what stands around an id', () => {
    for (const text of [`U${HEX.toUpperCase()}`, `U${HEX}0`, `U${HEX.slice(1)}`, ` U${HEX}`, `U${HEX}\n`, ''])
      expect(parseUserId(text)).toBeUndefined()
  })

  it('take decimal digits for messages and channels', () => {
    expect(parseMessageId('444573844083572737')).toBe('444573844083572737')
    expect(parseChannelId('1234567890')).toBe('1234567890')
    for (const text of ['', '0', '012', '-1', '1.5', '1e3', '１２', '1'.repeat(21)]) {
      expect(parseMessageId(text)).toBeUndefined()
      expect(parseChannelId(text)).toBeUndefined()
    }
  })
})
