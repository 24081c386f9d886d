import { expect, test } from 'vitest'
import { kindName, summaryOf } from './message-kinds.ts'

test('names the kinds it knows, and an unknown one by its type', () => {
  expect(kindName({ type: 'image' })).toBe('Image')
  expect(kindName({ type: 'hologram' })).toBe('Message of type “hologram”')
  expect(kindName({ type: 'constructor' })).toBe('Message of type “constructor”')
})

test('sums a message up by its text, its alternative text, or its kind', () => {
  expect(summaryOf({ type: 'text', text: 'hello' })).toBe('hello')
  expect(summaryOf({ type: 'flex', altText: 'A timetable' })).toBe('A timetable')
  expect(summaryOf({ type: 'sticker' })).toBe('Sticker')
})
