// POST /oauth2/token: an access token for an access key (OAuth 2.0 client credentials). Errors in OAuth's form.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Logger } from '../../../kit/log.ts'
import { UnavailableError } from '../../core/unavailable-error.ts'
import type { Access } from './access.ts'

const MOST_BODY_BYTES = 8192

export function tokenRoute(access: Access, log: Logger) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MOST_BODY_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    scope.setNotFoundHandler((_request, reply) => answer(reply, 404, 'invalid_request', 'Not found.'))
    scope.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
      if (error instanceof UnavailableError) {
        void reply.header('retry-after', '1')
        return answer(reply, 503, 'temporarily_unavailable', 'Try again later.')
      }
      const { statusCode = 500 } = error
      if (statusCode < 500)
        return answer(reply, 400, 'invalid_request', 'The body must be a form (application/x-www-form-urlencoded).')
      log.error({ err: error }, 'a token could not be issued')
      return answer(reply, 500, 'server_error', 'Internal error.')
    })
    scope.post('/token', async (request, reply) => {
      const key = await access.keyOf(request.headers.authorization)
      if (key === undefined) {
        void reply.header('www-authenticate', 'Basic')
        return answer(reply, 401, 'invalid_client', 'The access key is unknown or its secret is wrong.')
      }
      const grant = request.body instanceof URLSearchParams ? request.body.get('grant_type') : null
      if (grant === null) return answer(reply, 400, 'invalid_request', 'grant_type is required.')
      if (grant !== 'client_credentials')
        return answer(reply, 400, 'unsupported_grant_type', 'grant_type must be client_credentials.')
      const { accessToken, expiresInS } = await access.issueToken(key)
      void reply.header('cache-control', 'no-store')
      return reply.send({ access_token: accessToken, expires_in: expiresInS, scope: '', token_type: 'bearer' })
    })
  }
}

function answer(reply: FastifyReply, status: number, error: string, description: string): FastifyReply {
  return reply.code(status).send({ error, error_description: description })
}
