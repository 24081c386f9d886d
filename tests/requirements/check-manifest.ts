// The gate: manifest, index and citations must agree. Pure, so that it is itself proven on small made-up manifests.

import type { SeedRow } from '../../scripts/seed-index/page-rows.ts'
import type { Citation } from './read-citations.ts'
import type { Requirement, RowsOfPart } from './requirement.ts'

export interface Manifest {
  requirements: readonly Requirement[]
  rowsOfParts: readonly RowsOfPart[]
  index: readonly Pick<SeedRow, 'id' | 'kind'>[]
  citations: readonly Citation[]
}

const idGrammar = /^(line|sinch|8x8|login|phone)(\.[A-Za-z0-9:-]+)+$/

/** What is wrong, one sentence each; empty when all is well. */
export function checkManifest(manifest: Manifest): string[] {
  return [...checkEntries(manifest), ...checkCitations(manifest), ...checkRows(manifest)]
}

function checkEntries({ requirements }: Manifest): string[] {
  const problems: string[] = []
  const ids = new Set<string>()
  for (const { id, behaviour, source, status, why, index } of requirements) {
    if (ids.has(id)) problems.push(`${id}: two entries have this id`)
    ids.add(id)
    if (!idGrammar.test(id))
      problems.push(`${id}: an id is an area, a dot and a name, such as line.reply.token-used-once`)
    if (behaviour === '' || source === '') problems.push(`${id}: behaviour and source may not be empty`)
    if (index.length === 0) problems.push(`${id}: names no row of the index`)
    if (status === 'not yet' && (why ?? '') === '') problems.push(`${id}: is not yet done and says no reason`)
    if (status === 'done' && why !== undefined) problems.push(`${id}: is done and still gives a reason why not`)
  }
  return problems
}

function checkCitations({ requirements, citations }: Manifest): string[] {
  const problems: string[] = []
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  for (const { id, file } of citations) {
    const requirement = byId.get(id)
    if (requirement === undefined) problems.push(`${file} cites ${id}, which is no entry`)
    else if (requirement.status === 'not yet') problems.push(`${file} cites ${id}, which is 'not yet': make it done`)
  }
  const cited = new Set(citations.map(({ id }) => id))
  for (const { id, status } of requirements) {
    if (status === 'done' && !cited.has(id)) problems.push(`${id}: is done, but no test cites it`)
  }
  return problems
}

function checkRows({ requirements, rowsOfParts, index }: Manifest): string[] {
  const problems: string[] = []
  const answered = new Set<string>()
  for (const { id, index: patterns } of requirements) {
    for (const pattern of patterns) {
      const rows = rowsOf(pattern, index)
      if (rows.length === 0) problems.push(`${id}: names the row ${pattern}, which the index does not have`)
      for (const row of rows) answered.add(row)
    }
  }
  const left = new Set<string>()
  for (const { part, why, rows: patterns } of rowsOfParts) {
    if (why === '') problems.push(`the rows left to ${part} have no reason`)
    for (const pattern of patterns) {
      const rows = rowsOf(pattern, index)
      if (rows.length === 0) problems.push(`${part} is left the row ${pattern}, which the index does not have`)
      for (const row of rows) {
        if (answered.has(row)) problems.push(`${row}: has an entry and is left to ${part} too`)
        left.add(row)
      }
    }
  }
  for (const { id } of index) {
    if (!answered.has(id) && !left.has(id))
      problems.push(`${id}: no entry answers for this row, and no part is named for it`)
  }
  return problems
}

/** `x/**` stands for headings and signatures only: what one can call, send, receive or exceed has an entry that names it. */
function rowsOf(pattern: string, index: Manifest['index']): string[] {
  if (!pattern.endsWith('/**')) return index.some(({ id }) => id === pattern) ? [pattern] : []
  const root = pattern.slice(0, -'/**'.length)
  const isBelow = (id: string) => id === root || id.startsWith(`${root}/`) || id.startsWith(`${root}#`)
  return index.filter(({ id, kind }) => (kind === 'heading' || kind === 'signature') && isBelow(id)).map(({ id }) => id)
}
