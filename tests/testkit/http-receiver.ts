// A real HTTP server of a test: keeps what it is sent and answers as the test says.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  rawBody: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

export interface HttpReceiver {
  url: string
  received: Received[]
  /** The first request that fits, now or within the time. */
  waitFor(fits: (request: Received) => boolean, timeoutMs?: number): Promise<Received>
  close(): Promise<void>
}

export async function startReceiver(
  answer: (request: Received) => Answer | Promise<Answer> = () => ({ status: 200 }),
): Promise<HttpReceiver> {
  const received: Received[] = []
  const waiting = new Set<(request: Received) => void>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const entry: Received = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      rawBody: Buffer.concat(chunks).toString('utf8'),
    }
    received.push(entry)
    for (const tell of waiting) tell(entry)
    const { status, headers = {}, body = '' } = await answer(entry)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    waitFor(fits, timeoutMs = 10_000) {
      const already = received.find(fits)
      if (already !== undefined) return Promise.resolve(already)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(tell)
          reject(new Error(`nothing that fits came within ${timeoutMs} ms; ${received.length} other requests did`))
        }, timeoutMs)
        const tell = (entry: Received) => {
          if (!fits(entry)) return
          waiting.delete(tell)
          clearTimeout(timer)
          resolve(entry)
        }
        waiting.add(tell)
      })
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
