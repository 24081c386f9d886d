// The loading animation that a bot shows a user: until when, for the phone and for tests. The user's stream tells of
// each that begins.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'

type WithChat = { Params: { userId: string; chatId: string } }

export function serveLoadingAnimations(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithChat>('/users/:userId/chats/:chatId/loading', (request, reply) => {
    const { userId, chatId } = request.params
    const user = core.users.find(userId)
    if (user === undefined) return reply.code(404).send({ message: `There is no user ${userId}.` })
    const channel = core.channels.findByBotUserId(chatId)
    if (channel?.providerId !== user.providerId)
      return reply.code(404).send({ message: `${user.displayName} has no chat ${chatId} with a bot alone.` })
    return reply.send({ untilMs: core.loadingAnimations.find(channel.channelId, userId)?.untilMs ?? null })
  })
}
