// The commands that set a gateway up and keep it, as a person types them, against gateway and platform.
import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAdmin } from '../../packages/server/src/commands/admin/run-admin.ts'
import { doctor } from '../../packages/server/src/commands/doctor.ts'
import { backupCommand, migrateCommand } from '../../packages/server/src/commands/maintenance.ts'
import { startHatoba } from '../testkit/hatoba-process.ts'
import { startStack, type TestStack } from '../testkit/start-stack.ts'

const CLI = fileURLToPath(new URL('../../packages/server/src/cli.ts', import.meta.url))

interface Run {
  code: number
  stdout: string
  stderr: string
}

let test: TestStack
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hatoba-commands-'))
  test = await startStack()
})
afterAll(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

const environment = (env: Record<string, string>) => ({
  HATOBA_DATA_DIR: test.dataDir,
  HATOBA_GATEWAY_URL: test.gateway.url,
  ...env,
})

function collect() {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  return {
    output: { out: (text: string) => void stdout.push(text), err: (text: string) => void stderr.push(text) },
    stdout,
    stderr,
  }
}

/** In this process: a start of its own for each would take most of the time. */
async function hatoba([verb = '', ...args]: readonly string[], more: Record<string, string> = {}): Promise<Run> {
  const env = environment(more)
  const { output, stdout, stderr } = collect()
  const run = () => {
    switch (verb) {
      case 'doctor':
        return doctor(args, { env, output })
      case 'migrate':
        return migrateCommand(args, env, output)
      case 'backup':
        return backupCommand(args, env, output)
      default:
        return runAdmin(verb, args, env, output)
    }
  }
  const code = await run()
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** As a person does. */
function spawned(args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=@hatoba/source', CLI, ...args],
      { env: { PATH: process.env.PATH, ...environment({}) } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of many shapes
async function json(args: readonly string[], env: Record<string, string> = {}): Promise<any> {
  const { code, stdout, stderr } = await hatoba([...args, '--json'], env)
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('hatoba project, key, app, channel, webhook', () => {
  it('make, show, list, change and delete what the gateway serves', async () => {
    const { projectId } = await json(['project', 'create', '--name', 'Ferries'])
    const { appId } = await json([
      'app',
      'create',
      '--project',
      projectId,
      '--name',
      'Tickets',
      '--sub-account',
      'tickets',
    ])
    expect(await json(['app', 'update', appId, '--retry-seconds', '60', '--reply-token-saving'])).toMatchObject({
      retryDurationSeconds: 60,
      replyTokenSaving: true,
    })
    expect(await json(['app', 'update', appId, '--no-reply-token-saving'])).toMatchObject({ replyTokenSaving: false })
    const key = await json(['key', 'create', '--use', '8x8', '--project', projectId, '--apps', appId])
    expect(await json(['key', 'disable', key.keyId])).toMatchObject({ enabled: false, appIds: [appId] })
    expect(await json(['key', 'enable', key.keyId])).toMatchObject({ enabled: true })
    const [, other] = test.platform.channels
    await writeFile(join(folder, 'secret'), `${other?.channelSecret}\n`, { mode: 0o600 })
    const channel = await json([
      ...['channel', 'create', '--app', appId, '--channel-id', String(other?.channelId)],
      ...['--channel-secret', `@${join(folder, 'secret')}`, '--set-webhook'],
    ])
    expect(channel).toMatchObject({ channelId: other?.channelId, webhookOnLine: { kind: 'set' } })
    const hook = ['webhook', 'create', '--app', appId, '--target', 'https://example.com/hook']
    const { webhookId } = await json([...hook, '--triggers', 'MESSAGE_INBOUND,MESSAGE_DELIVERY', '--secret', 'x'])
    expect(await json(['webhook', 'disable', webhookId])).toMatchObject({ enabled: false, hasSecret: true })
    expect((await json(['webhook', 'list', '--app', appId])).items).toHaveLength(1)

    const table = await spawned(['app', 'list', '--project', projectId])
    expect(table.stdout).toMatch(
      /^APP ID +SINCH APP ID +SUB ACCOUNT ID +DISPLAY NAME +PROJECT ID\n.* tickets +Tickets +/,
    )
    const shown = await hatoba(['project', 'show', projectId])
    expect(shown.stdout).toMatch(/^projectId +\S+\nname +Ferries\ncreatedAt +\S+Z\n$/)

    expect((await hatoba(['channel', 'delete', channel.id])).stdout).toBe('The channel is deleted.\n')
    expect((await hatoba(['app', 'delete', appId])).code).toBe(0)
    expect((await hatoba(['project', 'delete', projectId])).code).toBe(0)
    expect((await hatoba(['project', 'show', projectId])).stderr).toBe('hatoba: There is no project with this id.\n')
  })

  it('say what is wrong, with exit code 2 for what is not understood and 1 for what is refused', async () => {
    const wrong: [string[], number, string][] = [
      [['app', 'sing'], 2, 'a app has no "sing"'],
      [['app', 'show'], 2, 'show needs the id'],
      [['app', 'show', 'a', 'b'], 2, '"b" is not understood'],
      [['app', 'list', 'a'], 2, '"a" is not understood'],
      [['app', 'create', '--colour', 'red'], 2, "Unknown option '--colour'"],
      [['app', 'update', 'x', '--retry-seconds', 'long'], 2, '--retry-seconds must be a whole number'],
      [['channel', 'update', 'x', '--channel-secret', '@/nowhere'], 2, 'cannot be read'],
      [['app', 'create', '--name', 'x'], 1, 'projectId is required'],
      [['app', 'list', '--gateway-url', 'http://127.0.0.1:9'], 1, 'No gateway answers at http://127.0.0.1:9'],
      [['app', 'list', '--gateway-url', 'ftp://x'], 1, 'must be an http or https URL'],
      [['app', 'list', '--gateway-url', test.platform.url], 1, 'Is it a Hatoba gateway?'],
      [['app', 'list', '--admin-key', 'wrong'], 1, 'The admin key is unknown or disabled.'],
      [['app', 'list', '--data-dir', folder], 1, 'an admin key is needed'],
    ]
    for (const [args, code, says] of wrong) {
      const run = await hatoba(args)
      expect({ args, code: run.code, stdout: run.stdout }).toEqual({ args, code, stdout: '' })
      expect(run.stderr).toContain(says)
    }
    expect((await hatoba(['channel', '--help'])).stdout).toContain('hatoba channel drop-secret ID')
  })
})

describe('the first start of a gateway alone', () => {
  it('shows an owner key once, not in the log, and it is the one that commands take', async () => {
    const dataDir = join(folder, 'alone')
    const flags = ['--data-dir', dataDir, '--gateway-port', '0', '--log-level', 'trace']
    const first = await startHatoba('gateway', flags)
    const keys = first.stderr.filter((line) => /^ {2}hat_\S{43}$/.test(line)).map((line) => line.trim())
    expect(keys).toHaveLength(1)
    const [key = ''] = keys
    expect(first.stderr.filter((line) => line.includes(key))).toHaveLength(1)
    const env = {
      HATOBA_GATEWAY_URL: first.description.gateway?.url ?? '',
      HATOBA_ADMIN_KEY: key,
      HATOBA_DATA_DIR: dataDir,
    }
    expect((await json(['key', 'list'], env)).items).toMatchObject([{ use: 'admin', role: 'owner', enabled: true }])
    expect(await first.stop()).toBe(0)
    const second = await startHatoba('gateway', flags)
    expect(second.stderr.join('\n')).not.toContain('hat_')
    await second.stop()
    expect((await readFile(join(dataDir, 'gateway/gateway.db'))).includes(key)).toBe(false)
  })
})

describe('hatoba doctor', () => {
  it('finds nothing wrong with a gateway that works', async () => {
    const port = new URL(test.gateway.url).port
    const run = await spawned(['doctor', '--json', '--gateway-port', port])
    expect(run.code).toBe(0)
    const { findings } = JSON.parse(run.stdout)
    expect(findings.map(({ check, status }: Record<string, string>) => `${status} ${check}`)).toEqual([
      'ok configuration',
      'ok store',
      'ok migrations',
      'ok master key',
      'ok admin keys',
      'warning public URL', // none is set, which does for this machine
      `ok LINE ${test.channel.channelId}`,
      `ok LINE ${test.channel.channelId}`,
      `ok LINE ${test.channel.channelId}`,
    ])
  })

  it('says of each thing that is wrong what to do, and ends with 1', async () => {
    const control = async (change: object) =>
      fetch(`${test.platform.controlUrl}/channels/${test.channel.channelId}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(change),
      })
    const port = new URL(test.gateway.url).port
    const broken = async (args: string[], says: string, todo: string, env: Record<string, string> = {}) => {
      const run = await hatoba(['doctor', '--gateway-port', port, ...args], env)
      expect([args, run.code]).toEqual([args, 1])
      expect(run.stdout).toContain(says)
      expect(run.stdout).toContain(todo)
    }
    await broken(['--platform-port', 'x'], '--platform-port (HATOBA_PLATFORM_PORT) must be a port', 'Mend this setting')
    await broken(['--data-dir', folder], 'No gateway has run on this data folder.', 'hatoba gateway')
    const wrongKey = { HATOBA_MASTER_KEY: 'f'.repeat(64) }
    await broken([], 'sealed with another master key', 'Put the right key', wrongKey)
    await broken(['--public-url', 'https://gateway.example'], 'not to this gateway', '--set-webhook')
    await control({ useWebhook: false })
    await broken([], 'The webhook is switched off on LINE.', 'Switch "Use webhook" on')
    await control({ useWebhook: true })
    for (const [aheadMs, says] of [
      [90_000, "90 s ahead of LINE's"],
      [-90_000, "90 s behind LINE's"],
    ] as const) {
      const { output, stdout } = collect()
      const now = () => Date.now() + aheadMs
      expect(await doctor(['--gateway-port', port], { env: environment({}), output, now })).toBe(1)
      expect(stdout.join('').replace(/\b(89|91) s/, '90 s')).toContain(says)
      expect(stdout.join('')).toContain('NTP')
    }
  })

  it('tells a database of another schema', async () => {
    const dataDir = join(folder, 'newer')
    expect((await hatoba(['migrate', '--data-dir', dataDir])).code).toBe(0)
    const db = new DatabaseSync(join(dataDir, 'gateway/gateway.db'))
    db.exec("INSERT INTO schema_migration (number, name, hash, applied_at_ms) VALUES (999, 'from the future', '', 0)")
    db.close()
    await writeFile(join(dataDir, 'gateway/master.key'), Buffer.alloc(32).toString('base64'))
    const { code, stdout } = await hatoba(['doctor', '--data-dir', dataDir])
    expect([code, stdout.includes('The database is at schema 999')]).toEqual([1, true])
    const migrated = await hatoba(['migrate', '--data-dir', dataDir])
    expect([migrated.code, migrated.stderr.includes('newer version of Hatoba')]).toEqual([1, true])
  })
})

describe('hatoba migrate', () => {
  it('makes or brings forward a database, and leaves one alone that a gateway runs on', async () => {
    const dataDir = join(folder, 'fresh')
    expect((await hatoba(['migrate', '--data-dir', dataDir])).stdout).toMatch(
      /^The database went from schema 0 to \d+\.\n$/,
    )
    expect((await hatoba(['migrate', '--data-dir', dataDir])).stdout).toMatch(
      /^The database is at schema \d+ already\.\n$/,
    )
    const running = await hatoba(['migrate'])
    expect([running.code, running.stderr.includes('Another gateway is running')]).toEqual([1, true])
  })
})

describe('hatoba backup', () => {
  it('copies the database while messages are accepted, and a gateway started on the copy has them', async () => {
    let accepting = true
    const accepted: string[] = []
    const load = (async () => {
      while (accepting) {
        const answer = await fetch(`${test.gateway.url}/api/v1/subaccounts/${test.gateway.subAccountId}/messages`, {
          method: 'POST',
          headers: { authorization: `Bearer ${test.gateway.apiKey}`, 'content-type': 'application/json' },
          body: JSON.stringify({ user: { lineUserId: test.platform.userId }, type: 'Text', content: { text: 'x' } }),
        })
        accepted.push(((await answer.json()) as { umid: string }).umid)
      }
    })()
    const file = join(folder, 'copy.db')
    while (accepted.length < 20) await new Promise((resume) => setImmediate(resume))
    const before = accepted.length
    const made = await spawned(['backup', file])
    accepting = false
    await load
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(accepted.length).toBeGreaterThan(before + 10)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await hatoba(['backup', file])).toMatchObject({ code: 1 }) // what is there is not overwritten
    await test.settle()

    // The restore of docs/going-live.md: the copy becomes gateway.db in an empty folder, beside the master key.
    const restored = join(folder, 'restored')
    await mkdir(join(restored, 'gateway'), { recursive: true })
    await copyFile(file, join(restored, 'gateway/gateway.db'))
    await copyFile(join(test.dataDir, 'gateway/master.key'), join(restored, 'gateway/master.key'))
    const again = await startHatoba('gateway', ['--data-dir', restored, '--gateway-port', '0'])
    const env = { HATOBA_GATEWAY_URL: again.description.gateway?.url ?? '', HATOBA_ADMIN_KEY: test.gateway.adminKey }
    expect((await json(['channel', 'list'], env)).items).toMatchObject([{ channelId: test.channel.channelId }])
    const inCopy = new DatabaseSync(file, { readOnly: true })
    const copied = new Set(
      inCopy
        .prepare('SELECT message_id FROM message')
        .all()
        .map((row) => String(row.message_id)),
    )
    inCopy.close()
    const first = accepted.slice(0, before)
    expect(first.filter((umid) => !copied.has(umid))).toEqual([])
    await again.stop()
  })

  it('says what is missing', async () => {
    expect(await hatoba(['backup'])).toMatchObject({ code: 2 })
    const nothing = await hatoba(['backup', join(folder, 'nothing.db'), '--data-dir', join(folder, 'nowhere')])
    expect([nothing.code, nothing.stderr.includes('There is no gateway')]).toEqual([1, true])
  })
})
