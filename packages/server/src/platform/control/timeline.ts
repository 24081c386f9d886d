// Reading the timeline, and waiting until nothing is on its way.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { Timeline, TimelineEntry } from '../timeline.ts'
import { cutTexts } from './cut-texts.ts'
import type { OpenReaders } from './open-readers.ts'
import type { PathParams } from './parties.ts'
import { readFields, wholeNumber } from './read-fields.ts'
import { FILTER_FIELDS, filtersNothing, fits, type TimelineFilter } from './timeline-filter.ts'

const LONGEST_WAIT_MS = 60_000

const LIST_FIELDS = {
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, 1000),
  timeoutMs: wholeNumber(0, LONGEST_WAIT_MS),
  ...FILTER_FIELDS,
}

export function serveTimeline(
  scope: FastifyInstance,
  core: PlatformCore,
  readers: OpenReaders,
  settle: () => Promise<void>,
): void {
  scope.get('/timeline', async (request, reply) => {
    const read = readFields(request.query, LIST_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { after, limit = 100, timeoutMs = 0, ...filter } = read.value
    const { timeline } = core
    if (after !== undefined && timeoutMs > 0 && timeline.after(after, 1).length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const deaf = timeline.onNext(resolve)
      const timer = setTimeout(resolve, timeoutMs) // the caller's own time, not the platform's clock
      const forget = readers.add(resolve)
      reply.raw.once('close', resolve)
      await promise
      clearTimeout(timer)
      deaf()
      forget()
    }
    const entries = select(timeline, after, limit, filter)
    return reply.send({ entries: entries.map(cutTexts), lastId: timeline.lastId })
  })

  scope.get<{ Params: PathParams }>('/timeline/:id', (request, reply) => {
    const entry = core.timeline.find(Number(request.params.id))
    if (entry === undefined) return reply.code(404).send({ message: `The timeline has no entry ${request.params.id}.` })
    return reply.send(entry)
  })

  scope.post('/settle', async () => {
    await settle()
    return { settled: true }
  })
}

/** The first entries after that id that fit, or the newest ones where no id is given. */
function select(timeline: Timeline, after: number | undefined, limit: number, filter: TimelineFilter): TimelineEntry[] {
  if (filtersNothing(filter)) return after === undefined ? timeline.newest(limit) : timeline.after(after, limit)
  const fitting = timeline.after(after ?? 0, Infinity).filter((entry) => fits(entry, filter, timeline))
  return after === undefined ? fitting.slice(-limit) : fitting.slice(0, limit)
}
