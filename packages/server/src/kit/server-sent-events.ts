// A stream of server-sent events to one browser, with a comment line every 15 s so that a dead connection is noticed.
import type { FastifyReply } from 'fastify'

const HEARTBEAT_MS = 15_000
const MOST_WAITING_BYTES = 4 * 1024 * 1024
const MOST_WAITING_SENDS = 10_000

export interface EventStream {
  send(event: string, data: unknown, id?: string): void
  /** Sends each, no faster than the reader takes them; what {@link inTurn} is given meanwhile comes after them. */
  replay<T>(missed: readonly T[], send: (item: T) => void): void
  /** Runs what sends now, or behind a replay that is under way. */
  inTurn(send: () => void): void
  close(): void
}

/** Takes the reply over. A reader who does not keep up is cut off and comes back with its last id. */
export function openEventStream(reply: FastifyReply, onClose: () => void): EventStream {
  reply.hijack()
  const out = reply.raw
  out.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  const write = (text: string) => {
    if (!out.writableEnded && !out.destroyed) out.write(text)
  }
  write('retry: 1000\n\n')
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS).unref()
  out.once('close', () => {
    clearInterval(heartbeat)
    onClose()
  })
  /** What waits for the end of a replay. */
  let behind: (() => void)[] | undefined

  async function sendAll<T>(items: readonly T[], send: (item: T) => void): Promise<void> {
    for (const item of items) {
      if (out.writableEnded || out.destroyed) return
      send(item)
      if (out.writableNeedDrain) await nextOf(out, ['drain', 'close'])
    }
  }

  return {
    send(event, data, id) {
      if (out.writableLength > MOST_WAITING_BYTES) out.destroy()
      else write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    replay(missed, send) {
      if (missed.length === 0) return
      const waiting: (() => void)[] = []
      behind = waiting
      sendAll(missed, send)
        .then(() => sendAll(waiting, (next) => next())) // it may grow meanwhile
        .then(
          () => (behind = undefined),
          (error: Error) => out.destroy(error),
        )
    },
    inTurn(send) {
      if (behind === undefined) send()
      else if (behind.length < MOST_WAITING_SENDS) behind.push(send)
      else out.destroy()
    },
    close: () => out.end(),
  }
}

function nextOf(out: FastifyReply['raw'], events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) out.off(event, done)
      resolve()
    }
    for (const event of events) out.once(event, done)
  })
}
