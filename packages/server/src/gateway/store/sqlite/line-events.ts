// LINE's webhook events, stored raw before they are answered and kept for a while to know a repeated one.
import type { DatabaseSync } from 'node:sqlite'
import type { AppId, ConnectorAccountId } from '../../core/ids.ts'
import type { Activity } from '../../delivery/activity.ts'
import { Gather } from '../gather.ts'
import type { LineEventRow, LineEvents, OpenLineEvent, ProcessedLineEvent } from '../port.ts'
import { insertMessage } from './insert-message.ts'
import type { CallbackUnit } from './transaction.ts'

const MOST_WAITING = 10_000

export function sqliteLineEvents(db: DatabaseSync, activity: Activity, unit: CallbackUnit): LineEvents {
  const insert = db.prepare(
    `INSERT INTO line_event (app_id, line_channel_id, dedupe_key, destination, event, received_at_ms)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (app_id, line_channel_id, dedupe_key) DO NOTHING`,
  )
  const open = db.prepare(
    `SELECT seq, app_id, line_channel_id, dedupe_key, destination, event, received_at_ms FROM line_event
     WHERE processed_at_ms IS NULL AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const markProcessed = db.prepare(
    'UPDATE line_event SET processed_at_ms = ? WHERE seq = ? AND processed_at_ms IS NULL',
  )
  const received = db.prepare('UPDATE conversation SET last_received_ms = ? WHERE conversation_id = ? AND app_id = ?')
  const purge = db.prepare(
    'DELETE FROM line_event WHERE seq IN (SELECT seq FROM line_event WHERE processed_at_ms < ? LIMIT ?)',
  )
  const insertOne = insertMessage(db)
  let wake = () => {}

  const stored = new Gather<LineEventRow, 'stored' | 'duplicate'>(
    activity,
    (rows) => {
      const answers = unit.transact(() =>
        rows.map((row) => {
          const { changes } = insert.run(
            row.appId,
            row.lineChannelId,
            row.dedupeKey,
            row.destination,
            row.event,
            row.receivedAtMs,
          )
          return changes === 0 ? 'duplicate' : 'stored'
        }),
      )
      wake()
      return answers
    },
    MOST_WAITING,
  )

  function completeOne({ seq, atMs, effect }: ProcessedLineEvent): void {
    if (markProcessed.run(atMs, seq).changes === 0) return
    const message = effect?.message
    if (message !== undefined) {
      insertOne({
        ...message,
        direction: 'inbound',
        state: 'received',
        dialect: undefined,
        failure: undefined,
        clientMessageId: undefined,
        stateAtMs: message.acceptedAtMs,
      })
      received.run(message.acceptedAtMs, message.conversationId, message.appId)
    }
    if (effect !== undefined) unit.append(effect.callbacks)
  }

  return {
    onStored(newWake) {
      wake = newWake
    },
    store: async (row) => (stored.isFull ? 'full' : stored.add(row)),
    async open(afterSeq, most) {
      return open.all(afterSeq, most).map(
        (row): OpenLineEvent => ({
          seq: Number(row.seq),
          appId: String(row.app_id) as AppId, // written as one
          lineChannelId: String(row.line_channel_id) as ConnectorAccountId, // written as one
          dedupeKey: String(row.dedupe_key),
          destination: String(row.destination),
          event: String(row.event),
          receivedAtMs: Number(row.received_at_ms),
        }),
      )
    },
    async complete(events) {
      unit.transact(() => events.forEach(completeOne))
    },
    purge: async (processedBeforeMs, most) => Number(purge.run(processedBeforeMs, most).changes),
  }
}
