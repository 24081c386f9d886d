// Repeatable ids on a folder that is started more than once.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The first start on a folder has the seed itself; later ones go on with others made from it, since the folder holds
 * ids that must not be made again. Where nothing is kept every start is the first.
 */
export function seedOfStart(seed: string, dataDir: string | undefined): string {
  if (dataDir === undefined) return seed
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'seeded-starts')
  const starts = (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0) + 1
  writeFileSync(file, String(starts))
  return starts === 1 ? seed : `${seed}/${starts}`
}
