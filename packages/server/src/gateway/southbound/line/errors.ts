// The webhook edge is called by LINE: its answers have LINE's form, `{message}`.
import type { FastifyReply } from 'fastify'

export type LineEdgeError =
  | 'bad_signature'
  | 'not_a_webhook'
  | 'not_found'
  | 'too_large'
  | 'bad_request'
  | 'overloaded'
  | 'internal'

const ANSWERS: Readonly<Record<LineEdgeError, { status: number; message: string }>> = {
  bad_signature: { status: 401, message: 'The signature is missing or wrong.' },
  not_a_webhook: { status: 400, message: 'The body is not a webhook of LINE.' },
  not_found: { status: 404, message: 'Not found' },
  too_large: { status: 413, message: 'The body is too large.' },
  bad_request: { status: 400, message: 'The request cannot be read.' },
  overloaded: { status: 503, message: 'Too many events are waiting. Try again later.' },
  internal: { status: 500, message: 'Internal server error' },
}

export function answerError(reply: FastifyReply, error: LineEdgeError): FastifyReply {
  const { status, message } = ANSWERS[error]
  if (error === 'overloaded') void reply.header('retry-after', '1')
  return reply.code(status).send({ message })
}
