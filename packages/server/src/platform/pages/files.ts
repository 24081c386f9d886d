// The built pages as files; their one document answers at every address that is none.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NOT_BUILT_PAGE, sendPage } from './plain-pages.ts'

/** @param builtDir undefined where the pages are not built */
export async function serveFiles(scope: FastifyInstance, builtDir: string | undefined): Promise<void> {
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

function answerOtherwise(request: FastifyRequest, reply: FastifyReply, sendDocument: () => FastifyReply): FastifyReply {
  const wantsDocument = request.method === 'GET' && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*')
  return wantsDocument ? sendDocument() : reply.code(404).send({ message: 'Not found' })
}
