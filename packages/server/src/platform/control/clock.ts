// The platform's clock: freeze it, let it run, move it forward.
import type { FastifyInstance } from 'fastify'
import type { AdjustableClock } from '../../kit/clock.ts'
import { onlyTrue, readFields, wholeNumber } from './read-fields.ts'

export type PlatformClock = AdjustableClock

const LONGEST_STEP_MS = 10 * 366 * 24 * 60 * 60_000

const CLOCK_FIELDS = { freeze: onlyTrue, unfreeze: onlyTrue, advanceMs: wholeNumber(0, LONGEST_STEP_MS) }

export function serveClock(scope: FastifyInstance, clock: PlatformClock): void {
  scope.post('/clock', (request, reply) => {
    const read = readFields(request.body, CLOCK_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { freeze, unfreeze, advanceMs } = read.value
    if (freeze && unfreeze)
      return reply.code(400).send({ message: 'body.freeze and body.unfreeze exclude each other.' })
    if (freeze) clock.freeze()
    if (advanceMs !== undefined) clock.advance(advanceMs)
    if (unfreeze) clock.unfreeze()
    return reply.send({ nowMs: clock.now(), frozen: clock.frozen })
  })
}
