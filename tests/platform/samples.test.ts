import { readdirSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SAMPLES_FOLDER, shapeDifferences } from './samples.ts'

const here = new URL('.', import.meta.url)

describe('the samples of the reference of 2017', () => {
  it('are all held against the platform by a test that names them', () => {
    const folder = fileURLToPath(SAMPLES_FOLDER)
    const samples = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, `${entry.parentPath}/${entry.name}`).split(sep).join('/'))
      // The Social REST API has its own tests.
      .filter((path) => !path.startsWith('social-rest-api/'))
    expect(samples.length).toBeGreaterThan(60)
    const tests = readdirSync(here).filter((name) => name.startsWith('samples-') && name.endsWith('.test.ts'))
    const sources = tests.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n')
    expect(samples.filter((path) => !sources.includes(`'${path}'`))).toEqual([])
  })
})

describe('shapeDifferences', () => {
  it('finds nothing where names and types agree, whatever the values', () => {
    expect(shapeDifferences({ a: [{ b: 1 }], c: 'x', d: null }, { c: 'y', a: [{ b: 2 }], d: null })).toEqual([])
  })

  it('finds what is missing, what is too much and what is of another type', () => {
    expect(shapeDifferences({ a: 1, b: [1, 2], c: { d: 'x' } }, { a: '1', b: [1], c: { e: 'x' } })).toEqual([
      '$.a is of type string and not number',
      '$.b has 1 entries and not 2',
      '$.c.d is missing',
      '$.c.e is not in the sample',
    ])
  })
})
