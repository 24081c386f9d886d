// The assertion signing keys of a channel: registering a public key is what LINE's console does.
import type { FastifyInstance } from 'fastify'
import { readPublicKey } from '../accounts/assertion-keys.ts'
import type { PlatformCore } from '../core.ts'
import type { PathParams } from './parties.ts'

type WithKey = { Params: PathParams & { keyId?: string } }

export function serveAssertionKeys(scope: FastifyInstance, core: PlatformCore): void {
  const { channels, assertionKeys } = core

  scope.get<WithKey>('/channels/:channelId/assertion-keys', (request, reply) => {
    const { channelId = '' } = request.params
    if (channels.find(channelId) === undefined) return reply.code(404).send(noChannel(channelId))
    const keys = assertionKeys.ofChannel(channelId).map(({ keyId, publicKey }) => ({ kid: keyId, publicKey }))
    return reply.send({ keys })
  })

  // The body is the JSON Web Key itself, as one pastes it into the console.
  scope.post<WithKey>('/channels/:channelId/assertion-keys', (request, reply) => {
    const { channelId = '' } = request.params
    if (channels.find(channelId) === undefined) return reply.code(404).send(noChannel(channelId))
    const read = readPublicKey(request.body)
    if (!read.ok) return reply.code(400).send({ message: `The body must be ${read.must}.` })
    const key = assertionKeys.register(channelId, read.value)
    if (key === undefined) return reply.code(409).send({ message: `Channel ${channelId} has too many keys already.` })
    return reply.send({ kid: key.keyId })
  })

  scope.delete<WithKey>('/channels/:channelId/assertion-keys/:keyId', (request, reply) => {
    const { channelId = '', keyId = '' } = request.params
    if (assertionKeys.remove(channelId, keyId)) return reply.send({})
    return reply.code(404).send({ message: `Channel ${channelId} has no key ${keyId}.` })
  })
}

function noChannel(channelId: string): { message: string } {
  return { message: `There is no channel ${channelId}.` }
}
