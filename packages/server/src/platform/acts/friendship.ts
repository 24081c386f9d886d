// A user adds a bot, blocks it or unblocks it.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import { followEvent, unfollowEvent } from '../webhooks/events.ts'
import { type ActOutcome, recordAct, refuse, type Told, tellBot } from './act.ts'

export type FriendshipAct = 'add' | 'block' | 'unblock'

export function changeFriendship(
  core: PlatformCore,
  user: User,
  channel: LineChannel,
  act: FriendshipAct,
): ActOutcome<{ friendship: 'friend' | 'blocked' } & Told> {
  const refused = whyNot(core.users.friendship(channel.channelId, user.userId), act)
  if (refused !== undefined) return refuse(`${user.displayName} ${refused} ${channel.displayName}`)
  const causeId = recordAct(core, act, { user, channel })
  const told = putFriendship(core, user, channel, act, causeId)
  return { ok: true, value: { friendship: act === 'block' ? 'blocked' : 'friend', ...told } }
}

/** As {@link changeFriendship} for what was found to be right, as a part of the act of `causeId`. */
export function putFriendship(
  core: PlatformCore,
  user: User,
  channel: LineChannel,
  act: FriendshipAct,
  causeId: number,
): Told {
  const { channelId } = channel
  core.users.setFriendship(channelId, user.userId, act === 'block' ? 'blocked' : 'friend')
  const chat = core.chats.open(channelId, user.userId)
  if (act === 'block') return tellBot(core, chat, () => unfollowEvent(core, chat), causeId)
  // LINE reference, "Follow event": `isUnblocked` tells an unblocked bot from an added one
  const told = tellBot(core, chat, () => followEvent(core, chat, act === 'unblock'), causeId)
  const { greeting } = channel.settings
  if (act === 'add' && greeting !== undefined) {
    const hello = { type: 'text', text: greeting }
    core.delivery.send('reply', channel, user.userId, [hello], causeId)
  }
  return told
}

function whyNot(before: 'friend' | 'blocked' | 'none', act: FriendshipAct): string | undefined {
  switch (act) {
    case 'add':
      if (before === 'blocked') return 'has blocked, and can only unblock,'
      return before === 'friend' ? 'is already a friend of' : undefined
    case 'block':
      return before === 'blocked' ? 'has already blocked' : undefined
    case 'unblock':
      return before === 'blocked' ? undefined : 'has not blocked'
    default:
      return act satisfies never
  }
}
