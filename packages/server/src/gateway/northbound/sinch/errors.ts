// Errors in the Conversation API's form: the envelope of google.rpc (facts sheet, 0.2).
import type { FastifyReply } from 'fastify'

export interface FieldViolation {
  field: string
  description: string
}

export type SinchError =
  | { kind: 'invalid'; message: string; violations?: readonly FieldViolation[] }
  | { kind: 'unauthenticated'; message: string; challenge: string }
  | { kind: 'forbidden' }
  | { kind: 'not-found'; message: string }
  | { kind: 'unimplemented' }
  | { kind: 'media-type' }
  | { kind: 'too-large' }
  | { kind: 'overloaded' }
  | { kind: 'unavailable' }
  | { kind: 'internal' }

export function answerError(reply: FastifyReply, error: SinchError): FastifyReply {
  const { code, status, message } = rpcStatus(error)
  if (error.kind === 'unauthenticated') void reply.header('www-authenticate', error.challenge)
  if (error.kind === 'overloaded' || error.kind === 'unavailable') void reply.header('retry-after', '1')
  const violations = error.kind === 'invalid' ? (error.violations ?? []) : []
  const details =
    violations.length === 0
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', field_violations: violations }]
  return reply.code(code).send({ error: { code, message, status, details } })
}

function rpcStatus(error: SinchError): { code: number; status: string; message: string } {
  switch (error.kind) {
    case 'invalid':
      return { code: 400, status: 'INVALID_ARGUMENT', message: error.message }
    case 'unauthenticated':
      return { code: 401, status: 'UNAUTHENTICATED', message: error.message }
    case 'forbidden':
      return { code: 403, status: 'PERMISSION_DENIED', message: 'The access key does not belong to this project.' }
    case 'not-found':
      return { code: 404, status: 'NOT_FOUND', message: error.message }
    case 'unimplemented':
      return { code: 501, status: 'UNIMPLEMENTED', message: 'The method is not defined on this path.' }
    case 'media-type':
      return { code: 415, status: 'INVALID_ARGUMENT', message: 'The Content-Type must be application/json.' }
    case 'too-large':
      return { code: 413, status: 'INVALID_ARGUMENT', message: 'The body is too large.' }
    case 'overloaded':
      return { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Too many messages are waiting. Try again later.' }
    case 'unavailable':
      return { code: 503, status: 'UNAVAILABLE', message: 'The service is not available. Try again later.' }
    case 'internal':
      return { code: 500, status: 'INTERNAL', message: 'Internal error.' }
    default:
      return error satisfies never
  }
}
