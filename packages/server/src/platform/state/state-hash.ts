// One short text for everything that the platform holds: two equal ones stand for equal states.
import { createHash } from 'node:crypto'
import { rowsOf, type StateOwner } from './state-owner.ts'

export interface StateHash {
  readonly hash: string
  /** The same for each kind of row by itself, to see where two states differ. */
  readonly byKind: Readonly<Record<string, string>>
}

/** The order in which things were added does not count; property names within a row are sorted. */
export function hashState(owners: readonly StateOwner[]): StateHash {
  const byKind: Record<string, string> = {}
  for (const owner of owners) {
    const rows = Array.from(rowsOf([owner]), ({ row }) => stableText(row)).sort()
    byKind[owner.kind] = digest(rows)
  }
  return { hash: digest(Object.entries(byKind).flat()), byKind }
}

function digest(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text).update('\n')
  return hash.digest('hex')
}

/** JSON with sorted properties: an object that was put together in another order is no other object. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
