// Files of users: uploaded here, sent in messages afterwards, and read back by whoever shows a chat.
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseRange } from '../../kit/byte-range.ts'
import { MEDIA_TYPES } from '../../kit/inspect-media.ts'
import { inspectFile } from '../content/inspect-file.ts'
import type { PlatformCore } from '../core.ts'
import type { PathParams } from './parties.ts'

// ours: LINE states no limit for what users send
const MOST_UPLOAD_BYTES = 300 * 1024 * 1024
const MEDIA_TYPE = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/
const UNKNOWN_TYPE = 'application/octet-stream'

type WithParams = { Params: PathParams }

/** @param mostBytes of one upload */
export function serveUploads(scope: FastifyInstance, core: PlatformCore, mostBytes = MOST_UPLOAD_BYTES): void {
  scope.removeAllContentTypeParsers()
  // The bytes go to the disk as they come.
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  scope.post('/uploads', { bodyLimit: mostBytes }, (request, reply) => receive(core, mostBytes, request, reply))

  scope.get<WithParams>('/files/:fileId', (request, reply) => {
    const file = core.contents.findFile(request.params.fileId ?? '')
    if (file === undefined) return reply.code(404).send({ message: `There is no file ${request.params.fileId}.` })
    const { mediaType, sizeBytes } = file
    reply.header('accept-ranges', 'bytes').type(mediaType)
    // A page of another kind must not come from here: only what can be shown or played is shown in place.
    const isShown = /^(image|video|audio)\//.test(mediaType) && mediaType !== 'image/svg+xml'
    reply.header('content-disposition', isShown ? 'inline' : 'attachment').header('content-security-policy', 'sandbox')
    const range = parseRange(request.headers.range, sizeBytes)
    if (range === 'unsatisfiable')
      return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send({ message: 'No such part.' })
    if (range === undefined) return reply.header('content-length', sizeBytes).send(core.contents.read(file))
    const { start, end } = range
    reply
      .code(206)
      .header('content-range', `bytes ${start}-${end}/${sizeBytes}`)
      .header('content-length', end - start + 1)
    return reply.send(core.contents.read(file, range))
  })
}

async function receive(
  core: PlatformCore,
  mostBytes: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { contents, clock, identifiers } = core
  if (!contents.hasRoomFor(Number(request.headers['content-length'] ?? 0))) return noRoom(reply)
  const fileId = identifiers.fileId()
  const bytes = request.body as IncomingMessage | undefined // what the parser above passes on; undefined without a body
  const received = await contents.receive(fileId, bytes ?? [], mostBytes)
  if (!received.ok && received.refused === 'no_room') return noRoom(reply)
  if (!received.ok) return reply.code(413).send({ message: `An upload has at most ${mostBytes} bytes.` })
  const { sizeBytes } = received
  if (sizeBytes === 0) {
    await contents.discard(fileId)
    return reply.code(400).send({ message: 'The body must be the file.' })
  }
  const inspected = await inspectFile(contents.pathOf(fileId))
  const { format, ...measured } = inspected ?? {}
  const claimed = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  // What the bytes say goes before what the sender says.
  const mediaType = format !== undefined ? MEDIA_TYPES[format] : MEDIA_TYPE.test(claimed) ? claimed : UNKNOWN_TYPE
  contents.addFile({ fileId, mediaType, sizeBytes, uploadedAtMs: clock.now(), ...measured })
  return reply.code(201).send({ uploadId: fileId, mediaType, sizeBytes, ...measured })
}

const noRoom = (reply: FastifyReply) =>
  reply.code(507).send({ message: 'The files of this platform take too much room already.' })
