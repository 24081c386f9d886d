// What the tests of a run have proven: written by provesEffect() into a folder of the run, gathered when the run ends
// into one file that the page is printed from. All of it lies under node_modules/.cache: a run changes no tracked file.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface EffectRecord {
  route: string
  by: string
  test: string
  /** From the root of the repository. */
  file: string
}

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hatoba-effects', import.meta.url))
const GATHERED = join(CACHE, 'last-whole-run.json')
const RUN = 'HATOBA_EFFECTS_RUN'

/** Before the workers start: they inherit the name. */
export function beginRun(): void {
  process.env[RUN] = String(process.pid)
  rmSync(join(CACHE, String(process.pid)), { recursive: true, force: true })
}

/** Undefined outside a run that gathers. */
export function runFolder(): string | undefined {
  const run = process.env[RUN]
  return run === undefined ? undefined : join(CACHE, run)
}

/** What was proven in this run; its folder goes. */
export function endRun(): EffectRecord[] {
  const folder = runFolder()
  if (folder === undefined || !existsSync(folder)) return []
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
  rmSync(folder, { recursive: true })
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as EffectRecord) // our own file
}

export function keepWholeRun(records: readonly EffectRecord[]): void {
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(`${GATHERED}.new`, JSON.stringify(records, null, 1))
  renameSync(`${GATHERED}.new`, GATHERED)
}

/** Undefined where no whole run was made yet. */
export function lastWholeRun(): EffectRecord[] | undefined {
  return existsSync(GATHERED) ? (JSON.parse(readFileSync(GATHERED, 'utf8')) as EffectRecord[]) : undefined // our own file
}
