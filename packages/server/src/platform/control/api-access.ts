// What kind of account a channel belongs to: what it may call, and how often.
import type { FastifyInstance } from 'fastify'
import { ACCOUNT_TYPES, type ApiAccess, isWhitelistEntry, PLANS } from '../accounts/api-access.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import type { PathParams } from './parties.ts'
import { type FieldRule, flag, oneOf, readFields, textOf } from './read-fields.ts'

const MOST_ADDRESSES = 100

const whitelist: FieldRule<string[]> = (value) =>
  Array.isArray(value) && value.length <= MOST_ADDRESSES && value.every(isAddress)
    ? { ok: true, value }
    : { ok: false, must: `a list of at most ${MOST_ADDRESSES} IP addresses, or networks as 10.0.0.0/8` }

const isAddress = (entry: unknown): entry is string => typeof entry === 'string' && isWhitelistEntry(entry)

/** null: the permission goes. */
const permission: FieldRule<string | null> = (value) => {
  if (value === null) return { ok: true, value }
  const read = textOf(1, 200)(value)
  return read.ok ? read : { ok: false, must: `${read.must}, or null` }
}

const ACCESS_FIELDS = {
  accountType: oneOf(...ACCOUNT_TYPES),
  verified: flag,
  plan: oneOf(...PLANS),
  limits: oneOf('off', 'real'),
  ipWhitelist: whitelist,
  missionStickerAcl: permission,
}

type WithParams = { Params: PathParams }

export function serveApiAccess(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/channels/:channelId/api-access', (request, reply) => {
    const channel = core.channels.find(request.params.channelId ?? '')
    return channel === undefined ? reply.code(404).send(noChannel(request.params)) : reply.send(viewAccess(channel))
  })

  scope.patch<WithParams>('/channels/:channelId/api-access', (request, reply) => {
    const channel = core.channels.find(request.params.channelId ?? '')
    if (channel === undefined) return reply.code(404).send(noChannel(request.params))
    const read = readFields(request.body, ACCESS_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { missionStickerAcl, ...others } = read.value
    const { missionStickerAcl: acl = null, ...before } = channel.apiAccess
    const permitted = missionStickerAcl === undefined ? acl : missionStickerAcl
    const apiAccess: ApiAccess = {
      ...before,
      ...others,
      ...(permitted !== null && { missionStickerAcl: permitted }),
    }
    return reply.send(viewAccess(core.channels.change(channel.channelId, { apiAccess }) ?? channel))
  })
}

/** The permission's value stands in for a secret, so only whether there is one is told. */
function viewAccess({ apiAccess: { missionStickerAcl, ...access } }: LineChannel) {
  return { ...access, missionStickers: missionStickerAcl !== undefined }
}

function noChannel({ channelId }: PathParams): { message: string } {
  return { message: `There is no channel ${channelId}.` }
}
