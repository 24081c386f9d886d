// All cases of what LINE refuses and takes, as data: for the tests of the check itself, and to be replayed over HTTP.
import { ACCEPTED_CASES, BODY_CASES } from './body-cases.ts'
import { type NegativeCase, type PositiveCase, pushOf } from './case.ts'
import { ENUM_CASES, REQUIRED_CASES, TYPE_CASES } from './field-cases.ts'
import { AT_LIMIT_CASES, LIMIT_CASES } from './limit-cases.ts'
import { GROUP, SAMPLES } from './samples.ts'

export type { NegativeCase, PositiveCase } from './case.ts'

export const NEGATIVE_CASES: readonly NegativeCase[] = [
  ...BODY_CASES,
  ...LIMIT_CASES,
  ...REQUIRED_CASES,
  ...ENUM_CASES,
  ...TYPE_CASES,
]

export const POSITIVE_CASES: readonly PositiveCase[] = [
  ...ACCEPTED_CASES,
  ...AT_LIMIT_CASES,
  ...SAMPLES.flatMap(({ name, profiles, message }) =>
    profiles.map(
      (profile): PositiveCase => ({
        title: `${name} (${profile})`,
        operation: 'push',
        profile,
        body: JSON.stringify({ ...pushOf(message), ...(message.type === 'textV2' && { to: GROUP }) }),
      }),
    ),
  ),
]
