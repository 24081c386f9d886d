// All steps, in order. A step that was released never changes: the next one corrects it.
import { StoreError } from '../store-error.ts'
import { firstTables } from './0001-first-tables.ts'
import { hashOf, type Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [firstTables]
/** The number of the newest step that this program knows. */
export const NEWEST_SCHEMA = MIGRATIONS.length

export interface AppliedMigration {
  number: number
  name: string
  hash: string
}

/** The steps still to take. A database that is ahead of this program, or has another history, is left alone. */
export function openSteps(applied: readonly AppliedMigration[], textOf: (migration: Migration) => string): Migration[] {
  const newest = Math.max(0, ...applied.map(({ number }) => number))
  if (newest > MIGRATIONS.length)
    throw new StoreError(
      'newer_schema',
      `The data was written by a newer version of Hatoba (schema ${newest}, this program knows ${MIGRATIONS.length}). Start that version, or restore an older backup.`,
    )
  return MIGRATIONS.filter((migration) => {
    const known = applied.find(({ number }) => number === migration.number)
    if (known === undefined) return true
    if (known.name === migration.name && known.hash === hashOf(textOf(migration))) return false
    throw new StoreError(
      'foreign_schema',
      `Migration ${migration.number} of the data ("${known.name}") is not the one this program has ("${migration.name}").`,
    )
  })
}
