// Collects what one printed page holds: headings, table rows, list items, operations, signatures and samples.
// A row keeps where it stands (its heading), its first cell, and a hash of the rest; never the page's sentences.
// Every line that a reader takes must come back here, in order: `end` throws where a line was lost or read twice.

import { createHash } from 'node:crypto'

type SeedRowKind = 'heading' | 'row' | 'item' | 'operation' | 'signature' | 'sample'

export interface SeedRow {
  id: string
  kind: SeedRowKind
  heading: string
  cell: string
  hash: string
  /** Where a sample's own text lies, below the fixtures' seeds folder. */
  file?: string
}

export type SampleLanguage =
  | 'json'
  | 'json-fragment'
  | 'curl'
  | 'url'
  | 'java'
  | 'go'
  | 'ruby'
  | 'php'
  | 'perl'
  | 'py'
  | 'js'
  | 'm'

export interface SeedPage {
  rows: SeedRow[]
  files: { path: string; text: string }[]
}

/** The samples that tests send, compare or run. The other languages are indexed only. */
const carriedLanguages: readonly SampleLanguage[] = ['json', 'json-fragment', 'curl', 'js']

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

export class PageRows {
  readonly #seed: string
  readonly #rows: SeedRow[] = []
  readonly #files: { path: string; text: string }[] = []
  readonly #takenLines: string[] = []
  readonly #timesSeen = new Map<string, number>()
  /** The headings above the current line, outermost first; the page itself is the root. */
  #open: { level: number; text: string; slug: string }[] = []
  #prose: { row: SeedRow; lines: string[] }

  constructor(seed: string) {
    this.#seed = seed
    const row: SeedRow = { id: seed, kind: 'heading', heading: '(page)', cell: '(page)', hash: '' }
    this.#rows.push(row)
    this.#prose = { row, lines: [] }
  }

  heading(level: number, text: string, lines: readonly string[] = [text]): void {
    this.#take(lines)
    this.#closeProse()
    this.#open = [...this.#open.filter((heading) => heading.level < level), { level, text, slug: slugOf(text) }]
    const row: SeedRow = {
      id: this.#unique(this.#path()),
      kind: 'heading',
      heading: this.#title(),
      cell: text,
      hash: '',
    }
    this.#rows.push(row)
    this.#prose = { row, lines: [] }
  }

  /** A sentence, or the header line of a table: part of what the heading's hash stands for. */
  prose(line: string): void {
    this.#take([line])
    this.#prose.lines.push(line.trim())
  }

  row(kind: 'row' | 'item' | 'operation' | 'signature', cell: string, lines: readonly string[]): void {
    this.#take(lines)
    const text = lines.map((line) => line.trim()).join('\n')
    const at = text.indexOf(cell)
    const rest = at < 0 ? text : text.slice(at + cell.length).trim()
    this.#rows.push({
      id: this.#unique(`${this.#path()}#${cell}`),
      kind,
      heading: this.#title(),
      cell,
      hash: hashOf(rest),
    })
  }

  /** The line above a sample that names it. */
  caption(line: string): void {
    this.#take([line])
  }

  sample(caption: string, language: SampleLanguage, lines: readonly string[]): void {
    this.#take(lines.filter((line) => line.trim() !== ''))
    const text = `${trimBlankLines(lines).join('\n')}\n`
    const name = slugOf(caption.replace(/:$/, ''))
    const id = this.#unique(`${this.#path()}@${name}.${language}`)
    const row: SeedRow = { id, kind: 'sample', heading: this.#title(), cell: caption, hash: hashOf(text) }
    if (carriedLanguages.includes(language)) {
      row.file = fileOf(id, language)
      this.#files.push({ path: row.file, text })
    }
    this.#rows.push(row)
  }

  end(sourceLines: readonly string[]): SeedPage {
    this.#closeProse()
    const wanted = sourceLines.filter((line) => line.trim() !== '')
    const lost = wanted.findIndex((line, at) => line !== this.#takenLines[at])
    if (lost >= 0 || wanted.length !== this.#takenLines.length) {
      throw new Error(`seed ${this.#seed}: line read wrongly, near: ${wanted[lost] ?? '(end)'}`)
    }
    return { rows: this.#rows, files: this.#files }
  }

  #take(lines: readonly string[]): void {
    this.#takenLines.push(...lines)
  }

  #closeProse(): void {
    this.#prose.row.hash = hashOf(this.#prose.lines.join('\n'))
  }

  #path(): string {
    return [this.#seed, ...this.#open.map((heading) => heading.slug)].join('/')
  }

  #title(): string {
    return this.#open.map((heading) => heading.text).join(' > ') || '(page)'
  }

  #unique(id: string): string {
    const times = (this.#timesSeen.get(id) ?? 0) + 1
    this.#timesSeen.set(id, times)
    return times === 1 ? id : `${id}~${times}`
  }
}

/** `Get group/room member IDs` -> `get-group-room-member-ids`; identifiers such as `LineApiError` stay as they are. */
function slugOf(text: string): string {
  if (!/\s/.test(text) && /^.+[A-Z(._]/.test(text)) return text
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

function fileOf(id: string, language: SampleLanguage): string {
  const [path = '', name = ''] = id.split('@')
  const [base, times] = name.split('~')
  const stem = (base ?? '').slice(0, -language.length - 1)
  return `${path}/${stem}${times === undefined ? '' : `-${times}`}.${language}`
}

function trimBlankLines(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return lines.slice(first, last + 1)
}
