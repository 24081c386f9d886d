// `hatoba VERB` as a process of its own, as a user starts it.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DemoDescription } from 'hatoba'

const CLI = fileURLToPath(new URL('../../packages/server/src/cli.ts', import.meta.url))

export interface HatobaProcess {
  description: DemoDescription
  /** Everything that came out on stdout so far, by line. */
  stdout: string[]
  stderr: string[]
  /** Sends the signal and waits for the end. Answers the exit code, or null where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts it and waits for its JSON line. */
export async function startHatoba(
  verb: 'start' | 'platform' | 'gateway',
  flags: readonly string[],
): Promise<HatobaProcess> {
  const child = spawn(process.execPath, ['--conditions=@hatoba/source', CLI, verb, '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  const stderr: string[] = []
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
  const description = await readyLine(child, stdout, stderr).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return {
    description,
    stdout,
    stderr,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

function readyLine(child: ChildProcess, stdout: string[], stderr: string[]): Promise<DemoDescription> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`hatoba stopped with ${code}: ${stderr.join('\n')}`)))
    if (child.stdout === null) return reject(new Error('no output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout.push(line)
      if (line.startsWith('{')) resolve(JSON.parse(line))
    })
  })
}
