// Checks the bodies and queries of the control API: each field by its rule, unknown ones refused, and the answer
// says what is wrong and where.

type RuleResult<T> = { ok: true; value: T } | { ok: false; must: string; at?: string }

export type FieldRule<T> = (value: unknown) => RuleResult<T>

export type Fields<Rules> = { [Name in keyof Rules]?: Rules[Name] extends FieldRule<infer T> ? T : never }

export type ReadResult<T> = { ok: true; value: T } | { ok: false; message: string }

export function readFields<Rules extends Record<string, FieldRule<unknown>>>(
  given: unknown,
  rules: Rules,
  /** What its faults are told by: the body, the query, or an object in one of them. */
  where: 'body' | 'query' | `body.${string}`,
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
    if (!read.ok) return { ok: false, message: `${where}.${name}${read.at ?? ''} must be ${read.must}.` }
    found[name] = read.value
  }
  return { ok: true, value: found as Fields<Rules> } // each of them was read by the rule of its name
}

type Present<F, Name extends keyof F> = F & { [N in Name]-?: Exclude<F[N], undefined> }

/** As {@link readFields} where some fields must be there. */
export function readWith<Rules extends Record<string, FieldRule<unknown>>, const Name extends keyof Rules & string>(
  given: unknown,
  rules: Rules,
  names: readonly Name[],
  where: 'body' | 'query' = 'body',
): ReadResult<Present<Fields<Rules>, Name>> {
  const read = readFields(given, rules, where)
  if (!read.ok) return read
  const missing = names.find((name) => read.value[name] === undefined)
  if (missing !== undefined) return { ok: false, message: `${where}.${missing} is missing.` }
  return { ok: true, value: read.value as Present<Fields<Rules>, Name> } // none of the names is missing
}

export const textOf =
  (minLength: number, maxLength: number): FieldRule<string> =>
  (value) =>
    typeof value === 'string' && value.length >= minLength && value.length <= maxLength
      ? { ok: true, value }
      : { ok: false, must: `a text of ${minLength} to ${maxLength} characters` }

/** A text of a certain form, which is told in words. */
export const textLike =
  (form: RegExp, must: string): FieldRule<string> =>
  (value) =>
    typeof value === 'string' && form.test(value) ? { ok: true, value } : { ok: false, must }

export const httpUrl: FieldRule<string> = (value) =>
  typeof value === 'string' && value.length <= 2000 && /^https?:\/\//.test(value) && URL.canParse(value)
    ? { ok: true, value }
    : { ok: false, must: 'an http or https URL of at most 2000 characters' }

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

export const numberOf =
  (min: number, max: number): FieldRule<number> =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max
      ? { ok: true, value }
      : { ok: false, must: `a number from ${min} to ${max}` }

export const oneOf =
  <const T extends string>(...values: readonly T[]): FieldRule<T> =>
  (value) => {
    const found = values.find((known) => known === value)
    return found === undefined ? { ok: false, must: `one of ${values.join(', ')}` } : { ok: true, value: found }
  }

/** null takes back what was set. */
export const orNull =
  <T>(rule: FieldRule<T>): FieldRule<T | null> =>
  (value) => {
    if (value === null) return { ok: true, value }
    const read = rule(value)
    return read.ok ? read : { ...read, must: `${read.must}, or null` }
  }

export const listOf =
  <T>(rule: FieldRule<T>, min: number, max: number): FieldRule<T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max)
      return { ok: false, must: `a list of ${min} to ${max}` }
    const found: T[] = []
    for (const [i, item] of value.entries()) {
      const read = rule(item)
      if (!read.ok) return { ...read, at: `[${i}]${read.at ?? ''}` }
      found.push(read.value)
    }
    return { ok: true, value: found }
  }

/** An object inside of the body; the names are of fields that must be there. */
export const objectOf =
  <Rules extends Record<string, FieldRule<unknown>>, const Name extends keyof Rules & string>(
    rules: Rules,
    names: readonly Name[],
  ): FieldRule<Present<Fields<Rules>, Name>> =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, must: 'an object' }
    const found: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(value)) {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
      if (rule === undefined)
        return { ok: false, at: `.${name}`, must: `left out; known are: ${Object.keys(rules).join(', ')}` }
      const read = rule(field)
      if (!read.ok) return { ...read, at: `.${name}${read.at ?? ''}` }
      found[name] = read.value
    }
    const missing = names.find((name) => found[name] === undefined)
    if (missing !== undefined) return { ok: false, at: `.${missing}`, must: 'given' }
    return { ok: true, value: found as Present<Fields<Rules>, Name> } // read by their rules, and none is missing
  }

/** The fields that were given, without those that were not. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return found as { [K in keyof T]?: Exclude<T[K], undefined> } // what is left is what had a value
}
