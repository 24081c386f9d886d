// Holds every class and member of the reference's two SDK chapters, as the index of the documents lists them, against
// the SDK: an export, a member, its documentation with its source, and a test.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as login from '@hatoba/line/login'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { readSeedIndex } from '../requirements/read-seed-index.ts'

const sources = fileURLToPath(new URL('../../packages/line/src/login/', import.meta.url))
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const text = files.map((name) => readFileSync(`${sources}/${name}`, 'utf8')).join('\n')
const tests = ['sdk-android.test.ts', 'sdk-ios.test.ts']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('\n')

/** `Class` alone, or with a member, as `getMessage()` or `getProfileWithCallbackQueue:completion`. */
const rows = readSeedIndex().flatMap(({ id, kind }): { className: string; member: string | undefined }[] => {
  const [, chapter, className, group, member, ...deeper] = id.split('/')
  if (kind !== 'heading' || !/^(android|ios)-sdk$/.test(chapter ?? '') || className === undefined) return []
  if (group === undefined) return [{ className, member: undefined }]
  if ((group !== 'methods' && group !== 'properties') || member === undefined || deeper.length > 0) return []
  // The one method whose heading is missing: its prototype names it.
  return [{ className, member: member === 'method-prototype' ? 'currentAccessToken' : member }]
})
const nameOf = (member: string) => member.replace(/[(:].*$/, '')
/** Interfaces are gone at run time: they are looked for in the sources alone. */
const INTERFACES = new Set(['LineApiClient', 'LineSDKLoginDelegate'])

describe('the SDK against the chapters of the reference', () => {
  it('has rows to be held against', () => {
    expect(rows.filter(({ member }) => member === undefined)).toHaveLength(17)
    expect(rows.length).toBeGreaterThan(75)
  })

  it.each(rows)('has $className $member', ({ className, member }) => {
    const declaration = new RegExp(`export (?:class|interface) ${className}\\b[\\s\\S]*?\\n}\\n`).exec(text)?.[0] ?? ''
    expect(declaration).not.toBe('')
    const documentation = new RegExp(`/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\nexport (?:class|interface) ${className}\\b`)
    expect(documentation.exec(text)?.[0]).toContain(`Source: LINE reference 2017, "${className}"`)
    if (!INTERFACES.has(className)) expect(login).toHaveProperty(className)
    if (member === undefined) return expect(tests).toContain(className)
    const name = nameOf(member)
    expect(declaration).toMatch(new RegExp(`\\*/\\n  (?:static |readonly |get |async )*${name}\\b`))
    expect(declaration).toContain(`Source: LINE reference 2017, "${className}": ${member}.`)
    expect(tests).toContain(`.${className}.${member.replace('()', '')}'`)
    return expect(tests).toMatch(new RegExp(`\\b${name}\\b`))
  })

  it('is under 12 kB as a browser loads it, and holds nothing but itself', async () => {
    const built = await build({
      logLevel: 'silent',
      configFile: false,
      build: { write: false, lib: { entry: `${sources}/index.ts`, formats: ['es'] } },
    })
    const [bundle] = Array.isArray(built) ? built : [built]
    const code = bundle !== undefined && 'output' in bundle ? bundle.output[0].code : ''
    expect(code).not.toMatch(/^import /m)
    expect(code.length).toBeGreaterThan(5000)
    expect(gzipSync(code).length).toBeLessThan(12_000)
  })
})
