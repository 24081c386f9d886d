import { type Fields, number, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

// LINE reference, "Message objects", location.
export interface LocationMessage extends CommonFields {
  type: 'location'
  title: string
  address: string
  latitude: number
  longitude: number
}

const fields: Fields<LocationMessage> = {
  type: required(oneOf(['location'])),
  title: required(text({ limit: 'location.title' })),
  address: required(text({ limit: 'location.address' })),
  latitude: required(number()),
  longitude: required(number()),
  ...commonFields,
}

export const locationMessage: Rule<LocationMessage> = object(fields)
