// What LINE's consoles do: providers, channels and their settings are made and changed here, by whoever owns the bot.
import type { FastifyInstance } from 'fastify'
import type { LineChannel, WebhookChange } from '../accounts/channels.ts'
import type { ChannelAbout, ConsoleSettings } from '../accounts/console-settings.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import { isWebhookUrl } from '../accounts/webhook-url.ts'
import type { PlatformCore } from '../core.ts'
import { findChannel, type PathParams } from './parties.ts'
import {
  type FieldRule,
  flag,
  given,
  listOf,
  oneOf,
  orNull,
  readFields,
  readWith,
  textLike,
  textOf,
  wholeNumber,
} from './read-fields.ts'
import { addFriendUrl, viewChannel, viewLoginChannel } from './views.ts'

const MOST_CHANNELS = 10_000
const MOST_PROVIDERS = 1000
const LONGEST_AUTOMATIC_TEXT = 500

const url: FieldRule<string> = (value) =>
  typeof value === 'string' && value.length <= 2000 && /^https?:\/\//.test(value) && URL.canParse(value)
    ? { ok: true, value }
    : { ok: false, must: 'an http or https URL of at most 2000 characters' }

const accountId = textLike(/^@[a-z0-9._-]{1,20}$/, 'an @ and 1 to 20 of a-z, 0-9, ".", "_" and "-"')

const ABOUT_FIELDS = {
  iconUrl: orNull(url),
  description: orNull(textOf(1, 500)),
  category: orNull(textOf(1, 100)),
  subcategory: orNull(textOf(1, 100)),
  premiumId: orNull(accountId),
}
const SETTINGS_FIELDS = {
  responseMode: oneOf('bot', 'chat'),
  markAsReadMode: oneOf('auto', 'manual'),
  greeting: orNull(textOf(1, LONGEST_AUTOMATIC_TEXT)),
  autoResponse: orNull(textOf(1, LONGEST_AUTOMATIC_TEXT)),
  joinGroups: flag,
  beacons: flag,
  checkMedia: flag,
}
const WEBHOOK_FIELDS = { webhookUrl: textOf(1, 500), useWebhook: flag, redeliverWebhook: flag }
const MESSAGING_FIELDS = {
  displayName: textOf(1, 20),
  profile: oneOf('2017', 'current'),
  allowLoopbackHttp: flag,
  ...WEBHOOK_FIELDS,
  ...SETTINGS_FIELDS,
  ...ABOUT_FIELDS,
}
const LOGIN_FIELDS = {
  displayName: textOf(1, 20),
  callbackUrls: listOf(url, 0, 400),
  linkedChannelId: orNull(textLike(/^\d{1,20}$/, 'a channel id')),
  ...ABOUT_FIELDS,
}
const OF_NEW = { providerId: textOf(1, 100), kind: oneOf('messaging', 'login'), basicId: accountId }
const PROVIDER_FIELDS = { name: textOf(1, 100) }
const ATTEMPT_FIELDS = { limit: wholeNumber(1, 1000) }

type WithParams = { Params: PathParams }

export function serveConsole(scope: FastifyInstance, core: PlatformCore): void {
  serveProviders(scope, core)
  serveNewChannels(scope, core)

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
function serveNewChannels(scope: FastifyInstance, core: PlatformCore): void {
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

function issueLongLived(core: PlatformCore, channelId: string): string {
  const token = core.identifiers.channelAccessToken()
  core.tokens.add({ token, channelId })
  return token
}

function whyBadWebhookUrl(webhookUrl: string | undefined, allowLoopbackHttp: boolean): string | undefined {
  if (webhookUrl === undefined || isWebhookUrl(webhookUrl, allowLoopbackHttp)) return undefined
  return `body.webhookUrl must be an https URL${allowLoopbackHttp ? ' or an http URL of this machine' : ''}.`
}

type MessagingFields = { [Name in keyof typeof MESSAGING_FIELDS]?: unknown }

/** @param fields read by the rules of MESSAGING_FIELDS */
function changeChannel(core: PlatformCore, channel: LineChannel, fields: MessagingFields): LineChannel {
  const { webhookUrl, useWebhook, redeliverWebhook, displayName, profile, allowLoopbackHttp, ...rest } = fields
  const webhook = given({ url: webhookUrl, use: useWebhook, redelivery: redeliverWebhook }) as WebhookChange // as read
  if (Object.keys(webhook).length > 0) core.channels.changeWebhook(channel.channelId, webhook)
  const now = core.channels.find(channel.channelId) ?? channel
  const changed = core.channels.change(channel.channelId, {
    ...(given({ displayName, profile, allowLoopbackHttp }) as Partial<LineChannel>), // as read
    settings: merged(now.settings, rest, SETTINGS_FIELDS),
    about: merged(now.about, rest, ABOUT_FIELDS),
  })
  return changed ?? now
}

function changeLoginChannel(
  channel: LoginChannel,
  fields: { [Name in keyof typeof LOGIN_FIELDS]?: unknown },
): LoginChannel {
  const { displayName, callbackUrls, linkedChannelId, ...rest } = fields
  const { linkedChannelId: linkedBefore, ...before } = channel
  const linked = linkedChannelId === undefined ? linkedBefore : linkedChannelId
  return {
    ...before,
    ...(given({ displayName, callbackUrls }) as Partial<LoginChannel>), // as read
    ...(typeof linked === 'string' && { linkedChannelId: linked }),
    about: merged(channel.about, rest, ABOUT_FIELDS),
  }
}

/** What was set before with what is set now; null takes away. */
function merged<T extends ConsoleSettings | ChannelAbout>(before: T, fields: object, rules: object): T {
  const set = Object.entries(fields).filter(([name, value]) => Object.hasOwn(rules, name) && value !== undefined)
  const after = Object.entries({ ...before, ...Object.fromEntries(set) }).filter(([, value]) => value !== null)
  return Object.fromEntries(after) as unknown as T // the fields of T, each read by its rule
}
