import { envelopeWords } from '../wording.ts'
import { type Inspection, within } from './inspection.ts'
import { invalid, isJsonObject, missing, type Rule } from './rule.ts'

/** The members of a union that differ in `type`, each with its rule, in the order LINE lists them. */
export type Kinds<T extends { type: string }> = { [Type in T['type']]: Kind<Extract<T, { type: Type }>> }

export interface Kind<T> {
  rule: Rule<T>
  in2017: boolean
}

export const original = <T>(rule: Rule<T>): Kind<T> => ({ rule, in2017: true })
/** A kind that came after 2017: an unknown one in profile 2017. */
export const later = <T>(rule: Rule<T>): Kind<T> => ({ rule, in2017: false })

/** Reads the member of a union that `type` names. */
export function tagged<T extends { type: string }>(kinds: Kinds<T>): Rule<T> {
  // A map, so that a `type` like "constructor" finds nothing. Kinds<T> pairs each type with the rule of that member.
  const byType = new Map<string, Kind<T>>(Object.entries<Kind<T>>(kinds))
  return {
    read(value, inspection, place) {
      if (!isJsonObject(value)) return inspection.wrongType(place)
      const typePlace = within(place, 'type')
      const { type } = value
      if (type === undefined || type === null || type === '') return missing(inspection, typePlace)
      if (typeof type !== 'string') return inspection.wrongType(typePlace)
      const kind = byType.get(type)
      if (kind !== undefined && isKnown(kind, inspection)) return kind.rule.read(value, inspection, place)
      if (place.tier !== 'envelope') return invalid(inspection, typePlace)
      const types = [...byType].filter(([, entry]) => isKnown(entry, inspection)).map(([name]) => name)
      return inspection.fault(envelopeWords.oneOf(types), typePlace)
    },
  }
}

function isKnown(kind: Kind<unknown>, inspection: Inspection): boolean {
  return kind.in2017 || inspection.profile === 'current'
}
