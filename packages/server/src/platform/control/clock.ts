// The platform's clock: freeze it, let it run, move it forward, by a time or to a moment.
import type { FastifyInstance } from 'fastify'
import type { AdjustableClock } from '../../kit/clock.ts'
import { onlyTrue, readFields, wholeNumber } from './read-fields.ts'

export type PlatformClock = AdjustableClock

const LONGEST_STEP_MS = 10 * 366 * 24 * 60 * 60_000
/** The year 2100. */
const LATEST_MS = 4_102_444_800_000

const CLOCK_FIELDS = {
  freeze: onlyTrue,
  unfreeze: onlyTrue,
  advanceMs: wholeNumber(0, LONGEST_STEP_MS),
  toMs: wholeNumber(0, LATEST_MS),
}

export function serveClock(scope: FastifyInstance, clock: PlatformClock): void {
  scope.post('/clock', (request, reply) => {
    const read = readFields(request.body, CLOCK_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { freeze, unfreeze, advanceMs, toMs } = read.value
    if (freeze && unfreeze)
      return reply.code(400).send({ message: 'body.freeze and body.unfreeze exclude each other.' })
    if (toMs !== undefined && advanceMs !== undefined)
      return reply.code(400).send({ message: 'body.toMs and body.advanceMs exclude each other.' })
    if (toMs !== undefined && toMs < clock.now())
      return reply.code(409).send({ message: `The clock only moves forward: it is ${clock.now()} already.` })
    if (clock.now() + (advanceMs ?? 0) > LATEST_MS)
      return reply.code(409).send({ message: `The clock stops before ${new Date(LATEST_MS).toISOString()}.` })
    if (freeze) clock.freeze()
    if (toMs !== undefined) clock.advance(toMs - clock.now())
    if (advanceMs !== undefined) clock.advance(advanceMs)
    if (unfreeze) clock.unfreeze()
    return reply.send({ nowMs: clock.now(), frozen: clock.frozen })
  })
}
