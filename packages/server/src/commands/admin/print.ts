// Answers of the admin API for people: a table of many, lines of one.

type Item = Readonly<Record<string, unknown>>

export const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null

export function describeList(items: readonly Item[], columns: readonly string[]): string {
  if (items.length === 0) return 'None.\n'
  const rows = [columns.map(titleOf), ...items.map((item) => columns.map((column) => cell(item[column])))]
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return `${rows.map(line).join('\n')}\n`
}

export function describeOne(item: Item): string {
  const width = Math.max(...Object.keys(item).map((name) => name.length))
  return Object.entries(item)
    .map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}\n`)
    .join('')
}

export const describeField = (value: unknown): string => `${cell(value)}\n`

const titleOf = (column: string): string => column.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase()

function cell(value: unknown): string {
  if (value === undefined || value === null) return '-'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(cell).join(',')
  if (isItem(value)) return JSON.stringify(value)
  // What somebody else wrote must not steer the terminal.
  return String(value).replace(/\p{Cc}/gu, '?')
}
