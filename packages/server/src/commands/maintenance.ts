// `hatoba migrate` and `hatoba backup FILE`: they work on the data folder itself, not through a gateway.
import { join, resolve } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import type { Output } from './admin/run-admin.ts'

type Env = Readonly<Record<string, string | undefined>>

/** Brings the database forward. No gateway may run on it meanwhile. */
export async function migrateCommand(args: readonly string[], env: Env, output: Output): Promise<number> {
  const read = readConfig(args, env)
  if (!read.ok || read.rest.length > 0) return misunderstood(read.ok ? read.rest : read.problems, output)
  const { migrateStore } = await import('../gateway/maintenance.ts')
  return tell(output, async () => {
    const { from, to } = migrateStore(gatewayDir(read.config), Date.now())
    return from === to
      ? `The database is at schema ${to} already.\n`
      : `The database went from schema ${from} to ${to}.\n`
  })
}

/** A copy as of this moment, also while a gateway runs. */
export async function backupCommand(args: readonly string[], env: Env, output: Output): Promise<number> {
  const read = readConfig(args, env)
  if (!read.ok) return misunderstood(read.problems, output)
  const [file, ...more] = read.rest
  if (file === undefined || more.length > 0) {
    output.err('hatoba: name the file to make. Use: hatoba backup FILE [--data-dir FOLDER]\n')
    return 2
  }
  if (env.DATABASE_URL !== undefined && env.DATABASE_URL !== '') {
    output.err('hatoba: this gateway keeps its data in PostgreSQL (DATABASE_URL): back that up with pg_dump.\n')
    return 1
  }
  const { backupStore } = await import('../gateway/maintenance.ts')
  const dataDir = gatewayDir(read.config)
  return tell(output, async () => {
    await backupStore(dataDir, resolve(file))
    const key = read.config.masterKey === undefined ? join(dataDir, 'master.key') : 'HATOBA_MASTER_KEY'
    return `Copied to ${file}. Secrets in it are sealed with the master key (${key}): keep that too, in another place.\n`
  })
}

const gatewayDir = ({ dataDir }: Config): string => join(dataDir, 'gateway')

/** What cannot be done is told in a sentence. */
async function tell({ out, err }: Output, work: () => Promise<string>): Promise<number> {
  try {
    out(await work())
    return 0
  } catch (error) {
    err(`hatoba: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

function misunderstood(problems: readonly string[], { err }: Output): number {
  for (const problem of problems) err(`hatoba: ${problem}\n`)
  return 2
}
