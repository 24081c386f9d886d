import { added, type Fields, type Rule } from '../rules/rule.ts'

// LINE reference, "Message objects", common properties.
export interface CommonFields {
  quickReply?: never
  sender?: never
}

const notYet: Rule<never> = {
  read(_value, inspection, parent, key) {
    return inspection.fault('This property is not emulated', parent, key)
  },
}

export const commonFields: Fields<CommonFields> = {
  quickReply: added(notYet),
  sender: added(notYet),
}
