// `hatoba doctor`: looks at everything that a gateway needs, and says of each finding what to do. Exit code 1 where
// something does not work.
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import type { StoreExamination } from '../gateway/maintenance.ts'
import type { Output } from './admin/run-admin.ts'

const MOST_CLOCK_SKEW_MS = 30_000
const PROBE_LIMIT_MS = 5000

interface Finding {
  check:
    | 'configuration'
    | 'store'
    | 'migrations'
    | 'master key'
    | 'admin keys'
    | 'public URL'
    | 'gateway'
    | `LINE ${string}`
  status: 'ok' | 'warning' | 'failure'
  says: string
  /** What to do about it. */
  todo?: string
}

export interface DoctorOptions {
  env: Readonly<Record<string, string | undefined>>
  output: Output
  now?: () => number
}

export async function doctor(args: readonly string[], { env, output, now = Date.now }: DoctorOptions): Promise<number> {
  const read = readConfig(args, env)
  const findings: Finding[] = []
  let json = args.includes('--json')
  if (!read.ok || read.rest.length > 0) {
    const problems = read.ok ? read.rest.map((word) => `"${word}" is not understood here`) : read.problems
    for (const says of problems)
      findings.push({ check: 'configuration', status: 'failure', says, todo: 'Mend this setting: see hatoba help.' })
  } else {
    const { config } = read
    json = config.json
    findings.push({ check: 'configuration', status: 'ok', says: `Data in ${config.dataDir}.` })
    const publicUrl = config.publicUrl ?? `http://localhost:${config.gatewayPort}`
    const { examineStore } = await import('../gateway/maintenance.ts')
    const dataDir = join(config.dataDir, 'gateway')
    const store = await examineStore({ dataDir, masterKey: config.masterKey, publicUrl, now })
    findings.push(...findStore(store))
    findings.push(await findPublicUrl(config.publicUrl, publicUrl))
    if (store.kind === 'open') for (const channel of store.lineChannels) findings.push(...findChannel(channel))
  }
  output.out(json ? `${JSON.stringify({ findings })}\n` : findings.map(describe).join(''))
  return findings.some(({ status }) => status === 'failure') ? 1 : 0
}

function findStore(store: StoreExamination): Finding[] {
  switch (store.kind) {
    case 'missing':
      return [
        {
          check: 'store',
          status: 'failure',
          says: 'No gateway has run on this data folder.',
          todo: 'Start one with `hatoba gateway`, or name its folder with --data-dir (HATOBA_DATA_DIR).',
        },
      ]
    case 'broken':
      return [
        {
          check: 'store',
          status: 'failure',
          says: `The database cannot be read: ${store.reason}`,
          todo: 'Check disk and rights. If the file is damaged, restore a backup: docs/going-live.md, "Backup".',
        },
      ]
    case 'open':
      return [{ check: 'store', status: 'ok', says: 'The database opens.' }, findSchema(store), ...findKeys(store)]
    default:
      return store satisfies never
  }
}

type OpenStore = StoreExamination & { kind: 'open' }

function findSchema({ schema, newestSchema }: OpenStore): Finding {
  if (schema === newestSchema)
    return { check: 'migrations', status: 'ok', says: `The database is at schema ${schema}.` }
  const says = `The database is at schema ${schema}, this program knows ${newestSchema}.`
  const todo =
    schema < newestSchema
      ? 'Stop the gateway and run `hatoba migrate`; a start does it too.'
      : 'Use the newer version of Hatoba that wrote it, or restore an older backup.'
  return { check: 'migrations', status: 'failure', says, todo }
}

function findKeys({ masterKey, adminKeys, schema, newestSchema }: OpenStore): Finding[] {
  if (masterKey !== 'right') {
    const says =
      masterKey === 'missing' ? 'There is no master key.' : 'The secrets were sealed with another master key.'
    const todo = 'Put the right key into HATOBA_MASTER_KEY, or master.key back into the data folder.'
    return [{ check: 'master key', status: 'failure', says, todo }]
  }
  if (schema !== newestSchema) return []
  const sealed: Finding = { check: 'master key', status: 'ok', says: 'Stored secrets open.' }
  if (adminKeys > 0)
    return [sealed, { check: 'admin keys', status: 'ok', says: `${adminKeys} admin keys are enabled.` }]
  const todo = 'Start the gateway: where no admin key is, it makes one and shows it.'
  return [sealed, { check: 'admin keys', status: 'warning', says: 'There is no enabled admin key.', todo }]
}

async function findPublicUrl(given: string | undefined, publicUrl: string): Promise<Finding> {
  const check = 'public URL'
  const answers = await fetch(`${publicUrl}/livez`, { signal: AbortSignal.timeout(PROBE_LIMIT_MS), redirect: 'manual' })
    .then(async (answer) => answer.ok && (await answer.text()).slice(0, 100) === '{"status":"ok"}')
    .catch(() => false)
  if (!answers) {
    const todo =
      'Start the gateway, and see that proxy, name and certificate lead to it. Some networks cannot call their own address from inside.'
    return { check, status: 'warning', says: `No gateway answers at ${publicUrl}/livez from here.`, todo }
  }
  if (given !== undefined) return { check, status: 'ok', says: `A gateway answers at ${publicUrl}.` }
  const todo = 'For a real LINE channel set HATOBA_PUBLIC_URL to the https address under which the internet reaches it.'
  return { check, status: 'warning', says: `HATOBA_PUBLIC_URL is not set; ${publicUrl} is given away.`, todo }
}

function findChannel({
  id,
  channelId,
  expectedWebhookUrl,
  unreachable,
  line,
}: OpenStore['lineChannels'][number]): Finding[] {
  const check: Finding['check'] = `LINE ${channelId}`
  const failure = (says: string, todo: string): Finding => ({ check, status: 'failure', says, todo })
  const findings: Finding[] = []
  if (unreachable !== undefined)
    findings.push(
      failure(unreachable, 'Set HATOBA_PUBLIC_URL, start the gateway again, and set the webhook URL on LINE anew.'),
    )
  switch (line.kind) {
    case 'unreachable':
      findings.push(
        failure(`LINE does not answer: ${line.reason}`, 'Check that this machine reaches the internet over https.'),
      )
      return findings
    case 'refused': {
      const flag = line.what === 'the channel secret' ? '--channel-secret' : '--channel-access-token'
      const todo = `Copy it from the LINE Developers Console: hatoba channel update ${id} ${flag} @FILE`
      findings.push(failure(`LINE refuses ${line.what}: ${line.reason}`, todo))
      return findings
    }
    case 'valid':
      break
    default:
      return line satisfies never
  }
  findings.push({ check, status: 'ok', says: 'LINE takes the credentials.' })
  const { webhook, clockAheadMs } = line
  const set = `hatoba channel update ${id} --set-webhook, or paste ${expectedWebhookUrl} in the LINE Developers Console.`
  if (webhook === undefined) findings.push(failure('No webhook URL is set on LINE.', `Set it: ${set}`))
  else if (webhook.url !== expectedWebhookUrl)
    findings.push(failure(`LINE sends webhooks to ${webhook.url}, not to this gateway.`, `Set it: ${set}`))
  else if (!webhook.active)
    findings.push(
      failure('The webhook is switched off on LINE.', 'Switch "Use webhook" on in the LINE Developers Console.'),
    )
  else findings.push({ check, status: 'ok', says: 'LINE sends webhooks to this gateway.' })
  if (clockAheadMs !== undefined && Math.abs(clockAheadMs) > MOST_CLOCK_SKEW_MS) {
    const seconds = Math.round(Math.abs(clockAheadMs) / 1000)
    const says = `The clock of this machine is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} LINE's.`
    findings.push(failure(says, 'Set the clock right: switch time synchronisation (NTP) on.'))
  } else if (clockAheadMs !== undefined) {
    findings.push({ check, status: 'ok', says: "The clock agrees with LINE's." })
  }
  return findings
}

function describe({ check, status, says, todo }: Finding): string {
  const mark = { ok: 'ok      ', warning: 'warning ', failure: 'FAILURE ' }[status]
  return `${mark} ${check}: ${says}\n${todo === undefined ? '' : `         ${todo}\n`}`
}
