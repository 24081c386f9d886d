// Replacing all state at once: back to the seed, or to a snapshot. What is on its way to bots and into chats is dropped,
// since it belongs to what was before; whoever reads is cut off and looks again. The clock stays, unless the seed says
// where it begins.
import type { AdjustableClock } from '../../kit/clock.ts'
import { addSeed } from '../accounts/accounts.ts'
import type { OpenReaders } from '../control/open-readers.ts'
import type { PlatformCore } from '../core.ts'
import type { SavedState } from '../saved-state.ts'
import type { PlatformSeed } from '../seed.ts'
import type { Snapshots } from './snapshots.ts'
import { hashState, type StateHash } from './state-hash.ts'
import { restoreRows } from './state-owner.ts'
import { allOwners } from './state-owners.ts'

export interface StateParts {
  readonly core: PlatformCore
  readonly clock: AdjustableClock
  readonly seed: () => PlatformSeed
  readonly snapshots: Snapshots
  readonly readers: OpenReaders
  /** Undefined where nothing is kept. */
  readonly saved: SavedState | undefined
}

export interface StateControl {
  readonly snapshots: Pick<Snapshots, 'list' | 'remove'>
  hash(): StateHash
  /** Back to the seed, as at the very first start; deterministic ids begin anew too. */
  reset(): void
  take(name: string): ReturnType<Snapshots['take']>
  restore(name: string): Promise<'restored' | 'none of that name' | 'of another version'>
}

export function createStateControl(parts: StateParts): StateControl {
  const { core, clock, seed, snapshots, readers, saved } = parts
  const owners = allOwners(core)

  function beginAnew(fill: () => void, told: { act: 'reset' } | { act: 'restored'; snapshot: string }): void {
    core.delivery.clear()
    core.webhooks.clear()
    core.waits.endAll()
    core.rateLimits.clear()
    core.loadingAnimations.clear()
    core.loginFlows.clear()
    core.media.clear()
    core.timeline.clear()
    for (const owner of owners) owner.clear()
    fill()
    continueMessageIds(core)
    saved?.beginAnew()
    core.timeline.add({ kind: 'state', atMs: clock.now(), ...told }, 0)
    readers.restart()
  }

  return {
    snapshots,
    hash: () => hashState(owners),
    reset() {
      const { clock: start } = seed()
      core.identifiers.restart()
      if (start !== undefined) clock.freezeAt(start.frozenAtMs)
      beginAnew(() => addSeed(core, seed()), { act: 'reset' })
    },
    take: (name) => snapshots.take(name, clock.now(), owners),
    async restore(name) {
      const rows = await snapshots.read(name)
      if (rows === undefined) return 'none of that name'
      // Before anything is forgotten: a state that is half there would be of no use to anybody.
      const kinds = new Set(owners.map(({ kind }) => kind))
      if (!rows.every(({ kind }) => kinds.has(kind))) return 'of another version'
      beginAnew(() => restoreRows(owners, rows), { act: 'restored', snapshot: name })
      return 'restored'
    },
  }
}

/** Later message ids sort after all that there are. */
export function continueMessageIds({ chats, identifiers }: Pick<PlatformCore, 'chats' | 'identifiers'>): void {
  let newestId = ''
  for (const chat of chats.all()) {
    const id = chat.messages.at(-1)?.id ?? ''
    if (id > newestId) newestId = id
  }
  if (newestId !== '') identifiers.continueMessageIdsAfter(newestId)
}
