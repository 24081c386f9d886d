// The gate over the manifest: what is promised, what is proven, and what the documents hold must agree. It reads the
// tests' sources, so it gives the same answer whichever tests run. Its own rules are proven below on made-up manifests.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkManifest, type Manifest } from './requirements/check-manifest.ts'
import { compatibilityPage } from './requirements/compatibility-page.ts'
import { citationsIn, readCitations } from './requirements/read-citations.ts'
import { readSeedIndex } from './requirements/read-seed-index.ts'
import type { Requirement } from './requirements/requirement.ts'
import { done, notYet, section } from './requirements/requirement.ts'
import { requirements, rowsOfParts } from './requirements.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('the manifest', () => {
  it('agrees with the tests and with the index of the documents', () => {
    const { citations, problems } = readCitations(root)
    expect([...problems, ...checkManifest({ requirements, rowsOfParts, index: readSeedIndex(), citations })]).toEqual(
      [],
    )
  })

  it('is printed in docs/compatibility.md', () => {
    const committed = readFileSync(new URL('../docs/compatibility.md', import.meta.url), 'utf8')
    const hint = 'docs/compatibility.md is stale; run: npm run compatibility'
    expect(committed === compatibilityPage(requirements), hint).toBe(true)
  })
})

describe('checkManifest', () => {
  const entry: Requirement = {
    id: 'line.push.to',
    source: 'a page',
    behaviour: 'a push names its receiver',
    status: 'done',
    part: 'platform',
    index: ['001/push', '001/push#to'],
  }
  const sound: Manifest = {
    requirements: [entry],
    rowsOfParts: [{ part: 'platform', why: 'a frame', rows: ['001'] }],
    index: [
      { id: '001', kind: 'heading' },
      { id: '001/push', kind: 'heading' },
      { id: '001/push#to', kind: 'row' },
    ],
    citations: [{ id: 'line.push.to', file: 'push.test.ts' }],
  }
  const check = (change: Partial<Manifest>) => checkManifest({ ...sound, ...change })
  const checkEntry = (change: Partial<Requirement>, rest: Partial<Manifest> = {}) =>
    check({ requirements: [{ ...entry, ...change }], ...rest })

  it('finds nothing where all agree', () => {
    expect(check({})).toEqual([])
  })

  it('finds a done entry that no test cites', () => {
    expect(check({ citations: [] })).toEqual(['line.push.to: is done, but no test cites it'])
  })

  it('finds a citation of an unknown id', () => {
    const citations = [...sound.citations, { id: 'line.push.too', file: 'push.test.ts' }]
    expect(check({ citations })).toEqual(['push.test.ts cites line.push.too, which is no entry'])
  })

  it('finds a citation of an entry that is not yet done', () => {
    expect(checkEntry({ status: 'not yet', why: 'later' })).toEqual([
      "push.test.ts cites line.push.to, which is 'not yet': make it done",
    ])
  })

  it('finds a missing reason, and one that is out of date', () => {
    expect(checkEntry({ status: 'not yet' }, { citations: [] })).toEqual([
      'line.push.to: is not yet done and says no reason',
    ])
    expect(checkEntry({ why: 'later' })).toEqual(['line.push.to: is done and still gives a reason why not'])
    expect(check({ rowsOfParts: [{ part: 'platform', why: '', rows: ['001'] }] })).toEqual([
      'the rows left to platform have no reason',
    ])
  })

  it('finds an id used twice and one of the wrong form', () => {
    expect(check({ requirements: [entry, entry] })).toEqual(['line.push.to: two entries have this id'])
    const citations = [{ id: 'push to', file: 'push.test.ts' }]
    expect(checkEntry({ id: 'push to' }, { citations })).toHaveLength(1)
  })

  it('finds a row that neither an entry nor a part answers for', () => {
    expect(check({ rowsOfParts: [] })).toEqual(['001: no entry answers for this row, and no part is named for it'])
  })

  it('finds a row that is left to a part although it has an entry', () => {
    expect(check({ rowsOfParts: [{ part: 'platform', why: 'a frame', rows: ['001', '001/push'] }] })).toEqual([
      '001/push: has an entry and is left to platform too',
    ])
  })

  it('finds rows that the index does not have', () => {
    expect(checkEntry({ index: ['001/push', '001/push#to', '001/pull'] })).toEqual([
      'line.push.to: names the row 001/pull, which the index does not have',
    ])
    expect(check({ rowsOfParts: [{ part: 'sinch', why: 'a frame', rows: ['001', '002'] }] })).toEqual([
      'sinch is left the row 002, which the index does not have',
    ])
    expect(checkEntry({ index: [] })).toContain('line.push.to: names no row of the index')
  })

  it('does not let a heading with all below it stand for a table row', () => {
    expect(checkEntry({ index: ['001/push/**'] })).toEqual([
      '001/push#to: no entry answers for this row, and no part is named for it',
    ])
    expect(checkEntry({ index: ['001/push/**', '001/push#to'] })).toEqual([])
  })
})

describe('citationsIn', () => {
  it('finds ids over several lines and in double use', () => {
    const source =
      "it('a', () => {\n  verifies(\n    'line.push.to',\n    'line.push.messages',\n  )\n})\nverifies('line.a.b')"
    expect(citationsIn('x.test.ts', source).citations.map(({ id }) => id)).toEqual([
      'line.push.to',
      'line.push.messages',
      'line.a.b',
    ])
  })

  it('passes over comments, and is not misled by comment marks in texts', () => {
    const source = "// verifies('line.a.b')\n/* verifies('line.c.d') */\nfetch('https://x') ; verifies('line.e.f')"
    expect(citationsIn('x.test.ts', source).citations).toEqual([{ id: 'line.e.f', file: 'x.test.ts' }])
  })

  it('refuses ids that are not written out', () => {
    for (const call of ['verifies(id)', "verifies('line.a.b', ...more)", 'verifies()']) {
      expect(citationsIn('x.test.ts', call).problems, call).toHaveLength(1)
    }
  })

  it('refuses citations in a file whose tests do not all run', () => {
    expect(citationsIn('x.test.ts', "it.skip('a', () => verifies('line.a.b'))").problems).toHaveLength(1)
    expect(citationsIn('x.test.ts', "it.skip('a', () => {})").problems).toEqual([])
  })
})

describe('section', () => {
  it('writes rows from its heading on and gives every entry that is not yet done its reason', () => {
    const of = { part: 'platform', source: 'a page', rows: '001/push' } as const
    const [first, second] = section(of, [
      done('line.push.to', 'a', '.', '..', '#to', '@sample.json', 'response', 'response#x', '**'),
      notYet('line.push.b', 'b', '.'),
    ])
    expect(first?.index).toEqual([
      '001/push',
      '001',
      '001/push#to',
      '001/push@sample.json',
      '001/push/response',
      '001/push/response#x',
      '001/push/**',
    ])
    expect(first).not.toHaveProperty('why')
    expect(second?.why).toBe('comes with the platform issue')
  })
})

describe('compatibilityPage', () => {
  it('counts by document and part, and lists every entry', () => {
    const page = compatibilityPage([
      ...section({ part: 'sinch', source: 'a guide', rows: '002' }, [
        done('sinch.a', 'a | b', '.'),
        notYet('sinch.b', 'b', '.'),
      ]),
      ...section({ part: 'phone', source: 'a guide', rows: '002' }, [notYet('phone.c', 'c', '.')]),
    ])
    expect(page).toContain('| Sinch: LINE in the Conversation API, the gateway, Sinch dialect | 1 | 1 |')
    expect(page).toContain('| **all** | **1** | **2** |')
    expect(page).toContain('| `sinch.a` | a \\| b | done |')
    expect(page).toContain('| `phone.c` | c | comes with the phone issue |')
    expect(page).not.toContain('8x8:')
  })
})
