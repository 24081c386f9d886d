// The Conversation API: routes, who may call them, and answers in its form.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../../kit/clock.ts'
import { ulidToUuid, uuidToUlid } from '../../../kit/ids.ts'
import type { Logger } from '../../../kit/log.ts'
import { type MessageId, type ProjectId, parseId } from '../../core/ids.ts'
import type { MediaLinks } from '../../core/media.ts'
import type { App, Message } from '../../core/model.ts'
import type { SendCommand, SendResult } from '../../core/send-message.ts'
import { UnavailableError } from '../../core/unavailable-error.ts'
import type { Access } from './access.ts'
import { answerError, type SinchError } from './errors.ts'
import { microsecondTime, writeMessage } from './from-core.ts'
import { readSendRequest } from './to-core.ts'
import type { SendMessageResponse } from './wire.ts'

const MOST_BODY_BYTES = 1024 * 1024

export interface SinchOptions {
  access: Access
  app(appId: App['appId']): Promise<App | undefined>
  findMessage(projectId: ProjectId, messageId: MessageId): Promise<Message | undefined>
  send(command: SendCommand): Promise<SendResult>
  links: MediaLinks
  clock: Clock
  log: Logger
}

export function sinchEdge(options: SinchOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, parseJson)
    scope.setNotFoundHandler((_request, reply) => answerError(reply, { kind: 'not-found', message: 'Not found.' }))
    scope.setErrorHandler((error: FastifyError, _request, reply) => answerError(reply, readError(error, options.log)))

    const projects = new WeakMap<FastifyRequest, ProjectId>()
    // Before the body is read: strangers cannot make us read theirs.
    scope.addHook('onRequest', async (request, reply) => {
      const caller = await options.access.authenticate(request.headers.authorization)
      if (!caller.ok) return answerError(reply, caller.error)
      const { project_id: named } = request.params as { project_id?: string } // a path of no route has none
      if (named !== undefined && parseId<ProjectId>(named) !== caller.projectId)
        return answerError(reply, { kind: 'forbidden' })
      projects.set(request, caller.projectId)
    })

    type Handle = (call: Call) => Promise<FastifyReply>
    const handler = (handle: Handle) => (request: FastifyRequest, reply: FastifyReply) => {
      const projectId = projects.get(request)
      if (projectId === undefined) throw new Error('a request passed without a caller')
      return handle({ options, request, reply, projectId })
    }

    // In a route's path two colons stand for one that is no parameter.
    const sendPath = '/projects/:project_id/messages::send'
    const messagePath = '/projects/:project_id/messages/:message_id'
    scope.post(sendPath, handler(sendOne))
    scope.get(messagePath, handler(getOne))
    scope.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: sendPath, handler: undefinedMethod })
    scope.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url: messagePath, handler: undefinedMethod })
  }
}

interface Call {
  options: SinchOptions
  request: FastifyRequest
  reply: FastifyReply
  projectId: ProjectId
}

async function sendOne({ options, request, reply, projectId }: Call): Promise<FastifyReply> {
  const { app, send, clock } = options
  const read = readSendRequest(request.body)
  if (!read.ok) {
    const message = read.violations.map(({ field, description }) => `${field} ${description}`.trim()).join('; ')
    return answerError(reply, { kind: 'invalid', message: `Invalid request: ${message}.`, violations: read.violations })
  }
  const { appId, ttlMs, certainFailure, ...rest } = read.request
  const found = appId === undefined ? undefined : await app(appId)
  if (found === undefined || found.projectId !== projectId)
    return answerError(reply, { kind: 'not-found', message: 'The app does not exist in this project.' })
  const result = await send({
    ...rest,
    app: found,
    dialect: 'sinch',
    clientMessageId: undefined,
    expiresAtMs: ttlMs === undefined ? undefined : clock.now() + ttlMs,
    ...(certainFailure !== undefined && { certainFailure }),
    onFailure: 'report',
  })
  switch (result.kind) {
    case 'accepted': {
      const { messageId, acceptedAtMs } = result
      const body: SendMessageResponse = {
        message_id: uuidToUlid(messageId),
        accepted_time: microsecondTime(acceptedAtMs),
      }
      return reply.send(body)
    }
    case 'unknown-contact':
      return answerError(reply, {
        kind: 'not-found',
        message: 'The contact does not exist or has no identity in this app.',
      })
    case 'overloaded':
      return answerError(reply, { kind: 'overloaded' })
    case 'refused': // asked to report failures, not to answer them
      return answerError(reply, { kind: 'invalid', message: result.failure.description })
    default:
      return result satisfies never
  }
}

async function getOne({ options, request, reply, projectId }: Call): Promise<FastifyReply> {
  const { message_id: ulid } = request.params as { message_id: string } // the path has it
  const { messages_source: source = 'CONVERSATION_SOURCE' } = request.query as Record<string, unknown> // Fastify's parsed query
  if (source !== 'CONVERSATION_SOURCE' && source !== 'DISPATCH_SOURCE') {
    const violation = { field: 'messages_source', description: 'must be CONVERSATION_SOURCE or DISPATCH_SOURCE' }
    return answerError(reply, {
      kind: 'invalid',
      message: `${violation.field} ${violation.description}.`,
      violations: [violation],
    })
  }
  const messageId = parseId<MessageId>(ulidToUuid(ulid) ?? '')
  // Every app is in conversation mode: nothing was ever sent in dispatch mode.
  const message =
    messageId === undefined || source === 'DISPATCH_SOURCE'
      ? undefined
      : await options.findMessage(projectId, messageId)
  if (message === undefined) return answerError(reply, { kind: 'not-found', message: 'The message does not exist.' })
  return reply.send(writeMessage(message, options.links))
}

async function undefinedMethod(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return answerError(reply, { kind: 'unimplemented' })
}

/** Sinch's clients name JSON as content type also where there is no body. */
function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
) {
  if (body.length === 0) return done(null, undefined)
  try {
    done(null, JSON.parse(String(body)))
  } catch {
    done(Object.assign(new Error('The body is not valid JSON.'), { statusCode: 400 })) // the parser's own words quote the body
  }
}

function readError(error: FastifyError | UnavailableError, log: Logger): SinchError {
  if (error instanceof UnavailableError) {
    log.warn({ err: error }, 'a Conversation API request has to come again')
    return { kind: 'unavailable' }
  }
  switch (error.statusCode) {
    case 400:
      return { kind: 'invalid', message: 'The body is not valid JSON.' }
    case 413:
      return { kind: 'too-large' }
    case 415:
      return { kind: 'media-type' }
    default:
      log.error({ err: error }, 'a Conversation API request failed')
      return { kind: 'internal' }
  }
}
