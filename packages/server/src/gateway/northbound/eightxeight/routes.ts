// The 8x8 Messaging API: routes, who may call them, and answers in its form.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../../kit/clock.ts'
import { hashSecret } from '../../../kit/compare.ts'
import type { Logger } from '../../../kit/log.ts'
import type { ProjectId } from '../../core/ids.ts'
import type { ApiKey, App, Content, Failure } from '../../core/model.ts'
import type { SendCommand, SendResult } from '../../core/send-message.ts'
import { UnavailableError } from '../../core/unavailable-error.ts'
import { answerError, type EightError } from './errors.ts'
import { writeAccepted } from './from-core.ts'
import { readSend } from './to-core.ts'

const MOST_BODY_BYTES = 1024 * 1024

export interface EightXEightOptions {
  keyByHash(secretSha256: string): Promise<ApiKey | undefined>
  appBySubAccount(projectId: ProjectId, subAccountId: string): Promise<App | undefined>
  send(command: SendCommand): Promise<SendResult>
  clock: Clock
  log: Logger
}

export function eightXEightEdge(options: EightXEightOptions) {
  const { keyByHash, appBySubAccount, send, clock, log } = options

  const apps = new WeakMap<FastifyRequest, App>()

  async function findApp(request: FastifyRequest): Promise<App | EightError> {
    const apiKey = /^Bearer ([!-~]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
    const key = apiKey === undefined ? undefined : await keyByHash(hashSecret(apiKey))
    if (key?.use !== '8x8' || key.projectId === undefined) return 'unauthorized'
    const { subAccountId } = request.params as { subAccountId?: string } // a path of no route has none
    if (subAccountId === undefined) return 'not-found'
    const app = await appBySubAccount(key.projectId, subAccountId)
    if (app === undefined || key.appIds?.includes(app.appId) === false) return 'unknown-sub-account'
    return app
  }

  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, parseJson)
    scope.setNotFoundHandler((_request, reply) => answerError(reply, 'not-found', clock.now()))
    scope.setErrorHandler((error: FastifyError, _request, reply) =>
      answerError(reply, readError(error, log), clock.now()),
    )
    // Before the body is read: strangers cannot make us read theirs.
    scope.addHook('onRequest', async (request, reply) => {
      const app = await findApp(request)
      if (typeof app === 'string') return answerError(reply, app, clock.now())
      apps.set(request, app)
    })

    scope.post('/subaccounts/:subAccountId/messages', async (request, reply) => {
      const app = apps.get(request)
      if (app === undefined) throw new Error('a request passed without a caller')
      const read = readSend(request.body, clock.now())
      if (!read.ok) return answerError(reply, read.error, clock.now(), read.detail)
      const { identity, user, content, clientMessageId, expiresAtMs } = read.send
      const result = await send({
        app,
        dialect: '8x8',
        recipient: { kind: 'identity', channel: 'LINE', identity },
        content,
        metadata: '',
        correlationId: '',
        clientMessageId,
        expiresAtMs,
        onFailure: 'answer',
      })
      return answerSend(
        reply,
        result,
        content,
        (messageId, atMs) => writeAccepted(messageId, user, clientMessageId, atMs),
        clock,
      )
    })
  }
}

type Accepted = SendResult & { kind: 'accepted' }

function answerSend(
  reply: FastifyReply,
  result: SendResult,
  content: Content,
  write: (messageId: Accepted['messageId'], atMs: number) => unknown,
  clock: Clock,
): FastifyReply {
  switch (result.kind) {
    case 'accepted':
      return reply.send(write(result.messageId, result.acceptedAtMs))
    case 'refused':
      return answerError(reply, refusalOf(result.failure, content), clock.now(), result.failure.description)
    case 'unknown-contact': // only asked for by LINE user id, which always gives a contact
      return answerError(reply, 'missing-user-id', clock.now())
    case 'overloaded':
      return answerError(reply, 'overloaded', clock.now())
    default:
      return result satisfies never
  }
}

/** What is decidable from the request is answered at once (8x8 facts sheet, 2.1.1). */
function refusalOf(failure: Failure, content: Content): EightError {
  switch (failure.code) {
    case 'bad-content':
      return BAD_CONTENT[content.kind] ?? 'invalid-parameter'
    case 'channel-missing':
      return 'no-channel'
    default:
      return 'invalid-parameter'
  }
}

/** What is wrong with a content that LINE does not take, where our own checks let it pass. */
const BAD_CONTENT: Readonly<Partial<Record<Content['kind'], EightError>>> = {
  text: 'text-too-long',
  image: 'invalid-media-url',
  video: 'invalid-media-url',
  audio: 'invalid-media-url',
  location: 'invalid-location',
}

function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
) {
  try {
    done(null, body.length === 0 ? undefined : JSON.parse(String(body)))
  } catch {
    done(Object.assign(new Error('The body is not valid JSON.'), { statusCode: 400 })) // the parser's own words quote the body
  }
}

function readError(error: FastifyError | UnavailableError, log: Logger): EightError {
  if (error instanceof UnavailableError) {
    log.warn({ err: error }, 'an 8x8 request has to come again')
    return 'unavailable'
  }
  switch (error.statusCode) {
    case 400:
      return 'malformed-json'
    case 413:
      return 'too-large'
    case 415:
      return 'media-type'
    default:
      log.error({ err: error }, 'an 8x8 request failed')
      return 'internal'
  }
}
