// HTTP to addresses that somebody else chose. Every address is checked at the moment of dialling, so that neither
// a name that points inside nor a redirect (none is followed) reaches a private network.
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'

/** `public`: public addresses only. `loopback`: also this machine. `any`: every address. */
export type OutboundReach = 'public' | 'loopback' | 'any'

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

export interface Outbound {
  /** @throws OutboundError where no whole answer came */
  request(request: OutboundRequest): Promise<OutboundAnswer>
  close(): Promise<void>
}

// IANA special-purpose address registries (IPv4 and IPv6), and the IPv6 forms that carry an IPv4 address.
const SPECIAL_IPV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const SPECIAL_IPV6: [string, number][] = [
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]

function denyList(includeLoopback: boolean): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of SPECIAL_IPV4) list.addSubnet(net, prefix, 'ipv4')
  for (const [net, prefix] of SPECIAL_IPV6) list.addSubnet(net, prefix, 'ipv6')
  list.addSubnet('::', 96, 'ipv6') // the IPv4-compatible form; ::1 lies in it too
  if (includeLoopback) list.addSubnet('127.0.0.0', 8, 'ipv4')
  return list
}

const publicOnly = denyList(true)
const loopbackToo = denyList(false)

function isDenied(address: string, reach: OutboundReach): boolean {
  if (reach === 'any') return false
  if (reach === 'loopback' && address === '::1') return false
  const list = reach === 'public' ? publicOnly : loopbackToo
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') // a mapped ::ffff:a.b.c.d counts as its IPv4 address
}

function createAgent(reach: OutboundReach, resolve: typeof lookup): Agent {
  const checkedLookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, [])
      const allowed = found.filter((entry) => !isDenied(entry.address, reach))
      const [first] = allowed
      if (first === undefined) return done(new AddressDeniedError(host), [])
      return options.all ? done(null, allowed) : done(null, first.address, first.family)
    })
  }
  const dial = buildConnector({ lookup: checkedLookup, timeout: 3000 })
  const connect: buildConnector.connector = (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && isDenied(host, reach)) return done(new AddressDeniedError(host), null) // literals never reach the look-up
    return dial(options, done)
  }
  return new Agent({ connect, connections: 64, pipelining: 1, keepAliveTimeout: 30_000 })
}

/** @param resolve the resolver, for tests of what a name may point at */
export function createOutbound(resolve: typeof lookup = lookup): Outbound {
  const agents = {
    public: createAgent('public', resolve),
    loopback: createAgent('loopback', resolve),
    any: createAgent('any', resolve),
  }
  return {
    async request({ url, method = 'GET', headers = {}, body, timeoutMs, reach, keepBodyBytes = 65_536, onChunk }) {
      let parsed: URL
      try {
        parsed = new URL(url)
      } catch (cause) {
        throw new OutboundError('bad_url', 'not an absolute URL', false, cause)
      }
      if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
        throw new OutboundError('bad_url', 'only http and https are spoken', false)
      const signal = AbortSignal.timeout(timeoutMs)
      let answer: Dispatcher.ResponseData
      try {
        answer = await agents[reach].request({
          origin: parsed.origin,
          path: `${parsed.pathname}${parsed.search}`,
          method,
          headers,
          body: body ?? null,
          signal,
        })
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
        if (signal.aborted) throw new OutboundError('timeout', 'the answer did not end in time', true, cause)
        throw new OutboundError('broken_answer', 'the answer broke off', true, cause)
      }
    },
    async close() {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()))
    },
  }
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function noAnswer(error: unknown, timedOut: boolean): OutboundError {
  if (error instanceof AddressDeniedError) return new OutboundError('address_denied', error.message, false, error)
  if (timedOut) return new OutboundError('timeout', 'no answer in time', true, error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new OutboundError('unreachable', code === '' ? 'no answer' : code, !NEVER_CONNECTED.has(code), error)
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
