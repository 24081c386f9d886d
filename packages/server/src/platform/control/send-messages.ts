// A user sends, taps, watches, takes back and edits.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { together } from '../acts/act.ts'
import { pointerAtPoint } from '../acts/find-action.ts'
import { sendImages } from '../acts/image-set.ts'
import { editMessage, unsendMessage, watchVideo } from '../acts/own-message.ts'
import { sendMessage } from '../acts/send-message.ts'
import { type Chosen, tapAction } from '../acts/tap-action.ts'
import type { StoredFile } from '../content/content-store.ts'
import type { PlatformCore } from '../core.ts'
import { LOCATION_FIELDS, readMessage, readText, uploadId } from './message-fields.ts'
import { answerAct, findPlace, findSeat, findStored, type PathParams } from './parties.ts'
import { given, listOf, objectOf, oneOf, readFields, textOf, wholeNumber } from './read-fields.ts'
import { viewMessage } from './views.ts'

const TAP_FIELDS = {
  at: textOf(1, 500),
  x: wholeNumber(0, 10_000),
  y: wholeNumber(0, 10_000),
  value: textOf(1, 30),
  uploadIds: listOf(uploadId, 1, 20),
  location: objectOf(LOCATION_FIELDS, ['latitude', 'longitude']),
  device: oneOf('phone', 'desktop'),
}
const MESSAGE_PATH = '/users/:userId/chats/:chatId/messages/:messageId'

type WithParams = { Params: PathParams }

export function serveSendMessages(scope: FastifyInstance, core: PlatformCore): void {
  scope.post<WithParams>('/users/:userId/chats/:chatId/messages', (request, reply) => {
    const place = findPlace(core, request.params)
    if (!place.ok) return reply.code(404).send({ message: place.message })
    const read = readMessage(core, place.value.chat, request.body)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const seat = findSeat(core, request.params)
    if (!seat.ok) return reply.code(404).send({ message: seat.message })
    if ('images' in read.value)
      return answerAct(reply, sendImages(core, seat.value, read.value.images), (sent) => {
        const messages = sent.map(({ stored }) => viewMessage(core, stored))
        return { message: messages[0], messages, ...together(...sent) }
      })
    const { message, sentFile } = read.value
    return answerAct(reply, sendMessage(core, seat.value, message, sentFile), ({ stored, ...told }) => ({
      message: viewMessage(core, stored),
      ...told,
    }))
  })

  scope.post<WithParams>(`${MESSAGE_PATH}/tap`, (request, reply) => tap(core, request.params, request.body, reply))

  scope.post<WithParams>(`${MESSAGE_PATH}/watched`, (request, reply) => {
    const found = findStored(core, request.params)
    if (!found.ok) return reply.code(404).send({ message: found.message })
    return answerAct(reply, watchVideo(core, found.value.seat, found.value.stored), (told) => told)
  })

  scope.post<WithParams>(`${MESSAGE_PATH}/unsend`, (request, reply) => {
    const found = findStored(core, request.params)
    if (!found.ok) return reply.code(404).send({ message: found.message })
    const { seat, stored } = found.value
    return answerAct(reply, unsendMessage(core, seat, stored), (told) => ({
      message: viewMessage(core, stored),
      ...told,
    }))
  })

  scope.post<WithParams>(`${MESSAGE_PATH}/edit`, (request, reply) => {
    const found = findStored(core, request.params)
    if (!found.ok) return reply.code(404).send({ message: found.message })
    const { seat, stored } = found.value
    const { body } = request
    const read = readText(seat.chat, typeof body === 'object' && body !== null ? { type: 'text', ...body } : body)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const outcome = editMessage(core, seat, stored, read.value.message)
    return answerAct(reply, outcome, (told) => ({ message: viewMessage(core, stored), ...told }))
  })
}

function tap(core: PlatformCore, params: PathParams, body: unknown, reply: FastifyReply): FastifyReply {
  const found = findStored(core, params)
  if (!found.ok) return reply.code(404).send({ message: found.message })
  const read = readFields(body, TAP_FIELDS, 'body')
  if (!read.ok) return reply.code(400).send({ message: read.message })
  const { at, x, y, value, uploadIds = [], location, device } = read.value
  const { seat, stored } = found.value
  if ((at === undefined) === (x === undefined || y === undefined))
    return reply
      .code(400)
      .send({ message: 'The body must have either `at`, a JSON pointer to the action, or x and y.' })
  const pointer = at ?? pointerAtPoint(stored.message, x ?? 0, y ?? 0)
  if (pointer === undefined) return reply.code(409).send({ message: `There is no area at ${x}, ${y}.` })
  const files: StoredFile[] = []
  for (const fileId of uploadIds) {
    const file = core.contents.findFile(fileId)
    if (file === undefined) return reply.code(400).send({ message: `There is no upload ${fileId}.` })
    files.push(file)
  }
  const place = location === undefined ? {} : { location: { ...given(location), ...location } as Chosen['location'] }
  const chosen = { ...given({ value, device }), files, ...place } as Chosen // given() leaves out what is not there
  return answerAct(reply, tapAction(core, seat, stored, pointer, chosen), ({ messages, ...tapped }) => ({
    ...tapped,
    messages: messages.map((message) => viewMessage(core, message)),
  }))
}
