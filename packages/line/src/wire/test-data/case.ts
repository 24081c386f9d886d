import type { ApiProfile, LimitName } from '../limits.ts'
import type { SendBodies } from '../send-body.ts'
import type { WireError, WireErrorDetail } from '../wire-error.ts'
import { type Json, type JsonObject, USER } from './samples.ts'

/** One request that LINE refuses, and its answer. */
export interface NegativeCase {
  title: string
  operation: keyof SendBodies
  profile: ApiProfile
  /** The text of the body. */
  body: string
  contentType: string
  status: 400 | 413 | 415
  error: WireError
  /** The row of LIMITS this body is just over. */
  overLimit?: LimitName
}

/** One request on the limit or at the edge of a rule that LINE takes. */
export interface PositiveCase {
  title: string
  operation: keyof SendBodies
  profile: ApiProfile
  body: string
  atLimit?: LimitName
}

export const JSON_TYPE = 'application/json'

export function pushOf(...messages: Json[]): JsonObject {
  return { to: USER, messages }
}

export function errors(...details: WireErrorDetail[]): WireError {
  return { message: `The request body has ${details.length} error(s)`, details }
}

export function badMessage(index: number, ...details: WireErrorDetail[]): WireError {
  return { message: `A message (messages[${index}]) in the request body is invalid`, details }
}

export type Step = string | number

/** The paths of a value that a pattern stands for; in a pattern `*` is any entry. */
export function expand(pattern: string, value: Json): Step[][] {
  const wanted = pattern.split('.')
  return pathsOf(value).filter(
    (path) =>
      path.length === wanted.length && path.every((step, index) => ['*', String(step)].includes(wanted[index] ?? '')),
  )
}

export function dotted(steps: readonly Step[]): string {
  return steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
}

/** A copy with the value at the path replaced; undefined removes it. */
export function changed(value: Json, path: readonly Step[], replacement: Json | undefined): Json {
  // Not structuredClone: an object that stands in two places of a sample must become two.
  const copy: Json = JSON.parse(JSON.stringify(value))
  const last = path.at(-1)
  let holder: Json | undefined = copy
  for (const step of path.slice(0, -1)) holder = childOf(holder, step)
  if (Array.isArray(holder) && typeof last === 'number') {
    if (replacement === undefined) holder.splice(last, 1)
    else holder[last] = replacement
  } else if (isObject(holder) && typeof last === 'string') {
    if (replacement === undefined) delete holder[last]
    else holder[last] = replacement
  } else throw new Error(`nothing at ${path.join('.')}`)
  return copy
}

export function at(value: Json, path: readonly Step[]): Json | undefined {
  let found: Json | undefined = value
  for (const step of path) found = childOf(found, step)
  return found
}

function childOf(value: Json | undefined, step: Step): Json | undefined {
  if (Array.isArray(value) && typeof step === 'number') return value[step]
  return isObject(value) && typeof step === 'string' ? value[step] : undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every way into a value. */
export function pathsOf(value: Json, path: Step[] = []): Step[][] {
  if (Array.isArray(value))
    return value.flatMap((entry, index) => [[...path, index], ...pathsOf(entry, [...path, index])])
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [[...path, name], ...pathsOf(inner, [...path, name])])
}
