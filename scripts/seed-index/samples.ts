// Finds where a sample begins and ends on a page that lost its markup.

import type { Lines } from './lines.ts'
import type { SampleLanguage } from './page-rows.ts'

export interface Sample {
  language: SampleLanguage
  lines: string[]
}

/** What only the first line of a sample in that language looks like, in the four pages. */
const codeStarts: readonly { language: SampleLanguage; start: RegExp }[] = [
  { language: 'java', start: /^(TextMessage |Response<|String \w+ = )/ },
  { language: 'go', start: /^(bot, err := |defer req\.)/ },
  { language: 'ruby', start: /^(message = \{$|client = Line::|CHANNEL_SECRET = )/ },
  { language: 'php', start: /^\$\w+ = / },
  { language: 'perl', start: /^use [A-Z]/ },
  { language: 'py', start: /^(from linebot|import base64)/ },
  { language: 'js', start: /^const \w+ = / },
]

const jsonStart = /^\s*(\{|"source": \{)/

export function startsSample(line: string): boolean {
  return jsonStart.test(line) || /^(curl |https:\/\/)/.test(line) || codeLanguage(line) !== undefined
}

/** The samples that begin at the current line: one of JSON, or a request followed by the same call in other languages. */
export function takeSamples(lines: Lines): Sample[] {
  if (jsonStart.test(lines.peek())) return [takeJson(lines)]
  if (lines.peek().startsWith('https://')) return [{ language: 'url', lines: [lines.take()] }]
  const samples: Sample[] = []
  if (lines.peek().startsWith('curl ')) samples.push(takeCurl(lines))
  return [...samples, ...takeCode(lines)]
}

function takeJson(lines: Lines): Sample {
  const language = lines.peek().trim().startsWith('"') ? 'json-fragment' : 'json'
  const taken: string[] = []
  let depth = 0
  do {
    const line = lines.take()
    taken.push(line)
    for (const mark of line.replaceAll(/"(?:\\.|[^"\\])*"/g, '')) {
      if (mark === '{' || mark === '[') depth += 1
      if (mark === '}' || mark === ']') depth -= 1
    }
  } while (depth > 0)
  return { language, lines: taken }
}

/** Every request of the reference ends with its address. */
function takeCurl(lines: Lines): Sample {
  const taken: string[] = []
  do taken.push(lines.take())
  while (!/(^|\s)https:\/\/\S+$/.test(taken.at(-1) ?? ''))
  return { language: 'curl', lines: taken }
}

function takeCode(lines: Lines): Sample[] {
  const samples: Sample[] = []
  while (!lines.done) {
    const language = codeLanguage(lines.peek())
    const current = samples.at(-1)
    if (language !== undefined && language !== current?.language) {
      samples.push({ language, lines: [lines.take()] })
    } else if (current !== undefined && !isProse(lines.peek())) {
      current.lines.push(lines.take())
    } else {
      break
    }
    while (lines.peek() === '' && samples.length > 0 && !isProse(lines.nextWithText())) {
      samples.at(-1)?.lines.push(lines.take())
      if (lines.nextWithText() === '') break
    }
  }
  return samples
}

const codeLanguage = (line: string): SampleLanguage | undefined =>
  codeStarts.find(({ start }) => start.test(line))?.language

/** A heading, a caption or a sentence: words only, beginning with a capital at the left edge. */
const isProse = (line: string): boolean => /^[A-Z][\w’'/-]*( [^;{}=<>$]*)?$/.test(line) && !/[;,(]$/.test(line)
