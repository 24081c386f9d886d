import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonPath } from './locate.ts'
import { parseJson } from './parse-json.ts'

function positionIn(text: string, path: JsonPath) {
  const document = parseJson(text)
  return document.ok ? document.value.positionOf(path) : document.error
}

function errorOf(text: string) {
  const document = parseJson(text)
  return document.ok ? undefined : document.error.message
}

describe('parseJson', () => {
  it('gives what JSON.parse gives', () => {
    const text = ' {"a": [1, -2.5e3, true, false, null, "x\\u0041\\n"], "": {}} '
    expect(parseJson(text)).toMatchObject({ ok: true, value: { value: JSON.parse(text) } })
  })

  it('finds where each value starts, counted from 1', () => {
    const text = '{\n  "to": "U1",\r\n  "messages": [\n    {"type": "text"}\r  , 2]\n}'
    expect(positionIn(text, [])).toEqual({ line: 1, column: 1 })
    expect(positionIn(text, ['to'])).toEqual({ line: 2, column: 9 })
    expect(positionIn(text, ['messages'])).toEqual({ line: 3, column: 15 })
    expect(positionIn(text, ['messages', 0])).toEqual({ line: 4, column: 5 })
    expect(positionIn(text, ['messages', 0, 'type'])).toEqual({ line: 4, column: 14 })
    expect(positionIn(text, ['messages', 1])).toEqual({ line: 5, column: 5 })
  })

  it('finds no position of what is not there', () => {
    const text = '{"a":[1],"b":"x"}'
    for (const path of [['c'], ['a', 1], ['a', 'length'], ['b', 0], ['b', 'length'], ['toString']])
      expect(positionIn(text, path)).toBeUndefined()
  })

  it('finds the last of two equal properties where those are allowed', () => {
    const document = parseJson('{"a":1,"a":2}', { duplicates: 'last-wins' })
    expect(document).toMatchObject({ ok: true, value: { value: { a: 2 } } })
    expect(document.ok && document.value.positionOf(['a'])).toEqual({ line: 1, column: 12 })
  })

  it('refuses a duplicate wherever it is, however it is spelled', () => {
    expect(parseJson('{"a":{"b":[{"c":1,"\\u0063":2}]}}')).toEqual({
      ok: false,
      status: 400,
      error: {
        message: "The property, 'a.b[0]', in the request body is invalid (line: 1, column: 27)",
        details: [{ message: "Duplicate field 'c'" }],
      },
    })
  })

  it('is not misled by colons, braces and quotes inside texts', () => {
    const value = { a: ':{"}[\\', '"b":': ['\\"', '::', '{"a":1,"a":1}'], c: '\\\\' }
    expect(parseJson(JSON.stringify(value))).toMatchObject({ ok: true, value: { value } })
  })

  it('lets nobody reach a prototype', () => {
    const document = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(document.ok && Object.getPrototypeOf(document.value.value)).toBe(Object.prototype)
    expect(document.ok && document.value.positionOf(['__proto__', 'polluted'])).toEqual({ line: 1, column: 26 })
    expect({}).not.toHaveProperty('polluted')
  })

  it('refuses __proto__ given twice like any other property', () => {
    expect(errorOf('{"__proto__":1,"__proto__":2}')).toContain('(line: 1, column: 27)')
  })

  it('says where a text stops being JSON', () => {
    const at = (line: number, column: number) =>
      `The request body could not be parsed as JSON (line: ${line}, column: ${column})`
    expect(errorOf('{"a":1')).toBe(at(1, 7))
    expect(errorOf('{"a" 1}')).toBe(at(1, 6))
    expect(errorOf('{"a":1,}')).toBe(at(1, 8))
    expect(errorOf('[1 2]')).toBe(at(1, 4))
    expect(errorOf('[1,\n 2,\n x]')).toBe(at(3, 2))
    expect(errorOf("{'a':1}")).toBe(at(1, 2))
    expect(errorOf('"a\tb"')).toBe(at(1, 3))
    expect(errorOf('"\\u12"')).toBe(at(1, 2))
    expect(errorOf('tru')).toBe(at(1, 1))
    expect(errorOf('1.')).toBe(at(1, 2))
    expect(errorOf('\u00a01')).toBe(at(1, 1))
    expect(errorOf('\ufeff{}')).toBe(at(1, 1))
  })

  it('refuses nesting beyond its limit at once, however deep it goes', () => {
    const deep = '['.repeat(500_000)
    expect(errorOf(deep + ']'.repeat(500_000))).toContain('(line: 1, column: 101)')
    expect(errorOf(deep)).toContain('(line: 1, column: 101)')
  })

  it('reads a text of megabytes that is wrong at its end', () => {
    expect(errorOf(`["${'x'.repeat(2_000_000)}"`)).toContain('(line: 1, column: 2000004)')
  })

  it('counts the size of a body in bytes', () => {
    const limitBytes = 2 * 1024 * 1024
    const threeBytesEach = (count: number) => `"${'あ'.repeat(count)}"`
    const fits = Math.floor((limitBytes - 2) / 3)
    expect(parseJson(threeBytesEach(fits)).ok).toBe(true)
    expect(parseJson(threeBytesEach(fits + 1))).toMatchObject({ ok: false, status: 413 })
  })
})

describe('parseJson, on anything', () => {
  const json = fc.json({ noUnicodeString: false, maxDepth: 6 })
  const runs = { numRuns: 10_000 }

  it('agrees with JSON.parse about what is JSON and what it says', () => {
    const almostJson = fc
      .tuple(json, fc.nat(), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, from, length, other]) => {
        const start = from % (text.length + 1)
        return text.slice(0, start) + other + text.slice(start + (length % 4))
      })
    fc.assert(
      fc.property(fc.oneof(json, almostJson, fc.string({ unit: 'binary' })), (text) => {
        const document = parseJson(text, { duplicates: 'last-wins' })
        let expected: unknown
        try {
          expected = JSON.parse(text)
        } catch {
          expect(document).toMatchObject({ ok: false, status: 400 })
          return
        }
        expect(document.ok && document.value.value).toEqual(expected)
      }),
      runs,
    )
  })

  it('finds every value in the text', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (text, pretty) => {
        const spread = pretty ? JSON.stringify(JSON.parse(text), null, 2) : text
        const document = parseJson(spread)
        if (!document.ok) throw new Error(document.error.message)
        const lines = spread.split('\n')
        for (const [path, value] of valuesOf(document.value.value)) {
          const position = document.value.positionOf(path)
          const rest = lines[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1) ?? ''
          expect(rest.startsWith(firstCharacters(value))).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('finds a duplicate wherever one is put', () => {
    const document = fc.object({ maxDepth: 3, key: fc.string({ maxLength: 4 }) })
    fc.assert(
      fc.property(document, document, fc.string(), (outer, inner, name) => {
        const text = JSON.stringify(outer)
        const twice = `{${JSON.stringify(name)}:${JSON.stringify(inner)},${JSON.stringify(name)}:0}`
        expect(parseJson(`[${text},${twice}]`)).toMatchObject({ ok: false, error: { details: [{}] } })
        expect(parseJson(`[${text}]`)).toMatchObject({ ok: true })
      }),
      { numRuns: 2000 },
    )
  })
})

function valuesOf(value: unknown, path: (string | number)[] = []): [JsonPath, unknown][] {
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : []
  return [[path, value], ...inner.flatMap(([key, item]) => valuesOf(item, [...path, key]))]
}

function firstCharacters(value: unknown): string {
  if (Array.isArray(value)) return '['
  if (typeof value === 'object' && value !== null) return '{'
  if (typeof value === 'string') return '"'
  if (typeof value === 'number') return value < 0 || Object.is(value, -0) ? '-' : ''
  return String(value)
}
