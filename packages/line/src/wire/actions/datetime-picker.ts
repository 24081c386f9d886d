import { type Inspection, type Place, within } from '../rules/inspection.ts'
import { type Field, type Fields, invalid, object, oneOf, optional, type Rule, required, text } from '../rules/rule.ts'

export type DatetimePickerMode = 'date' | 'time' | 'datetime'

/** `initial`, `max` and `min` are written as the mode asks: `2017-06-18`, `06:15`, `2017-06-18T06:15`. */
export interface DatetimePickerAction {
  type: 'datetimepicker'
  label?: string
  data: string
  mode: DatetimePickerMode
  initial?: string
  max?: string
  min?: string
}

export function datetimePickerAction(label: Field<string, 'optional'>): Rule<DatetimePickerAction> {
  const fields: Fields<DatetimePickerAction> = {
    type: required(oneOf(['datetimepicker'])),
    label,
    data: required(text({ limit: 'datetimepicker.data', mayBeEmpty: true })),
    mode: required(oneOf(['date', 'time', 'datetime'])),
    initial: optional(text()),
    max: optional(text()),
    min: optional(text()),
  }
  return object(fields, checkValues)
}

function checkValues(action: DatetimePickerAction, inspection: Inspection, place: Place): void {
  let sound = true
  for (const name of ['initial', 'max', 'min'] as const) {
    const value = action[name]
    if (value === undefined || isPickerValue(value, action.mode)) continue
    sound = false
    invalid(inspection, within(place, name))
  }
  const { max, min } = action
  // LINE reference, "Datetime picker action": `max` must be greater than `min`. All forms sort as text.
  if (sound && max !== undefined && min !== undefined && max.toUpperCase() <= min.toUpperCase())
    invalid(inspection, within(place, 'max'))
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Whether a value has the form of a mode and lies in the range LINE gives for it. */
export function isPickerValue(value: string, mode: DatetimePickerMode): boolean {
  switch (mode) {
    case 'date':
      return isDate(value)
    case 'time':
      return TIME.test(value)
    case 'datetime': {
      const [date = '', time = '', ...rest] = value.split(/[Tt]/)
      return rest.length === 0 && isDate(date) && TIME.test(time)
    }
    default:
      return mode satisfies never
  }
}

// LINE reference, "Date and time format": full-date of RFC 3339, from 1900-01-01 to 2100-12-31.
function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2100) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
