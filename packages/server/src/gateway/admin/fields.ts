// Reads the fields of a body or a query. The first thing that is wrong is kept as `problem`; whoever reads looks at it
// once, after the last field. A field that is not asked for is an error: a mistyped name must not pass in silence.
import { ulidToUuid } from '../../kit/ids.ts'
import { parseId } from '../core/ids.ts'
import { type AdminAnswer, refused } from './answer.ts'

type AnyId = NonNullable<ReturnType<typeof parseId>>

export interface TextRule {
  least?: number
  most: number
  pattern?: RegExp
  /** Completes "must be ..." where the pattern does not match. */
  form?: string
}

export const NAME: TextRule = { least: 1, most: 100 }
const MOST_PAGE = 200
const USUAL_PAGE = 50

export class Fields {
  problem: (AdminAnswer & { kind: 'refused' }) | undefined
  readonly #values: Readonly<Record<string, unknown>>

  constructor(source: unknown, names: readonly string[]) {
    const isObject = typeof source === 'object' && source !== null && !Array.isArray(source)
    this.#values = isObject ? { ...source } : {}
    if (!isObject) this.#refuse('must be a JSON object', undefined)
    for (const name of Object.keys(this.#values))
      if (!names.includes(name))
        this.#refuse(`is not known here; known are ${names.length === 0 ? 'none' : names.join(', ')}`, name)
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  /** '' where it is wrong: there is a problem then. */
  text(name: string, rule: TextRule): string {
    const text = this.optionalText(name, rule)
    if (text === undefined) this.#refuse('is required', name)
    return text ?? ''
  }

  optionalText(name: string, { least = 0, most, pattern, form }: TextRule): string | undefined {
    const value = this.#values[name]
    if (value === undefined) return undefined
    if (typeof value !== 'string') return this.#refuse('must be a text', name)
    if (value.length < least || value.length > most)
      return this.#refuse(`must have ${least} to ${most} characters, not ${value.length}`, name)
    // Control characters have no business in names, and NUL none in PostgreSQL.
    if (/\p{Cc}/u.test(value)) return this.#refuse('must not have control characters', name)
    if (pattern !== undefined && !pattern.test(value)) return this.#refuse(`must be ${form}`, name)
    return value
  }

  /** null takes it away. */
  clearableText(name: string, rule: TextRule): string | null | undefined {
    return this.#values[name] === null ? null : this.optionalText(name, rule)
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name]
    if (value === undefined || typeof value === 'boolean') return value
    return this.#refuse('must be true or false', name)
  }

  wholeNumber(name: string, least: number, most: number): number | undefined {
    const value = this.#values[name]
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    return this.#refuse(`must be a whole number from ${least} to ${most}`, name)
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.#values[name]
    if (value === undefined) return undefined
    const found = choices.find((choice) => choice === value)
    return found ?? this.#refuse(`must be one of ${choices.join(', ')}`, name)
  }

  /** Each value once. */
  list(name: string, most: number, rule: TextRule): string[] | undefined {
    const value = this.#values[name]
    if (value === undefined) return undefined
    if (!Array.isArray(value) || value.length > most) return this.#refuse(`must be a list of at most ${most}`, name)
    const entries = value.map((entry: unknown) => new Fields({ [name]: entry }, [name]).#entry(name, rule))
    if (entries.includes(undefined)) return this.#refuse('has an entry that is not allowed', name)
    return [...new Set(entries.filter((entry) => entry !== undefined))]
  }

  /** A UUID, or the ULID of one, as the Conversation API prints it. */
  id<Id extends AnyId>(name: string): Id | undefined {
    const value = this.#values[name]
    if (value === undefined) return undefined
    const id = typeof value === 'string' ? parseAnyId<Id>(value) : undefined
    return id ?? this.#refuse('must be an id: a UUID or a ULID', name)
  }

  /** `limit` of a page, from the query. */
  limit(): number {
    const text = this.#values.limit
    if (text === undefined) return USUAL_PAGE
    const limit = typeof text === 'string' && /^\d{1,3}$/.test(text) ? Number(text) : 0
    if (limit < 1 || limit > MOST_PAGE) this.#refuse(`must be a number from 1 to ${MOST_PAGE}`, 'limit')
    return limit
  }

  /** For what only the caller can check. */
  refuse(message: string, name: string): void {
    this.#refuse(message, name)
  }

  #entry(name: string, rule: TextRule): string | undefined {
    const text = this.optionalText(name, rule)
    return this.problem === undefined ? text : undefined
  }

  #refuse(message: string, name: string | undefined): undefined {
    // A name that nobody knows may be long and strange: only its beginning is told.
    const shown = name?.slice(0, 60)
    this.problem ??= refused('invalid', `${shown ?? 'The body'} ${message}.`, shown)
    return undefined
  }
}

export const parseAnyId = <Id extends AnyId>(text: string): Id | undefined => parseId<Id>(ulidToUuid(text) ?? text)
