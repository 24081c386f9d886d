// A call to LINE outside of sending: one request, its answer as JSON, and LINE's own reason where it refuses.
import { type Outbound, type OutboundAnswer, OutboundError } from '../../../kit/outbound.ts'
import type { Reach } from '../../core/model.ts'

const TIMEOUT_MS = 10_000
const LONGEST_REASON = 500
const MOST_BODY_BYTES = 8192

/** Where one channel's LINE is. */
export interface LineHost {
  apiUrl: string
  reach: Reach
}

interface LineRequest {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  channelAccessToken?: string
  form?: Record<string, string>
  json?: object
}

export type LineReply =
  | {
      kind: 'answered'
      text(field: string): string
      number(field: string): number
      dateMs: number | undefined
      active: boolean
    }
  | { kind: 'refused'; status: number; reason: string }
  /** No answer, or one that says nothing about what was asked. */
  | { kind: 'unanswered'; reason: string }

export async function callLine(outbound: Outbound, host: LineHost, request: LineRequest): Promise<LineReply> {
  const { method, path, channelAccessToken, form, json } = request
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
  const body = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form).toString()
  let answer: OutboundAnswer
  try {
    answer = await outbound.request({
      url: `${host.apiUrl}${path}`,
      method,
      headers: {
        ...(body !== undefined && { 'content-type': type }),
        ...(channelAccessToken !== undefined && { authorization: `Bearer ${channelAccessToken}` }),
      },
      ...(body !== undefined && { body }),
      timeoutMs: TIMEOUT_MS,
      reach: host.reach,
      keepBodyBytes: MOST_BODY_BYTES,
    })
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return { kind: 'unanswered', reason: error.message }
  }
  const field = readFields(answer.body)
  if (answer.status >= 200 && answer.status < 300)
    return {
      kind: 'answered',
      text: (name) => textOf(field(name)),
      number: (name) => Number(field(name)),
      dateMs: dateOf(answer.headers.date),
      active: field('active') === true,
    }
  // LINE reference, "Error responses": OAuth's paths have error and error_description, the others a message.
  const reason = (textOf(field('error_description')) || textOf(field('error')) || textOf(field('message'))).slice(
    0,
    LONGEST_REASON,
  )
  const said = reason === '' ? `status ${answer.status}` : reason
  if (answer.status >= 500 || answer.status === 429) return { kind: 'unanswered', reason: said }
  return { kind: 'refused', status: answer.status, reason: said }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function dateOf(header: string | string[] | undefined): number | undefined {
  const atMs = Date.parse(String(header ?? ''))
  return Number.isNaN(atMs) ? undefined : atMs
}

function readFields(body: Buffer): (name: string) => unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    parsed = undefined // a proxy's page, say: the status has to do
  }
  return (name) => (typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined)
}
