// `start`, `platform`, `gateway`: start, say what to open and try, run until a signal, drain.
import { relative } from 'node:path'
import type { Config } from '../config.ts'
import { type DemoDescription, describeDemo } from '../demo-description.ts'
import { createLog } from '../kit/log.ts'
import { type Stack, startStack } from '../stack.ts'
import { type DemoCustomer, startDemoCustomer } from './demo-customer.ts'

/** Resolves with the exit code once everything has stopped. */
export async function start(config: Config, parts: readonly ('platform' | 'gateway')[]): Promise<number> {
  const log = createLog(config.logLevel, 'hatoba')
  const signal = watchSignals()
  let stack: Stack
  try {
    stack = await startStack({ config, parts, log })
  } catch (error) {
    signal.forget()
    log.debug({ err: error }, 'start failed')
    process.stderr.write(`hatoba: ${plainReason(error)}\n`)
    return 1
  }
  const { firstAdminKey } = stack.gateway ?? {}
  if (firstAdminKey !== undefined) process.stderr.write(describeFirstKey(firstAdminKey))
  const description = describeDemo(stack)
  process.stdout.write(config.json ? `${JSON.stringify(description)}\n` : describeForPeople(description, config))

  let customer: DemoCustomer | undefined
  if (parts.length === 2) {
    try {
      customer = await startDemoCustomer(stack, config)
    } catch (error) {
      process.stderr.write(`hatoba: without the demo customer: ${plainReason(error)}\n`)
    }
  }

  await signal.asked
  if (!config.json) process.stdout.write('\nStopping ...\n')
  await customer?.stop()
  await stack.close()
  return 0
}

const PARENT_CHECK_MS = 1000

/**
 * The first SIGINT or SIGTERM asks to stop; a second one does not wait. Keeps the process alive until then.
 * Under npm the end of npm's shell asks too: the shell does not hand a SIGTERM on.
 */
function watchSignals(): { asked: Promise<void>; forget(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const parent = process.ppid
  const underNpm = process.env.npm_lifecycle_event !== undefined
  const keepAlive = setInterval(() => {
    if (underNpm && process.ppid !== parent) ask()
  }, PARENT_CHECK_MS)
  const ask = () => {
    clearInterval(keepAlive)
    resolve()
  }
  let times = 0
  const onSignal = () => {
    times += 1
    if (times > 1) process.exit(130)
    ask()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { asked: promise, forget: () => clearInterval(keepAlive) }
}

function plainReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${error.port} is taken. Choose another (0 takes any free one): see hatoba help`
  return error.message
}

/** Not a line of the log: logs are kept and sent elsewhere. */
const describeFirstKey = (key: string): string => `
This gateway had no admin key. It made one, which may do everything:

  ${key}

Keep it: it is shown this once, and only its hash is stored. Commands take it from HATOBA_ADMIN_KEY or --admin-key.
More keys, also ones that only read: hatoba key create --use admin --role viewer

`

/** 127.0.0.1 is what programs use; people know localhost. */
const forPeople = (url: string) => url.replace('//127.0.0.1:', '//localhost:')

function describeForPeople({ platform, gateway }: DemoDescription, config: Config): string {
  const folder = relative(process.cwd(), config.dataDir) || '.'
  const lines = ['', 'Hatoba is running.', '']
  if (platform) lines.push(`  Phone     ${forPeople(platform.url)}   you are Brown, a friend of the bot "Hatoba Demo"`)
  if (platform) lines.push(`  LINE API  ${forPeople(platform.url)}/v2/bot/...`)
  if (gateway) lines.push(`  Gateway   ${forPeople(gateway.url)}   Sinch Conversation API and 8x8 Messaging API`)
  lines.push(
    config.ephemeral
      ? '  Data      kept nowhere'
      : `  Data      ${folder}   delete it to begin anew; the demo's keys are in demo.json`,
  )
  lines.push('', 'Try')
  if (platform && gateway) {
    lines.push(
      '  Open the phone and type "hello". The platform sends a signed webhook to the gateway, the gateway calls the',
      '  demo customer, the customer answers through the Sinch API, and the answer appears in the phone.',
    )
  }
  const [channel] = platform?.channels ?? []
  if (platform && channel) {
    lines.push(
      '  Write to Brown as a bot would:',
      `    curl ${platform.url}/v2/bot/message/push -H 'Content-Type: application/json' \\`,
      `      -H 'Authorization: Bearer ${channel.channelAccessToken}' \\`,
      `      -d '{"to":"${platform.userId}","messages":[{"type":"text","text":"Hello, Brown"}]}'`,
    )
  }
  if (platform && gateway?.apiKey !== undefined) {
    lines.push(
      '  Or through the 8x8 Messaging API of the gateway:',
      `    curl ${gateway.url}/api/v1/subaccounts/${gateway.subAccountId}/messages -H 'Content-Type: application/json' \\`,
      `      -H 'Authorization: Bearer ${gateway.apiKey}' \\`,
      `      -d '{"user":{"lineUserId":"${platform.userId}"},"type":"Text","content":{"text":"Hello from 8x8 Messaging API"}}'`,
    )
  }
  if (!platform && gateway?.apiKey === undefined)
    lines.push('  There is no demo in this folder: `hatoba start` makes one.')
  lines.push('', 'Ctrl+C stops.', '')
  return lines.join('\n')
}
