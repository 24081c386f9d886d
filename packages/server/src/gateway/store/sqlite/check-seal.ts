// A sealed text of no secret, kept to tell at start whether the master key is the one the secrets were sealed with.
import type { DatabaseSync } from 'node:sqlite'
import { SealError, type Sealer } from '../../../kit/seal.ts'
import { StoreError } from '../store-error.ts'

const PURPOSE = 'seal_check'

export function checkSeal(db: DatabaseSync, sealer: Sealer): void {
  const row = db.prepare('SELECT sealed FROM seal_check').get()
  if (row === undefined) {
    db.prepare('INSERT INTO seal_check (sealed) VALUES (?)').run(sealer.seal('hatoba', PURPOSE))
    return
  }
  try {
    sealer.open(String(row.sealed), PURPOSE)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new StoreError(
      'wrong_master_key',
      'The secrets in the data folder were sealed with another master key. Start with that key.',
      cause,
    )
  }
}
