import { added, type Field, missing } from '../rules/rule.ts'
import { envelopeWords } from '../wording.ts'

/** Which message is quoted. LINE facts sheet, "Message sending": in replies and pushes only. */
export const quoteToken: Field<string, 'optional'> = added({
  read(value, inspection, place) {
    if (typeof value !== 'string') return inspection.wrongType(place)
    if (value === '') return missing(inspection, place)
    switch (inspection.operation) {
      case 'multicast':
      case 'broadcast':
      case 'narrowcast':
        return inspection.fault(envelopeWords.notAllowed(), place)
      case 'reply':
      case 'push':
      case undefined:
        return value
      default:
        return inspection.operation satisfies never
    }
  },
})
