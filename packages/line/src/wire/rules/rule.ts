// The pieces LINE's objects are described with. A rule takes an unknown value, tells the inspection what is wrong with
// it, and gives back a copy that holds nothing but what the rule knows: properties LINE does not know are ignored
// (LINE facts sheet, "Common HTTP behaviour"), and so are, in profile 2017, those that came later.
import { type LimitName, limit } from '../limits.ts'
import { deepWords, envelopeWords } from '../wording.ts'
import { type Inspection, type Place, type Tier, within } from './inspection.ts'
import { isLonger } from './text-length.ts'

/** Undefined: the value was refused, and the inspection knows why. */
export interface Rule<T> {
  read(value: unknown, inspection: Inspection, place: Place): T | undefined
}

export interface Field<T, Need extends 'required' | 'optional'> {
  rule: Rule<T>
  need: Need
  /** False for what was added later: profile 2017 does not know it. */
  in2017: boolean
  /** What to tell when the property is not there; undefined where that is fine. */
  whenAbsent: ((inspection: Inspection, place: Place) => void) | undefined
}

export function required<T>(rule: Rule<T>): Field<T, 'required'> {
  return { rule, need: 'required', in2017: true, whenAbsent: missing }
}

export function optional<T>(rule: Rule<T>): Field<T, 'optional'> {
  return { rule, need: 'optional', in2017: true, whenAbsent: undefined }
}

/** Optional, and unknown in 2017. */
export function added<T>(rule: Rule<T>): Field<T, 'optional'> {
  return { rule, need: 'optional', in2017: false, whenAbsent: undefined }
}

/** One field for every property of T, required where T requires it: a forgotten property does not compile. */
export type Fields<T> = {
  [Key in keyof T]-?: Field<
    Exclude<T[Key], undefined>,
    Record<never, never> extends Pick<T, Key> ? 'optional' : 'required'
  >
}

/** Rules between properties; asked only when every property is sound by itself. */
export type Also<T> = (value: T, inspection: Inspection, place: Place) => void

export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function object<T extends object>(fields: Fields<T>, also?: Also<T>): Rule<T> {
  const entries = Object.entries<Field<unknown, 'required' | 'optional'>>(fields)
  return {
    read(value, inspection, place) {
      if (!isJsonObject(value)) return inspection.wrongType(place)
      const copy: Record<string, unknown> = {}
      let sound = true
      for (const [name, field] of entries) {
        if (inspection.profile === '2017' && !field.in2017) continue
        const given = value[name]
        // LINE treats null as absent (LINE facts sheet, "Known detail messages").
        if (given === undefined || given === null) {
          if (field.whenAbsent === undefined) continue
          sound = false
          field.whenAbsent(inspection, within(place, name))
          continue
        }
        const read = field.rule.read(given, inspection, within(place, name))
        if (read === undefined) sound = false
        else copy[name] = read
      }
      if (!sound) return undefined
      // Every property of T has gone through its own rule: that is what Fields<T> makes sure of.
      const whole = copy as T
      also?.(whole, inspection, place)
      return whole
    },
  }
}

/** Faults within are told in another tier than those around. */
export function inTier<T>(tier: Tier, rule: Rule<T>): Rule<T> {
  return {
    read: (value, inspection, place) => rule.read(value, inspection, { ...place, tier }),
  }
}

export function missing(inspection: Inspection, place: Place): undefined {
  return inspection.fault(place.tier === 'envelope' ? envelopeWords.missing() : deepWords.missing(), place)
}

/** A value LINE has no special words for. */
export function invalid(inspection: Inspection, place: Place): undefined {
  return inspection.fault(deepWords.property(), place)
}

export interface TextOptions {
  limit?: LimitName
  pattern?: RegExp
  mayBeEmpty?: boolean
}

export function text(options: TextOptions = {}): Rule<string> {
  return {
    read(value, inspection, place) {
      if (typeof value !== 'string') return inspection.wrongType(place)
      if (value === '' && options.mayBeEmpty !== true) return missing(inspection, place)
      if (options.limit !== undefined && tooLong(value, options.limit, inspection, place)) return undefined
      if (options.pattern !== undefined && !options.pattern.test(value)) return invalid(inspection, place)
      return value
    },
  }
}

/** Tells the inspection when a text is over its limit. */
export function tooLong(value: string, name: LimitName, inspection: Inspection, place: Place): boolean {
  const max = limit(name, inspection.profile)
  if (max === null || !isLonger(value, name, max)) return false
  inspection.fault(place.tier === 'envelope' ? envelopeWords.length(0, max) : deepWords.length(max), place)
  return true
}

export function oneOf<const Value extends string>(values: readonly Value[]): Rule<Value> {
  return {
    read(value, inspection, place) {
      if (typeof value !== 'string') return inspection.wrongType(place)
      const found = values.find((candidate) => candidate === value)
      if (found !== undefined) return found
      if (place.tier === 'envelope') return inspection.fault(envelopeWords.oneOf(values), place)
      return invalid(inspection, place)
    },
  }
}

export const flag: Rule<boolean> = {
  read(value, inspection, place) {
    return typeof value === 'boolean' ? value : inspection.wrongType(place)
  },
}

export function number(options: { min?: number } = {}): Rule<number> {
  return {
    read(value, inspection, place) {
      // 1e999 is a number in JSON and Infinity in JavaScript.
      if (typeof value !== 'number' || !Number.isFinite(value)) return inspection.wrongType(place)
      if (options.min === undefined || value >= options.min) return value
      return inspection.fault(place.tier === 'envelope' ? envelopeWords.min(options.min) : deepWords.property(), place)
    },
  }
}

export interface ListOptions {
  min: number
  max: LimitName
}

export function list<T>(item: Rule<T>, { min, max: name }: ListOptions): Rule<T[]> {
  return {
    read(value, inspection, place) {
      if (!Array.isArray(value)) return inspection.wrongType(place)
      const max = limit(name, inspection.profile)
      if (!sizeFits(value.length, min, max, inspection, place)) return undefined
      const copy: T[] = []
      value.forEach((entry: unknown, index) => {
        const read =
          entry === null
            ? missing(inspection, within(place, index))
            : item.read(entry, inspection, within(place, index))
        if (read !== undefined) copy.push(read)
      })
      return copy.length === value.length ? copy : undefined
    },
  }
}

function sizeFits(size: number, min: number, max: number | null, inspection: Inspection, place: Place): boolean {
  const tooMany = max !== null && size > max
  if (!tooMany && size >= min) return true
  if (place.tier === 'envelope' && max !== null) inspection.fault(envelopeWords.size(min, max), place)
  else if (tooMany) inspection.fault(deepWords.size(max), place)
  else if (size === 0) missing(inspection, place)
  else inspection.fault(deepWords.tooFew(min), place)
  return false
}
