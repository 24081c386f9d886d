// Runs the demo customer of a checkout (examples/demo-customer) as a process of its own: it is a customer of the
// gateway like any other and gets nothing but what a customer has.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { uuidToUlid } from '../kit/ids.ts'
import type { Stack } from '../stack.ts'

const PROGRAM = fileURLToPath(new URL('../../../../examples/demo-customer/demo-customer.ts', import.meta.url))
const STOP_WITHIN_MS = 3000

export interface DemoCustomer {
  /** Where it takes callbacks. */
  url: string
  stop(): Promise<void>
}

/** Undefined where there is none to start: switched off, no demo, or not a checkout. */
export async function startDemoCustomer(stack: Stack, config: Config): Promise<DemoCustomer | undefined> {
  const { demo, gateway } = stack
  if (config.noCustomer || demo === undefined || gateway === undefined || !existsSync(PROGRAM)) return undefined
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'], // the channel closes with this process, however it ends
    env: {
      PATH: process.env.PATH,
      CUSTOMER_PORT: String(config.customerPort),
      GATEWAY_URL: gateway.url,
      SINCH_PROJECT_ID: demo.gateway.projectId,
      SINCH_KEY_ID: demo.gateway.keyId,
      SINCH_KEY_SECRET: demo.gateway.keySecret,
      SINCH_APP_ID: uuidToUlid(demo.gateway.appId),
      SINCH_WEBHOOK_SECRET: demo.gateway.webhook.secret,
    },
  })
  const url = await firstLine(child)
  await stack.pointDemoCustomer(url)
  return { url, stop: () => stop(child) }
}

/** The program says where it listens on its first line of output. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the demo customer stopped at once (exit code ${code})`)))
    if (child.stdout === null) return reject(new Error('the demo customer has no output'))
    createInterface({ input: child.stdout }).once('line', resolve)
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await gone
  clearTimeout(timer)
}
