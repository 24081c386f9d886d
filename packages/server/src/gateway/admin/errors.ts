// The admin API's one form of error: `{error: {code, message, field?}}`.
import type { FastifyReply } from 'fastify'

export type AdminErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'media_type'
  | 'too_large'
  /** LINE answered, and does not take what was given. */
  | 'line_refused'
  /** LINE did not answer. */
  | 'line_unreachable'
  | 'internal'

export interface AdminError {
  code: AdminErrorCode
  /** A sentence for people. */
  message: string
  /** The field of the body or of the query that it is about. */
  field?: string
}

const STATUSES: Readonly<Record<AdminErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  media_type: 415,
  too_large: 413,
  line_refused: 422,
  line_unreachable: 502,
  internal: 500,
}

export function answerError(reply: FastifyReply, error: AdminError): FastifyReply {
  if (error.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer')
  return reply.code(STATUSES[error.code]).send({ error })
}
