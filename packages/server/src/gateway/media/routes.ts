// GET /media/...: people's files to whoever has a signed link, in parts where that is asked for. The bytes come from
// strangers: nothing of them may run in a browser or be taken for something else.
import { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseRange } from '../../kit/byte-range.ts'
import type { Clock } from '../../kit/clock.ts'
import { freeingBuffers } from '../../kit/freeing-buffers.ts'
import type { Logger } from '../../kit/log.ts'
import { servedAs } from './file-types.ts'
import { type CheckedLink, type SignedLinks, THUMBNAIL_NAME } from './links.ts'
import type { MediaStore } from './media-store.ts'

// One transparent pixel, as PNG. Sinch LINE guide, "Media Messages": "use a 1-pixel transparent image as the universal
// thumbnail"
const TRANSPARENT_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
  'base64',
)

export interface MediaRouteOptions {
  links: SignedLinks
  store: MediaStore
  clock: Clock
  log: Logger
}

export function mediaRoutes({ links, store, clock, log }: MediaRouteOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.setNotFoundHandler((_request, reply) => answer(reply, 404, 'There is no such file.'))
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.statusCode !== undefined && error.statusCode < 500)
        return answer(reply, 400, 'The request is not valid.')
      log.error({ err: error }, 'a file could not be served')
      return answer(reply, 503, 'The file cannot be read now.')
    })
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'cross-origin',
      })
    })

    scope.get(`/${THUMBNAIL_NAME}`, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=86400').type('image/png').send(TRANSPARENT_PIXEL),
    )

    // Both by ourselves: the framework's own HEAD would say that there is nothing.
    const method = ['GET', 'HEAD'] as const
    const handler = async (request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply) => {
      const query = request.query as Record<string, unknown> // Fastify's parsed query
      const link = links.check(request.params.name, query, clock.now())
      switch (link.kind) {
        case 'forged':
          return answer(reply, 403, 'The link is not valid.')
        case 'expired':
          return answer(reply, 410, 'The link expired.')
        case 'valid':
          return serve(request, reply, link)
        default:
          return link satisfies never
      }
    }
    scope.route<{ Params: { name: string } }>({ method: [...method], url: '/:name', handler })

    async function serve(
      request: FastifyRequest,
      reply: FastifyReply,
      { mediaId, extension, fileName, expiresAtMs }: CheckedLink & { kind: 'valid' },
    ): Promise<FastifyReply> {
      const sizeBytes = await store.sizeOf(mediaId)
      if (sizeBytes === undefined) return answer(reply, 404, 'The file was deleted.')
      const { mediaType, isShown } = servedAs(extension)
      const range = parseRange(request.headers.range, sizeBytes)
      void reply.headers({
        'accept-ranges': 'bytes',
        'content-type': mediaType,
        'content-disposition': disposition(isShown && fileName === undefined, fileName ?? `${mediaId}.${extension}`),
        'cache-control': `private, max-age=${Math.floor((expiresAtMs - clock.now()) / 1000)}`,
      })
      if (range === 'unsatisfiable') {
        void reply.header('content-range', `bytes */${sizeBytes}`).removeHeader('cache-control')
        return answer(reply, 416, 'The file has no such part.')
      }
      const { start, end } = range ?? { start: 0, end: sizeBytes - 1 }
      if (range !== undefined) void reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`)
      void reply.header('content-length', end - start + 1)
      if (request.method === 'HEAD' || sizeBytes === 0) return reply.send()
      const body = await store.read(mediaId, range)
      if (body === undefined) {
        void reply.removeHeader('content-length').removeHeader('content-range')
        return answer(reply, 404, 'The file was deleted.')
      }
      return reply.send(Readable.from(freeingBuffers(body), { objectMode: false }))
    }
  }
}

function answer(reply: FastifyReply, status: number, message: string): FastifyReply {
  void reply.removeHeader('content-disposition').type('application/json; charset=utf-8')
  return reply.code(status).send({ message })
}

/** RFC 6266, and RFC 8187 for what is not ASCII. */
function disposition(isShown: boolean, fileName: string): string {
  const plain = fileName.replace(/[^ -~]|["\\%]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
