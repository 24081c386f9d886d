// Providers and channels are made here, as in LINE's console.
import type { FastifyInstance } from 'fastify'
import type { PlatformCore } from '../core.ts'
import {
  accountId,
  changeChannel,
  changeLoginChannel,
  LOGIN_FIELDS,
  MESSAGING_FIELDS,
  whyBadWebhookUrl,
} from './channel-settings.ts'
import { oneOf, readFields, readWith, textOf } from './read-fields.ts'
import { viewChannel, viewLoginChannel } from './views.ts'

const MOST_CHANNELS = 10_000
const MOST_PROVIDERS = 1000

const OF_NEW = { providerId: textOf(1, 100), kind: oneOf('messaging', 'login'), basicId: accountId }
const PROVIDER_FIELDS = { name: textOf(1, 100) }

export function serveNewChannels(scope: FastifyInstance, core: PlatformCore): void {
  serveProviders(scope, core)
  serveMaking(scope, core)
}

function serveProviders(scope: FastifyInstance, core: PlatformCore): void {
  scope.get('/providers', () => ({ providers: [...core.channels.providers()] }))

  scope.post('/providers', (request, reply) => {
    const read = readWith(request.body, PROVIDER_FIELDS, ['name'])
    if (!read.ok) return reply.code(400).send({ message: read.message })
    if ([...core.channels.providers()].length >= MOST_PROVIDERS)
      return reply.code(409).send({ message: `There are ${MOST_PROVIDERS} providers already.` })
    const provider = { providerId: core.identifiers.channelId(), name: read.value.name }
    core.channels.addProvider(provider)
    return reply.code(201).send(provider)
  })
}

/** The answer alone has the secret and, of a Messaging channel, the token: the console shows them to the owner. */
function serveMaking(scope: FastifyInstance, core: PlatformCore): void {
  scope.post('/channels', (request, reply) => {
    const kind = readFields({ kind: kindOf(request.body) }, { kind: OF_NEW.kind }, 'body')
    if (!kind.ok) return reply.code(400).send({ message: kind.message })
    const made = kind.value.kind === 'login' ? makeLogin(core, request.body) : makeMessaging(core, request.body)
    return made.ok ? reply.code(201).send(made.value) : reply.code(made.status).send({ message: made.message })
  })
}

const kindOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'kind' in body ? body.kind : 'messaging'

type Made = { ok: true; value: object } | { ok: false; status: 400 | 409; message: string }

function makeMessaging(core: PlatformCore, body: unknown): Made {
  const read = readWith(body, { ...OF_NEW, ...MESSAGING_FIELDS }, ['providerId', 'displayName'])
  if (!read.ok) return { ok: false, status: 400, message: read.message }
  const { providerId, kind: _, basicId, ...settings } = read.value
  const { displayName, profile = core.newChannelProfile, allowLoopbackHttp = false, webhookUrl } = settings
  const refused = whyNoRoom(core, providerId) ?? whyTakenId(core, basicId)
  if (refused !== undefined) return { ok: false, status: 409, message: refused }
  const badUrl = whyBadWebhookUrl(webhookUrl, allowLoopbackHttp)
  if (badUrl !== undefined) return { ok: false, status: 400, message: badUrl }
  const channelId = freeChannelId(core)
  const channelSecret = core.identifiers.channelSecret()
  core.channels.add({
    channelId,
    providerId,
    kind: 'messaging',
    profile,
    displayName,
    basicId: basicId ?? core.identifiers.basicId(),
    botUserId: core.identifiers.chatId('U'),
    channelSecret,
    allowLoopbackHttp,
    webhook: { use: false }, // LINE's console: "Use webhook" is off in a new channel
  })
  const channelAccessToken = issueLongLived(core, channelId)
  const channel = core.channels.find(channelId)
  if (channel === undefined) throw new Error('a channel that was just made is gone')
  return {
    ok: true,
    value: { ...viewChannel(changeChannel(core, channel, settings)), channelSecret, channelAccessToken },
  }
}

function makeLogin(core: PlatformCore, body: unknown): Made {
  const { basicId: _, ...ofNew } = OF_NEW
  const read = readWith(body, { ...ofNew, ...LOGIN_FIELDS }, ['providerId', 'displayName'])
  if (!read.ok) return { ok: false, status: 400, message: read.message }
  const { providerId, kind, ...settings } = read.value
  const refused = whyNoRoom(core, providerId)
  if (refused !== undefined) return { ok: false, status: 409, message: refused }
  const channelSecret = core.identifiers.channelSecret()
  const { displayName } = settings
  const channel = changeLoginChannel(
    {
      channelId: freeChannelId(core),
      providerId,
      kind: 'login',
      displayName,
      channelSecret,
      about: {},
      callbackUrls: [],
    },
    settings,
  )
  core.loginChannels.put(channel)
  return { ok: true, value: { ...viewLoginChannel(channel), channelSecret } }
}

function whyNoRoom(core: PlatformCore, providerId: string): string | undefined {
  if (![...core.channels.providers()].some((provider) => provider.providerId === providerId))
    return `There is no provider ${providerId}.`
  const count = [...core.channels.all()].length + [...core.loginChannels.all()].length
  return count >= MOST_CHANNELS ? `There are ${MOST_CHANNELS} channels already.` : undefined
}

function whyTakenId(core: PlatformCore, basicId: string | undefined): string | undefined {
  if (basicId === undefined) return undefined
  const taken = [...core.channels.all()].some((channel) => channel.basicId === basicId)
  return taken ? `${basicId} belongs to another channel.` : undefined
}

function freeChannelId(core: PlatformCore): string {
  for (;;) {
    const channelId = core.identifiers.channelId()
    if (core.channels.find(channelId) === undefined && core.loginChannels.find(channelId) === undefined)
      return channelId
  }
}

export function issueLongLived(core: PlatformCore, channelId: string): string {
  const token = core.identifiers.channelAccessToken()
  core.tokens.add({ token, channelId })
  return token
}
