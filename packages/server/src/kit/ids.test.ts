import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isUuid, newUuid, ulidToUuid, uuidToUlid } from './ids.ts'

it('makes ids of version 7 that sort in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newUuid(1_700_000_000_000))
  expect(ids.every((id) => isUuid(id) && /^.{14}7.{4}[89ab]/.test(id))).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

it('stamps the moment into the first 48 bits', () => {
  const later = Date.now() + 1_000_000
  expect(Number.parseInt(newUuid(later).replaceAll('-', '').slice(0, 12), 16)).toBe(later)
})

it('prints the same 128 bits as a ULID and reads them back, in either case', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const ulid = uuidToUlid(uuid)
      return (
        /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(ulid) &&
        ulidToUuid(ulid) === uuid &&
        ulidToUuid(ulid.toLowerCase()) === uuid
      )
    }),
  )
})

it('reads no other text as a ULID', () => {
  for (const text of ['', '8ZZZZZZZZZZZZZZZZZZZZZZZZZ', '01FM9JB4SAC2FW7FG88ABCDEFI', '01FM9JB4SAC2FW7FG88ABCDEF'])
    expect(ulidToUuid(text)).toBeUndefined()
})
