// What a bot of the channel calls with, as LINE's console shows it. LINE guide, "Calling APIs": "You can get a Channel
// access token or Channel ID, Channel secret and MID of your Channel from the LINE Developers site."
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import type { PathParams } from './parties.ts'

export function serveCredentials(scope: FastifyInstance, { channels, tokens }: PlatformCore): void {
  scope.get<{ Params: PathParams }>('/channels/:channelId/credentials', (request, reply) => {
    const channel = channels.find(request.params.channelId ?? '')
    if (channel === undefined)
      return reply.code(404).send({ message: `There is no channel ${request.params.channelId}.` })
    const { channelId, channelSecret, mid } = channel
    const longLived = Array.from(tokens.all()).filter(
      (entry) => entry.channelId === channelId && entry.expiresAtMs === undefined,
    )
    return reply.send({ channelId, channelSecret, mid, channelAccessTokens: longLived.map(({ token }) => token) })
  })
}
