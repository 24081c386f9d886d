// Contacts and conversations of people on a channel: found by identity, made once. Whoever loses the race to make one
// reads the winner's afterwards, in a statement whose view begins later.
import type { AppId, ContactId, ConversationId } from '../../core/ids.ts'
import type { Recipient } from '../../core/ports.ts'
import type { OfferedCandidate, PlacedJob, Statements } from '../port.ts'
import { StoreInDoubtError } from '../store-error.ts'
import { OFFERED, offeredRows, placing, readPlaced, takerValues } from './placing.ts'
import { rowsOf, type Session } from './session.ts'

const CANDIDATES = `json_to_recordset($3::json) AS c(part bigint, app_id text, project_id text, channel text, identity text,
  contact_id text, conversation_id text, wants_conversation bigint, now_ms bigint)`

const ENSURE = `
WITH candidates AS MATERIALIZED (SELECT * FROM ${CANDIDATES}),
  identities AS (
    INSERT INTO channel_identity (app_id, channel, identity, contact_id)
    SELECT app_id, channel, identity, contact_id FROM candidates ORDER BY app_id, channel, identity, part
    ON CONFLICT DO NOTHING RETURNING app_id, channel, identity, contact_id),
  fresh AS MATERIALIZED (SELECT c.* FROM candidates c JOIN identities i USING (app_id, channel, identity, contact_id)),
  contacts AS (
    INSERT INTO contact (app_id, contact_id, project_id, display_name, email, external_id, metadata, language, channel_priority, created_at_ms)
    SELECT app_id, contact_id, project_id, '', '', '', '', 'UNSPECIFIED', json_build_array(channel)::text, now_ms FROM fresh),
  conversations AS (
    INSERT INTO conversation (app_id, conversation_id, contact_id, channel, active, created_at_ms)
    SELECT c.app_id, c.conversation_id, coalesce(k.contact_id, f.contact_id), c.channel, 1, c.now_ms
    FROM candidates c
    LEFT JOIN channel_identity k USING (app_id, channel, identity)
    LEFT JOIN fresh f USING (app_id, channel, identity)
    WHERE c.wants_conversation = 1 AND coalesce(k.contact_id, f.contact_id) IS NOT NULL ORDER BY 1, 3, c.part
    ON CONFLICT (app_id, contact_id) WHERE active = 1 DO NOTHING),
  offered AS (SELECT * FROM json_to_recordset($4::json) AS j(${OFFERED}) WHERE part IN (SELECT part FROM fresh)),
  ${placing('$1::bigint', '$2::bigint')}
SELECT ord, app_id, queue, lane, owner, lease, seq FROM placed`

const FIND = `
SELECT a.part, i.contact_id, c.conversation_id
FROM json_to_recordset($1::json) AS a(part bigint, app_id text, channel text, identity text)
JOIN channel_identity i USING (app_id, channel, identity)
LEFT JOIN conversation c ON c.app_id = i.app_id AND c.contact_id = i.contact_id AND c.active = 1`

const IDENTITY_OF = 'SELECT identity FROM channel_identity WHERE contact_id = $1 AND app_id = $2 LIMIT 1'
const MOST_ROUNDS = 4

export function recipients({ ask }: Session): Pick<Statements, 'findRecipient' | 'identityOf' | 'ensureRecipients'> {
  async function find(
    asks: readonly { appId: AppId; channel: string; identity: string }[],
  ): Promise<(Partial<Recipient> | undefined)[]> {
    const rows = await ask('find-recipients', FIND, [
      rowsOf(asks.map(({ appId, channel, identity }, part) => ({ part, app_id: appId, channel, identity }))),
    ])
    const found = asks.map((): Partial<Recipient> | undefined => undefined)
    for (const { part, contact_id, conversation_id } of rows) {
      const contactId = String(contact_id) as ContactId // this and the next were written as such ids
      found[Number(part)] =
        conversation_id === null
          ? { contactId }
          : { contactId, conversationId: String(conversation_id) as ConversationId }
    }
    return found
  }

  const candidateRow = (candidate: OfferedCandidate, part: number) => ({
    part,
    app_id: candidate.appId,
    project_id: candidate.projectId,
    channel: candidate.channel,
    identity: candidate.identity,
    contact_id: candidate.contactId,
    conversation_id: candidate.conversationId,
    wants_conversation: candidate.wantsConversation ? 1 : 0,
    now_ms: candidate.nowMs,
  })

  return {
    async findRecipient(appId, channel, identity) {
      return (await find([{ appId, channel, identity }]))[0]
    },
    async identityOf(appId, contactId) {
      const [row] = await ask('identity-of', IDENTITY_OF, [contactId, appId])
      return row === undefined ? undefined : { channel: 'LINE', identity: String(row.identity) }
    },
    async ensureRecipients(taker, candidates) {
      const offered = candidates.flatMap(({ jobs }, part) => jobs.map((job) => ({ job, part })))
      const placed: (PlacedJob | undefined)[] = offered.map(() => undefined)
      // Who comes second to an identity finds no contact to make a conversation for until the first has committed.
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const rows = await ask('ensure-recipients', ENSURE, [
          ...takerValues(taker),
          rowsOf(candidates.map(candidateRow)),
          rowsOf(offeredRows(offered)),
        ])
        readPlaced(rows, offered.length).forEach((place, index) => {
          placed[index] ??= place
        })
        const found = await find(candidates)
        const whole = candidates.flatMap(({ wantsConversation, conversationId }, index): Recipient[] => {
          const known = found[index]
          if (known?.contactId === undefined || (wantsConversation && known.conversationId === undefined)) return []
          return [{ contactId: known.contactId, conversationId: known.conversationId ?? conversationId }]
        })
        if (whole.length === candidates.length) return { recipients: whole, placed }
      }
      throw new StoreInDoubtError('Contacts could not be made: others were faster again and again.')
    },
  }
}
