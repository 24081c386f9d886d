// Randomness that can be repeated: the same seed gives the same bytes, in the same order.
import { createCipheriv, createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomSource } from './identifiers.ts'

/** The key stream of a cipher: fast, and without any pattern that ids could collide by. */
export function createSeededSource(seed: string): RandomSource {
  const key = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return (sizeBytes) => cipher.update(Buffer.alloc(sizeBytes))
}

/**
 * The seed of this start: the first one on a folder has the seed itself, later ones go on with others made from it,
 * since the folder holds ids that must not be made again.
 */
export function seedOfStart(seed: string, dataDir: string | undefined): string {
  if (dataDir === undefined) return seed
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'seeded-starts')
  const starts = (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0) + 1
  writeFileSync(file, String(starts))
  return starts === 1 ? seed : `${seed}/${starts}`
}
