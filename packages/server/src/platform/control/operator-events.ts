// Events that LINE itself would fire: account links, memberships, module channels, delivered notifications.
import type { FastifyInstance } from 'fastify'
import type { LineChannel } from '../accounts/channels.ts'
import { type FiredEvent, fireEvent } from '../acts/operator-events.ts'
import type { PlatformCore } from '../core.ts'
import { findChannel, type PathParams } from './parties.ts'
import { listOf, oneOf, type ReadResult, readWith, textLike, textOf, wholeNumber } from './read-fields.ts'

const userId = textOf(1, 33)
const botId = textOf(1, 33)
const LINK = { type: oneOf('accountLink'), userId, result: oneOf('ok', 'failed'), nonce: textOf(10, 255) }
const MEMBERSHIP = {
  type: oneOf('membership'),
  userId,
  membership: oneOf('joined', 'left', 'renewed'),
  membershipId: wholeNumber(1, Number.MAX_SAFE_INTEGER),
}
const ATTACHED = { type: oneOf('module'), module: oneOf('attached'), botId, scopes: listOf(textOf(1, 100), 0, 50) }
const DETACHED = { type: oneOf('module'), module: oneOf('detached'), botId }
const ACTIVATED = { type: oneOf('activated'), expireAtMs: wholeNumber(0, Number.MAX_SAFE_INTEGER) }
const PLAIN = { type: oneOf('deactivated', 'botSuspended', 'botResumed') }
const DELIVERY = { type: oneOf('delivery'), data: textOf(1, 200) }
const OTHER = { type: oneOf('other'), event: (value: unknown) => readForeign(value) }
const KNOWN_TYPES = 'accountLink, membership, module, activated, deactivated, botSuspended, botResumed, delivery, other'
/** What every event has: a foreign one does not bring its own. */
const COMMON = ['mode', 'timestamp', 'webhookEventId', 'deliveryContext', 'replyToken']
const typeName = textLike(/^[A-Za-z][A-Za-z0-9_]{0,49}$/, 'a name')

type WithParams = { Params: PathParams }

export function serveOperatorEvents(scope: FastifyInstance, core: PlatformCore): void {
  scope.post<WithParams>('/channels/:channelId/events', (request, reply) => {
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const read = readEvent(core, channel.value, request.body)
    if (!read.ok) return reply.code(400).send({ message: read.message })
    return reply.send(fireEvent(core, channel.value, read.value))
  })
}

function readEvent(core: PlatformCore, channel: LineChannel, body: unknown): ReadResult<FiredEvent> {
  const type = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined
  switch (type) {
    case 'accountLink': {
      const read = readWith(body, LINK, ['type', 'userId', 'result', 'nonce'])
      return read.ok ? withUser(core, channel, read.value) : read
    }
    case 'membership': {
      const read = readWith(body, MEMBERSHIP, ['type', 'userId', 'membership', 'membershipId'])
      return read.ok ? withUser(core, channel, read.value) : read
    }
    case 'module': {
      const isDetached = typeof body === 'object' && body !== null && 'module' in body && body.module === 'detached'
      if (isDetached) {
        const read = readWith(body, DETACHED, ['botId'])
        if (!read.ok) return read
        return fired({ type, module: { type: 'detached', botId: read.value.botId, reason: 'bot_deleted' } })
      }
      const read = readWith(body, ATTACHED, ['module', 'botId', 'scopes'])
      return read.ok
        ? fired({ type, module: { type: 'attached', botId: read.value.botId, scopes: read.value.scopes } })
        : read
    }
    case 'activated': {
      const read = readWith(body, ACTIVATED, ['expireAtMs'])
      return read.ok ? fired({ type, chatControl: { expireAt: read.value.expireAtMs } }) : read
    }
    case 'deactivated':
    case 'botSuspended':
    case 'botResumed': {
      const read = readWith(body, PLAIN, ['type'])
      return read.ok ? fired({ type }) : read
    }
    case 'delivery': {
      const read = readWith(body, DELIVERY, ['data'])
      return read.ok ? fired({ type, delivery: { data: read.value.data } }) : read
    }
    case 'other': {
      const read = readWith(body, OTHER, ['event'])
      return read.ok ? fired({ type, event: read.value.event }) : read
    }
    default:
      return { ok: false, message: `body.type must be one of ${KNOWN_TYPES}.` }
  }
}

const fired = (value: FiredEvent): ReadResult<FiredEvent> => ({ ok: true, value })

function withUser(
  core: PlatformCore,
  channel: LineChannel,
  fields:
    | { type: 'accountLink'; userId: string; result: 'ok' | 'failed'; nonce: string }
    | { type: 'membership'; userId: string; membership: 'joined' | 'left' | 'renewed'; membershipId: number },
): ReadResult<FiredEvent> {
  const { userId: ofWhom, ...event } = fields
  const user = core.users.find(ofWhom)
  if (user === undefined || user.providerId !== channel.providerId)
    return { ok: false, message: `There is no user ${ofWhom} with the channel's provider.` }
  return fired({ ...event, user })
}

function readForeign(value: unknown) {
  const must = 'an object with a type of its own and without the fields that every event has'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false as const, must }
  const type = 'type' in value ? typeName(value.type) : undefined
  if (!type?.ok || COMMON.some((name) => Object.hasOwn(value, name))) return { ok: false as const, must }
  return { ok: true as const, value: { ...value, type: type.value } }
}
