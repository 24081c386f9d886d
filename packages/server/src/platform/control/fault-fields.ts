// Reads a fault rule from the body of a call: which fields it may have depends on what it is about and what goes wrong.
import { CALL_FAULTS, type CallFault, type FaultRule, WEBHOOK_FAULTS, type WebhookFault } from '../faults/fault-rule.ts'
import { type FieldRule, given, oneOf, type ReadResult, readFields, textOf, wholeNumber } from './read-fields.ts'

const LONGEST_DELAY_MS = 60_000
const MOST_TIMES = 1_000_000
const LONGEST_BODY = 100_000

const anyJson: FieldRule<unknown> = (value) =>
  JSON.stringify(value).length <= LONGEST_BODY
    ? { ok: true, value }
    : { ok: false, must: `JSON of at most ${LONGEST_BODY} characters` }

const chance: FieldRule<number> = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1
    ? { ok: true, value }
    : { ok: false, must: 'a number from 0 to 1' }

const anObject: FieldRule<object> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ok: true, value }
    : { ok: false, must: 'an object' }

const CONDITIONS = {
  channelId: textOf(1, 20),
  userId: textOf(1, 40),
  probability: chance,
  nth: wholeNumber(1, MOST_TIMES),
  every: wholeNumber(1, MOST_TIMES),
  times: wholeNumber(1, MOST_TIMES),
  fault: anObject,
}
const CALL_FIELDS = { on: oneOf('call'), operation: textOf(1, 100), ...CONDITIONS }
const WEBHOOK_FIELDS = { on: oneOf('webhook'), eventType: textOf(1, 100), ...CONDITIONS }

const delayMs = wholeNumber(0, LONGEST_DELAY_MS)
const CALL_FAULT_FIELDS = { kind: oneOf(...CALL_FAULTS), status: wholeNumber(200, 599), body: anyJson, delayMs }
const WEBHOOK_FAULT_FIELDS = { kind: oneOf(...WEBHOOK_FAULTS), delayMs }

export function readFaultRule(body: unknown): ReadResult<FaultRule> {
  const on = readFields(pick(body, 'on'), { on: oneOf('call', 'webhook') }, 'body')
  if (!on.ok) return on
  if (on.value.on === undefined) return missing('on')
  return on.value.on === 'call' ? readCallRule(body) : readWebhookRule(body)
}

function readCallRule(body: unknown): ReadResult<FaultRule> {
  const read = readFields(body, CALL_FIELDS, 'body')
  if (!read.ok) return read
  const { fault: object, ...conditions } = read.value
  const fault = readCallFault(object)
  return fault.ok ? { ok: true, value: { ...given(conditions), on: 'call', fault: fault.value } } : fault
}

function readWebhookRule(body: unknown): ReadResult<FaultRule> {
  const read = readFields(body, WEBHOOK_FIELDS, 'body')
  if (!read.ok) return read
  const { fault: object, ...conditions } = read.value
  const fault = readWebhookFault(object)
  return fault.ok ? { ok: true, value: { ...given(conditions), on: 'webhook', fault: fault.value } } : fault
}

function readCallFault(body: object | undefined): ReadResult<CallFault> {
  if (body === undefined) return missing('fault')
  const read = readFields(body, CALL_FAULT_FIELDS, 'body.fault')
  if (!read.ok) return read
  const { kind, status, delayMs, ...rest } = read.value
  switch (kind) {
    case undefined:
      return missing('fault.kind')
    case 'status': {
      if (status === undefined) return missing('fault.status')
      return { ok: true, value: { kind, status, ...given({ delayMs }), ...('body' in rest && { body: rest.body }) } }
    }
    case 'delay':
      return delayMs === undefined ? missing('fault.delayMs') : { ok: true, value: { kind, delayMs } }
    case 'reset':
    case 'half-body':
    case 'accepted-then-timeout':
      return { ok: true, value: { kind } }
    default:
      return kind satisfies never
  }
}

function readWebhookFault(body: object | undefined): ReadResult<WebhookFault> {
  if (body === undefined) return missing('fault')
  const read = readFields(body, WEBHOOK_FAULT_FIELDS, 'body.fault')
  if (!read.ok) return read
  const { kind, delayMs } = read.value
  switch (kind) {
    case undefined:
      return missing('fault.kind')
    case 'delay':
      return delayMs === undefined ? missing('fault.delayMs') : { ok: true, value: { kind, delayMs } }
    case 'duplicate':
    case 'out-of-order':
      return { ok: true, value: { kind } }
    default:
      return kind satisfies never
  }
}

/** The field alone, so that what the others may be can be told from it. */
function pick(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return name in body ? { [name]: (body as Record<string, unknown>)[name] } : {} // an object that has the field
}

const missing = (name: string): { ok: false; message: string } => ({ ok: false, message: `body.${name} is missing.` })
