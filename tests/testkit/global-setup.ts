// Once before all tests: the browser is unpacked here, so that no test's own time goes into it and no two workers do it at
// once. Where none is found only the tests that need one fail, and say so.
// Once after all tests: what they have proven is gathered and, where all of them ran, held against docs/coverage.md.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { currentPage, STALE_PAGE } from '../effects/current-page.ts'
import { beginRun, endRun, keepWholeRun } from '../effects/effect-records.ts'
import { readClaims } from '../effects/read-effects.ts'
import { findBrowser } from './browser.ts'

export async function setup(): Promise<void> {
  beginRun()
  await findBrowser().catch(() => undefined) // whoever launches it gets the error
}

export function teardown(): void {
  const records = endRun()
  const keyOf = ({ file, route, by }: { file: string; route: string; by: string }) => `${file} ${route} ${by}`
  const proven = new Set(records.map(keyOf))
  const { claims } = readClaims(fileURLToPath(new URL('../..', import.meta.url)))
  // A run of some tests, or one with failures that speak for themselves, says nothing about the page.
  if (claims.length === 0 || !claims.every((claim) => proven.has(keyOf(claim)))) return
  keepWholeRun(records)
  const committed = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8')
  if (committed !== currentPage(records)) throw new Error(STALE_PAGE)
}
