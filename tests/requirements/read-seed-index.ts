// The committed index of the four documents. scripts/seed-index.ts makes it from the printed pages, which are not here.

import { readFileSync } from 'node:fs'
import type { SeedRow } from '../../scripts/seed-index/page-rows.ts'

const seedIndexFile = new URL('../fixtures/seed-index.json', import.meta.url)
export const seedSamplesFolder = new URL('../fixtures/seeds/', import.meta.url)

/** The test of the index checks this shape. */
export const readSeedIndex = (): SeedRow[] => JSON.parse(readFileSync(seedIndexFile, 'utf8')) as SeedRow[]
