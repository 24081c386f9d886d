// Somebody has to be the first who may change something: where no admin key is, an owner key is made and told once.
import type { Kysely } from 'kysely'
import type { Clock } from '../../kit/clock.ts'
import { hashSecret } from '../../kit/compare.ts'
import { newUuid } from '../../kit/ids.ts'
import type { Schema } from '../store/schema.ts'
import { newSecret } from './keys.ts'

const KEY_ID = 'first-admin-key'

/** The key, if one was made just now. Of several processes that start at once one makes it. */
export async function makeFirstAdminKey(cold: Kysely<Schema>, clock: Clock): Promise<string | undefined> {
  const known = await cold.selectFrom('api_key').select('key_id').where('use', '=', 'admin').executeTakeFirst()
  if (known !== undefined) return undefined
  const secret = newSecret('admin')
  const nowMs = clock.now()
  const made = await cold
    .insertInto('api_key')
    .values({
      key_id: KEY_ID,
      project_id: null,
      use: 'admin',
      secret_sha256: hashSecret(secret),
      name: 'made at the first start',
      role: 'owner',
      app_ids: null,
      created_at_ms: nowMs,
      disabled_at_ms: null,
    })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 0n) return undefined
  const entry = { audit_id: newUuid(nowMs), at_ms: nowMs, key_id: 'system', action: 'key.create', target_id: KEY_ID }
  await cold
    .insertInto('audit_log')
    .values({ ...entry, project_id: null, detail: '{"use":"admin","role":"owner"}' })
    .execute()
  return secret
}
