// From spawn to ready line: `hatoba start`, `hatoba platform` and `npm start`, second run, median of five.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { median } from './median.ts'
import type { BenchResult, Figure } from './result.ts'

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

export async function benchStart(): Promise<BenchResult> {
  const figures: Figure[] = []
  const rounds: { name: string; roundsMs: number[] }[] = []
  for (const entry of CASES) {
    const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-bench-'))
    await timeToReadyMs(entry, dataDir) // the first run makes the demo and fills the compile cache
    const roundsMs: number[] = []
    for (let round = 0; round < ROUNDS; round++) roundsMs.push(Math.round(await timeToReadyMs(entry, dataDir)))
    await rm(dataDir, { recursive: true, force: true })
    rounds.push({ name: entry.name, roundsMs })
    figures.push({
      name: entry.name,
      value: median(roundsMs),
      unit: 'ms',
      ...(entry.goalMs !== undefined && { goal: { below: entry.goalMs } }),
    })
  }
  return { figures, rounds }
}
