// Values that programs stumble over, and ways to spoil a JSON value with them.
import type { Json, JsonObject } from '../proof-world.ts'
import type { Random } from './random.ts'

const LONG = 'x'.repeat(6000)

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00',
  '%',
  '%E0%A4%A',
  '\u0000',
  '\ud800',
  '\u202e',
  '🍰👨‍👩‍👧',
  'é'.repeat(100),
  '{x}{{y}}{',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  'https://',
  'https://[::1',
  'http://127.0.0.1:1/',
  'javascript:alert(1)',
  'U'.padEnd(33, 'f'),
  'C'.padEnd(33, '0'),
  'R'.padEnd(33, '9'),
  '9999999999999999999999',
  '2026-02-30T25:61',
  LONG,
] as const

const NUMBERS = [0, -0, -1, 1, 0.1, 1e308, -1e308, 2 ** 31, 2 ** 53, Number.MIN_VALUE, 1040, 61] as const

export function badText(random: Random): string {
  return random.pick(TEXTS)
}

export function badValue(random: Random, depth = 0): Json {
  switch (random.below(depth > 3 ? 5 : 8)) {
    case 0:
      return null
    case 1:
      return random.chance(50)
    case 2:
      return random.pick(NUMBERS)
    case 3:
    case 4:
      return badText(random)
    case 5:
      return Array.from({ length: random.below(8) }, () => badValue(random, depth + 1))
    case 6:
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [badText(random), badValue(random, depth + 1)]),
      )
    default:
      return nested(random.below(200))
  }
}

function nested(depth: number): Json {
  let value: Json = 'deep'
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { deep: value }
  return value
}

/** A copy with one thing changed somewhere in it. */
export function spoiled(value: Json, random: Random): Json {
  if (Array.isArray(value)) {
    const copy = [...value]
    const at = random.below(copy.length + 1)
    if (at === copy.length || random.chance(20)) return changedList(copy, at, random)
    copy[at] = spoiled(copy[at] ?? null, random)
    return copy
  }
  if (typeof value === 'object' && value !== null) {
    const copy: JsonObject = { ...value }
    const names = Object.keys(copy)
    if (names.length === 0 || random.chance(10)) copy[badText(random)] = badValue(random)
    else {
      const name = random.pick(names)
      if (random.chance(20)) delete copy[name]
      else copy[name] = random.chance(50) ? badValue(random) : spoiled(copy[name] ?? null, random)
    }
    return copy
  }
  if (typeof value === 'string' && random.chance(30)) return `${value}${badText(random)}`
  return badValue(random)
}

function changedList(list: Json[], at: number, random: Random): Json[] {
  if (random.chance(30)) return []
  if (random.chance(30)) return Array.from({ length: 1 + random.below(600) }, () => list[0] ?? badValue(random))
  return list.toSpliced(at, random.below(2), badValue(random))
}

/** The text cut, doubled, or with a letter of it changed: hardly JSON any more. */
export function garbled(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text + text.slice(at)
    case 2:
      return `${text.slice(0, at)}${badText(random)}${text.slice(at)}`
    case 3:
      return `${text.slice(0, at)}${text.slice(at + 1)}`
    default:
      return `[`.repeat(random.below(3000)) + text
  }
}
