// One promise of the documents that the product was asked for, and the words to write it down with.
//
// An entry names the rows of tests/fixtures/seed-index.json that it answers for. Inside a section rows are written
// from the section's heading on: '.' is the heading itself, '..' the heading above it, '#field' and '@sample' stand
// directly under it, 'sub-heading#field' under one of its sub-headings. 'x/**' is the heading x with all headings and
// signatures below it; a table row, list item, operation or sample is always named by itself.

export type Part = 'platform' | 'sinch' | '8x8' | 'login' | 'phone'

export interface Requirement {
  /** `line.reply.token-used-once`: what tests cite. */
  id: string
  /** The document and chapter that promise it. */
  source: string
  /** The promise in our own words. */
  behaviour: string
  status: 'done' | 'not yet'
  part: Part
  /** Why it is not done. */
  why?: string
  index: readonly string[]
}

/** Rows that promise nothing by themselves, or whose entries are still to be written, with the part that they belong to. */
export interface RowsOfPart {
  part: Part
  why: string
  rows: readonly string[]
}

interface Entry {
  id: string
  behaviour: string
  status: Requirement['status']
  rows: readonly string[]
}

const whyNotYet: Record<Part, string> = {
  platform: 'comes with the platform issue',
  sinch: 'comes with the issue of the Sinch dialect',
  '8x8': 'comes with the issue of the 8x8 dialect',
  login: 'comes with the login issue',
  phone: 'comes with the phone issue',
}

export const done = (id: string, behaviour: string, ...rows: string[]): Entry => ({
  id,
  behaviour,
  status: 'done',
  rows,
})

export const notYet = (id: string, behaviour: string, ...rows: string[]): Entry => ({
  id,
  behaviour,
  status: 'not yet',
  rows,
})

export function section(of: { part: Part; source: string; rows: string }, entries: readonly Entry[]): Requirement[] {
  return entries.map(({ id, behaviour, status, rows }) => ({
    id,
    source: of.source,
    behaviour,
    status,
    part: of.part,
    ...(status === 'not yet' ? { why: whyNotYet[of.part] } : {}),
    index: rows.map((row) => absoluteRow(of.rows, row)),
  }))
}

function absoluteRow(heading: string, row: string): string {
  if (row === '.') return heading
  if (row === '..') return heading.slice(0, heading.lastIndexOf('/'))
  return /^[#@]/.test(row) ? `${heading}${row}` : `${heading}/${row}`
}
