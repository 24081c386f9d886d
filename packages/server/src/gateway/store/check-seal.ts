// A sealed text of no secret, kept to tell at start whether the master key is the one the secrets were sealed with.
import type { Kysely } from 'kysely'
import { SealError, type Sealer } from '../../kit/seal.ts'
import type { Schema } from './schema.ts'
import { StoreError } from './store-error.ts'

const PURPOSE = 'seal_check'

export async function checkSeal(db: Kysely<Schema>, sealer: Sealer): Promise<void> {
  const known = await db.selectFrom('seal_check').select('sealed').executeTakeFirst()
  if (known === undefined) {
    // Several processes may be first: whichever row is there afterwards counts.
    const row = { single: 1, sealed: sealer.seal('hatoba', PURPOSE) }
    await db
      .insertInto('seal_check')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return checkSeal(db, sealer)
  }
  try {
    sealer.open(known.sealed, PURPOSE)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new StoreError(
      'wrong_master_key',
      'The stored secrets were sealed with another master key. Start with that key.',
      cause,
    )
  }
}
