// A customer's file server: what it has, in parts where that is asked for.
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface ServedFile {
  bytes?: Buffer
  mediaType?: string
  status?: number
  /** Answers with the whole, whatever is asked for. */
  withoutParts?: boolean
  headers?: Record<string, string>
}

export interface FileServer {
  url: string
  /** The paths that were asked for. */
  asked: string[]
  close(): Promise<void>
}

/** @param tls a certificate and the like: served over HTTPS then */
export async function startFileServer(
  files: (path: string) => ServedFile | undefined,
  tls?: ServerOptions,
): Promise<FileServer> {
  const asked: string[] = []
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? ''
    asked.push(path)
    const {
      status = 200,
      bytes = Buffer.alloc(0),
      mediaType,
      withoutParts,
      headers = {},
    } = files(path) ?? {
      status: 404,
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const isPart = status === 200 && range !== null && withoutParts !== true && Number(range[1]) < bytes.length
    const start = isPart ? Number(range[1]) : 0
    const end = isPart ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1
    response.writeHead(isPart ? 206 : status, {
      ...(mediaType !== undefined && { 'content-type': mediaType }),
      ...(isPart && { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
      'content-length': String(end - start + 1),
      ...headers,
    })
    const part = bytes.subarray(start, end + 1)
    for (let at = 0; at < part.length; at += 16_384) {
      if (response.destroyed) break
      response.write(part.subarray(at, at + 16_384))
    }
    response.end()
  }
  const server = tls === undefined ? createHttpServer(serve) : createHttpsServer(tls, serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://localhost:${port}`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
