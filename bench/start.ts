// From spawn to ready line: `hatoba start`, `hatoba platform` and `npm start`, second run, median of five.
// Run it with `npm run bench:start`; it prints a table and writes bench/results/start.json.
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROUNDS = 5
const PORTS = ['--platform-port', '0', '--gateway-port', '0']
const CLI = ['--conditions=@hatoba/source', 'packages/server/src/cli.ts']

interface Case {
  name: string
  goalMs: number | undefined
  command: string
  args: (dataDir: string) => string[]
}

const CASES: Case[] = [
  {
    name: 'hatoba start',
    goalMs: 1500,
    command: process.execPath,
    args: (dir) => [...CLI, 'start', ...PORTS, '--no-customer', '--json', '--data-dir', dir],
  },
  {
    name: 'hatoba platform',
    goalMs: 900,
    command: process.execPath,
    args: (dir) => [...CLI, 'platform', '--platform-port', '0', '--json', '--data-dir', dir],
  },
  {
    name: 'npm start',
    goalMs: undefined,
    command: 'npm',
    args: (dir) => ['start', '--silent', '--', ...PORTS, '--no-customer', '--json', '--data-dir', dir],
  },
]

async function timeToReadyMs({ command, args }: Case, dataDir: string): Promise<number> {
  const startedMs = performance.now()
  const child = spawn(command, args(dataDir), { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const gone = new Promise((resolve) => child.once('close', resolve)) // when every process of the group has let go of it
  const readyMs = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`stopped with ${code}`)))
    if (child.stdout === null) return reject(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(performance.now() - startedMs)
    })
  })
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await gone
  return readyMs
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const results: Record<string, { medianMs: number; roundsMs: number[]; goalMs?: number }> = {}
for (const entry of CASES) {
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-bench-'))
  await timeToReadyMs(entry, dataDir) // the first run makes the demo and fills the compile cache
  const roundsMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) roundsMs.push(Math.round(await timeToReadyMs(entry, dataDir)))
  await rm(dataDir, { recursive: true, force: true })
  const goal = entry.goalMs === undefined ? {} : { goalMs: entry.goalMs }
  results[entry.name] = { medianMs: median(roundsMs), roundsMs, ...goal }
  process.stdout.write(`${entry.name.padEnd(16)} ${String(median(roundsMs)).padStart(5)} ms  (${roundsMs.join(', ')})\n`)
}
const machine = { cores: cpus().length, node: process.version }
await writeFile('bench/results/start.json', `${JSON.stringify({ machine, results }, null, 2)}\n`)
