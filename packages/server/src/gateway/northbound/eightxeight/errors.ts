// Errors in the 8x8 Messaging API's form: `{code, message, errorId, timestamp}` (8x8 facts sheet, 1.2).
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { eightTime } from './from-core.ts'

interface Row {
  status: number
  code: number
  message: string
}

const ROWS = {
  'invalid-parameter': { status: 400, code: 1000, message: 'Invalid parameter' },
  'malformed-json': { status: 400, code: 1000, message: 'Invalid parameter: the body is not valid JSON' },
  'media-type': { status: 415, code: 1000, message: 'Invalid parameter: the Content-Type must be application/json' },
  'too-large': { status: 413, code: 1000, message: 'Invalid parameter: the body is too large' },
  'unknown-sub-account': { status: 400, code: 1001, message: 'Illegal SubAccountId' },
  'invalid-expiry': { status: 400, code: 1006, message: 'Invalid Expiry' },
  'invalid-schedule': { status: 400, code: 1011, message: 'Invalid Schedule Time' },
  unauthorized: { status: 401, code: 1200, message: 'Request was not authenticated properly' },
  'not-found': { status: 404, code: 1300, message: 'Not found' },
  'missing-user': { status: 400, code: 3001, message: 'Missed User' },
  'missing-content': { status: 400, code: 3004, message: 'Missed Content' },
  'missing-text': { status: 400, code: 3005, message: 'Missed Text' },
  'text-too-long': { status: 400, code: 3006, message: 'Too long text' },
  'missing-media-url': { status: 400, code: 3007, message: 'Missed Media URL' },
  'invalid-media-url': { status: 400, code: 3008, message: 'Invalid Media URL' },
  'invalid-location': { status: 400, code: 3021, message: 'Empty or Invalid Location' },
  'client-message-id-too-long': { status: 400, code: 3009, message: 'Too long ClientMessageId' },
  'invalid-type': { status: 400, code: 3010, message: 'Invalid Content Type' },
  'missing-user-id': { status: 400, code: 3015, message: 'Missed UserId' },
  'invalid-country': { status: 400, code: 3018, message: 'Invalid Country code' },
  'invalid-receipt-url': { status: 400, code: 3020, message: 'Invalid DR Callback URL' },
  'no-channel': { status: 400, code: 3027, message: 'Invalid Sub-account channel' },
  overloaded: { status: 429, code: 429, message: 'Quota exceeded. Please try again in 1 second(s).' },
  // The guide names none for this: HTTP's own.
  unavailable: { status: 503, code: 503, message: 'Service Unavailable' },
  internal: { status: 500, code: 2000, message: 'Internal error' },
} as const satisfies Record<string, Row>

export type EightError = keyof typeof ROWS

/** @param detail put behind the public name of the error */
export function answerError(reply: FastifyReply, error: EightError, nowMs: number, detail?: string): FastifyReply {
  const { status, code, message } = ROWS[error]
  if (error === 'overloaded' || error === 'unavailable') void reply.header('retry-after', '1')
  if (error === 'unauthorized') void reply.header('www-authenticate', 'Bearer')
  return reply.code(status).send({
    code,
    message: detail === undefined ? message : `${message}: ${detail}`,
    errorId: randomUUID(),
    timestamp: eightTime(nowMs),
  })
}
