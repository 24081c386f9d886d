// How long what is due waits already, by queue: told by the oldest lane that is due, never by counting.
import type { Kysely } from 'kysely'
import type { QueueName } from '../core/jobs.ts'
import { NOBODY } from '../core/jobs.ts'
import type { Schema } from './schema.ts'

const QUEUES: readonly QueueName[] = ['send', 'callback', 'inbound']

export function queueLags(cold: Kysely<Schema>, now: () => number) {
  return (): Promise<{ queue: QueueName; lagMs: number }[]> =>
    Promise.all(
      QUEUES.map(async (queue) => {
        const oldest = await cold
          .selectFrom('lane')
          .select((eb) => eb.fn.min('due_ms').as('due_ms'))
          .where('queue', '=', queue)
          .where('owner', '>=', NOBODY)
          .executeTakeFirst()
        const dueMs = oldest?.due_ms
        return { queue, lagMs: dueMs === null || dueMs === undefined ? 0 : Math.max(now() - Number(dueMs), 0) }
      }),
    )
}
