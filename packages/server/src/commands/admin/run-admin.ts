// `hatoba project|key|app|channel|webhook VERB`: reads the flags, makes one call of the gateway's admin API (a list may
// take more), prints. All rules are the gateway's.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import { readDemo } from '../../demo.ts'
import { callGateway, type GatewayAccess, type GatewayReply } from './call-gateway.ts'
import { describeField, describeList, describeOne, isItem } from './print.ts'
import { type Flag, RESOURCES, type Resource, type Verb } from './resources.ts'

const PAGE = 200
const MOST_PAGES = 1000

/** Where a command's words go. */
export interface Output {
  out(text: string): void
  err(text: string): void
}

type Values = Readonly<Record<string, string | boolean | undefined>>

const OWN_FLAGS: readonly { flag: string; kind: 'text' | 'switch' }[] = [
  { flag: 'gateway-url', kind: 'text' },
  { flag: 'admin-key', kind: 'text' },
  { flag: 'data-dir', kind: 'text' },
  { flag: 'json', kind: 'switch' },
  { flag: 'only', kind: 'text' },
  { flag: 'help', kind: 'switch' },
]

/** Answers the exit code: 0 done, 1 refused or not reachable, 2 not understood. */
export async function runAdmin(
  noun: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  output: Output,
): Promise<number> {
  const resource = RESOURCES[noun]
  if (resource === undefined) return usage(output, noun, undefined, `there is no "${noun}"`)
  const [first = '--help', ...rest] = args
  if (first === '--help' || first === '-h' || first === 'help') {
    output.out(helpOf(noun, resource))
    return 0
  }
  const verb = resource.verbs.find((known) => known === first)
  if (verb === undefined) return usage(output, noun, resource, `a ${noun} has no "${first}"`)
  const flags = flagsOf(resource, verb)
  const read = readFlags(rest, flags)
  if (typeof read === 'string') return usage(output, noun, resource, read)
  const { values, positionals } = read
  if (values.help === true) {
    output.out(helpOf(noun, resource))
    return 0
  }
  const takesId = verb !== 'list' && verb !== 'create'
  const [id, ...more] = positionals
  if (takesId && id === undefined) return usage(output, noun, resource, `${verb} needs the id of the ${noun}`)
  if (more.length > 0 || (!takesId && id !== undefined))
    return usage(output, noun, resource, `"${more[0] ?? id}" is not understood here`)
  const access = findAccess(values, env)
  if (typeof access === 'string') {
    output.err(`hatoba: ${access}\n`)
    return 1
  }
  const fields = readFields(flags, values)
  if (typeof fields === 'string') return usage(output, noun, resource, fields)
  const reply = await carryOut(access, resource, verb, id, fields)
  if (reply.kind === 'failed') {
    output.err(`hatoba: ${reply.message}\n`)
    return 1
  }
  const asked: Asked = { noun, resource, verb, json: values.json === true, only: values.only }
  output.out(describeAnswer(asked, reply.body))
  output.err(hintFor(asked, reply.body))
  return 0
}

function flagsOf(resource: Resource, verb: Verb): readonly Flag[] {
  switch (verb) {
    case 'list':
      return resource.filters
    case 'create':
      return resource.create
    case 'update':
      return resource.update
    case 'show':
    case 'enable':
    case 'disable':
    case 'delete':
    case 'drop-secret':
      return []
    default:
      return verb satisfies never
  }
}

function readFlags(
  args: readonly string[],
  flags: readonly Flag[],
): { values: Values; positionals: string[] } | string {
  const options = Object.fromEntries(
    [...OWN_FLAGS, ...flags].map(({ flag, kind }) => [
      flag,
      { type: kind === 'switch' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true, strict: true })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A flag beats the variable, the variable beats the demo of the data folder. */
export function findAccess(values: Values, env: Readonly<Record<string, string | undefined>>): GatewayAccess | string {
  const dataDir = values['data-dir']
  const config = readConfig(typeof dataDir === 'string' ? ['--data-dir', dataDir] : [], env)
  if (!config.ok) return config.problems.join('; ')
  const gatewayUrl = String(values['gateway-url'] ?? (env.HATOBA_GATEWAY_URL || 'http://localhost:8080'))
  if (!/^https?:$/.test(URL.canParse(gatewayUrl) ? new URL(gatewayUrl).protocol : ''))
    return '--gateway-url (HATOBA_GATEWAY_URL) must be an http or https URL'
  const given = values['admin-key'] ?? env.HATOBA_ADMIN_KEY
  let adminKey = typeof given === 'string' && given !== '' ? given : undefined
  try {
    adminKey ??= readDemo(config.config.dataDir)?.gateway.adminKey
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  if (adminKey === undefined)
    return 'an admin key is needed: --admin-key or HATOBA_ADMIN_KEY. The gateway shows one at its first start.'
  return { gatewayUrl: gatewayUrl.replace(/\/+$/, ''), adminKey }
}

/** What the flags say, in the admin API's fields, or what is wrong with them. */
function readFields(flags: readonly Flag[], values: Values): Record<string, unknown> | string {
  const fields: Record<string, unknown> = {}
  for (const { flag, field, kind } of flags) {
    const value = values[flag]
    if (value === undefined) continue
    if (typeof value === 'boolean') fields[field] = value
    else if (kind === 'list') fields[field] = value.split(',').filter((entry) => entry !== '')
    else if (kind === 'number' && !/^\d{1,9}$/.test(value)) return `--${flag} must be a whole number`
    else if (kind === 'number') fields[field] = Number(value)
    else if (kind === 'secret' && value.startsWith('@')) {
      try {
        fields[field] = readFileSync(value.slice(1), 'utf8').trim()
      } catch {
        return `--${flag}: the file ${value.slice(1)} cannot be read`
      }
    } else fields[field] = value
  }
  return fields
}

async function carryOut(
  access: GatewayAccess,
  { path }: Resource,
  verb: Verb,
  id = '',
  fields: Record<string, unknown>,
): Promise<GatewayReply> {
  const one = `${path}/${encodeURIComponent(id)}`
  switch (verb) {
    case 'list':
      return listAll(access, path, fields)
    case 'create':
      return callGateway(access, 'POST', path, fields)
    case 'show':
      return callGateway(access, 'GET', one)
    case 'update':
      return callGateway(access, 'PATCH', one, fields)
    case 'enable':
      return callGateway(access, 'PATCH', one, { enabled: true })
    case 'disable':
      return callGateway(access, 'PATCH', one, { enabled: false })
    case 'delete':
      return callGateway(access, 'DELETE', one)
    case 'drop-secret':
      return callGateway(access, 'DELETE', `${one}/previous-secret`)
    default:
      return verb satisfies never
  }
}

async function listAll(access: GatewayAccess, path: string, filters: Record<string, unknown>): Promise<GatewayReply> {
  const items: unknown[] = []
  const query = new URLSearchParams({ limit: String(PAGE) })
  for (const [name, value] of Object.entries(filters)) query.set(name, String(value))
  for (let page = 0; page < MOST_PAGES; page++) {
    const reply = await callGateway(access, 'GET', `${path}?${query}`)
    if (reply.kind === 'failed') return reply
    const { items: more = [], next } = (reply.body ?? {}) as { items?: unknown[]; next?: string } // the admin API's page
    items.push(...more)
    if (next === undefined) break
    query.set('after', next)
  }
  return { kind: 'answered', body: { items } }
}

interface Asked {
  noun: string
  resource: Resource
  verb: Verb
  json: boolean
  /** One field of the answer, for a script. */
  only: string | boolean | undefined
}

function describeAnswer({ noun, resource, verb, json, only }: Asked, body: unknown): string {
  if (typeof only === 'string' && isItem(body) && verb !== 'list') return describeField(body[only])
  if (json) return `${JSON.stringify(body ?? {})}\n`
  if (verb === 'delete') return `The ${noun} is deleted.\n`
  if (verb === 'drop-secret') return 'Only the present secret is accepted from now on.\n'
  if (!isItem(body)) return ''
  if (verb === 'list') return describeList(Array.isArray(body.items) ? body.items : [], resource.columns)
  return describeOne(body)
}

/** What has to be done with what was just made. */
function hintFor({ verb, json, only }: Asked, body: unknown): string {
  if (json || only !== undefined || verb !== 'create' || !isItem(body)) return ''
  if (body.secret !== undefined) return 'Keep the secret: it is not shown again.\n'
  if (body.webhookUrl === undefined || body.webhookOnLine !== undefined) return ''
  return 'Paste webhookUrl into the LINE Developers Console (Messaging API, Webhook settings), and switch "Use webhook" on.\n'
}

function usage({ err }: Output, noun: string, resource: Resource | undefined, problem: string): number {
  const verbs = resource === undefined ? '' : ` It has: ${resource.verbs.join(', ')}.`
  err(`hatoba: ${problem}.${verbs} Try: hatoba ${noun} --help\n`)
  return 2
}

function helpOf(noun: string, resource: Resource): string {
  const flags = (title: string, list: readonly Flag[]) =>
    list.length === 0
      ? ''
      : `\n${title}\n${list.map(({ flag, kind, meaning }) => `  --${(kind === 'switch' ? `[no-]${flag}` : flag).padEnd(28)} ${meaning}`).join('\n')}\n`
  const verbs = resource.verbs.map(
    (verb) => `  hatoba ${noun} ${verb}${verb === 'list' || verb === 'create' ? '' : ' ID'}`,
  )
  return `${verbs.join('\n')}
${flags('list', resource.filters)}${flags('create', resource.create)}${flags('update', resource.update)}
everywhere
  --gateway-url                  HATOBA_GATEWAY_URL: the gateway (default http://localhost:8080)
  --admin-key                    HATOBA_ADMIN_KEY: who asks; default: the demo's, from the data folder
  --data-dir                     HATOBA_DATA_DIR: the data folder (default .hatoba)
  --json                         answers for programs
  --only FIELD                   only this field of the answer
`
}
