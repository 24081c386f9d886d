// Who a path of the control API speaks of. A chat between a user and a bot is named by the bot's user id.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'

export type PathParams = { userId?: string; chatId?: string; botUserId?: string; channelId?: string; id?: string }

export type Found<T> = { ok: true; value: T } | { ok: false; message: string }

export function findUser(core: PlatformCore, params: PathParams): Found<User> {
  const user = core.users.find(params.userId ?? '')
  return user === undefined ? { ok: false, message: `There is no user ${params.userId}.` } : { ok: true, value: user }
}

/** A user meets the bots of the user's own provider only: user ids differ from provider to provider. */
export function findParties(core: PlatformCore, params: PathParams): Found<{ user: User; channel: LineChannel }> {
  const user = findUser(core, params)
  if (!user.ok) return user
  const botUserId = params.botUserId ?? params.chatId ?? ''
  const channel = core.channels.findByBotUserId(botUserId)
  if (channel === undefined || channel.providerId !== user.value.providerId)
    return { ok: false, message: `${user.value.displayName} has no chat ${botUserId}.` }
  return { ok: true, value: { user: user.value, channel } }
}
