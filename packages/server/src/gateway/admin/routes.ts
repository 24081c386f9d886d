// The admin API behind the CLI and the operator console: everything that is configured, and a look at what runs.
// ADMIN_ROUTES is the table of all that it does; docs/admin-api.md is checked against it.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ApiKey } from '../core/model.ts'
import { admit } from './access.ts'
import { type AdminAnswer, ok } from './answer.ts'
import { appRoutes } from './apps.ts'
import { auditLogRoutes } from './audit-log.ts'
import type { Actor, AdminContext, AdminRoute } from './context.ts'
import { deadLetterRoutes } from './dead-letters.ts'
import { type AdminError, answerError } from './errors.ts'
import { keyRoutes } from './keys.ts'
import { lineChannelRoutes } from './line-channels.ts'
import { messageRoutes } from './messages.ts'
import { peopleRoutes } from './people.ts'
import { projectRoutes } from './projects.ts'
import { webhookRoutes } from './webhooks.ts'

const MOST_BODY_BYTES = 64 * 1024
const DEEPEST = 8

const meRoute: AdminRoute = { method: 'GET', path: '/me', handle: async ({ actor }) => ok(actor) }

export const ADMIN_ROUTES: readonly AdminRoute[] = [
  meRoute,
  ...projectRoutes,
  ...keyRoutes,
  ...appRoutes,
  ...lineChannelRoutes,
  ...webhookRoutes,
  ...peopleRoutes,
  ...messageRoutes,
  ...deadLetterRoutes,
  ...auditLogRoutes,
]

export interface AdminEdgeOptions {
  context: AdminContext
  keyByHash(secretSha256: string): Promise<ApiKey | undefined>
}

export function adminEdge({ context, keyByHash }: AdminEdgeOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, parseJson)
    scope.setNotFoundHandler((_request, reply) => answerError(reply, { code: 'not_found', message: 'Not found.' }))
    scope.setErrorHandler((error: FastifyError, _request, reply) => answerError(reply, readError(error, context)))

    const actors = new WeakMap<FastifyRequest, Actor>()
    // Before the body is read, and before it is told whether there is such a path.
    scope.addHook('onRequest', async (request, reply) => {
      const admission = await admit(request.headers.authorization, request.method, keyByHash)
      if (admission.kind === 'refused') return answerError(reply, admission.error)
      actors.set(request, admission.actor)
    })

    for (const { method, path, handle } of ADMIN_ROUTES)
      scope.route({
        method,
        url: path,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const actor = actors.get(request)
          if (actor === undefined) throw new Error('a request passed without a caller')
          const { query, body } = request
          const params = request.params as Record<string, string> // path parameters are texts
          return answer(reply, await handle({ context, actor, params, query, body }))
        },
      })
  }
}

function answer(reply: FastifyReply, result: AdminAnswer): FastifyReply {
  void reply.header('cache-control', 'no-store')
  switch (result.kind) {
    case 'ok':
      return reply.send(result.body)
    case 'created':
      return reply.code(201).send(result.body)
    case 'gone':
      return reply.code(204).send()
    case 'refused':
      return answerError(reply, result.error)
    default:
      return result satisfies never
  }
}

function parseJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
) {
  try {
    const value: unknown = body.length === 0 ? undefined : JSON.parse(String(body))
    if (depthOf(value) > DEEPEST) throw new RangeError('too deep')
    done(null, value)
  } catch {
    done(Object.assign(new Error('not JSON'), { statusCode: 400 })) // the parser's own words quote the body
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function readError(error: FastifyError, { log }: AdminContext): AdminError {
  switch (error.statusCode) {
    case 400:
      return { code: 'invalid', message: 'The request cannot be read: the body must be JSON.' }
    case 413:
      return { code: 'too_large', message: `The body has more than ${MOST_BODY_BYTES} bytes.` }
    case 415:
      return { code: 'media_type', message: 'The Content-Type must be application/json.' }
    default:
      log.error({ err: error }, 'a request to the admin API failed')
      return { code: 'internal', message: 'Internal error.' }
  }
}
