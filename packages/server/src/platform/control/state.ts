// What there is, and the settings that LINE's console would change.
import type { FastifyInstance } from 'fastify'
import type { WebhookChange } from '../accounts/channels.ts'
import { isWebhookUrl } from '../accounts/webhook-url.ts'
import type { PlatformCore } from '../core.ts'
import type { PlatformClock } from './clock.ts'
import type { PathParams } from './parties.ts'
import { flag, readFields, textOf, wholeNumber } from './read-fields.ts'
import { viewChannel, viewUser } from './views.ts'

const CHANNEL_FIELDS = { webhookUrl: textOf(1, 500), useWebhook: flag, redeliverWebhook: flag }
const ATTEMPT_FIELDS = { limit: wholeNumber(1, 1000) }

export function serveState(scope: FastifyInstance, core: PlatformCore, clock: PlatformClock): void {
  scope.get('/state', () => ({
    users: Array.from(core.users.all(), viewUser),
    channels: Array.from(core.channels.all(), viewChannel),
    clock: { nowMs: clock.now(), frozen: clock.frozen },
  }))

  scope.patch<{ Params: PathParams }>('/channels/:channelId', (request, reply) => {
    const channel = core.channels.find(request.params.channelId ?? '')
    if (channel === undefined)
      return reply.code(404).send({ message: `There is no channel ${request.params.channelId}.` })
    const read = readFields(request.body, CHANNEL_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { webhookUrl, useWebhook, redeliverWebhook } = read.value
    if (webhookUrl !== undefined && !isWebhookUrl(webhookUrl, channel.allowLoopbackHttp)) {
      const http = channel.allowLoopbackHttp ? ' or an http URL of this machine' : ''
      return reply.code(400).send({ message: `body.webhookUrl must be an https URL${http}.` })
    }
    const change: WebhookChange = {
      ...(webhookUrl !== undefined && { url: webhookUrl }),
      ...(useWebhook !== undefined && { use: useWebhook }),
      ...(redeliverWebhook !== undefined && { redelivery: redeliverWebhook }),
    }
    return reply.send(viewChannel(core.channels.changeWebhook(channel.channelId, change) ?? channel))
  })

  scope.get<{ Params: PathParams }>('/channels/:channelId/webhook-attempts', (request, reply) => {
    const { channelId = '' } = request.params
    if (core.channels.find(channelId) === undefined)
      return reply.code(404).send({ message: `There is no channel ${channelId}.` })
    const read = readFields(request.query, ATTEMPT_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    return reply.send({ attempts: core.webhooks.attempts.newest(channelId, read.value.limit ?? 100) })
  })
}
