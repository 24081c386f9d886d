// Writes tests/fixtures/seed-index.json, the list of all that the product was asked for, and the pages' own samples
// beside it. Run: node scripts/seed-index.ts SEED_FILE... (the four printed pages; a file's name begins with its number).

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readGuide } from './seed-index/guide-page.ts'
import type { SeedPage } from './seed-index/page-rows.ts'
import { readReference } from './seed-index/reference-page.ts'

const fixtures = fileURLToPath(new URL('../tests/fixtures/', import.meta.url))

const readPage = (seed: string, text: string): SeedPage =>
  /^Common specifications$/m.test(text) ? readReference(seed, text) : readGuide(seed, text)

const paths = process.argv.slice(2).toSorted((a, b) => (basename(a) < basename(b) ? -1 : 1))
if (paths.length === 0) {
  process.stderr.write('usage: node scripts/seed-index.ts SEED_FILE...\n')
  process.exit(2)
}

const pages = paths.map((path) => {
  const seed = /^\d{3}/.exec(basename(path))?.[0]
  if (seed === undefined) throw new Error(`a seed file's name begins with its three-digit number: ${basename(path)}`)
  return readPage(seed, readFileSync(path, 'utf8'))
})

const rows = pages.flatMap((page) => page.rows)
writeFileSync(join(fixtures, 'seed-index.json'), `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`)

rmSync(join(fixtures, 'seeds'), { recursive: true, force: true })
const files = pages.flatMap((page) => page.files)
for (const { path, text } of files) {
  const file = join(fixtures, 'seeds', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
process.stderr.write(`${rows.length} rows, ${files.length} sample files\n`)
