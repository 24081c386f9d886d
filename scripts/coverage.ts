// Prints docs/coverage.md from what the last run of all tests has proven. Run: npm run coverage

import { writeFileSync } from 'node:fs'
import { currentPage } from '../tests/effects/current-page.ts'
import { lastWholeRun } from '../tests/effects/effect-records.ts'

const records = lastWholeRun()
if (records === undefined) {
  process.stderr.write('There is no run of all tests yet whose records could be printed. Run: npm test\n')
  process.exitCode = 1
} else writeFileSync(new URL('../docs/coverage.md', import.meta.url), currentPage(records))
