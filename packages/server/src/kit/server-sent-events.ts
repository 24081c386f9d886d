// A stream of server-sent events to one browser, with a comment line every 15 s so that a dead connection is noticed.
import type { FastifyReply } from 'fastify'

const HEARTBEAT_MS = 15_000
const MOST_WAITING_BYTES = 4 * 1024 * 1024

export interface EventStream {
  send(event: string, data: unknown, id?: string): void
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
  out.write('retry: 1000\n\n')
  const heartbeat = setInterval(() => out.write(': still here\n\n'), HEARTBEAT_MS).unref()
  out.once('close', () => {
    clearInterval(heartbeat)
    onClose()
  })
  return {
    send(event, data, id) {
      if (out.writableLength > MOST_WAITING_BYTES) {
        out.destroy()
        return
      }
      out.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    },
    close: () => out.end(),
  }
}
