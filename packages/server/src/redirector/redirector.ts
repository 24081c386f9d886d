// For clients whose hosts are fixed: a TLS listener that is LINE's three hosts, and a proxy that leads to it. Both are
// on loopback. Calls of LINE's hosts go to the platform and nowhere else; what goes to other hosts passes untouched.
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https'
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from '../kit/log.ts'
import { makeHostCertificate } from './certificates.ts'

export interface Redirector {
  /** Where LINE's hosts answer by TLS, under their own names. */
  readonly tlsPort: number
  readonly proxyUrl: string
  readonly authorityFile: string
  readonly bundleFile: string
  close(): Promise<void>
}

export interface RedirectorOptions {
  /** For the authority's key and certificate. */
  readonly folder: string
  readonly platformUrl: string
  readonly log: Logger
}

/** The hosts that the platform plays. */
const LINE_HOSTS: readonly string[] = ['api.line.me', 'api-data.line.me', 'access.line.me']
/** Everything of LINE: what the platform does not play must not be reached either. */
const OF_LINE = /(?:^|\.)(?:line\.me|line\.biz|line-apps\.com|line-scdn\.net|linecorp\.com)$/i
const HOST_AND_PORT = /^\[?([^\]]+?)\]?:(\d{1,5})$/
const CONNECT_TIMEOUT_MS = 30_000
/** Of one connection only: they are not passed on. RFC 9110, section 7.6.1 */
const HOP_BY_HOP = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
])

export async function startRedirector({ folder, platformUrl, log }: RedirectorOptions): Promise<Redirector> {
  const { key, cert, authorityFile, bundleFile } = await makeHostCertificate(folder, LINE_HOSTS)
  const toPlatform = (request: IncomingMessage, response: ServerResponse) =>
    forward(new URL(request.url ?? '/', platformUrl), request.headers.host ?? '', request, response)

  const line = createHttpsServer({ key, cert }, (request, response) => {
    // A proxy's client may send the whole address here too.
    const path = URL.canParse(request.url ?? '') ? pathOf(new URL(request.url ?? '')) : (request.url ?? '/')
    request.url = path
    if (LINE_HOSTS.includes(nameOf(request.headers.host))) toPlatform(request, response)
    else refuse(response, 421, 'This is the redirector of Hatoba: it has only the hosts of LINE.')
  })
  const proxy = createHttpServer((request, response) => {
    const target = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
    if (target === undefined || !/^https?:$/.test(target.protocol))
      return refuse(response, 400, 'This is the proxy of Hatoba: it takes CONNECT and whole addresses.')
    if (LINE_HOSTS.includes(target.hostname)) {
      request.url = pathOf(target)
      request.headers.host = target.host
      return toPlatform(request, response)
    }
    if (OF_LINE.test(target.hostname)) return refuse(response, 502, notPlayed(target.hostname))
    return forward(target, target.host, request, response)
  })
  const tunnels = new Set<Duplex>()
  proxy.on('connect', (request, client: Duplex, head) => {
    const [, host = '', port = ''] = HOST_AND_PORT.exec(request.url ?? '') ?? []
    const name = host.toLowerCase()
    if (name === '') return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    const isPlayed = LINE_HOSTS.includes(name)
    if (!isPlayed && OF_LINE.test(name)) {
      log.warn({ host: name }, 'a host of LINE that is not played was refused')
      return void client.end(`HTTP/1.1 502 ${notPlayed(name)}\r\n\r\n`)
    }
    tunnel(isPlayed ? connect(portOf(line), '127.0.0.1') : connect(Number(port), host), client, head, tunnels)
  })

  await Promise.all([listen(line), listen(proxy)])
  return {
    tlsPort: portOf(line),
    proxyUrl: `http://127.0.0.1:${portOf(proxy)}`,
    authorityFile,
    bundleFile,
    async close() {
      for (const end of tunnels) end.destroy()
      await Promise.all([closed(line), closed(proxy)])
    },
  }
}

function tunnel(upstream: Socket, client: Duplex, head: Buffer, tunnels: Set<Duplex>): void {
  const ends = [upstream, client]
  const endBoth = () => {
    for (const end of ends) {
      end.destroy()
      tunnels.delete(end)
    }
  }
  for (const end of ends) {
    tunnels.add(end)
    end.once('error', endBoth).once('close', endBoth)
  }
  upstream.setTimeout(CONNECT_TIMEOUT_MS, endBoth)
  upstream.once('connect', () => {
    upstream.setTimeout(0)
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    if (head.length > 0) upstream.write(head)
    upstream.pipe(client).pipe(upstream)
  })
}

/** Sends the request on as it is, under the name that it was meant for. */
function forward(target: URL, host: string, request: IncomingMessage, response: ServerResponse): void {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name)))
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  const upstream = send(target, { method: request.method, headers: { ...headers, host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.once('error', () => response.destroy())
  })
  upstream.once('error', () => (response.headersSent ? response.destroy() : refuse(response, 502, 'No answer came.')))
  response.once('close', () => upstream.destroy())
  request.pipe(upstream)
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
}

const notPlayed = (host: string) => `${host} is a host of LINE that Hatoba does not play`
const nameOf = (host = '') => host.replace(/:\d+$/, '').toLowerCase()
const pathOf = ({ pathname, search }: URL) => pathname + search
const portOf = (server: NetServer) => (server.address() as AddressInfo).port // of a server that listens on a port
const listen = (server: NetServer) =>
  new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
