import { type LimitName, limit } from '../limits.ts'
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
  read(value, inspection, parent, key) {
    if (!isJsonObject(value)) return inspection.wrongType(parent, key)
    const { type } = value
    const place = { parent, key, tier: parent.tier }
    if (type === undefined || type === null || type === '') return missing(inspection, place, 'type')
    if (typeof type !== 'string') return inspection.wrongType(place, 'type')
    if (type !== 'bubble' && type !== 'carousel') return invalid(inspection, place, 'type')
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
