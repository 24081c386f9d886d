// Reads a printed guide: headings, paragraphs, lists, JSON samples and, where the print kept them, tables with bars.
// A heading is a short line that ends like no sentence and that the next line does not go on with (a guide's
// inline code stands on a line of its own); a guide whose headings carry a mark of the print is read by that mark.

import { Lines } from './lines.ts'
import { PageRows, type SeedPage } from './page-rows.ts'
import { startsSample, takeSamples } from './samples.ts'

const headingMark = /\s*โ$/
const listItem = /^\s*(-|•|\d+\.)(\s|$)/
const remark = /^(Note|Caution):?$/

export function readGuide(seed: string, text: string): SeedPage {
  const lines = new Lines(text)
  const page = new PageRows(seed)
  const isMarked = lines.all.some((line) => headingMark.test(line))
  let lastProse = ''
  for (let isFirst = true; !lines.done; isFirst = false) {
    const line = lines.peek()
    if (startsSample(line)) {
      const caption = /^Example [^.]*:$/.test(lastProse) ? lastProse : 'sample'
      for (const sample of takeSamples(lines)) page.sample(caption, sample.language, sample.lines)
    } else if (listItem.test(line)) {
      takeListItem(lines, page)
    } else if (line.startsWith('|')) {
      takeBarredTable(lines, page)
    } else if (isMarked ? isFirst || headingMark.test(line) : isPlainHeading(lines)) {
      page.heading(1, line.replace(headingMark, ''), [lines.take()])
    } else {
      lastProse = line
      page.prose(lines.take())
    }
  }
  return page.end(lines.all)
}

function isPlainHeading(lines: Lines): boolean {
  const line = lines.peek()
  const goesOn = /^[^A-Z0-9{"•|-]/.test(lines.peek(1))
  return /^[A-Z]/.test(line) && !/[.:;,]$/.test(line) && !remark.test(line) && line.length <= 70 && !goesOn
}

function takeListItem(lines: Lines, page: PageRows): void {
  const bullet = lines.take()
  if (bullet.trim() !== '-') {
    page.row('item', labelOf(bullet), [bullet])
    return
  }
  // A bullet alone on its line: its text follows, up to the next bullet or a paragraph. Each `label: value` is an item.
  let taken = [bullet]
  while (!lines.done && !listItem.test(lines.peek()) && !lines.peek().endsWith('.')) {
    taken.push(lines.take())
    if (!taken.at(-1)?.includes(':')) continue
    page.row('item', labelOf(taken.filter((line) => line !== '-').join(' ')), taken)
    taken = []
  }
  if (taken.length > 0) page.row('item', labelOf(taken.join(' ')), taken)
}

/** The first words of a list item, up to its first mark: a label, not the sentence. */
function labelOf(item: string): string {
  const text = item.replace(listItem, '').trim()
  const label = /^.*?(?=\s*[.:,(โ]|$)/u.exec(text)?.[0].trim() ?? ''
  return label.split(/\s+/).slice(0, 6).join(' ')
}

function takeBarredTable(lines: Lines, page: PageRows): void {
  page.prose(lines.take())
  page.prose(lines.take())
  while (/ \|$/.test(lines.peek())) {
    const line = lines.take()
    page.row('row', /^[^ |]+/.exec(line)?.[0] ?? '', [line])
  }
}
