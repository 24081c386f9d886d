// Everything that works off what is stored, put together over one set of statements: the identity of this process, the
// three queues, what is stored for them, and what has to be done from time to time.
import { randomUUID } from 'node:crypto'
import type { Activity } from '../../kit/activity.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/log.ts'
import type { QueueName } from '../core/jobs.ts'
import type { DeadLetterFilter, Statements, StoredJob } from '../store/port.ts'
import { type PollLimits, SHARED_POLL } from './claims.ts'
import { Dispatch } from './dispatch.ts'
import { type BeatLimits, Identity, SHARED_BEATS } from './identity.ts'
import { type LaneLimits, Lanes } from './lanes.ts'
import type { NextTurn } from './next-turn.ts'
import { type Storing, storing } from './storing.ts'
import { Upkeep } from './upkeep.ts'
import type { AttemptJob, Verdict } from './verdict.ts'

interface QueueWork {
  attempt(job: AttemptJob): Promise<Verdict>
  needsMark(job: StoredJob): boolean
  mostTogether(job: StoredJob): number
  limits: LaneLimits
}

export interface DeliveryOptions {
  statements: Statements
  /** Whether other processes work on the same store. */
  shared: boolean
  queues: Record<QueueName, QueueWork>
  clock: Clock
  nextTurn?: NextTurn
  newId?: () => string
  monotonicMs?: () => number
  activity: Activity
  log: Logger
}

export interface Delivery extends Storing {
  /** @throws where the store cannot be written */
  start(): Promise<void>
  /** Starts nothing more, and resolves when what is under way is on disk. */
  stop(): Promise<void>
  deadLetters: {
    count(filter: DeadLetterFilter): Promise<number>
    /** Puts at most so many back into their lanes; returns how many. */
    replay(filter: DeadLetterFilter, most: number): Promise<number>
  }
  /** Throws where the store cannot be written. */
  probe(): Promise<void>
}

export function delivery(options: DeliveryOptions): Delivery {
  const { statements, shared, queues, clock, activity, log } = options
  const { nextTurn = (task) => void setImmediate(task), newId = randomUUID } = options
  const { monotonicMs = () => performance.now() } = options
  const beats: BeatLimits | undefined = shared ? SHARED_BEATS : undefined
  const poll: PollLimits | undefined = shared ? SHARED_POLL : undefined
  const identity = new Identity({ statements, beats, clock, monotonicMs, log })
  const dispatch = new Dispatch(identity)
  const lanesOf = (queue: QueueName) =>
    new Lanes({ queue, statements, dispatch, identity, ...queues[queue], poll, clock, nextTurn, newId, activity, log })
  const lanes = [lanesOf('send'), lanesOf('callback'), lanesOf('inbound')]
  const wake = () => {
    for (const queue of lanes) queue.wake()
  }
  const upkeep = new Upkeep({ statements, shared, released: wake, clock, log })
  const scheduled = (dueMs: number) => upkeep.wakeAt(dueMs)

  return {
    ...storing({ statements, dispatch, scheduled, nextTurn, activity }),
    async start() {
      await identity.start()
      wake()
      upkeep.start()
    },
    async stop() {
      await Promise.all([upkeep.stop(), ...lanes.map((queue) => queue.stop())])
      await identity.stop()
    },
    deadLetters: {
      count: (filter) => statements.countDead(filter),
      async replay(filter, most) {
        const replayed = await statements.replayDead(filter, most)
        if (replayed > 0) wake()
        return replayed
      },
    },
    probe: () => statements.probe(identity.worker ?? 0),
  }
}
