// `hatoba exec -- CMD`: starts everything, runs a command with LINE's addresses in its environment, stops everything,
// and ends with the command's exit code. `--transparent` leads clients with fixed hosts here too, by a proxy.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { type DemoDescription, describeDemo } from '../demo-description.ts'
import { createLog } from '../kit/log.ts'
import type { Redirector } from '../redirector/redirector.ts'
import { startStack } from '../stack.ts'

interface ExecOutput {
  err(text: string): void
}

type Environment = Readonly<Record<string, string | undefined>>

const USAGE = 'Use: hatoba exec [settings] [--transparent] -- CMD [ARG ...]'
const NOT_FOUND = 127
const NOT_STARTED = 126

export async function exec(args: readonly string[], env: Environment, { err }: ExecOutput): Promise<number> {
  const dashes = args.indexOf('--')
  const [command, ...rest] = dashes === -1 ? [] : args.slice(dashes + 1)
  if (command === undefined) {
    err(`hatoba exec: a command must stand behind --\n${USAGE}\n`)
    return 2
  }
  const own = args.slice(0, dashes)
  const settings = own.filter((word) => word !== '--transparent')
  const read = readConfig(settings, withOwnDefaults(settings, env))
  if (!read.ok || read.rest.length > 0) {
    const problems = read.ok ? read.rest.map((word) => `"${word}" is not understood here`) : read.problems
    for (const problem of problems) err(`hatoba exec: ${problem}\n`)
    err(`${USAGE}\n`)
    return 2
  }
  return runIn(read.config, own.includes('--transparent'), [command, ...rest], env, err)
}

/** Beside whatever else runs on this machine: free ports, and a folder of its own unless one is named. */
function withOwnDefaults(settings: readonly string[], env: Environment): Environment {
  const named = settings.some((word) => word === '--data-dir' || word.startsWith('--data-dir='))
  const keepsNothing = !named && env.HATOBA_DATA_DIR === undefined
  return {
    HATOBA_PLATFORM_PORT: '0',
    HATOBA_GATEWAY_PORT: '0',
    HATOBA_CUSTOMER_PORT: '0',
    ...(keepsNothing && { HATOBA_EPHEMERAL: '1' }),
    ...env,
  }
}

async function runIn(
  config: Config,
  transparent: boolean,
  command: readonly string[],
  env: Environment,
  err: (text: string) => void,
): Promise<number> {
  const log = createLog(config.logLevel, 'hatoba')
  const closers: (() => Promise<void> | void)[] = []
  try {
    const stack = await startStack({ config, parts: ['platform', 'gateway'], log })
    closers.push(() => stack.close())
    const description = describeDemo(stack)
    let redirector: Redirector | undefined
    if (transparent && stack.platform !== undefined) {
      const { startRedirector } = await import('../redirector/redirector.ts')
      const folder = config.ephemeral ? mkdtempSync(join(tmpdir(), 'hatoba-ca-')) : join(config.dataDir, 'redirector')
      if (config.ephemeral) closers.push(() => rmSync(folder, { recursive: true, force: true }))
      const started = await startRedirector({ folder, platformUrl: stack.platform.url, log })
      closers.push(() => started.close())
      redirector = started
    }
    return await run(command, { ...env, ...addressesOf(description), ...(redirector && proxyOf(redirector)) }, err)
  } catch (error) {
    err(`hatoba exec: ${error instanceof Error ? error.message : String(error)}\n`)
    return NOT_STARTED
  } finally {
    for (const close of closers.toReversed()) await close()
  }
}

/** The names that programs for LINE commonly read, and the whole demo as `start --json` prints it. */
function addressesOf(description: DemoDescription): Record<string, string> {
  const { platform } = description
  const [channel] = platform?.channels ?? []
  if (platform === undefined || channel === undefined) return {}
  const { login } = platform
  return {
    HATOBA: JSON.stringify(description),
    LINE_API_URL: platform.url,
    LINE_DATA_URL: platform.url,
    LINE_ACCESS_URL: platform.url,
    API_BASE_URL: `${platform.url}/v2/bot/`, // read by LINE's SDK for Node of 2017
    LINE_CHANNEL_ID: channel.channelId,
    LINE_CHANNEL_SECRET: channel.channelSecret,
    LINE_CHANNEL_ACCESS_TOKEN: channel.channelAccessToken,
    LINE_USER_ID: platform.userId,
    ...(login && { LINE_LOGIN_CHANNEL_ID: login.channelId, LINE_LOGIN_CHANNEL_SECRET: login.channelSecret }),
  }
}

/** What Node, curl, Python, Go, Ruby and OpenSSL read. */
function proxyOf({ proxyUrl, authorityFile, bundleFile }: Redirector): Record<string, string> {
  const loopback = 'localhost,127.0.0.1,::1'
  return {
    HTTP_PROXY: proxyUrl,
    HTTPS_PROXY: proxyUrl,
    http_proxy: proxyUrl,
    https_proxy: proxyUrl,
    NO_PROXY: loopback,
    no_proxy: loopback,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: authorityFile,
    SSL_CERT_FILE: bundleFile,
    CURL_CA_BUNDLE: bundleFile,
    REQUESTS_CA_BUNDLE: bundleFile,
  }
}

function run(
  [command = '', ...args]: readonly string[],
  env: Environment,
  err: (text: string) => void,
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...env } })
  // Ctrl+C reaches the command by itself; what stops this process alone is handed on.
  const handOn = (signal: NodeJS.Signals) => void child.kill(signal)
  const ignore = () => undefined
  process.on('SIGTERM', handOn).on('SIGINT', ignore)
  return new Promise<number>((resolve) => {
    child.once('error', (error) => {
      err(`hatoba exec: ${error.message}\n`)
      resolve('code' in error && error.code === 'ENOENT' ? NOT_FOUND : NOT_STARTED)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
  }).finally(() => process.off('SIGTERM', handOn).off('SIGINT', ignore))
}
