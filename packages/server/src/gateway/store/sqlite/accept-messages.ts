// Accept: the message's row and the outbox row that asks for its delivery in one transaction, many at a time.
import type { DatabaseSync } from 'node:sqlite'
import type { Acceptance, AcceptRow, StoredSend } from '../../core/ports.ts'
import type { Activity } from '../../delivery/activity.ts'
import { Gather } from '../gather.ts'
import type { SendEffect, TakenJob } from '../port.ts'
import { insertMessage } from './insert-message.ts'
import type { SqliteJobQueue } from './job-queue.ts'
import type { SendJobs } from './send-jobs.ts'
import type { CallbackUnit } from './transaction.ts'

const MOST_WAITING = 10_000

export function sqliteAcceptance(
  db: DatabaseSync,
  activity: Activity,
  sends: { queue: SqliteJobQueue<StoredSend, SendEffect>; jobs: SendJobs },
  unit: CallbackUnit,
): Acceptance {
  const insert = insertMessage(db)

  function acceptOne(row: AcceptRow, lease: number): TakenJob<StoredSend> | undefined {
    const { next } = row
    const failure = next.kind === 'fail' ? next.failure : undefined
    const state = next.kind === 'fail' ? 'failed' : 'queued'
    insert({ ...row, direction: 'outbound', state, failure, stateAtMs: row.acceptedAtMs })
    if (next.kind === 'fail') {
      unit.append(next.callbacks)
      return undefined
    }
    const place = sends.queue.place(row.appId, row.identity, lease, row.acceptedAtMs)
    return { ...place, job: sends.jobs.insert(place, row, next) }
  }

  const accepted = new Gather<AcceptRow, 'accepted'>(
    activity,
    (rows) => {
      const lease = sends.queue.newLease()
      const taken = unit.transact(() => rows.map((row) => acceptOne(row, lease)))
      sends.queue.announce(taken.filter((job) => job !== undefined))
      return rows.map(() => 'accepted')
    },
    MOST_WAITING,
  )

  return { accept: async (row) => (accepted.isFull ? 'full' : accepted.add(row)) }
}
