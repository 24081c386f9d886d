import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createSealer, SealError } from './seal.ts'

const key = randomBytes(32)

it('opens what it sealed and shows nothing of it outside', () => {
  const sealer = createSealer([key])
  const sealed = sealer.seal('channel secret ☂', 'line_channel.secret')
  expect(sealed).not.toContain('channel')
  expect(sealer.open(sealed, 'line_channel.secret')).toBe('channel secret ☂')
  expect(sealer.seal('x', 'a')).not.toBe(sealer.seal('x', 'a'))
})

it('refuses a changed value, another purpose and another key', () => {
  const sealer = createSealer([key])
  const sealed = sealer.seal('secret', 'a')
  const last = sealed.endsWith('A') ? 'B' : 'A'
  expect(() => sealer.open(sealed.slice(0, -2) + last + sealed.slice(-1), 'a')).toThrow(SealError)
  expect(() => sealer.open(sealed, 'b')).toThrow(SealError)
  expect(() => createSealer([randomBytes(32)]).open(sealed, 'a')).toThrow(SealError)
  expect(() => sealer.open('', 'a')).toThrow(SealError)
})

it('opens values of an earlier master key after rotation', () => {
  const sealed = createSealer([key]).seal('secret', 'a')
  expect(createSealer([randomBytes(32), key]).open(sealed, 'a')).toBe('secret')
})
