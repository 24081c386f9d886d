// The whole product in this process, for tests: real HTTP on free ports, a temporary folder, a clock that can be moved.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AdjustableClock,
  createLog,
  type DemoDescription,
  describeDemo,
  readConfig,
  type Stack,
  startStack as start,
} from 'hatoba'
import { type Phone, phoneOf } from './phone.ts'

export interface TestStack {
  stack: Stack
  clock: AdjustableClock
  dataDir: string
  /** What `hatoba start --json` prints. */
  description: DemoDescription
  platform: NonNullable<DemoDescription['platform']>
  gateway: Required<NonNullable<DemoDescription['gateway']>>
  /** The demo's first channel. */
  channel: NonNullable<DemoDescription['platform']>['channels'][number]
  /** Brown, acting through the control API, in the chat with the demo bot. */
  phone: Phone
  /** Nothing is on its way any more. Instead of sleeping. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface TestStackOptions {
  /** Settings by flag name, beside free ports, a temporary folder and no logs. */
  flags?: readonly string[]
  /** A folder of an earlier stack; it is then kept at close. */
  dataDir?: string
}

export async function startStack({ flags = [], dataDir }: TestStackOptions = {}): Promise<TestStack> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'hatoba-test-')))
  const ports = ['--platform-port', '0', '--gateway-port', '0', '--customer-port', '0']
  const read = readConfig([...ports, '--data-dir', folder, '--log-level', 'error', ...flags], {})
  if (!read.ok) throw new Error(read.problems.join('; '))
  const clock = new AdjustableClock()
  const stack = await start({
    config: read.config,
    parts: ['platform', 'gateway'],
    log: createLog(read.config.logLevel, 'test'),
    clock,
  })
  const description = describeDemo(stack)
  const { platform, gateway } = description
  const channel = platform?.channels[0]
  if (platform === undefined || gateway === undefined || channel === undefined)
    throw new Error('the demo is incomplete')
  return {
    stack,
    clock,
    dataDir: folder,
    description,
    platform,
    gateway: gateway as TestStack['gateway'], // a stack with both parts always has the whole demo
    channel,
    phone: phoneOf({ controlUrl: platform.controlUrl, userId: platform.userId, chatId: channel.botUserId }),
    settle: () => stack.settle(),
    async close() {
      await stack.close()
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
