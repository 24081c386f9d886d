// What an owner of state offers so that its state can be saved, hashed, cleared and put back. An owner that is not in
// the lists of state-owners.ts does not compile.

/** @template Row a plain JSON object that is never changed once it was given out */
export interface StateOwner<Row = unknown> {
  /** Marks the owner's rows in files; never changes once it was released. */
  readonly kind: string
  /** Everything that it holds, in an order in which it can be restored. */
  rows(): Iterable<Row>
  /** Takes one row of {@link rows} in. Of two rows for one thing the later counts. */
  restore(row: Row): void
  /** Forgets everything, without a report of a change. */
  clear(): void
}

/** One line of a file. */
export interface StateRow {
  readonly kind: string
  readonly row: unknown
}

export function* rowsOf(owners: Iterable<StateOwner>): Generator<StateRow> {
  for (const owner of owners) for (const row of owner.rows()) yield { kind: owner.kind, row }
}

/** @throws Error where no owner has such rows */
export function restoreRows(owners: Iterable<StateOwner>, rows: Iterable<StateRow>): void {
  const byKind = new Map(Array.from(owners, (owner) => [owner.kind, owner]))
  for (const { kind, row } of rows) {
    const owner = byKind.get(kind)
    if (owner === undefined) throw new Error(`a row of unknown kind: ${kind}`)
    owner.restore(row)
  }
}
