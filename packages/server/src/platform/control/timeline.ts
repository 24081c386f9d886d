// Reading the timeline, and waiting until nothing is on its way.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { TimelineEntry } from '../timeline.ts'
import type { OpenReaders } from './open-readers.ts'
import type { PathParams } from './parties.ts'
import { readFields, wholeNumber } from './read-fields.ts'

const LONGEST_WAIT_MS = 60_000
/** Longer texts are cut in the list; the entry alone has all of them. */
const LONGEST_TEXT = 4096

const LIST_FIELDS = {
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  limit: wholeNumber(1, 1000),
  timeoutMs: wholeNumber(0, LONGEST_WAIT_MS),
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
    const { after, limit = 100, timeoutMs = 0 } = read.value
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
    const entries = after === undefined ? timeline.newest(limit) : timeline.after(after, limit)
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

function cutTexts(entry: TimelineEntry): TimelineEntry {
  const cut = (text: string) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
  if (entry.kind === 'call' && entry.request !== undefined) return { ...entry, request: cut(entry.request) }
  if (entry.kind === 'attempt') return { ...entry, body: cut(entry.body) }
  return entry
}
