// The files that bots name, as the phone loads them: always through the platform, and only those that stand in
// messages which the user sees. A file that LINE's apps would not show is answered with what is wrong with it.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseRange } from '../../kit/byte-range.ts'
import { MEDIA_TYPES } from '../../kit/inspect-media.ts'
import type { PlatformCore } from '../core.ts'
import { describeFault, faultOf, type MediaFault } from '../media/check-file.ts'
import { reachOf } from '../media/check-sent-media.ts'
import type { LoadedFile } from '../media/media-loader.ts'
import { filesOf } from '../media/message-files.ts'
import { type Found, findStored } from './parties.ts'
import { type ReadResult, readWith, textOf } from './read-fields.ts'

/** `at`: a JSON pointer; into an imagemap with the width, as `/baseUrl/700`. */
const FIELDS = { userId: textOf(1, 33), chatId: textOf(1, 33), messageId: textOf(1, 20), at: textOf(1, 500) }

export function serveMedia(scope: FastifyInstance, core: PlatformCore): void {
  scope.get('/media', async (request, reply) => {
    const read = readPlace(request.query)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const found = await loadNamed(core, read.value)
    if (!found.ok) return reply.code(404).send({ message: found.message })
    const { file, fault } = found.value
    if (!file.ok || fault !== undefined) return reply.code(422).send(viewFault(fault))
    return sendFile(core, reply, file, request.headers.range)
  })

  scope.get('/media/check', async (request, reply) => {
    const read = readPlace(request.query)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const found = await loadNamed(core, read.value)
    if (!found.ok) return reply.code(404).send({ message: found.message })
    const { file, fault } = found.value
    if (!file.ok || fault !== undefined) return reply.send({ ok: false, ...viewFault(fault) })
    return reply.send({ ok: true, sizeBytes: file.sizeBytes, ...file.inspected })
  })
}

type Place = { userId: string; chatId: string; messageId: string; at: string }

function readPlace(query: unknown): ReadResult<Place> {
  return readWith(query, FIELDS, ['userId', 'chatId', 'messageId', 'at'], 'query')
}

async function loadNamed(
  core: PlatformCore,
  place: Place,
): Promise<Found<{ file: LoadedFile; fault: MediaFault | undefined }>> {
  const found = findStored(core, place)
  if (!found.ok) return found
  const { stored } = found.value
  const channel = stored.from === 'bot' ? core.channels.find(stored.senderId) : undefined
  const named =
    channel && stored.unsent === undefined
      ? filesOf(stored.message, channel.profile).find(({ at }) => at === place.at)
      : undefined
  if (channel === undefined || named === undefined)
    return { ok: false, message: `Message ${place.messageId} names no file at ${place.at}.` }
  const file = await core.media.load(named.url, reachOf(channel))
  const fault = file.ok ? (named.limits === null ? undefined : faultOf(file, named.limits)) : file.fault
  return { ok: true, value: { file, fault } }
}

function viewFault(fault: MediaFault | undefined) {
  if (fault === undefined) throw new Error('a file that was not loaded, without a reason')
  const broken = { ...fault, ...(fault.found === Infinity && { found: 'more' }) }
  return { message: `Broken: ${describeFault(fault)}.`, broken }
}

function sendFile(
  core: PlatformCore,
  reply: FastifyReply,
  file: Extract<LoadedFile, { ok: true }>,
  rangeHeader: string | undefined,
): FastifyReply {
  const { sizeBytes, inspected } = file
  reply.type(inspected === undefined ? 'application/octet-stream' : MEDIA_TYPES[inspected.format])
  reply.header('accept-ranges', 'bytes').header('content-security-policy', 'sandbox')
  const range = parseRange(rangeHeader, sizeBytes)
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send({ message: 'No such part.' })
  if (range === undefined) return reply.header('content-length', sizeBytes).send(core.media.read(file))
  const { start, end } = range
  reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${sizeBytes}`)
    .header('content-length', end - start + 1)
  return reply.send(core.media.read(file, range))
}
