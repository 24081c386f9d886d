// The servers that are measured, each a process of its own, so that the load generator does not share its thread.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const NODE_FLAGS = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '')

export interface ServerProcess {
  port: number
  /** What its operating system counts as resident memory. */
  rssMb(): number
  stop(): Promise<void>
}

export interface PlatformProcess extends ServerProcess {
  url: string
  controlUrl: string
  userId: string
  channel: { channelId: string; channelAccessToken: string; botUserId: string }
}

export async function startBareRoute(): Promise<ServerProcess> {
  const child = spawnNode(['bench/servers/bare-route.ts'])
  const { port } = JSON.parse(await readyLine(child))
  return { port, ...measured(child, async () => {}) }
}

/** `hatoba platform` as a user starts it, on a fresh folder with the demo's data. */
export async function startPlatformProcess(): Promise<PlatformProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-bench-'))
  const flags = ['--platform-port', '0', '--json', '--data-dir', dataDir]
  const child = spawnNode([...(await hatobaScript()), 'platform', ...flags])
  const { platform } = JSON.parse(await readyLine(child))
  const [channel] = platform.channels
  const { url, controlUrl, userId } = platform
  const port = Number(new URL(url).port)
  return { port, url, controlUrl, userId, channel, ...measured(child, () => rm(dataDir, { recursive: true })) }
}

/** What `npm run hatoba` gives to Node. */
async function hatobaScript(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
  return scripts.hatoba.split(' ').slice(1)
}

function spawnNode(args: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_FLAGS, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}

function measured(child: ChildProcess, cleanUp: () => Promise<void>): Pick<ServerProcess, 'rssMb' | 'stop'> {
  return {
    rssMb: () =>
      Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      await cleanUp()
    },
  }
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`stopped with ${code}`)))
    if (child.stdout === null) return reject(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(line)
    })
  })
}
