// The callback table: calls to customers' webhooks that are not delivered yet.
import type { DatabaseSync } from 'node:sqlite'
import type { AppId, CallbackId, WebhookId } from '../../core/ids.ts'
import type { CallbackDraft } from '../../core/model.ts'
import type { CallbackEffect, CallbackJob, LaneJob } from '../port.ts'
import type { JobTable } from './job-queue.ts'
import type { Place } from './lanes.ts'

export interface CallbackJobs extends JobTable<CallbackJob, CallbackEffect> {
  insert(place: Place, draft: CallbackDraft): CallbackJob
}

export function callbackJobs(db: DatabaseSync): CallbackJobs {
  const where = 'WHERE app_id = ? AND lane = ? AND seq = ?'
  const insert = db.prepare(
    `INSERT INTO callback (app_id, lane, seq, callback_id, webhook_id, trigger, body, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const load = db.prepare(
    `SELECT seq, callback_id, webhook_id, trigger, body, attempts, created_at_ms FROM callback
     WHERE app_id = ? AND lane = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const remove = db.prepare(`DELETE FROM callback ${where}`)
  const bury = db.prepare(
    `INSERT INTO dead_callback
       (app_id, callback_id, webhook_id, trigger, body, attempts, reason, created_at_ms, died_at_ms)
     SELECT app_id, callback_id, webhook_id, trigger, body, ?, ?, created_at_ms, ? FROM callback ${where}`,
  )
  const attempt = db.prepare(`UPDATE callback SET attempts = ? ${where}`)
  const idOf = db.prepare(`SELECT callback_id FROM callback ${where}`)
  const move = db.prepare(`UPDATE callback SET lane = ?, seq = ? ${where}`)

  return {
    insert({ ref: { appId, lane }, seq }, draft) {
      const { callbackId, webhookId, trigger, body, createdAtMs } = draft
      insert.run(appId, lane, seq, callbackId, webhookId, trigger, body, createdAtMs)
      return { appId, callbackId, webhookId, trigger, body, attempts: 0, createdAtMs }
    },
    load(appId, lane, afterSeq, most) {
      return load.all(appId, lane, afterSeq, most).map((row): LaneJob<CallbackJob> => {
        const job = {
          appId,
          callbackId: String(row.callback_id) as CallbackId, // written as one
          webhookId: String(row.webhook_id) as WebhookId, // written as one
          trigger: String(row.trigger),
          body: String(row.body),
          attempts: Number(row.attempts),
          createdAtMs: Number(row.created_at_ms),
        }
        return { seq: Number(row.seq), job }
      })
    },
    finish(appId: AppId, lane, seq, effect) {
      if (effect.kind === 'dead') bury.run(effect.attempts, effect.reason, effect.atMs, appId, lane, seq)
      remove.run(appId, lane, seq)
    },
    recordAttempt(appId, lane, seq, attempts) {
      attempt.run(attempts, appId, lane, seq)
    },
    moveAside(appId, lane, seq, place) {
      const row = idOf.get(appId, lane, seq)
      if (row === undefined) return
      const own = place(`${lane}#${row.callback_id}`)
      move.run(own.ref.lane, own.seq, appId, lane, seq)
    },
  }
}
