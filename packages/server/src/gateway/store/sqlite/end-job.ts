// What the end of a job brings with it: the message's new state, a message received, a dead letter, callbacks.
import type { DatabaseSync } from 'node:sqlite'
import type { AppId } from '../../core/ids.ts'
import type { JobEnd, PlacedJob, Taker } from '../port.ts'
import { messageRow } from '../rows.ts'
import { insertInto } from './insert-row.ts'
import type { PlaceJob } from './place-job.ts'

interface JobPlace {
  appId: AppId
  queue: string
  lane: string
  seq: number
}

export interface EndJob {
  /** Deletes the job with all that its end brings; undefined where it is gone already, and then nothing else is written. */
  end(taker: Taker, job: JobPlace, end: JobEnd): PlacedJob[] | undefined
  /** The same for what has no job any more. */
  write(taker: Taker, appId: AppId, end: JobEnd): PlacedJob[]
}

export function endJob(db: DatabaseSync, place: PlaceJob, now: () => number): EndJob {
  const where = 'WHERE app_id = ? AND queue = ? AND lane = ? AND seq = ?'
  const remove = db.prepare(`DELETE FROM job ${where}`)
  const bury = db.prepare(
    `INSERT INTO dead_letter (app_id, queue, lane, job_id, gate, retry_key, body, message_id, attempts, reason, definite, died_at_ms)
     SELECT app_id, queue, lane, job_id, gate, retry_key, body, ?, ?, ?, ?, ? FROM job ${where}
     ON CONFLICT (job_id, app_id) DO NOTHING`,
  )
  const setState = db.prepare(
    `UPDATE message SET state = ?, failure_code = ?, failure_description = ?, state_at_ms = ?
     WHERE message_id = ? AND app_id = ?`,
  )
  const insertMessage = insertInto(db, 'message')
  const received = db.prepare(
    'UPDATE conversation SET last_received_ms = max(coalesce(last_received_ms, 0), ?) WHERE conversation_id = ? AND app_id = ?',
  )

  function write(taker: Taker, appId: AppId, end: JobEnd): PlacedJob[] {
    if (end.verdict !== undefined) {
      const { messageId, state, failure, atMs } = end.verdict
      setState.run(state, failure?.code ?? null, failure?.description ?? null, atMs, messageId, appId)
    }
    if (end.received !== undefined) {
      insertMessage(messageRow(end.received))
      received.run(end.received.acceptedAtMs, end.received.conversationId, appId)
    }
    return end.jobs.map((job) => place(taker, job, now()))
  }

  return {
    end(taker, { appId, queue, lane, seq }, end) {
      if (end.dead !== undefined) {
        const { attempts, reason, definite, atMs } = end.dead
        const messageId = end.verdict?.messageId ?? null
        bury.run(messageId, attempts, reason, definite ? 1 : 0, atMs, appId, queue, lane, seq)
      }
      if (remove.run(appId, queue, lane, seq).changes === 0) return undefined
      return write(taker, appId, end)
    },
    write,
  }
}
