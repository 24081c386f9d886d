// Rows of tables that were printed with spaces between the cells and with cells that run over several lines.

import type { Lines } from './lines.ts'
import type { PageRows } from './page-rows.ts'

/** How the first cell of a row is told from the rest; no match means that the line goes on with the row above. */
const tables: readonly { header: RegExp; firstCell: RegExp }[] = [
  { header: /^Plan Limit$/, firstCell: /^[A-Z][A-Za-z ]+(?= [\d,]+\/min$)/ },
  { header: /^(Error code|HTTP status) Description$/, firstCell: /^\d{3}(?= )/ },
  // A message and what it means are both sentences: the second begins at the first capitalised word.
  { header: /^Message Description$/, firstCell: /^.+?(?= (?:A|[A-Z][a-z]+) )/ },
  {
    header: /^(Field|Name|Property) Type (Required )?Description$/,
    firstCell:
      /^[a-z][\w.[\]]*(?= (?:String|Number|Decimal|Integer|Boolean|Object|Array|User|Text|Buttons|Imagemap area object|template action)\b)/,
  },
  { header: /^Field Format Description$/, firstCell: /^(date|time|datetime)(?= )/ },
  { header: /^Mode Format Example$/, firstCell: /^(date|time|datetime)(?= )/ },
  { header: /^Image [Ss]ize Suffix$/, firstCell: /^\d+ x \d+(?= )/ },
  { header: /^(Response|Request) header Description$/, firstCell: /^[A-Z][\w-]+(?= )/ },
  { header: /^Item Description$/, firstCell: /^[A-Z][\w-]+(?= )/ },
  { header: /^(Parameter|Argument)( Required)? Description$/, firstCell: /^[a-z]\w*(?= )/i },
  { header: /^beacon\.type Description$/, firstCell: /^[a-z]+(?= )/ },
  { header: /^Permission code Description$/, firstCell: /^[A-Z](?= )/ },
]

/** The tables of facts at the head of an SDK class have no header line. */
export const classFact = /^(Package|Extends protocol|Extends|Implements|Superclass|Declared in|Protocols)(?=:? )/

export const isTableHeader = (line: string): boolean => tables.some(({ header }) => header.test(line))

/** Takes a table from its header line to the blank line (or the heading glued to its end) that closes it. */
export function takeTable(lines: Lines, page: PageRows, isGluedHeading: (line: string) => boolean): void {
  const header = lines.take()
  page.prose(header)
  const firstCell = tables.find((table) => table.header.test(header))?.firstCell
  takeRows(lines, page, (line) => firstCell?.exec(line)?.[0], isGluedHeading)
}

export function takeClassFacts(lines: Lines, page: PageRows): void {
  takeRows(
    lines,
    page,
    (line) => classFact.exec(line)?.[0],
    () => false,
  )
}

function takeRows(
  lines: Lines,
  page: PageRows,
  firstCellOf: (line: string) => string | undefined,
  endsBefore: (line: string) => boolean,
): void {
  let row: { cell: string; lines: string[] } | undefined
  while (lines.peek() !== '' && !isTableHeader(lines.peek()) && !endsBefore(lines.peek())) {
    const line = lines.take()
    const cell = firstCellOf(line)
    if (cell !== undefined) {
      if (row !== undefined) page.row('row', row.cell, row.lines)
      row = { cell, lines: [line] }
    } else if (row !== undefined) {
      row.lines.push(line)
    } else {
      throw new Error(`a table begins with a line that is no row: ${line}`)
    }
  }
  if (row !== undefined) page.row('row', row.cell, row.lines)
}
