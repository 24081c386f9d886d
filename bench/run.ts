// `npm run bench`: all benchmarks, or those named as arguments. Prints a table, writes bench/results/NAME.json and
// ends with 1 where a goal is missed. Each compares within one run, so ratios hold where absolute figures do not.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { benchGatewayLanes } from './gateway-lanes.ts'
import { benchPlatformMemory } from './platform-memory.ts'
import { benchPlatformPush } from './platform-push.ts'
import { benchPlatformState } from './platform-state.ts'
import { type BenchResult, type Figure, reaches } from './result.ts'
import { benchStart } from './start.ts'

const BENCHES: Record<string, () => Promise<BenchResult>> = {
  start: benchStart,
  'platform-push': benchPlatformPush,
  'platform-memory': benchPlatformMemory,
  'platform-state': benchPlatformState,
  'gateway-lanes': benchGatewayLanes,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => BENCHES[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(`no benchmark is named ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  process.stdout.write(`${name}\n`)
  const { figures, rounds } = await bench()
  process.stdout.write(figures.map(line).join(''))
  if (!figures.every(reaches)) process.exitCode = 1
  await mkdir('bench/results', { recursive: true })
  const machine = { cores: cpus().length, node: process.version }
  await writeFile(`bench/results/${name}.json`, `${JSON.stringify({ machine, figures, rounds }, null, 2)}\n`)
}

function line(figure: Figure): string {
  const { name, value, unit, goal } = figure
  const wish = goal && ('atLeast' in goal ? `at least ${goal.atLeast}` : `below ${goal.below}`)
  const verdict = wish === undefined ? '' : `  (goal: ${wish}${reaches(figure) ? '' : ': MISSED'})`
  return `  ${name.padEnd(40)} ${String(value).padStart(9)} ${unit}${verdict}\n`
}
