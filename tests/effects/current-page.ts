// The page with the operations as they stand in the sources.
import { LINE_OPERATIONS } from '../../packages/server/src/platform/api/line-operations.ts'
import { OPERATIONS } from '../../packages/server/src/platform/api/operations.ts'
import { coveragePage, type Proof } from './coverage-page.ts'
import { SEED_OPERATIONS } from './seed-operations.ts'

export const STALE_PAGE = 'docs/coverage.md is stale; run all tests, and then: npm run coverage'

export const EMULATED = OPERATIONS.map(({ name, method, path }) => ({
  name,
  route: `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
}))

export function currentPage(proofs: readonly Proof[]): string {
  return coveragePage({
    seedOperations: SEED_OPERATIONS,
    lineOperations: LINE_OPERATIONS,
    emulated: EMULATED,
    proofs,
  })
}
