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
      overtaken: (message) => findOvertaken(engine, line, message),
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
    const keyless = world.random() < 0.1
    const dueMs = world.random() < 0.1 ? world.nowMs + world.between(100, 8000) : undefined
    if (keyless) history.keyless.add(message)
    if (dueMs !== undefined) history.scheduled.set(message, dueMs)
    const row = messageOf(world, index, plan)
    const next = { ...row.next, retryKey: keyless ? undefined : `key-${index}`, mayCoalesce: !keyless }
    const accepted = process.delivery.acceptance.accept({
      ...row,
      next: { ...next, urgent: world.random() < 0.1, ...(dueMs !== undefined && { sendAtMs: dueMs }) },
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

  const burst = () => world.between(1, 5) * 2000
  /** Bad moments are those in which much is under way. */
  const badMoment = () => (world.random() < 0.7 ? burst() + world.between(0, 150) : world.between(500, lengthMs))
  for (let index = 0; index < plan.messages; index++) {
    // Some come in bursts: what is accepted together can go out together.
    world.in(world.random() < 0.7 ? burst() : world.between(1000, lengthMs - 2000), () => send(index))
  }
  for (let kill = 0; kill < plan.kills; kill++)
    world.in(badMoment(), () => {
      const index = world.between(0, PROCESSES - 1)
      processes[index]?.kill()
      processes[index] = start()
    })
  for (let pause = 0; pause < plan.pauses; pause++)
    world.in(badMoment(), () => processes[world.between(0, PROCESSES - 1)]?.pause(world.between(1000, 18_000)))

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

function messageOf(world: World, index: number, { lanes, payloads } = { lanes: 12, payloads: 12 }) {
  const payload = `payload-${world.between(1, payloads)}`
  return {
    messageId: `message-${index}` as MessageId, // any text does for these ids
    appId: APP,
    contactId: 'contact' as ContactId,
    conversationId: 'conversation' as ConversationId,
    channel: 'LINE' as const,
    identity: `person-${world.between(1, lanes)}`,
    metadata: '',
    correlationId: '',
    acceptedAtMs: world.nowMs,
    dialect: 'sinch' as const,
    content: { kind: 'text' as const, text: payload },
    clientMessageId: undefined,
    next: {
      kind: 'send' as const,
      accountId: `account-${world.between(1, 2)}` as ConnectorAccountId,
      retryKey: `key-${index}`,
      payload,
      expiresAtMs: undefined,
    },
  }
}

async function findOvertaken(engine: Engine, line: LineModel, message: string): Promise<string | undefined> {
  const earlier = await engine.all(
    `SELECT e.job_id FROM note_placed me JOIN note_placed e ON e.queue = me.queue AND e.lane = me.lane AND e.id < me.id
     JOIN message m ON m.message_id = e.job_id WHERE me.job_id = '${message}' AND m.state = 'queued'`,
  )
  return earlier.map((row) => String(row.job_id)).find((id) => !line.has(id))
}

/** How long after its process was killed each message that it held reached LINE, in ms. */
export async function killAndWait(world: World, engine: Engine): Promise<number[]> {
  const line = new LineModel(world)
  const start = () => {
    const process = new SimulatedProcess({
      ...{ world, line, statements: engine.statements, rules: ALL_RULES, mostTogether: 1, jobsInMemory: 100 },
      violated: (what) => {
        throw new Error(what)
      },
      overtaken: async () => undefined,
      done: () => {},
      delivered: () => {},
    })
    process.start()
    return process
  }
  const [killed] = [start(), start()]
  await world.run(world.nowMs + 3000)
  // More than it sends at once: some are under way, others wait.
  for (let index = 0; index < 12; index++) killed?.delivery.acceptance.accept(messageOf(world, index)).catch(() => {})
  await world.run(world.nowMs + 25)
  killed?.kill()
  await world.run(world.nowMs + 100) // what was under way arrives
  const killedMs = world.nowMs
  const delays: number[] = []
  for (let known = line.acceptances.length; world.nowMs < killedMs + 30_000; await world.run(world.nowMs + 50))
    for (; known < line.acceptances.length; known++) delays.push(world.nowMs - killedMs)
  return delays
}
