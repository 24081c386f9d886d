// The phone's pages: static files, for whoever may enter.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AccessGuard } from './access.ts'
import { NOT_BUILT_PAGE, refusedPage, tokenPage } from './plain-pages.ts'

// Scripts, styles and calls of our own only; pictures of users and bots come from anywhere that is https.
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; img-src 'self' data: blob: https:; media-src 'self' blob: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}
const MOST_FORM_BYTES = 4096

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
  })

  serveSession(scope, guard)

  scope.register((inside) => serveFiles(inside, guard, built))
}

async function serveFiles(scope: FastifyInstance, guard: AccessGuard, builtDir: string | undefined): Promise<void> {
  scope.addHook('onRequest', async (request, reply) => {
    if (!guard.mayEnter(request)) await letIn(request, reply, guard)
  })
  if (builtDir === undefined) {
    scope.get('/*', (request, reply) => answerOtherwise(request, reply, () => sendPage(reply, 200, NOT_BUILT_PAGE)))
    return
  }
  const { fastifyStatic } = await import('@fastify/static')
  await scope.register(fastifyStatic, {
    root: builtDir,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The builder puts a hash of the content into the names of what it writes to assets/.
      const hashed = /[\\/]assets[\\/]/.test(path)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // The pages' own addresses are not files: the one page knows them.
  scope.setNotFoundHandler((request, reply) => answerOtherwise(request, reply, () => reply.sendFile('index.html')))
}

/** Takes the token by a form and gives the cookie. */
function serveSession(scope: FastifyInstance, guard: AccessGuard): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  scope.post('/_hatoba/session', (request, reply) => {
    const { body } = request
    return enter(reply, guard, body instanceof URLSearchParams ? (body.get('token') ?? '') : '')
  })
}

/** A link with `?token=` gives the cookie and goes on without the token in the address. */
async function letIn(request: FastifyRequest, reply: FastifyReply, guard: AccessGuard): Promise<void> {
  const { token } = request.query as Record<string, unknown> // Fastify gives an object of texts or lists of texts
  if (typeof token === 'string') await enter(reply, guard, token)
  else await sendPage(reply, 401, tokenPage(false))
}

function enter(reply: FastifyReply, guard: AccessGuard, token: string): FastifyReply {
  const cookie = guard.cookieFor(token)
  if (cookie === undefined) return sendPage(reply, 401, tokenPage(true))
  return reply.header('set-cookie', cookie).header('cache-control', 'no-store').redirect('/', 303)
}

function answerOtherwise(request: FastifyRequest, reply: FastifyReply, sendDocument: () => FastifyReply): FastifyReply {
  const wantsDocument = request.method === 'GET' && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*')
  return wantsDocument ? sendDocument() : reply.code(404).send({ message: 'Not found' })
}

function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)
}
