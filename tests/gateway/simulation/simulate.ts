// One history: three processes that work on one store while messages are accepted, scheduled and cancelled, and everything
// that can go wrong does, until trouble ends and all that is open comes to its end.
import type {
  AppId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
} from '../../../packages/server/src/gateway/core/ids.ts'
import { checkEnd, checkNow } from './checks.ts'
import type { Engine } from './engine.ts'
import { LineModel } from './line-model.ts'
import { endOf, type Rules, SimulatedProcess } from './process.ts'
import type { World } from './world.ts'

const PROCESSES = 3
/** And what usually changes nothing. */
const READS = new Set(['look', 'load', 'members', 'beat', 'releaseDue', 'nextScheduledInMs', 'forget'])
const ALL_RULES: Rules = { tokens: true, marks: true, selfFence: true }

export interface Plan {
  messages: number
  lanes: number
  /** Messages with equal payloads may go out together. */
  payloads: number
  mostTogether: number
  jobsInMemory: number
  kills: number
  pauses: number
}

export interface Outcome {
  violations: string[]
  messages: number
  repeats: number
}

const APP = '00000000-0000-7000-8000-000000000001' as AppId // a UUID is one

export async function simulate(world: World, engine: Engine, plan: Plan, rules = ALL_RULES): Promise<Outcome> {
  const violations: string[] = []
  const violated = (what: string) => {
    if (violations.length < 20) violations.push(what)
  }
  const line = new LineModel(world)
  const history = {
    answered: new Set<string>(),
    keyless: new Set<string>(),
    scheduled: new Map<string, number>(),
    cancelled: new Set<string>(),
    delivered: new Set<string>(),
  }
  let statements = 0
  const start = (): SimulatedProcess => {
    const process = new SimulatedProcess({
      world,
      line,
      statements: engine.statements,
      rules,
      mostTogether: plan.mostTogether,
      jobsInMemory: plan.jobsInMemory,
      violated,
      done: async (name) => {
        if (READS.has(name)) return
        statements += 1
        if (statements % 40 === 0) await checkNow(engine, violated)
      },
      delivered: (callbackId) => history.delivered.add(callbackId),
    })
    process.start()
    return process
  }
  const processes = Array.from({ length: PROCESSES }, start)
  const startMs = world.nowMs
  const lengthMs = 12_000

  const send = (index: number): void => {
    const process = processes[world.between(0, PROCESSES - 1)]
    if (process === undefined) return
    const message = `message-${index}`
    const payload = `payload-${world.between(1, plan.payloads)}`
    const keyless = world.random() < 0.1
    const dueMs = world.random() < 0.1 ? world.nowMs + world.between(100, 8000) : undefined
    if (keyless) history.keyless.add(message)
    if (dueMs !== undefined) history.scheduled.set(message, dueMs)
    const accepted = process.delivery.acceptance.accept({
      messageId: message as MessageId, // any text does for these ids
      appId: APP,
      contactId: 'contact' as ContactId,
      conversationId: 'conversation' as ConversationId,
      channel: 'LINE',
      identity: `person-${world.between(1, plan.lanes)}`,
      metadata: '',
      correlationId: '',
      acceptedAtMs: world.nowMs,
      dialect: 'sinch',
      content: { kind: 'text', text: payload },
      clientMessageId: undefined,
      next: {
        kind: 'send',
        accountId: `account-${world.between(1, 2)}` as ConnectorAccountId,
        retryKey: keyless ? undefined : `key-${index}`,
        payload,
        expiresAtMs: undefined,
        mayCoalesce: !keyless,
        urgent: world.random() < 0.1,
        ...(dueMs !== undefined && { sendAtMs: dueMs }),
      },
    })
    accepted.then(
      () => {
        history.answered.add(message)
        if (dueMs !== undefined && world.random() < 0.4) world.in(world.between(0, 8000), () => cancel(message))
      },
      () => {}, // not answered: it may be there or not
    )
  }

  const cancel = async (message: string): Promise<void> => {
    const end = endOf(APP, message, 'cancelled', 'cancelled')
    const jobs = end.jobs.map((job) => ({ ...job, take: false }))
    const answer = await engine.statements.cancel({ worker: 0, lease: 0 }, APP, message, { ...end, jobs })
    if (answer !== false) history.cancelled.add(message)
  }

  for (let index = 0; index < plan.messages; index++) {
    // Some come in bursts: what is accepted together can go out together.
    const atMs = world.random() < 0.6 ? world.between(1, 5) * 2000 : world.between(1000, lengthMs - 2000)
    world.in(atMs, () => send(index))
  }
  for (let kill = 0; kill < plan.kills; kill++)
    world.in(world.between(500, lengthMs), () => {
      const index = world.between(0, PROCESSES - 1)
      processes[index]?.kill()
      processes[index] = start()
    })
  for (let pause = 0; pause < plan.pauses; pause++)
    world.in(world.between(500, lengthMs), () =>
      processes[world.between(0, PROCESSES - 1)]?.pause(world.between(1000, 18_000)),
    )

  await world.run(startMs + lengthMs)
  world.trouble = false
  await world.run(world.nowMs + 10_000) // what is late comes
  // Pauses and silence end, others take over, the last retries go out.
  const goesOn = async () => processes.some((process) => process.standsStill) || (await isOpen(engine))
  for (let rounds = 0; rounds < 60 && (await goesOn()); rounds++) await world.run(world.nowMs + 2000)
  await world.run(world.nowMs + 1000) // what left for LINE arrives
  await checkEnd(engine, line, history, violated)
  for (const process of processes) process.kill()
  return { violations, messages: history.answered.size, repeats: line.repeats }
}

const isOpen = async (engine: Engine): Promise<boolean> =>
  (await engine.all('SELECT 1 FROM lane LIMIT 1')).length > 0 ||
  (await engine.all('SELECT 1 FROM scheduled LIMIT 1')).length > 0
