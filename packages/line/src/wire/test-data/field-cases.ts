// Refusals made from the samples: each required property left out, null or empty; each listed value replaced by
// another; every property with a value of another type.
import type { WireError } from '../wire-error.ts'
import {
  at,
  badMessage,
  changed,
  dotted,
  errors,
  expand,
  JSON_TYPE,
  type NegativeCase,
  pushOf,
  type Step,
} from './case.ts'
import { type Json, SAMPLES, type Sample } from './samples.ts'

const TYPES_OF_2017 = 'text, image, video, audio, location, sticker, template, imagemap'
const TYPES = {
  '2017': TYPES_OF_2017,
  current: `${TYPES_OF_2017}, flex, textV2, coupon`,
}
const OTHER_VALUE = 'nonsense'
const OTHER_TYPES = { object: { 'of another type': 0 }, number: 987_654_321 }

function eachProfile(make: (sample: Sample, profile: '2017' | 'current') => NegativeCase[]): NegativeCase[] {
  return SAMPLES.flatMap((sample) => sample.profiles.flatMap((profile) => make(sample, profile)))
}

function pathsFor(sample: Sample, patterns: readonly string[]): Step[][] {
  const found = patterns.flatMap((pattern) => expand(pattern, sample.message))
  return [...new Map(found.map((path) => [path.join('.'), path])).values()]
}

/** Data of a postback may be empty; an empty mode is one that is not on the list. */
const EMPTY_IS_ANOTHER_MATTER = /\.(?:data|mode)$|^quickReply\.items\.\d+\.type$/

export const REQUIRED_CASES: readonly NegativeCase[] = eachProfile((sample, profile) =>
  pathsFor(sample, sample.required).flatMap((steps) => {
    const path = steps.join('.')
    const given = at(sample.message, steps)
    const variants: [string, Json | undefined][] = [
      ['without', undefined],
      ['with null for', null],
    ]
    if (typeof given === 'string' && !EMPTY_IS_ANOTHER_MATTER.test(path)) variants.push(['with an empty', ''])
    return variants.map(([words, replacement]) => ({
      title: `${sample.name} ${words} ${path} (${profile})`,
      operation: 'push',
      profile,
      body: JSON.stringify(pushOf(changed(sample.message, steps, replacement))),
      contentType: JSON_TYPE,
      status: 400,
      error: missing(steps),
    }))
  }),
)

export const ENUM_CASES: readonly NegativeCase[] = eachProfile((sample, profile) =>
  pathsFor(sample, sample.enums).map((steps) => {
    const path = steps.join('.')
    return {
      title: `${sample.name} with an unknown ${path} (${profile})`,
      operation: 'push',
      profile,
      body: JSON.stringify(pushOf(changed(sample.message, steps, OTHER_VALUE))),
      contentType: JSON_TYPE,
      status: 400,
      error: notListed(steps, profile),
    }
  }),
)

export const TYPE_CASES: readonly NegativeCase[] = eachProfile((sample, profile) =>
  pathsFor(sample, [...sample.required, ...sample.enums]).map((steps) => {
    const path = steps.join('.')
    const given = at(sample.message, steps)
    const other = typeof given === 'object' ? OTHER_TYPES.number : OTHER_TYPES.object
    const body = JSON.stringify(pushOf(changed(sample.message, steps, other)))
    const column = body.indexOf(JSON.stringify(other)) + 1
    return {
      title: `${sample.name} with another type of ${path} (${profile})`,
      operation: 'push',
      profile,
      body,
      contentType: JSON_TYPE,
      status: 400,
      error: {
        message: `The property, 'messages[0]${dotted(steps)}', in the request body is invalid (line: 1, column: ${column})`,
      },
    }
  }),
)

function isDeep([first, ...inner]: readonly Step[]): boolean {
  return (first === 'template' && inner.length > 0) || (first === 'substitution' && inner.length > 0)
}

function missing(steps: readonly Step[]): WireError {
  if (steps[0] === 'contents' && steps.length > 1)
    return badMessage(0, { message: 'must be specified', property: `/${steps.slice(1).join('/')}` })
  if (isDeep(steps)) {
    if (steps.at(-1) === 'label')
      return badMessage(0, { message: '`label` must be specified', property: steps.slice(0, -1).join('/') })
    return badMessage(0, { message: 'must be specified', property: steps.join('/') })
  }
  if (steps.includes('action') && steps.at(-1) !== 'action') {
    if (steps.at(-1) === 'label')
      return errors({ message: '`label` must be specified', property: `messages[0]${dotted(steps.slice(0, -1))}` })
    return errors({ message: 'must be specified', property: `messages[0]${dotted(steps)}` })
  }
  return errors({ message: 'May not be empty', property: `messages[0]${dotted(steps)}` })
}

function notListed(steps: readonly Step[], profile: '2017' | 'current'): WireError {
  const path = steps.join('.')
  if (path === 'type')
    return errors({ message: `Must be one of the following values: [${TYPES[profile]}]`, property: 'messages[0].type' })
  if (steps[0] === 'contents') return badMessage(0, { message: 'invalid property', property: '/type' })
  if (isDeep(steps)) return badMessage(0, { message: 'invalid property', property: steps.join('/') })
  const property = `messages[0]${dotted(steps)}`
  if (steps.includes('action')) return errors({ message: 'invalid property', property })
  const listed = steps[0] === 'quickReply' ? 'action' : profile === '2017' ? 'uri, message' : 'uri, message, clipboard'
  return errors({ message: `Must be one of the following values: [${listed}]`, property })
}
