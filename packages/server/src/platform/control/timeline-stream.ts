// The timeline as it grows: server-sent events `entry` for what is new and `change` for what becomes known of an entry
// later, such as the answer to a call. What happens within one turn of the event loop is sent once, as it ends.
import type { FastifyInstance } from 'fastify'
import { openEventStream } from '../../kit/server-sent-events.ts'
import type { PlatformCore } from '../core.ts'
import type { TimelineEntry } from '../timeline.ts'
import { cutTexts } from './cut-texts.ts'
import type { OpenReaders } from './open-readers.ts'
import { readFields, wholeNumber } from './read-fields.ts'
import { FILTER_FIELDS, fits } from './timeline-filter.ts'

const STREAM_FIELDS = { after: wholeNumber(0, Number.MAX_SAFE_INTEGER), ...FILTER_FIELDS }

export function serveTimelineStream(scope: FastifyInstance, core: PlatformCore, readers: OpenReaders): void {
  scope.get('/timeline/stream', (request, reply) => {
    const read = readFields(request.query, STREAM_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { after, ...filter } = read.value
    const { timeline } = core
    const lastSeen = Number(request.headers['last-event-id'] ?? after ?? timeline.lastId)
    let stop: () => void = () => undefined
    const stream = openEventStream(reply, () => stop())
    const send = (entry: TimelineEntry, event: 'entry' | 'change') => {
      if (!fits(entry, filter, timeline)) return
      // A changed entry's id would send a reader who comes back too far into the past.
      stream.send(event, cutTexts(entry), event === 'entry' ? String(entry.id) : undefined)
    }
    let waiting = new Map<TimelineEntry, 'entry' | 'change'>()
    const flush = () => {
      const entries = waiting
      waiting = new Map()
      for (const [entry, event] of entries) stream.inTurn(() => send(entry, event))
    }
    const deaf = timeline.listen((entry, what) => {
      if (waiting.size === 0) setImmediate(flush)
      if (!waiting.has(entry)) waiting.set(entry, what === 'added' ? 'entry' : 'change')
    })
    const forget = readers.add(() => stream.close())
    stop = () => {
      deaf()
      forget()
      waiting.clear()
    }
    stream.send('hello', { lastId: timeline.lastId, nowMs: core.clock.now() })
    const missed = timeline.after(Number.isSafeInteger(lastSeen) ? lastSeen : 0, Infinity)
    stream.replay(missed, (entry) => send(entry, 'entry'))
    return reply
  })
}
