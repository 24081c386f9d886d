// Hearing of new messages: a long poll on one chat, and a stream of all of a user's chats.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { openEventStream } from '../../kit/server-sent-events.ts'
import { type Chat, type MessageListener, messagesAfter, type StoredMessage } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import { markAllRead } from './chats.ts'
import type { OpenReaders } from './open-readers.ts'
import { findPlace, findSeat, findUser, type PathParams } from './parties.ts'
import { readFields, textOf, wholeNumber } from './read-fields.ts'
import { viewMessage } from './views.ts'

const LONGEST_WAIT_MS = 60_000
const USUAL_WAIT_MS = 25_000
const MOST_AT_ONCE = 200
const MESSAGE_ID = /^\d{1,20}$/

const WAIT_FIELDS = { after: textOf(0, 20), timeoutMs: wholeNumber(0, LONGEST_WAIT_MS) }

type WithParams = { Params: PathParams }

export function serveChatReaders(scope: FastifyInstance, core: PlatformCore, readers: OpenReaders): void {
  scope.get<WithParams>('/users/:userId/chats/:chatId/wait', async (request, reply) => {
    const seat = findSeat(core, request.params)
    if (!seat.ok) return reply.code(404).send({ message: seat.message })
    const read = readFields(request.query, WAIT_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { user, chat } = seat.value
    // Without an id, what is in the chat already is not waited for.
    const after = read.value.after ?? chat.messages.at(-1)?.id ?? ''
    const timeoutMs = read.value.timeoutMs ?? USUAL_WAIT_MS
    await waitForMessage(core, { chat, userId: user.userId, after, timeoutMs }, reply, readers)
    const now = findPlace(core, request.params)
    // All state was replaced, or the user has left the group: what is in the old chat is no longer the user's.
    if (!now.ok || now.value.chat !== chat) return reply.send({ messages: [] })
    markAllRead(core, chat, user.userId)
    const messages = messagesAfter(chat, after, MOST_AT_ONCE)
    return reply.send({ messages: messages.map((stored) => viewMessage(core, stored)) })
  })

  scope.get<WithParams>('/users/:userId/stream', (request, reply) => {
    const user = findUser(core, request.params)
    if (!user.ok) return reply.code(404).send({ message: user.message })
    const { userId } = user.value
    const lastSeen = request.headers['last-event-id']
    let stop: () => void = () => undefined
    const stream = openEventStream(reply, () => stop())
    // The id of an event is the message's: ids grow with time and outlive a restart, so a reader can always come back.
    const send = (stored: StoredMessage) => stream.send('message', viewMessage(core, stored), stored.id)
    // An older message was edited or taken back: without an id, so that a reader comes back to where it was.
    const hear: MessageListener = (stored, what) =>
      stream.inTurn(() => (what === 'added' ? send(stored) : stream.send('message-changed', viewMessage(core, stored))))
    const forget = readers.add(() => stream.close())
    const deaf = core.chats.listen(userId, hear)
    const deafToLoading = core.loadingAnimations.listen(userId, ({ channelId, untilMs }) => {
      const chatId = core.channels.find(channelId)?.botUserId
      stream.inTurn(() => stream.send('loading', { chatId, untilMs }))
    })
    stop = () => {
      deaf()
      deafToLoading()
      forget()
    }
    stream.send('hello', { userId, nowMs: core.clock.now() })
    if (typeof lastSeen === 'string' && MESSAGE_ID.test(lastSeen))
      stream.replay(core.chats.after(userId, lastSeen), send)
    return reply
  })
}

/** Resolves when the chat holds a message after that id, when the time is over, or when nobody waits any more. */
function waitForMessage(
  core: PlatformCore,
  { chat, userId, after, timeoutMs }: { chat: Chat; userId: string; after: string; timeoutMs: number },
  reply: FastifyReply,
  readers: OpenReaders,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (messagesAfter(chat, after, 1).length > 0) return Promise.resolve()
  const deaf = core.chats.listen(userId, (stored, what) => {
    if (stored.chat === chat && what === 'added') resolve()
  })
  const timer = setTimeout(resolve, timeoutMs) // the caller's own time, not the platform's clock
  const forget = readers.add(resolve)
  reply.raw.once('close', resolve)
  return promise.finally(() => {
    clearTimeout(timer)
    deaf()
    forget()
  })
}
