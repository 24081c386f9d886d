// What LINE's consoles show and change of a channel, for whoever owns it.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import {
  changeChannel,
  changeLoginChannel,
  LOGIN_FIELDS,
  MESSAGING_FIELDS,
  whyBadWebhookUrl,
} from './channel-settings.ts'
import { issueLongLived } from './new-channels.ts'
import { findChannel, type PathParams } from './parties.ts'
import { readFields, wholeNumber } from './read-fields.ts'
import { addFriendUrl, viewChannel, viewLoginChannel } from './views.ts'

const ATTEMPT_FIELDS = { limit: wholeNumber(1, 1000) }

type WithParams = { Params: PathParams }

export function serveConsole(scope: FastifyInstance, core: PlatformCore): void {
  scope.get<WithParams>('/channels/:channelId', (request, reply) => {
    const login = core.loginChannels.find(request.params.channelId ?? '')
    if (login !== undefined) return reply.send(viewLoginChannel(login))
    const channel = findChannel(core, request.params)
    return channel.ok ? reply.send(viewChannel(channel.value)) : reply.code(404).send({ message: channel.message })
  })

  scope.patch<WithParams>('/channels/:channelId', (request, reply) => {
    const login = core.loginChannels.find(request.params.channelId ?? '')
    if (login !== undefined) {
      const read = readFields(request.body, LOGIN_FIELDS, 'body')
      if (!read.ok) return reply.code(400).send({ message: read.message })
      const changed = changeLoginChannel(login, read.value)
      core.loginChannels.put(changed)
      return reply.send(viewLoginChannel(changed))
    }
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const read = readFields(request.body, MESSAGING_FIELDS, 'body')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    const { webhookUrl, allowLoopbackHttp = channel.value.allowLoopbackHttp } = read.value
    const badUrl = whyBadWebhookUrl(webhookUrl, allowLoopbackHttp)
    if (badUrl !== undefined) return reply.code(400).send({ message: badUrl })
    return reply.send(viewChannel(changeChannel(core, channel.value, read.value)))
  })

  scope.get<WithParams>('/channels/:channelId/webhook-attempts', (request, reply) => {
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const read = readFields(request.query, ATTEMPT_FIELDS, 'query')
    if (!read.ok) return reply.code(400).send({ message: read.message })
    return reply.send({ attempts: core.webhooks.attempts.newest(channel.value.channelId, read.value.limit ?? 100) })
  })

  scope.get<WithParams>('/channels/:channelId/qr.svg', async (request, reply) => {
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const { renderSVG } = await import('uqr')
    return reply.type('image/svg+xml').send(renderSVG(addFriendUrl(channel.value)))
  })

  scope.post<WithParams>('/channels/:channelId/verify-webhook', async (request, reply) => {
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const { webhook } = channel.value
    if (webhook.url === undefined) return reply.code(409).send({ message: 'The channel has no webhook URL.' })
    const entry = { kind: 'action' as const, atMs: core.clock.now(), act: 'operator' as const, action: 'verify' }
    const causeId = core.timeline.add({ ...entry, botUserId: channel.value.botUserId }, 0)
    const outcome = await core.webhooks.verify(channel.value, webhook.url, causeId)
    const { ok: success, status, tookMs } = outcome
    return reply.send({
      success,
      status,
      tookMs,
      ...(!outcome.ok && { reason: outcome.reason, detail: outcome.detail }),
    })
  })

  // LINE documentation, "Channel access tokens": the console issues one long-lived token; a new one ends the old
  scope.post<WithParams>('/channels/:channelId/access-token', (request, reply) => {
    const channel = findChannel(core, request.params)
    if (!channel.ok) return reply.code(404).send({ message: channel.message })
    const { channelId } = channel.value
    for (const old of [...core.tokens.all()])
      if (old.channelId === channelId && old.expiresAtMs === undefined) core.tokens.revoke(old.token)
    return reply.send({ channelAccessToken: issueLongLived(core, channelId) })
  })
}
