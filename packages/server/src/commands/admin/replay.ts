// `hatoba replay`: dead letters back into their lanes. It counts first; only with --yes does anything go out.
import { parseArgs } from 'node:util'
import { callGateway } from './call-gateway.ts'
import { findAccess, type Output } from './run-admin.ts'

const HELP = `hatoba replay [ID] [--app ID] [--queue send|callback] [--target ID] [--since TIME] [--yes]

Counts what could not be delivered and is kept. With --yes it goes back to the end of its lanes.
  ID           one dead letter: the message's id (a UUID), or the callback's
  --app        only this app's
  --queue      send: messages to LINE; callback: calls of customers' webhooks
  --target     only of this webhook, or of this LINE channel
  --since      only what was given up since then, as 2026-01-31T12:00:00Z
  --yes        do it
  --json       the answer for programs
  --gateway-url, --admin-key, --data-dir    as everywhere: see hatoba app --help
`

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const OPTIONS = {
  ...{ app: text, queue: text, target: text, since: text, yes: flag, json: flag, help: flag },
  ...{ 'gateway-url': text, 'admin-key': text, 'data-dir': text },
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Answers the exit code: 0 done, 1 refused or not reachable, 2 not understood. */
export async function replay(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  { out, err }: Output,
): Promise<number> {
  const read = readFlags(args)
  const extra = typeof read === 'string' ? read : read.positionals[1]
  if (typeof read === 'string' || extra !== undefined) {
    err(`hatoba: ${typeof read === 'string' ? read : `"${extra}" is not understood here`}. Try: hatoba replay --help\n`)
    return 2
  }
  const { values, positionals } = read
  if (values.help) {
    out(HELP)
    return 0
  }
  const access = findAccess(values, env)
  if (typeof access === 'string') {
    err(`hatoba: ${access}\n`)
    return 1
  }
  const { app: appId, queue, target, since, yes = false } = values
  const [jobId] = positionals
  const body = { jobId, appId, queue, target, since, dryRun: !yes }
  const reply = await callGateway(access, 'POST', '/dead-letters/replay', body)
  if (reply.kind === 'failed') {
    err(`hatoba: ${reply.message}\n`)
    return 1
  }
  out(values.json ? `${JSON.stringify(reply.body)}\n` : describe(reply.body, yes))
  return 0
}

function describe(body: unknown, done: boolean): string {
  const figure = (name: string) => (typeof body === 'object' && body !== null ? Number(Reflect.get(body, name)) : 0)
  if (done) return `${figure('replayed')} go out once more.\n`
  return `${figure('count')} would go out once more. Nothing was done yet: add --yes.\n`
}
