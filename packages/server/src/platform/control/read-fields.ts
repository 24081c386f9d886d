// Checks the bodies and queries of the control API: each field by its rule, unknown ones refused, and the answer
// says what is wrong and where.

export type FieldRule<T> = (value: unknown) => { ok: true; value: T } | { ok: false; must: string }

export type Fields<Rules> = { [Name in keyof Rules]?: Rules[Name] extends FieldRule<infer T> ? T : never }

export type ReadResult<T> = { ok: true; value: T } | { ok: false; message: string }

export function readFields<Rules extends Record<string, FieldRule<unknown>>>(
  given: unknown,
  rules: Rules,
  where: 'body' | 'query',
): ReadResult<Fields<Rules>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { ok: false, message: `The ${where} must be an object.` }
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule === undefined) {
      const known = Object.keys(rules).join(', ')
      return { ok: false, message: `${where}.${name} is not known here; known are: ${known}.` }
    }
    const read = rule(value)
    if (!read.ok) return { ok: false, message: `${where}.${name} must be ${read.must}.` }
    found[name] = read.value
  }
  return { ok: true, value: found as Fields<Rules> } // each of them was read by the rule of its name
}

export const textOf =
  (minLength: number, maxLength: number): FieldRule<string> =>
  (value) =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength
      ? { ok: true, value }
      : { ok: false, must: `a text of ${minLength} to ${maxLength} characters` }

export const flag: FieldRule<boolean> = (value) =>
  typeof value === 'boolean' ? { ok: true, value } : { ok: false, must: 'true or false' }

export const onlyTrue: FieldRule<true> = (value) => (value === true ? { ok: true, value } : { ok: false, must: 'true' })

/** A whole number; in a query as decimal digits. */
export const wholeNumber =
  (min: number, max: number): FieldRule<number> =>
  (value) => {
    const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= min && number <= max
      ? { ok: true, value: number }
      : { ok: false, must: `a whole number from ${min} to ${max}` }
  }

export const oneOf =
  <const T extends string>(...values: readonly T[]): FieldRule<T> =>
  (value) => {
    const found = values.find((known) => known === value)
    return found === undefined ? { ok: false, must: `one of ${values.join(', ')}` } : { ok: true, value: found }
  }
