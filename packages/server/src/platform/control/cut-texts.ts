// Entries of the timeline as they stand in lists: longer texts are cut there; the entry alone has all of them.
import type { TimelineEntry } from '../timeline.ts'

const LONGEST_TEXT = 4096

export function cutTexts(entry: TimelineEntry): TimelineEntry {
  const cut = (text: string) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
  if (entry.kind === 'call' && entry.request !== undefined) return { ...entry, request: cut(entry.request) }
  if (entry.kind === 'attempt') return { ...entry, body: cut(entry.body) }
  return entry
}
