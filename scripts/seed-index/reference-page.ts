// Reads the printed API reference: REST chapters with tables and samples, then chapters on two SDKs.
// Its headings lost their levels; `levels` gives them back, everything that is not named there is a topic of its chapter.

import { Lines } from './lines.ts'
import { PageRows, type SeedPage } from './page-rows.ts'
import { startsSample, takeSamples } from './samples.ts'
import { takeSdkChapter } from './sdk-chapter.ts'
import { isTableHeader, takeTable } from './tables.ts'

const chapter = 1
const topic = 2
const levels: readonly { level: number; headings: readonly string[] }[] = [
  {
    level: chapter,
    headings: [
      'Common specifications',
      'Webhooks',
      'Webhook event object',
      'Reply message',
      'Push message',
      'Multicast',
      'Send message object',
      'Content',
      'Profile',
      'Get group/room member profile',
      'Get group/room member IDs',
      'Leave',
      'LINE Beacon',
      'Partner APIs',
      'Social REST API',
    ],
  },
  {
    level: 3,
    headings: [
      ...['Source user', 'Source group', 'Source room'],
      ...['Text', 'Image', 'Video', 'Audio', 'File', 'Location', 'Sticker'].map((kind) => `${kind} message`),
      ...['postback.params object', 'Base URL', 'Imagemap action object', 'Imagemap area object'],
      ...['Buttons', 'Confirm', 'Carousel', 'Image carousel', 'Template action'],
    ],
  },
  { level: 4, headings: ['Postback action', 'Message action', 'URI action', 'Datetime picker action'] },
  {
    level: 5,
    headings: [
      ...['Rate limits', 'Status codes', 'Error messages'],
      ...['HTTP request', 'Request headers', 'Request header', 'URL parameters', 'Request body'],
      ...['Response', 'Response headers', 'Error', 'Error response', 'Date and time format'],
    ],
  },
  { level: 6, headings: ['Group', 'Room'] },
]

/** Two headings are missing in print; the caption of their sample, which follows, stands for them. */
const lostHeadings = new Map([
  ['Carousel template message example', 'Carousel'],
  ['Image carousel example', 'Image carousel'],
])

/** These headings are printed without a blank line before them. */
const isGluedHeading = (line: string): boolean => line === 'Date and time format'

const listItem = /^\s+(•|\d+\.) /

export function readReference(seed: string, text: string): SeedPage {
  const lines = new Lines(text)
  const page = new PageRows(seed)
  // The overview before the first real chapter lists the later chapters by name.
  let inOverview = true
  let caption = 'sample'
  while (!lines.done) {
    const line = lines.peek()
    if (/^(Android|iOS) SDK$/.test(line)) {
      takeSdkChapter(lines, page)
    } else if (startsSample(line)) {
      for (const sample of takeSamples(lines)) page.sample(caption, sample.language, sample.lines)
    } else if (/^(GET|POST|PUT|DELETE) https:/.test(line)) {
      page.row('operation', line, [lines.take()])
    } else if (isTableHeader(line)) {
      takeTable(lines, page, isGluedHeading)
    } else if (listItem.test(line)) {
      page.row('item', labelOf(line), [lines.take()])
    } else if (isTitle(lines) && startsSample(lines.nextWithText())) {
      caption = line
      const lost = lostHeadings.get(line)
      if (lost !== undefined) page.heading(levelOf(lost), lost, [])
      page.caption(lines.take())
    } else if (isTitle(lines)) {
      if (line === 'Common specifications') inOverview = false
      caption = 'sample'
      page.heading(inOverview ? overviewLevelOf(line) : levelOf(line), lines.take())
    } else {
      page.prose(lines.take())
    }
  }
  return page.end(lines.all)
}

/** A heading or the caption of a sample: short, alone on its line, and ending like no sentence. */
function isTitle(lines: Lines): boolean {
  const line = lines.peek()
  if (isGluedHeading(line)) return true
  return (
    lines.standsAlone() && line.length <= 60 && /^([A-Z].*[^.:,]|postback\.params object)$/.test(line) && line !== 'OR'
  )
}

const overviewLevelOf = (heading: string): number => (heading === 'Messaging API' ? chapter : topic)

const levelOf = (heading: string): number => levels.find(({ headings }) => headings.includes(heading))?.level ?? topic

const labelOf = (item: string): string => item.replace(listItem, '').split(/\s+/).slice(0, 4).join(' ')
