// Reads the JSON body of an operation that sends no messages, and gathers what is wrong with it as LINE tells it:
// values of a wrong type stop everything, with their place in the text; other faults are listed together.
// LINE facts sheet, "Three tiers"
import {
  type ApiProfile,
  type JsonDocument,
  type JsonPath,
  parseJson,
  propertyPath,
  summaries,
  type WireErrorDetail,
} from '@hatoba/line/wire'
import { type Answer, errorAnswer } from './answers.ts'

type JsonObject = Readonly<Record<string, unknown>>

export type OpenedBody = { ok: true; body: BodyReader } | { ok: false; answer: Answer }

export function openBody(rawText: string, profile: ApiProfile): OpenedBody {
  const parsed = parseJson(rawText, { duplicates: profile === '2017' ? 'last-wins' : 'refuse' })
  if (!parsed.ok) return { ok: false, answer: errorAnswer(parsed.status, parsed.error) }
  const document = parsed.value
  if (isObject(document.value)) return { ok: true, body: new BodyReader(document) }
  const message = summaries.syntax(document.positionOf([]) ?? { line: 1, column: 1 })
  return { ok: false, answer: errorAnswer(400, message) }
}

export class BodyReader {
  readonly #document: JsonDocument
  #wrongType: JsonPath | undefined
  readonly #details: WireErrorDetail[] = []

  constructor(document: JsonDocument) {
    this.#document = document
  }

  /** The text there; undefined where there is none, and, with a fault, where there is something else. */
  text(...path: JsonPath): string | undefined {
    const value = this.#valueAt(path)
    if (value === undefined || typeof value === 'string') return value
    return this.#refuseType(path)
  }

  /** As {@link text}, where there must be one. */
  requiredText(...path: JsonPath): string | undefined {
    const value = this.text(...path)
    if (value !== undefined && value !== '') return value
    if (value === '' || this.#valueAt(path) === undefined) this.fault('May not be empty', ...path)
    return undefined
  }

  wholeNumber(...path: JsonPath): number | undefined {
    const value = this.#valueAt(path)
    if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) return value
    return this.#refuseType(path)
  }

  /** Whether there is an object. */
  hasObject(...path: JsonPath): boolean {
    const value = this.#valueAt(path)
    if (value !== undefined && !isObject(value)) this.#refuseType(path)
    return isObject(value)
  }

  /** How many entries the list there has, 0 where there is none. */
  sizeOfList(...path: JsonPath): number {
    const value = this.#valueAt(path)
    if (Array.isArray(value)) return value.length
    if (value !== undefined) this.#refuseType(path)
    return 0
  }

  fault(message: string, ...path: JsonPath): void {
    this.#details.push({ message, property: propertyPath(path) })
  }

  /** Undefined where nothing is wrong. @param more details that were found elsewhere in the same body */
  refusal(more: readonly WireErrorDetail[] = []): Answer | undefined {
    if (this.#wrongType !== undefined) {
      const at = this.#document.positionOf(this.#wrongType)
      return errorAnswer(400, summaries.property(propertyPath(this.#wrongType), at))
    }
    const details = [...this.#details, ...more]
    if (details.length === 0) return undefined
    return errorAnswer(400, { message: summaries.errors(details.length), details })
  }

  /** null is taken for absent. LINE facts sheet, "Known detail messages" */
  #valueAt(path: JsonPath): unknown {
    let value: unknown = this.#document.value
    for (const key of path) {
      if (typeof key === 'number') value = Array.isArray(value) ? value[key] : undefined
      else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }
    return value ?? undefined
  }

  #refuseType(path: JsonPath): undefined {
    this.#wrongType ??= path
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
