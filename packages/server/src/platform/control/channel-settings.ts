// The settings of a channel that its owner changes in LINE's consoles: what a body may hold, and how it is applied.
import type { LineChannel, WebhookChange } from '../accounts/channels.ts'
import type { ChannelAbout, ConsoleSettings } from '../accounts/console-settings.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import { isWebhookUrl } from '../accounts/webhook-url.ts'
import type { PlatformCore } from '../core.ts'
import { flag, given, httpUrl, listOf, oneOf, orNull, textLike, textOf } from './read-fields.ts'

const LONGEST_AUTOMATIC_TEXT = 500

export const accountId = textLike(/^@[a-z0-9._-]{1,20}$/, 'an @ and 1 to 20 of a-z, 0-9, ".", "_" and "-"')

const ABOUT_FIELDS = {
  iconUrl: orNull(httpUrl),
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
export const MESSAGING_FIELDS = {
  displayName: textOf(1, 20),
  profile: oneOf('2017', 'current'),
  allowLoopbackHttp: flag,
  ...WEBHOOK_FIELDS,
  ...SETTINGS_FIELDS,
  ...ABOUT_FIELDS,
}
export const LOGIN_FIELDS = {
  displayName: textOf(1, 20),
  callbackUrls: listOf(httpUrl, 0, 400),
  linkedChannelId: orNull(textLike(/^\d{1,20}$/, 'a channel id')),
  appTypes: listOf(oneOf('web', 'native'), 1, 2),
  emailPermission: flag,
  limits: oneOf('off', 'real'),
  ...ABOUT_FIELDS,
}
export function whyBadWebhookUrl(webhookUrl: string | undefined, allowLoopbackHttp: boolean): string | undefined {
  if (webhookUrl === undefined || isWebhookUrl(webhookUrl, allowLoopbackHttp)) return undefined
  return `body.webhookUrl must be an https URL${allowLoopbackHttp ? ' or an http URL of this machine' : ''}.`
}

type MessagingFields = { [Name in keyof typeof MESSAGING_FIELDS]?: unknown }

/** @param fields read by the rules of MESSAGING_FIELDS */
export function changeChannel(core: PlatformCore, channel: LineChannel, fields: MessagingFields): LineChannel {
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

export function changeLoginChannel(
  channel: LoginChannel,
  fields: { [Name in keyof typeof LOGIN_FIELDS]?: unknown },
): LoginChannel {
  const { displayName, callbackUrls, linkedChannelId, appTypes, emailPermission, limits, ...rest } = fields
  const { linkedChannelId: linkedBefore, ...before } = channel
  const linked = linkedChannelId === undefined ? linkedBefore : linkedChannelId
  return {
    ...before,
    ...(given({ displayName, callbackUrls, appTypes, emailPermission, limits }) as Partial<LoginChannel>), // as read
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
