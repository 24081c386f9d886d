// A route as the refusals see it: one request that it takes, what of it must be there, and what else it refuses.
import type { Json, JsonObject, ProofWorld } from '../proof-world.ts'
import type { Facts } from './facts.ts'

export interface ApiRequest {
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  json?: JsonObject
  form?: Record<string, string>
  /** A body as text, instead of one made of the fields. */
  rawBody?: string
}

export interface Refusal {
  status: number
  body: JsonObject
}

export interface WrongCase {
  title: string
  change: (request: ApiRequest, facts: Facts) => ApiRequest
  answer: Refusal
  /** Where only one profile knows it. */
  profile?: '2017' | 'current'
  /** Brings the platform into the state in which the request is refused. */
  prepare?: (world: ProofWorld, facts: Facts, request: ApiRequest) => Promise<void>
  tidy?: (world: ProofWorld, facts: Facts) => Promise<void>
}

export interface Route {
  /** One that is taken, with everything that it needs. */
  good: (facts: Facts) => ApiRequest
  goodStatus?: number
  /** Where the good request needs what only one profile gives. */
  goodOnlyIn?: 'current'
  /** What it answers without each thing that it needs: `to`, `messages.0.packageId`, `form:...`, `query:...`. */
  required: Record<string, Refusal>
  /** What it answers where a value is not one of those that there are. */
  enums?: Record<string, { value: Json; answer: Refusal }>
  others?: readonly WrongCase[]
}

export function listed(...details: { message: string; property: string }[]): Refusal {
  return { status: 400, body: { message: `The request body has ${details.length} error(s)`, details } }
}

export const missing = (property: string): Refusal => listed({ message: 'May not be empty', property })

export const plain = (status: number, message: string): Refusal => ({ status, body: { message } })

export const tokenError = (error: string, description?: string): Refusal => ({
  status: 400,
  body: description === undefined ? { error } : { error, error_description: description },
})

/** A copy with the value at the place changed, or taken out where it is undefined. */
export function changed(request: ApiRequest, place: string, value: Json | undefined): ApiRequest {
  const copy = structuredClone(request)
  const [kind, name] = place.includes(':') ? place.split(':') : ['json', place]
  if (name === undefined) throw new Error(`no place: ${place}`)
  if (kind === 'json') setAt(copy.json ?? {}, name.split('.'), value)
  else if (kind === 'form' || kind === 'query' || kind === 'headers') setAt(copy[kind] ?? {}, [name], value)
  else throw new Error(`no place: ${place}`)
  return copy
}

function setAt(holder: Json, [step = '', ...rest]: string[], value: Json | undefined): void {
  if (typeof holder !== 'object' || holder === null) throw new Error(`nothing that could hold ${step}`)
  const object = holder as JsonObject // a list is one too, for its indexes
  if (rest.length > 0) setAt(object[step] ?? null, rest, value)
  else if (value === undefined) delete object[step]
  else object[step] = value
}
