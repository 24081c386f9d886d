// HTTP to addresses that somebody else chose. Every address is checked at the moment of dialling, so that neither
// a name that points inside nor a redirect (none is followed) reaches a private network.
import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { type AddressCheck, createAddressCheck, type OutboundReach } from './public-address.ts'

export type { OutboundReach } from './public-address.ts'

export class AddressDeniedError extends Error {
  override name = 'AddressDeniedError'
  readonly code = 'address_denied'
  constructor(host: string) {
    super(`${host} is not a public address; an operator can allow it by configuration`)
  }
}

export interface OutboundRequest {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  headers?: Record<string, string>
  body?: string | Buffer
  /** The whole exchange, from dialling to the last byte of the answer. */
  timeoutMs: number
  reach: OutboundReach
  /** What is kept of the answer's body; the rest is thrown away. Default 64 KiB. */
  keepBodyBytes?: number
  /** Gets the answer's body piece by piece, of which nothing is kept then; false leaves the rest. */
  onChunk?: (chunk: Buffer) => Promise<boolean>
}

export interface OutboundAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A GET whose answer is read as it comes. */
export interface OutboundDownload {
  url: string
  headers?: Record<string, string>
  /** From dialling to the head of the answer. */
  answerTimeoutMs: number
  /** The longest pause of the other side while it is read. */
  idleTimeoutMs: number
  /** The whole exchange. */
  timeoutMs: number
  reach: OutboundReach
  /** More is an error. */
  mostBytes: number
  signal?: AbortSignal
}

export interface OutboundStream {
  status: number
  headers: OutboundAnswer['headers']
  /** Read once, no faster than it is taken. Throws DownloadError where it breaks off or is too long. */
  body: AsyncIterable<Buffer>
  /** For who does not read the body: gives the connection up. */
  discard(): void
}

export type OutboundFailure = 'timeout' | 'address_denied' | 'unreachable' | 'broken_answer' | 'bad_url'

/** No answer came. `sent` tells whether the request may have reached the other side. */
export class OutboundError extends Error {
  override name = 'OutboundError'
  readonly code: OutboundFailure
  readonly sent: boolean
  constructor(code: OutboundFailure, message: string, sent: boolean, cause?: unknown) {
    super(message, { cause })
    this.code = code
    this.sent = sent
  }
}

/** An answer that was being read did not come to its end. */
export class DownloadError extends Error {
  override name = 'DownloadError'
  readonly code: 'timeout' | 'broken_answer' | 'too_large' | 'aborted'
  constructor(code: DownloadError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export interface Outbound {
  /** @throws OutboundError where no whole answer came */
  request(request: OutboundRequest): Promise<OutboundAnswer>
  /** @throws OutboundError where no answer came, DownloadError where it was given up */
  download(request: OutboundDownload): Promise<OutboundStream>
  close(): Promise<void>
}

export interface OutboundSettings {
  /** What a name points at. */
  resolve?: typeof lookup
  /** Networks that are reached although they are not public, as `10.1.0.0/16`. */
  allowedNetworks?: readonly string[]
  /** Makes what dials; the addresses are checked in front of it and in the look-up that it is given. */
  buildDialler?: (options: buildConnector.BuildOptions) => buildConnector.connector
}

function createAgent(reach: OutboundReach, isAllowed: AddressCheck, settings: OutboundSettings): Agent {
  const { resolve = lookup, buildDialler = buildConnector } = settings
  const checkedLookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      const [first] = found
      // One address inside is enough: nobody who means well mixes them.
      if (first === undefined || !found.every((entry) => isAllowed(entry.address, reach)))
        return done(new AddressDeniedError(host), [])
      return options.all ? done(null, found) : done(null, first.address, first.family)
    })
  }
  // Sinch LINE guide, "Media Messages": TLS 1.2 or later
  const dial = buildDialler({ lookup: checkedLookup, timeout: 3000, minVersion: 'TLSv1.2' })
  const connect: buildConnector.connector = (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !isAllowed(host, reach)) return done(new AddressDeniedError(host), null) // literals never reach the look-up
    return dial(options, done)
  }
  return new Agent({ connect, connections: 64, pipelining: 1, keepAliveTimeout: 30_000 })
}

export function createOutbound(settings: OutboundSettings = {}): Outbound {
  const isAllowed = createAddressCheck(settings.allowedNetworks)
  const agents = {
    public: createAgent('public', isAllowed, settings),
    loopback: createAgent('loopback', isAllowed, settings),
    any: createAgent('any', isAllowed, settings),
  }
  return {
    async request({ url, method = 'GET', headers = {}, body, timeoutMs, reach, keepBodyBytes = 65_536, onChunk }) {
      const target = parseTarget(url)
      const signal = AbortSignal.timeout(timeoutMs)
      let answer: Dispatcher.ResponseData
      try {
        answer = await agents[reach].request({ ...target, method, headers, body: body ?? null, signal })
      } catch (error) {
        throw noAnswer(error, signal.aborted)
      }
      try {
        const { statusCode: status, headers: answered } = answer
        if (onChunk === undefined)
          return { status, headers: answered, body: await readUpTo(answer.body, keepBodyBytes) }
        for await (const chunk of answer.body) if (!(await onChunk(chunk as Buffer))) break // no encoding is set
        return { status, headers: answered, body: Buffer.alloc(0) }
      } catch (cause) {
        const { code, message } = brokenAnswer(cause, signal.aborted)
        throw new OutboundError(code, message, true, cause)
      }
    },

    async download({ url, headers = {}, answerTimeoutMs, idleTimeoutMs, timeoutMs, reach, mostBytes, signal }) {
      const target = parseTarget(url)
      const overdue = AbortSignal.timeout(timeoutMs)
      const either = signal === undefined ? overdue : AbortSignal.any([overdue, signal])
      const timeouts = { headersTimeout: answerTimeoutMs, bodyTimeout: idleTimeoutMs }
      let answer: Dispatcher.ResponseData
      try {
        answer = await agents[reach].request({ ...target, method: 'GET', headers, signal: either, ...timeouts })
      } catch (error) {
        if (signal?.aborted) throw new DownloadError('aborted', 'given up', error)
        throw noAnswer(error, overdue.aborted)
      }
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: readWithin(answer.body, mostBytes, overdue, signal),
        discard: () => void answer.body.on('error', () => {}).destroy(),
      }
    },

    async close() {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()))
    },
  }
}

function parseTarget(url: string): { origin: string; path: string } {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch (cause) {
    throw new OutboundError('bad_url', 'not an absolute URL', false, cause)
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw new OutboundError('bad_url', 'only http and https are spoken', false)
  // It reads as another host than it is: https://example.com@10.0.0.1/
  if (parsed.username !== '' || parsed.password !== '')
    throw new OutboundError('bad_url', 'a URL with a user name or password is not called', false)
  return { origin: parsed.origin, path: `${parsed.pathname}${parsed.search}` }
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const TOO_LONG = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** Some errors have a field for the code and nothing in it: then their name says what they are. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code ?? error.name) : ''

function noAnswer(error: unknown, timedOut: boolean): OutboundError {
  if (error instanceof AddressDeniedError) return new OutboundError('address_denied', error.message, false, error)
  const code = codeOf(error)
  if (timedOut || TOO_LONG.has(code)) return new OutboundError('timeout', 'no answer in time', true, error)
  return new OutboundError('unreachable', code === '' ? 'no answer' : code, !NEVER_CONNECTED.has(code), error)
}

function brokenAnswer(cause: unknown, timedOut: boolean): { code: 'timeout' | 'broken_answer'; message: string } {
  if (timedOut || TOO_LONG.has(codeOf(cause))) return { code: 'timeout', message: 'the answer did not end in time' }
  return { code: 'broken_answer', message: 'the answer broke off' }
}

async function readUpTo(body: Dispatcher.ResponseData['body'], limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const part = chunk as Buffer // undici yields Buffers unless an encoding is set
    if (size < limitBytes) chunks.push(part.subarray(0, limitBytes - size))
    size += part.length
    if (size > limitBytes * 16) break // an endless answer: leave it
  }
  return Buffer.concat(chunks)
}

async function* readWithin(
  body: Dispatcher.ResponseData['body'],
  mostBytes: number,
  overdue: AbortSignal,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  let size = 0
  try {
    for await (const chunk of body) {
      const part = chunk as Buffer // undici yields Buffers unless an encoding is set
      size += part.length
      if (size > mostBytes) throw new DownloadError('too_large', `the answer has over ${mostBytes} bytes`)
      yield part
    }
  } catch (error) {
    if (error instanceof DownloadError) throw error
    if (signal?.aborted) throw new DownloadError('aborted', 'given up', error)
    const { code, message } = brokenAnswer(error, overdue.aborted)
    throw new DownloadError(code, message, error)
  }
}
