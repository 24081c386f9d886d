import { expect, test } from 'vitest'
import { formatDay, formatTime, formatWhen } from './days.ts'

const now = new Date(2026, 2, 5, 9, 5).getTime()
const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime()

test('writes the time of day with 24 hours', () => {
  expect(formatTime(at(2026, 3, 5, 0, 4))).toBe('00:04')
  expect(formatTime(at(2026, 3, 5, 18, 30))).toBe('18:30')
})

test('names today and yesterday, and the day before by its name', () => {
  expect(formatDay(at(2026, 3, 5, 0, 0), now)).toBe('Today')
  expect(formatDay(at(2026, 3, 4, 23, 59), now)).toBe('Yesterday')
  expect(formatDay(at(2026, 3, 3), now)).toMatch(/Tuesday.*March|March.*Tuesday/)
})

test('adds the year to days of another year', () => {
  expect(formatDay(at(2025, 12, 31), now)).toContain('2025')
  expect(formatDay(at(2025, 12, 31), at(2026, 1, 1))).toBe('Yesterday')
  expect(formatWhen(at(2025, 3, 1), now)).toContain('2025')
})

test('shows the time today and the day before that in the list of chats', () => {
  expect(formatWhen(at(2026, 3, 5, 8, 15), now)).toBe('08:15')
  expect(formatWhen(at(2026, 3, 4, 8, 15), now)).toBe('Yesterday')
  expect(formatWhen(at(2026, 2, 1), now)).toMatch(/Feb/)
})
