// A web application with LINE Login: pages that use the login SDK as a plain module, and this tiny server, which gives
// them out and, where it has the channel's secret, exchanges codes for them.
// Run: LINE_API_URL=http://localhost:8081 LINE_LOGIN_CHANNEL_ID=... node --conditions=@hatoba/source examples/login-web/login-web.ts
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExchangeRequest } from '@hatoba/line/login'

const {
  LINE_API_URL = 'https://api.line.me',
  LINE_ACCESS_URL = LINE_API_URL === 'https://api.line.me' ? 'https://access.line.me' : LINE_API_URL,
  LINE_LOGIN_CHANNEL_ID = '',
  LINE_LOGIN_CHANNEL_SECRET,
  PORT = '8083',
} = process.env

const PAGES = new URL('pages/', import.meta.url)
const SDK = fileURLToPath(import.meta.resolve('@hatoba/line/login'))
const SDK_ENTRY = `/sdk/${SDK.endsWith('.ts') ? 'index.ts' : 'index.js'}`
const SDK_FILE = /^\/sdk\/((?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:js|ts))$/
const MOST_BODY_BYTES = 10_000

const settings = {
  channelId: LINE_LOGIN_CHANNEL_ID,
  apiUrl: LINE_API_URL,
  accessUrl: LINE_ACCESS_URL,
  exchange: LINE_LOGIN_CHANNEL_SECRET !== undefined,
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    if (!response.headersSent) send(response, 500, 'text/plain', 'Something went wrong.')
  })
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const sdkFile = SDK_FILE.exec(pathname)?.[1]
  if (request.method === 'POST' && pathname === '/exchange') return exchange(request, response)
  if (pathname === '/' || pathname === '/callback') {
    const page = await readFile(new URL('index.html', PAGES), 'utf8')
    return send(response, 200, 'text/html; charset=utf-8', page.replace('{SDK_ENTRY}', SDK_ENTRY))
  }
  if (pathname === '/app.js')
    return send(response, 200, 'text/javascript', await readFile(new URL('app.js', PAGES), 'utf8'))
  if (pathname === '/settings.json') return send(response, 200, 'application/json', JSON.stringify(settings))
  if (sdkFile !== undefined) {
    const source = await readFile(join(dirname(SDK), sdkFile), 'utf8')
    return send(response, 200, 'text/javascript', sdkFile.endsWith('.ts') ? stripTypeScriptTypes(source) : source)
  }
  send(response, 404, 'text/plain', 'Not found')
}

/** Adds the secret, which no page ever sees, and passes LINE's answer on. */
async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const piece of request) {
    body += piece
    if (body.length > MOST_BODY_BYTES) return send(response, 413, 'text/plain', 'Too large')
  }
  const asked = JSON.parse(body) as ExchangeRequest // from our own page; LINE checks each value
  const form = new URLSearchParams({
    ...formOf(asked),
    client_id: LINE_LOGIN_CHANNEL_ID,
    client_secret: LINE_LOGIN_CHANNEL_SECRET ?? '',
  })
  const path = asked.kind === 'revoke' ? '/oauth2/v2.1/revoke' : '/oauth2/v2.1/token'
  const answered = await fetch(LINE_API_URL + path, { method: 'POST', body: form })
  send(response, answered.status, 'application/json', await answered.text())
}

function formOf(asked: ExchangeRequest): Record<string, string> {
  switch (asked.kind) {
    case 'code':
      return {
        grant_type: 'authorization_code',
        code: asked.code,
        redirect_uri: asked.redirectUri,
        code_verifier: asked.codeVerifier,
      }
    case 'refresh':
      return { grant_type: 'refresh_token', refresh_token: asked.refreshToken ?? '' }
    case 'revoke':
      return { access_token: asked.accessToken }
    default:
      return asked satisfies never
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}

server.listen(Number(PORT), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // of a server that listens on a port
  process.stdout.write(`http://localhost:${port}\n`)
})
