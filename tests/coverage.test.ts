// docs/coverage.md agrees with what the tests claim; that their claims are true, the run itself checks when it ends
// (testkit/global-setup.ts). The rules are proven below on made-up data.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type CoverageParts, coveragePage } from './effects/coverage-page.ts'
import { currentPage, EMULATED, STALE_PAGE } from './effects/current-page.ts'
import { claimsIn, readClaims } from './effects/read-effects.ts'
import { SEED_OPERATIONS } from './effects/seed-operations.ts'

const { claims, problems } = readClaims(fileURLToPath(new URL('..', import.meta.url)))

describe('the coverage page', () => {
  it('is printed from what the tests prove', () => {
    expect(problems).toEqual([])
    const committed = readFileSync(new URL('../docs/coverage.md', import.meta.url), 'utf8')
    expect(committed === currentPage(claims), STALE_PAGE).toBe(true)
  })

  it('has a proof for every operation that is emulated, and none for any other', () => {
    const proven = new Set(claims.map(({ route }) => route))
    const emulated = EMULATED.map(({ route }) => route)
    expect(emulated.filter((route) => !proven.has(route))).toEqual([])
    expect([...proven].filter((route) => !emulated.includes(route))).toEqual([])
  })

  it('lists every operation of the documents as emulated, but for those of users', () => {
    const emulated = EMULATED.map(({ route }) => route)
    const missing = SEED_OPERATIONS.filter(({ route, social }) => !social && !emulated.includes(route))
    expect(missing).toEqual([])
  })
})

describe('claimsIn', () => {
  it('reads both routes, over one line or several', () => {
    const source = "provesEffect('POST /a', 'GET /b')\nprovesEffect(\n  'POST /c/{id}',\n  'a webhook',\n)"
    expect(claimsIn('x.test.ts', source)).toEqual({
      claims: [
        { route: 'POST /a', by: 'GET /b', file: 'x.test.ts' },
        { route: 'POST /c/{id}', by: 'a webhook', file: 'x.test.ts' },
      ],
      problems: [],
    })
  })

  it('refuses routes that are not written out', () => {
    expect(claimsIn('x.test.ts', "provesEffect(route, 'GET /b')").problems).toHaveLength(1)
  })
})

describe('coveragePage', () => {
  const parts: CoverageParts = {
    seedOperations: [
      { document: 'LINE: API reference of 2017', title: 'Push', route: 'POST /push' },
      { document: 'LINE: API reference of 2017', title: 'Profile', route: 'GET /profile', social: true },
    ],
    lineOperations: [
      { part: 'messaging', name: 'push', method: 'POST', path: '/push' },
      { part: 'messaging', name: 'insight', method: 'GET', path: '/insight' },
    ],
    emulated: [
      { name: 'push', route: 'POST /push' },
      { name: 'old', route: 'POST /old' },
    ],
    proofs: [
      { route: 'POST /push', by: 'GET /chat', file: 'a/b.test.ts' },
      { route: 'POST /push', by: 'a webhook', file: 'a/c.test.ts' },
      { route: 'POST /push', by: 'GET /chat', file: 'a/a.test.ts' },
    ],
  }

  it('calls supported only what was proven', () => {
    const page = coveragePage(parts)
    expect(page).toContain(
      '| push | `POST /push` | supported | `GET /chat` ([a.test.ts](../a/a.test.ts), [b.test.ts](../a/b.test.ts)); a webhook ([c.test.ts](../a/c.test.ts)) |',
    )
    expect(page).toContain('| insight | `GET /insight` | not emulated | |')
    expect(page).toContain('| old | `POST /old` | not proven | |')
    expect(page).toContain('| Profile | `GET /profile` | comes with the login issue | |')
    expect(page).toContain('Of the 2 operations')
    expect(coveragePage({ ...parts, proofs: [...parts.proofs].reverse() })).toBe(page)
  })
})
