// Contacts and conversations of people on a channel: found by identity, made once.
import type { DatabaseSync } from 'node:sqlite'
import type { AppId, ContactId, ConversationId } from '../../core/ids.ts'
import type { Recipient } from '../../core/ports.ts'
import type { OfferedCandidate, PlacedJob, Statements, Taker } from '../port.ts'
import type { PlaceJob } from './place-job.ts'
import { inTransaction } from './transaction.ts'

export function recipients(
  db: DatabaseSync,
  place: PlaceJob,
  now: () => number,
): Pick<Statements, 'findRecipient' | 'identityOf' | 'ensureRecipients'> {
  const find = db.prepare(
    `SELECT i.contact_id, c.conversation_id FROM channel_identity i
     LEFT JOIN conversation c ON c.app_id = i.app_id AND c.contact_id = i.contact_id AND c.active = 1
     WHERE i.app_id = ? AND i.channel = ? AND i.identity = ?`,
  )
  const identityOf = db.prepare(
    'SELECT channel, identity FROM channel_identity WHERE contact_id = ? AND app_id = ? LIMIT 1',
  )
  const insertContact = db.prepare(
    `INSERT INTO contact (app_id, contact_id, project_id, display_name, email, external_id, metadata, language, channel_priority, created_at_ms)
     VALUES (?, ?, ?, '', '', '', '', 'UNSPECIFIED', ?, ?)`,
  )
  const insertIdentity = db.prepare(
    'INSERT INTO channel_identity (app_id, channel, identity, contact_id) VALUES (?, ?, ?, ?)',
  )
  const insertConversation = db.prepare(
    `INSERT INTO conversation (app_id, conversation_id, contact_id, channel, active, created_at_ms) VALUES (?, ?, ?, ?, 1, ?)`,
  )

  function lookUp(appId: AppId, channel: string, identity: string): Partial<Recipient> | undefined {
    const row = find.get(appId, channel, identity)
    if (row === undefined) return undefined
    const contactId = String(row.contact_id) as ContactId // written as one
    if (row.conversation_id === null) return { contactId }
    return { contactId, conversationId: String(row.conversation_id) as ConversationId } // written as one
  }

  function ensureOne(taker: Taker, candidate: OfferedCandidate, placed: (PlacedJob | undefined)[]): Recipient {
    const { appId, projectId, channel, identity, nowMs, jobs } = candidate
    const known = lookUp(appId, channel, identity)
    const contactId = known?.contactId ?? candidate.contactId
    const conversationId = known?.conversationId ?? candidate.conversationId
    if (known === undefined) {
      insertContact.run(appId, contactId, projectId, JSON.stringify([channel]), nowMs)
      insertIdentity.run(appId, channel, identity, contactId)
    }
    placed.push(...jobs.map((job) => (known === undefined ? place(taker, job, now()) : undefined)))
    if (candidate.wantsConversation && known?.conversationId === undefined)
      insertConversation.run(appId, conversationId, contactId, channel, nowMs)
    return { contactId, conversationId }
  }

  return {
    findRecipient: async (appId, channel, identity) => lookUp(appId, channel, identity),
    async identityOf(appId, contactId) {
      const row = identityOf.get(contactId, appId)
      return row === undefined ? undefined : { channel: 'LINE', identity: String(row.identity) }
    },
    async ensureRecipients(taker, candidates) {
      const placed: (PlacedJob | undefined)[] = []
      const found = inTransaction(db, () => candidates.map((candidate) => ensureOne(taker, candidate, placed)))
      return { recipients: found, placed }
    },
  }
}
