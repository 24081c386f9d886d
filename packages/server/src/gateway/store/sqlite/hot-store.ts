// Puts the hot statements together over one connection. This process registers as a worker; whoever held lanes
// before is dead, as the folder's lock proves, and its lanes can be claimed at once.
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../../kit/clock.ts'
import type { StoredSend } from '../../core/ports.ts'
import type { Activity } from '../../delivery/activity.ts'
import type { CallbackEffect, CallbackJob, HotStore, SendEffect, TakenJob } from '../port.ts'
import { sqliteAcceptance } from './accept-messages.ts'
import { callbackJobs } from './callback-jobs.ts'
import { sqliteRecipients } from './ensure-recipients.ts'
import { sqliteJobQueue } from './job-queue.ts'
import { sqliteLanes } from './lanes.ts'
import { sqliteLineEvents } from './line-events.ts'
import { sendJobs } from './send-jobs.ts'
import { type CallbackUnit, inTransaction } from './transaction.ts'

export function sqliteHotStore(db: DatabaseSync, clock: Clock, activity: Activity): HotStore {
  const worker = registerWorker(db, clock.now())

  const callbackTable = callbackJobs(db)
  let appended: TakenJob<CallbackJob>[] = []
  const unit: CallbackUnit = {
    transact(work) {
      appended = [] // what an undone transaction appended is undone too
      const result = inTransaction(db, work)
      const jobs = appended
      appended = []
      if (jobs.length > 0) callbacks.announce(jobs)
      return result
    },
    append(drafts) {
      if (drafts.length === 0) return
      const lease = callbacks.newLease()
      for (const draft of drafts) {
        const place = callbacks.place(draft.appId, draft.lane, lease, draft.createdAtMs)
        appended.push({ ...place, job: callbackTable.insert(place, draft) })
      }
    },
  }
  const options = { clock, activity, unit }
  const callbacks = sqliteJobQueue<CallbackJob, CallbackEffect>(
    sqliteLanes(db, 'callback', worker),
    callbackTable,
    options,
  )
  const jobs = sendJobs(db, unit)
  const queue = sqliteJobQueue<StoredSend, SendEffect>(sqliteLanes(db, 'send', worker), jobs, options)
  const seen = db.prepare('UPDATE worker SET seen_at_ms = ? WHERE id = ?')

  return {
    recipients: sqliteRecipients(db, activity, unit),
    acceptance: sqliteAcceptance(db, activity, { queue, jobs }, unit),
    sends: queue,
    callbacks,
    lineEvents: sqliteLineEvents(db, activity, unit),
    probe: async () => void seen.run(clock.now(), worker),
  }
}

function registerWorker(db: DatabaseSync, nowMs: number): number {
  return inTransaction(db, () => {
    db.exec(
      `DELETE FROM worker WHERE dead = 1
       AND NOT EXISTS (SELECT 1 FROM lane WHERE queue IN ('send', 'callback') AND owner = worker.id)`,
    )
    const row = db.prepare('INSERT INTO worker (seen_at_ms) VALUES (?) RETURNING id').get(nowMs)
    const worker = Number(row?.id)
    db.prepare('UPDATE worker SET dead = 1 WHERE id <> ?').run(worker)
    return worker
  })
}
