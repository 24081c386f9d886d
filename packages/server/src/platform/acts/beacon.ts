// A user's phone comes to a beacon, stays, goes, or its user taps the Beacon Banner.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import { beaconEvent } from '../webhooks/events.ts'
import { recordAct, type Told, tellBot, together } from './act.ts'
import { putFriendship } from './friendship.ts'
import { putMessage, type SentByUser } from './send-message.ts'

export interface BeaconSignal {
  type: 'enter' | 'leave' | 'stay' | 'banner'
  /** The beacon's own id, in hexadecimal digits. */
  hwid: string
  /** The beacon's message, in hexadecimal digits. */
  dm?: string
}

/**
 * LINE reference, "Beacon event": to bots that are friends. The channel must have beacons, and the user's app must use
 * them; else nothing happens, which `notSent` explains.
 */
export function meetBeacon(core: PlatformCore, user: User, channel: LineChannel, beacon: BeaconSignal): Told {
  const causeId = recordAct(core, 'beacon', { user, channel }, { action: beacon.type })
  const notSent = whyUnheard(core, user, channel)
  if (notSent !== undefined) return { webhookEventIds: [], notSent }
  return tell(core, user, channel, beacon, causeId)
}

/**
 * LINE documentation 2017, "Beacon Banner": a tap turns "Use LINE Beacon" on, adds the bot and sends a message, all at
 * the same time.
 * @param text what is sent; the banner's maker decides, so nothing where it is left out
 */
export function tapBeaconBanner(
  core: PlatformCore,
  user: User,
  channel: LineChannel,
  beacon: Omit<BeaconSignal, 'type'>,
  text: string | undefined,
): Told & { sent?: SentByUser } {
  const causeId = recordAct(core, 'beacon', { user, channel }, { action: 'banner' })
  const unseen = whyNoBanner(user, channel)
  if (unseen !== undefined) return { webhookEventIds: [], notSent: unseen }
  if (user.useBeacon !== true) core.users.change(user.userId, { useBeacon: true })
  const before = core.users.friendship(channel.channelId, user.userId)
  const added =
    before === 'friend'
      ? { webhookEventIds: [] }
      : putFriendship(core, user, channel, before === 'blocked' ? 'unblock' : 'add', causeId)
  const told = tell(core, user, channel, { type: 'banner', ...beacon }, causeId)
  if (text === undefined) return together(added, told)
  const chat = core.chats.open(channel.channelId, user.userId)
  const sent = putMessage(core, { user, chat, channel }, { type: 'text', text }, causeId)
  return { ...together(added, told, sent), sent }
}

function tell(core: PlatformCore, user: User, channel: LineChannel, beacon: BeaconSignal, causeId: number): Told {
  const chat = core.chats.open(channel.channelId, user.userId)
  return tellBot(core, chat, () => beaconEvent(core, chat, beacon), causeId)
}

function whyUnheard({ users }: PlatformCore, user: User, channel: LineChannel): string | undefined {
  if (!channel.settings.beacons) return whyNoBeacons(channel)
  if (user.bluetooth === false) return `the Bluetooth of ${user.displayName}'s phone is off`
  if (user.useBeacon !== true) return `${user.displayName} does not use LINE Beacon`
  if (users.friendship(channel.channelId, user.userId) !== 'friend')
    return `${user.displayName} is no friend of ${channel.displayName}`
  return undefined
}

/** The banner shows to people who neither use LINE Beacon nor know the bot; it takes a beacon to show it. */
function whyNoBanner({ bluetooth, displayName }: User, channel: LineChannel): string | undefined {
  if (!channel.settings.beacons) return whyNoBeacons(channel)
  return bluetooth === false ? `the Bluetooth of ${displayName}'s phone is off` : undefined
}

const whyNoBeacons = ({ displayName }: LineChannel) => `${displayName} has no beacons`
