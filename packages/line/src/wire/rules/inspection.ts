// One look at one request: what it was judged by, and what was found. LINE answers in three tiers (LINE facts sheet,
// "Three tiers"): values of a wrong type stop everything; then all faults of the envelope and of plain messages are
// listed together; then the deep check tells of the first bad message only.
import type { JsonPath } from '../json/locate.ts'
import type { JsonDocument } from '../json/parse-json.ts'
import { propertyPath } from '../json/property-path.ts'
import type { ApiProfile } from '../limits.ts'
import { type Checked, refused, type WireErrorDetail } from '../wire-error.ts'
import { summaries } from '../wording.ts'

/**
 * How faults below a place are told. `envelope`: all of the body together, with paths as in JavaScript. `quick-reply`:
 * so too, in the words of the deep check. `deep` and `flex`: one bad message alone, with paths of slashes that start at
 * the message or at its container.
 */
export type Tier = 'envelope' | 'quick-reply' | 'deep' | 'flex'

/** A way into the body, made while reading; turned into text only when something is wrong there. */
export interface Place {
  /** Undefined for the body itself. */
  readonly parent: Place | undefined
  readonly key: string | number
  readonly tier: Tier
}

export const BODY: Place = { parent: undefined, key: '', tier: 'envelope' }

/** A property or an entry of what stands at a place. */
export function within(parent: Place, key: string | number): Place {
  return { parent, key, tier: parent.tier }
}

export function pathOf(place: Place): JsonPath {
  const path: (string | number)[] = []
  for (let at = place; at.parent !== undefined; at = at.parent) path.push(at.key)
  return path.reverse()
}

export type SendOperation = 'reply' | 'push' | 'multicast' | 'broadcast' | 'narrowcast'

export interface InspectionOptions {
  profile: ApiProfile
  allowLoopbackHttp: boolean
  /** What the messages are for; undefined when that is not known (a check without sending). */
  operation: SendOperation | undefined
}

export class Inspection {
  readonly profile: ApiProfile
  readonly allowLoopbackHttp: boolean
  readonly operation: SendOperation | undefined
  readonly notes: string[] = []
  #wrongTypes: [JsonPath, ...JsonPath[]] | undefined
  #details: WireErrorDetail[] | undefined
  #badMessage: { index: number; details: WireErrorDetail[] } | undefined

  constructor(options: InspectionOptions) {
    this.profile = options.profile
    this.allowLoopbackHttp = options.allowLoopbackHttp
    this.operation = options.operation
  }

  /** A value that is not of the type the property has. */
  wrongType(place: Place): undefined {
    const path = pathOf(place)
    if (this.#wrongTypes === undefined) this.#wrongTypes = [path]
    else this.#wrongTypes.push(path)
  }

  /** A value of the right type that LINE does not take. */
  fault(message: string, place: Place): undefined {
    const path = pathOf(place)
    if (place.tier === 'envelope' || place.tier === 'quick-reply') {
      this.#details ??= []
      this.#details.push({ message, property: propertyPath(path) })
      return
    }
    const [, index, ...inner] = path
    if (typeof index !== 'number') throw new Error('a deep fault stands outside the messages')
    this.#badMessage ??= { index, details: [] }
    if (this.#badMessage.index !== index) return
    // LINE facts sheet, "Three tiers": `template/columns/0/actions`, but in the container of a flex message `/hero/url`.
    const property = place.tier === 'flex' ? `/${inner.slice(1).join('/')}` : inner.join('/')
    this.#badMessage.details.push({ message, property })
  }

  note(text: string): void {
    this.notes.push(text)
  }

  /** What LINE would answer; undefined when nothing is wrong. @param text absent where there is only a value */
  refusal(text: Pick<JsonDocument, 'offsetOf' | 'positionOf'> | undefined): Checked<never> | undefined {
    if (this.#wrongTypes !== undefined) {
      const path = firstInText(this.#wrongTypes, text)
      const position = text?.positionOf(path)
      const isBody = path.length === 0 && position !== undefined
      return refused(400, isBody ? summaries.syntax(position) : summaries.property(propertyPath(path), position))
    }
    if (this.#details !== undefined) return refused(400, summaries.errors(this.#details.length), this.#details)
    if (this.#badMessage !== undefined)
      return refused(400, summaries.message(this.#badMessage.index), this.#badMessage.details)
    return undefined
  }
}

/** LINE reads from the front and stops at the first value of a wrong type. */
function firstInText(
  paths: readonly [JsonPath, ...JsonPath[]],
  text: Pick<JsonDocument, 'offsetOf'> | undefined,
): JsonPath {
  let [first] = paths
  let firstOffset = text?.offsetOf(first) ?? 0
  for (const path of paths) {
    const offset = text?.offsetOf(path) ?? firstOffset
    if (offset >= firstOffset) continue
    first = path
    firstOffset = offset
  }
  return first
}
