// LINE's API over HTTP. Each request goes the same way: request id, authentication, content type, size, retry key,
// the operation, the answer with LINE's headers, and one entry in the timeline.
// The framework reads no body here: the raw text goes to the operation, since LINE's wording wants line and column.
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import type { ApiProfile } from '@hatoba/line/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import { checkSentMedia } from '../media/check-sent-media.ts'
import { shortenSecret } from '../timeline.ts'
import { type Answer, errorAnswer } from './answers.ts'
import { type Authentication, authenticate, type Caller, INVALID_TOKEN as CHANNEL_GONE } from './authentication.ts'
import { faultOfCall, spoil } from './faulty-call.ts'
import { refuseWrongHost } from './hosts.ts'
import { authenticateMissionSticker } from './mission-sticker.ts'
import { NOT_EMULATED } from './not-emulated.ts'
import type { ChannelCall, Operation } from './operation.ts'
import { mayCall, NO_ACCESS } from './operation-access.ts'
import { LINE_PATHS, OPERATIONS } from './operations.ts'
import { RATE_EXCEEDED } from './rate-limits.ts'
import { answerToRetryKey, RETRY_KEY_NOT_TAKEN, rememberRetryKey } from './retry-key.ts'

// LINE reference, "Messaging API: request size": 2 MB
const MOST_BODY_BYTES = 2 * 1024 * 1024
const MOST_KEPT_ANSWER = 8192

/** A call between its headers and its answer. */
interface OpenedCall {
  readonly requestId: string
  readonly entryId: number
  readonly channel: LineChannel | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    lineCall: OpenedCall | null
  }
}

/** Registers every operation of the table in a scope of its own. */
export async function serveLineApi(scope: FastifyInstance, core: PlatformCore): Promise<void> {
  scope.decorateRequest('lineCall', null)
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, (_request, body, done) => {
    done(null, body)
  })
  scope.setErrorHandler((error, request, reply) => {
    finish(request, reply, core, answerToError(error, request, core))
  })
  for (const operation of OPERATIONS) addRoute(scope, operation, core)
  const openUnknown = (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    request.lineCall = open(request, core, undefined, undefined)
    done()
  }
  for (const { name, method, path } of NOT_EMULATED)
    scope.route({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      exposeHeadRoute: false,
      onRequest: openUnknown,
      handler: (request, reply) => finish(request, reply, core, notEmulated(request, name)),
    })
  for (const url of LINE_PATHS.flatMap((path) => [path, path.replace(/\/\*$/, '')]))
    scope.all(url, {
      onRequest: openUnknown,
      handler: (request, reply) => finish(request, reply, core, notEmulated(request)),
    })
}

function addRoute(scope: FastifyInstance, operation: Operation, core: PlatformCore): void {
  const { method, path: url } = operation
  scope.route({
    method,
    url,
    exposeHeadRoute: false,
    onRequest: (request, reply, done) => {
      const refusal = admit(operation, request, core)
      if (refusal === undefined) done()
      else finish(request, reply, core, refusal)
    },
    handler: (request, reply) => {
      const fault = faultOfCall(operation, request, core)
      if (fault !== undefined) {
        const call = {
          perform: () => checkThenPerform(operation, request, core),
          finish: (answer: Answer) => finish(request, reply, core, answer),
          tell: (answer: Answer) => tell(request, core, answer),
        }
        return spoil(fault, call, reply, core)
      }
      const answer = checkThenPerform(operation, request, core)
      if (answer instanceof Promise) return answer.then((late) => finish(request, reply, core, late))
      return finish(request, reply, core, answer)
    },
  })
}

/** Opens the call and checks what can be told from the headers. LINE facts sheet, "Validation": the order of checks */
function admit(operation: Operation, request: FastifyRequest, core: PlatformCore): Answer | undefined {
  const { headers } = request
  const authentication = identify(operation, { headers, address: request.socket.remoteAddress }, core)
  const channel = authentication?.ok ? authentication.channel : undefined
  request.lineCall = open(request, core, operation, channel)
  const misplaced = core.strictHosts ? refuseWrongHost(operation, headers.host, channel?.profile) : undefined
  if (misplaced !== undefined) return misplaced
  if (authentication?.ok === false) return authentication.answer
  if (channel !== undefined) {
    if (!mayCall(channel.apiAccess, operation.name)) return NO_ACCESS
    if (!core.rateLimits.take(channel, operation.name)) return RATE_EXCEEDED
  }
  const wanted = operation.body === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  if (operation.body === 'none' || isMediaType(headers['content-type'], wanted)) return undefined
  const hasBody = headers['content-length'] !== '0' && (headers['content-length'] ?? headers['transfer-encoding'])
  if (!hasBody && headers['content-type'] === undefined) return undefined // its operation says what is missing
  return unsupported(headers['content-type'], channel)
}

function unsupported(contentType: string | undefined, channel: LineChannel | undefined): Answer {
  // LINE reference 2017, "Status codes", has no 415
  const status = channel?.profile === '2017' ? 400 : 415
  return errorAnswer(status, `The content type, ${mediaType(contentType)}, is not supported`)
}

function identify({ auth }: Operation, caller: Caller, core: PlatformCore): Authentication | undefined {
  switch (auth) {
    case 'channel':
      return authenticate(caller, core)
    case 'mission-sticker':
      return authenticateMissionSticker(caller, core)
    case 'none':
      return undefined
    default:
      return auth satisfies never
  }
}

const NAMES_FILES = new Set(['replyMessage', 'pushMessage', 'multicast', 'broadcast', 'narrowcast'])

/** Where the channel wants it, the files that are sent are looked at before anything happens. */
function checkThenPerform(operation: Operation, request: FastifyRequest, core: PlatformCore): Answer | Promise<Answer> {
  const { lineCall, body } = request
  const channel = lineCall?.channel
  if (lineCall === null || !channel?.settings.checkMedia || !NAMES_FILES.has(operation.name))
    return perform(operation, request, core)
  return checkSentMedia(core, channel, typeof body === 'string' ? body : '', lineCall.entryId).then((details) =>
    details.length === 0
      ? perform(operation, request, core)
      : errorAnswer(400, { message: `The request body has ${details.length} error(s)`, details }),
  )
}

function perform(operation: Operation, request: FastifyRequest, core: PlatformCore): Answer | Promise<Answer> {
  const { lineCall, params, body } = request
  if (lineCall === null) throw new Error('a call reached its operation without being opened')
  const { requestId, entryId } = lineCall
  const rawText = typeof body === 'string' ? body : ''
  const base = {
    requestId,
    entryId,
    params: params as Record<string, string>, // the router makes it so
    rawText,
    query: (name: string) => new URL(request.url, 'http://line').searchParams.get(name) ?? undefined,
    header: (name: string) => headerOf(request, name),
    note: (notes: readonly string[]) => core.timeline.fill(entryId, { notes }),
  }
  const retryKey = request.headers['x-line-retry-key']
  if (operation.auth === 'none') return retryKey === undefined ? operation.handle(base, core) : RETRY_KEY_NOT_TAKEN
  if (lineCall.channel === undefined) throw new Error('a call reached its operation without a channel')
  // As it is now: while the body came, the channel may have changed, or be gone with all that was before a reset.
  const channel = core.channels.find(lineCall.channel.channelId)
  if (channel === undefined) return CHANNEL_GONE
  core.timeline.fill(entryId, { request: rawText }, rawText.length)
  const call: ChannelCall = { ...base, channel }
  if (retryKey === undefined) return operation.handle(call, core)
  const key = String(retryKey)
  const refusal = answerToRetryKey(key, operation, channel, core)
  if (refusal !== undefined) return refusal
  const answer = operation.handle(call, core)
  if (answer instanceof Promise) throw new Error(`${operation.name} takes a retry key and must answer at once`)
  rememberRetryKey(key, answer, call, core)
  return answer
}

function open(
  request: FastifyRequest,
  core: PlatformCore,
  operation: Operation | undefined,
  channel: LineChannel | undefined,
): OpenedCall {
  const credential = shownCredential(request)
  const requestId = core.identifiers.requestId()
  const entryId = core.timeline.add(
    {
      kind: 'call',
      atMs: core.clock.now(),
      method: request.method,
      path: pathOf(request.url),
      requestId,
      ...(operation !== undefined && { operation: operation.name }),
      ...(channel !== undefined && { channelId: channel.channelId }),
      ...(credential !== undefined && { authorization: credential }),
    },
    request.url.length,
  )
  return { requestId, entryId, channel }
}

/** Fills the outcome into the timeline. */
function tell(request: FastifyRequest, core: PlatformCore, answer: Answer): void {
  const call = request.lineCall
  const body = answer.body.length <= MOST_KEPT_ANSWER && call?.channel !== undefined ? answer.body : undefined
  if (call !== null)
    core.timeline.fill(
      call.entryId,
      { status: answer.status, ...(body !== undefined && { answer: body }) },
      body?.length ?? 0,
    )
}

/** Writes the answer past the framework: nothing of its reply is needed here, and bots send many requests. */
function finish(request: FastifyRequest, reply: FastifyReply, core: PlatformCore, answer: Answer): void {
  const call = request.lineCall
  tell(request, core, answer)
  reply.hijack()
  writeAnswer(reply.raw, answer, call?.requestId ?? core.identifiers.requestId(), call?.channel?.profile, (error) =>
    core.log.info({ err: error, path: pathOf(request.url) }, 'the bytes of an answer did not go out whole'),
  )
}

/** LINE facts sheet, "Common HTTP behaviour": the headers seen on real answers. */
export function writeAnswer(
  raw: ServerResponse,
  answer: Answer,
  requestId: string,
  profile?: ApiProfile,
  onBroken: (error: Error) => void = () => undefined,
): void {
  const headers = [
    'Server',
    'legy',
    'Content-Type',
    answer.binary?.mediaType ?? (profile === '2017' ? 'application/json;charset=UTF-8' : 'application/json'),
    'Content-Length',
    String(answer.binary?.sizeBytes ?? Buffer.byteLength(answer.body)),
    'X-Line-Request-Id',
    requestId,
    'X-Content-Type-Options',
    'nosniff',
    'X-XSS-Protection',
    '1; mode=block',
    'X-Frame-Options',
    'DENY',
    'Expires',
    httpDate(),
    'Cache-Control',
    'max-age=0, no-cache, no-store',
    'Pragma',
    'no-cache',
  ]
  if (answer.headers !== undefined)
    for (const [name, value] of Object.entries(answer.headers)) headers.push(name, value)
  raw.writeHead(answer.status, headers)
  if (answer.binary === undefined) raw.end(answer.body)
  // A file that cannot be read, or a reader that goes away, ends the connection: the answer has begun.
  else pipeline(answer.binary.open(), raw, (error) => error && onBroken(error))
}

let dateSecond = 0
let dateText = ''

function httpDate(): string {
  const second = Math.floor(Date.now() / 1000)
  if (second !== dateSecond) {
    dateSecond = second
    dateText = new Date(second * 1000).toUTCString()
  }
  return dateText
}

/** Not 501: callers take a 5xx for a failure that passes and try again. */
function notEmulated(request: FastifyRequest, name?: string): Answer {
  const what = `${request.method} ${pathOf(request.url)}${name === undefined ? '' : ` (${name})`}`
  return errorAnswer(404, `Not found: Hatoba does not emulate ${what}`)
}

function answerToError(error: unknown, request: FastifyRequest, core: PlatformCore): Answer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // unconfirmed: LINE's reference gives the status and no wording
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return errorAnswer(413, 'The request body is too large')
  if (code === 'ECONNRESET') return errorAnswer(400, 'Bad Request')
  // a header that is no media type at all, where the operation takes no body of its own
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return unsupported(request.headers['content-type'], request.lineCall?.channel)
  // whatever else the framework finds wrong with a request is the caller's
  if (isRefusal(error)) return errorAnswer(400, 'Bad Request')
  core.log.error({ err: error, requestId: request.lineCall?.requestId, path: pathOf(request.url) }, 'call failed')
  return errorAnswer(500, 'Internal server error')
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error && 'statusCode' in error)) return false
  const { statusCode } = error
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** Without the query: a token may stand in it. */
function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

function isMediaType(contentType: string | undefined, wanted: string): boolean {
  return contentType === wanted || (contentType !== undefined && mediaType(contentType) === wanted)
}

/** unconfirmed: a body without a type is called what HTTP takes it for. */
function mediaType(contentType = 'application/octet-stream'): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** What the timeline shows of who called: nothing that somebody could call with. */
function shownCredential({ headers }: FastifyRequest): string | undefined {
  const { authorization, 'x-line-channelid': channelId } = headers
  if (authorization !== undefined) return shortenAuthorization(authorization)
  return channelId === undefined ? undefined : `X-Line-ChannelID ${String(channelId).slice(0, 20)}`
}

function shortenAuthorization(authorization: string): string {
  return authorization.startsWith('Bearer ') ? `Bearer ${shortenSecret(authorization.slice(7))}` : '***'
}
