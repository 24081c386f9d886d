// One look at one request: what it was judged by, and what was found. LINE answers in three tiers (LINE facts sheet,
// "Three tiers"): values of a wrong type stop everything; then all faults of the envelope and of plain messages are
// listed together; then the deep check tells of the first bad message only.
import type { JsonPath } from '../json/locate.ts'
import { propertyPath } from '../json/property-path.ts'
import type { ApiProfile } from '../limits.ts'
import { type Checked, refused, type WireErrorDetail } from '../wire-error.ts'
import { type Position, summaries } from '../wording.ts'

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
  #wrongTypes: JsonPath[] | undefined
  #details: WireErrorDetail[] | undefined
  #badMessage: { index: number; details: WireErrorDetail[] } | undefined

  constructor(options: InspectionOptions) {
    this.profile = options.profile
    this.allowLoopbackHttp = options.allowLoopbackHttp
    this.operation = options.operation
  }

  /** A value that is not of the type the property has. */
  wrongType(place: Place): undefined {
    this.#wrongTypes ??= []
    this.#wrongTypes.push(pathOf(place))
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

  /** What LINE would answer; undefined when nothing is wrong. */
  refusal(positionOf: (path: JsonPath) => Position | undefined): Checked<never> | undefined {
    if (this.#wrongTypes !== undefined) {
      const [first] = this.#wrongTypes.map((path) => ({ path, position: positionOf(path) })).sort(inOrderOfText)
      if (first?.path.length === 0) return refused(400, summaries.syntax(first.position ?? { line: 1, column: 1 }))
      if (first !== undefined) return refused(400, summaries.property(propertyPath(first.path), first.position))
    }
    if (this.#details !== undefined) return refused(400, summaries.errors(this.#details.length), this.#details)
    if (this.#badMessage !== undefined) {
      const { index, details } = this.#badMessage
      return refused(400, summaries.message(index), details)
    }
    return undefined
  }
}

interface InText {
  position: Position | undefined
}

function inOrderOfText({ position: one }: InText, { position: other }: InText): number {
  if (one === undefined || other === undefined) return 0
  return one.line - other.line || one.column - other.column
}
