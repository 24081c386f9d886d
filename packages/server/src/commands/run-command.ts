// Verbs. Each command answers the process's exit code.
import { describeSettings, readConfig } from '../config.ts'

const HELP = `Hatoba: LINE messaging that you host yourself.

  hatoba start       platform, phone and gateway with demo data
  hatoba platform    the LINE platform and the phone alone
  hatoba gateway     the gateway alone
  hatoba exec -- CMD start all, run CMD with LINE's addresses in its environment, stop, keep its exit code;
                     --transparent leads clients with fixed hosts here too
  hatoba lint FILE   what LINE would say to the messages in a file (--profile 2017|current)
  hatoba project|key|app|channel|webhook    what the gateway serves; each with --help
  hatoba doctor      what is wrong with this gateway, and what to do
  hatoba migrate     bring the gateway's database forward
  hatoba replay      what could not be delivered, once more; with --help
  hatoba backup FILE copy the gateway's database, also while it runs
  hatoba help        this text
  hatoba version     the version

Settings (a flag beats the variable):
`

const OUTPUT = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
}

export async function runCommand(argv: readonly string[]): Promise<number> {
  const [verb = 'help', ...args] = argv
  switch (verb) {
    case 'start':
      return startVerb(['platform', 'gateway'], args)
    case 'platform':
      return startVerb(['platform'], args)
    case 'gateway':
      return startVerb(['gateway'], args)
    case 'exec': {
      const { exec } = await import('./exec.ts')
      return exec(args, process.env, OUTPUT)
    }
    case 'lint': {
      const { lint } = await import('./lint.ts')
      return lint(args, { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) })
    }
    case 'doctor': {
      const { doctor } = await import('./doctor.ts')
      return doctor(args, { env: process.env, output: OUTPUT })
    }
    case 'migrate': {
      const { migrateCommand } = await import('./maintenance.ts')
      return migrateCommand(args, process.env, OUTPUT)
    }
    case 'backup': {
      const { backupCommand } = await import('./maintenance.ts')
      return backupCommand(args, process.env, OUTPUT)
    }
    case 'replay': {
      const { replay } = await import('./admin/replay.ts')
      return replay(args, process.env, OUTPUT)
    }
    case 'project':
    case 'key':
    case 'app':
    case 'channel':
    case 'webhook': {
      const { runAdmin } = await import('./admin/run-admin.ts')
      return runAdmin(verb, args, process.env, OUTPUT)
    }
    case 'version':
    case '--version':
      process.stdout.write(`${await readVersion()}\n`)
      return 0
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(`${HELP}${describeSettings()}\n`)
      return 0
    default:
      process.stderr.write(`hatoba: there is no command "${verb}". Try: hatoba help\n`)
      return 2
  }
}

async function startVerb(parts: readonly ('platform' | 'gateway')[], args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) return runCommand(['help'])
  const result = readConfig(args, process.env)
  if (!result.ok || result.rest.length > 0) {
    const problems = result.ok ? result.rest.map((word) => `"${word}" is not understood here`) : result.problems
    for (const problem of problems) process.stderr.write(`hatoba: ${problem}\n`)
    process.stderr.write('Try: hatoba help\n')
    return 2
  }
  const { start } = await import('./start.ts')
  return start(result.config, parts)
}

async function readVersion(): Promise<string> {
  const { readFileSync } = await import('node:fs')
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version // our own package.json
}
