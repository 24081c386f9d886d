import { type LimitName, limitRow } from '../limits.ts'

// LINE documentation, "Character counting in a text": grapheme clusters as in Unicode annex 29. Their borders do not
// depend on a language.
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Whether a text is over a limit, in the unit of that limit. */
export function isLonger(text: string, name: LimitName, max: number): boolean {
  // A grapheme cluster takes at least one UTF-16 unit, so most texts need no counting.
  if (text.length <= max) return false
  return limitRow(name).unit !== 'graphemes' || hasMoreGraphemes(text, max)
}

function hasMoreGraphemes(text: string, max: number): boolean {
  let count = 0
  for (const _cluster of graphemes.segment(text)) {
    count += 1
    if (count > max) return true
  }
  return false
}
