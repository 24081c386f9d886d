// Reads the text of a request as LINE does: syntax errors and duplicate properties come with line and column, nesting
// has a limit, and every value can be found again in the text. JSON.parse does the reading; positions are worked out
// only when somebody asks for one.
import { limit } from '../limits.ts'
import { accepted, type Checked, refused } from '../wire-error.ts'
import { envelopeWords, type Position, summaries } from '../wording.ts'
import { type Fault, find, type JsonPath, type Located, locate, positionAt } from './locate.ts'
import { propertyPath } from './property-path.ts'
import { countProperties, survey } from './survey.ts'

export interface JsonDocument {
  /** As JSON.parse gives it: a property named `__proto__` is an ordinary property of its own. */
  readonly value: unknown
  /** Where the value at this path starts in the text, in UTF-16 units from 0. */
  offsetOf(path: JsonPath): number | undefined
  /** The same, as LINE tells it. */
  positionOf(path: JsonPath): Position | undefined
}

export interface ParseJsonOptions {
  /** LINE refuses a property written twice since 2022-12-05; before, the last one counted. */
  duplicates?: 'refuse' | 'last-wins'
}

const MAX_DEPTH = limit('request.depth', 'current') ?? Number.POSITIVE_INFINITY
const MAX_BYTES = limit('request.body', 'current') ?? Number.POSITIVE_INFINITY

export function parseJson(rawText: string, options: ParseJsonOptions = {}): Checked<JsonDocument> {
  const duplicates = options.duplicates ?? 'refuse'
  if (!fitsInto(rawText, MAX_BYTES)) return refused(413, summaries.tooLarge())
  let value: unknown
  try {
    value = JSON.parse(rawText)
  } catch {
    return explain(rawText, duplicates)
  }
  const { properties, depth } = survey(rawText)
  if (depth > MAX_DEPTH) return explain(rawText, duplicates)
  if (duplicates === 'refuse' && properties !== countProperties(value)) return explain(rawText, duplicates)
  return accepted(new TextDocument(rawText, value))
}

class TextDocument implements JsonDocument {
  readonly value: unknown
  readonly #text: string
  #root: Located | undefined

  constructor(text: string, value: unknown) {
    this.#text = text
    this.value = value
  }

  offsetOf(path: JsonPath): number | undefined {
    this.#root ??= rootOf(this.#text)
    return this.#root && find(this.#root, path)?.at
  }

  positionOf(path: JsonPath): Position | undefined {
    const offset = this.offsetOf(path)
    return offset === undefined ? undefined : positionAt(this.#text, offset)
  }
}

function rootOf(text: string): Located | undefined {
  const located = locate(text, { maxDepth: MAX_DEPTH, duplicates: 'last-wins' })
  return 'root' in located ? located.root : undefined
}

/** Whether the text takes at most so many bytes in UTF-8; counts them only when it is in doubt. */
function fitsInto(text: string, maxBytes: number): boolean {
  if (text.length * 3 <= maxBytes) return true
  return text.length <= maxBytes && new TextEncoder().encode(text).length <= maxBytes
}

function explain(text: string, duplicates: 'refuse' | 'last-wins'): Checked<never> {
  const located = locate(text, { maxDepth: MAX_DEPTH, duplicates })
  if ('root' in located) throw new Error('two readers of JSON disagree about one text')
  return describe(text, located.fault)
}

function describe(text: string, fault: Fault): Checked<never> {
  const position = positionAt(text, fault.at)
  switch (fault.kind) {
    case 'syntax':
    case 'too-deep':
      return refused(400, summaries.syntax(position))
    case 'duplicate': {
      // LINE news, 2022-10-31: at the top the JSON is to blame, further in the object that has it twice.
      const summary =
        fault.path.length === 0 ? summaries.syntax(position) : summaries.property(propertyPath(fault.path), position)
      return refused(400, summary, [{ message: envelopeWords.duplicate(fault.name) }])
    }
    default:
      return fault satisfies never
  }
}
