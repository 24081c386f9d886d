// A load generator: keep-alive connections that each send the next request as soon as the answer to the last is
// whole. Written on sockets, since a client library would cost more than the server that is measured.
import { connect, type Socket } from 'node:net'

export interface LoadOptions {
  port: number
  connections: number
  requests: number
  /** The whole request, head and body. */
  request: (index: number) => string
}

export interface Load {
  seconds: number
  /** Of each request. */
  tookMs: Float64Array
}

export interface LoadSummary {
  perSecond: number
  p50Ms: number
  p99Ms: number
}

const HEAD_END = '\r\n\r\n'
const LENGTH = /\r\ncontent-length: (\d+)/i

/** @throws Error at the first answer that is not 200, and where a connection breaks */
export async function drive({ port, connections, requests, request }: LoadOptions): Promise<Load> {
  const tookMs = new Float64Array(requests)
  const sockets: Socket[] = []
  let next = 0
  const startedMs = performance.now()
  const runOne = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let received = ''
      let index = 0
      let sentMs = 0
      const send = () => {
        if (next >= requests) return resolve()
        index = next++
        sentMs = performance.now()
        socket.write(request(index))
      }
      socket.on('data', (chunk) => {
        received += chunk
        const headEnd = received.indexOf(HEAD_END)
        if (headEnd === -1) return
        const length = LENGTH.exec(received)?.[1]
        if (length === undefined) return reject(new Error(`an answer without a length: ${received}`))
        if (received.length < headEnd + HEAD_END.length + Number(length)) return
        if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(`refused: ${received}`))
        tookMs[index] = performance.now() - sentMs
        received = ''
        send()
      })
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('the server closed the connection')))
      send()
    })
  try {
    for (let i = 0; i < connections; i++) sockets.push(await open(port))
    await Promise.all(sockets.map(runOne))
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  return { seconds: (performance.now() - startedMs) / 1000, tookMs }
}

/** Several loads as if they had been one. */
export function summarize(loads: readonly Load[]): LoadSummary {
  const tookMs = Float64Array.from(loads.flatMap((load) => [...load.tookMs])).sort()
  const seconds = loads.reduce((sum, load) => sum + load.seconds, 0)
  return {
    perSecond: Math.round(tookMs.length / seconds),
    p50Ms: rounded(tookMs[Math.floor(tookMs.length * 0.5)]),
    p99Ms: rounded(tookMs[Math.floor(tookMs.length * 0.99)]),
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.setEncoding('latin1')
    socket.once('error', reject)
  })
}

/** A POST of JSON as it goes over the wire. */
export function jsonPost(path: string, body: string, headers: readonly string[] = []): string {
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]
  return `${head.join('\r\n')}${HEAD_END}${body}`
}

function rounded(value = Number.NaN): number {
  return Math.round(value * 100) / 100
}
