// The phone's pages: static files, for whoever may enter.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AccessGuard } from './access.ts'
import { serveFiles } from './files.ts'
import { refusedPage, sendPage, tokenPage } from './plain-pages.ts'

// Scripts, styles, calls, films and sounds of our own only; profile pictures come from anywhere that is https, and the
// phone's browser shows the pages of others in a sandbox.
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob:; frame-src http: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}
const MOST_FORM_BYTES = 4096
const SESSION_PATH = '/_hatoba/session'

export interface PagesParts {
  guard: AccessGuard
  /** Where the built pages lie, if they are built. */
  pagesDir: string | undefined
}

export async function servePages(scope: FastifyInstance, { guard, pagesDir }: PagesParts): Promise<void> {
  const built = pagesDir !== undefined && existsSync(join(pagesDir, 'index.html')) ? pagesDir : undefined
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    const verdict = guard.checkSite(request)
    if (!verdict.allowed) await sendPage(reply, 403, refusedPage(`Refused: ${verdict.reason}`))
    else if (request.routeOptions.url !== SESSION_PATH && !guard.mayEnter(request))
      await askForToken(request, reply, guard)
  })

  // What the file server refuses, as a path with two slashes, is nothing that is here.
  scope.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) throw error
    return reply.code(status === 403 ? 404 : status).send({ message: status === 403 ? 'Not found' : error.message })
  })
  serveSession(scope, guard)

  await serveFiles(scope, built)
}

/** Takes the token by a form and gives the cookie. */
function serveSession(scope: FastifyInstance, guard: AccessGuard): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  scope.post(SESSION_PATH, (request, reply) => {
    const { body } = request
    return enter(reply, guard, body instanceof URLSearchParams ? (body.get('token') ?? '') : '')
  })
}

/** A link with `?token=` gives the cookie and goes on without the token in the address. */
async function askForToken(request: FastifyRequest, reply: FastifyReply, guard: AccessGuard): Promise<void> {
  const { token } = request.query as Record<string, unknown> // Fastify gives an object of texts or lists of texts
  if (typeof token === 'string') await enter(reply, guard, token)
  else await sendPage(reply, 401, tokenPage(false))
}

function enter(reply: FastifyReply, guard: AccessGuard, token: string): FastifyReply {
  const cookie = guard.cookieFor(token)
  if (cookie === undefined) return sendPage(reply, 401, tokenPage(true))
  return reply.header('set-cookie', cookie).header('cache-control', 'no-store').redirect('/', 303)
}
