import { type LimitName, limit } from '../limits.ts'
import { within } from '../rules/inspection.ts'
import {
  type Fields,
  inTier,
  invalid,
  isJsonObject,
  missing,
  object,
  oneOf,
  type Rule,
  required,
  text,
} from '../rules/rule.ts'
import { deepWords } from '../wording.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

/** A container as it came: what is in it is not looked at. */
export type FlexContainer = { readonly type: 'bubble' | 'carousel' } & Readonly<Record<string, unknown>>

// LINE reference, "Message objects", flex.
export interface FlexMessage extends CommonFields {
  type: 'flex'
  altText: string
  contents: FlexContainer
}

const MAX_BYTES = { bubble: 'flex.bubble', carousel: 'flex.carousel' } as const satisfies Record<string, LimitName>

const container: Rule<FlexContainer> = {
  read(value, inspection, place) {
    if (!isJsonObject(value)) return inspection.wrongType(place)
    const { type } = value
    const typePlace = within(place, 'type')
    if (type === undefined || type === null || type === '') return missing(inspection, typePlace)
    if (typeof type !== 'string') return inspection.wrongType(typePlace)
    if (type !== 'bubble' && type !== 'carousel') return invalid(inspection, typePlace)
    const max = limit(MAX_BYTES[type], inspection.profile)
    if (max !== null && new TextEncoder().encode(JSON.stringify(value)).length > max)
      return inspection.fault(deepWords.flexSize(type, max), place)
    return { ...value, type }
  },
}

const fields: Fields<FlexMessage> = {
  type: required(oneOf(['flex'])),
  altText: required(text({ limit: 'flex.altText' })),
  contents: required(inTier('flex', container)),
  ...commonFields,
}

export const flexMessage: Rule<FlexMessage> = object(fields)
