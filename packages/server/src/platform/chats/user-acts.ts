// What users do: write to a bot, add it, block it, unblock it. Each act changes the state and raises the webhook
// events that LINE raises for it.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import type { PlatformCore } from '../core.ts'
import type { ActionEntry } from '../timeline.ts'
import { followEvent, messageEvent, type RaisedEvent, unfollowEvent } from '../webhooks/events.ts'
import type { StoredMessage } from './chats.ts'

/** The longest text that LINE's apps send; unconfirmed. */
export const LONGEST_USER_TEXT = 10_000

export type FriendshipAct = 'add' | 'block' | 'unblock'

/** `refused` says why, for people. */
export type ActOutcome<T> = { ok: true; value: T } | { ok: false; refused: string }

/** @param text 1 to LONGEST_USER_TEXT characters */
export function sendText(
  core: PlatformCore,
  user: User,
  channel: LineChannel,
  text: string,
): ActOutcome<{ stored: StoredMessage; webhookEventIds: string[] }> {
  const { channelId } = channel
  if (core.users.friendship(channelId, user.userId) === 'blocked')
    return { ok: false, refused: `${user.displayName} has blocked ${channel.displayName} and cannot write to it` }
  const causeId = recordAct(core, user, channel, 'message')
  const sentAtMs = core.clock.now()
  const chat = core.chats.open(channelId, user.userId)
  const id = core.identifiers.messageId(sentAtMs)
  const message = { type: 'text', text }
  const stored: StoredMessage = {
    chat,
    id,
    from: 'user',
    senderId: user.userId,
    sentAtMs,
    message,
    quoteToken: core.identifiers.quoteToken(),
  }
  core.chats.add(stored)
  core.timeline.add(
    { kind: 'message', atMs: sentAtMs, causeId, channelId, userId: user.userId, from: 'user', messageId: id, message },
    0, // the chat holds the message anyway
  )
  const { quoteToken = '' } = stored
  const raised = messageEvent(core, chat, user.userId, { type: 'text', id, quoteToken, text })
  return { ok: true, value: { stored, webhookEventIds: raise(core, channel, raised, causeId) } }
}

export function changeFriendship(
  core: PlatformCore,
  user: User,
  channel: LineChannel,
  act: FriendshipAct,
): ActOutcome<{ friendship: 'friend' | 'blocked'; webhookEventIds: string[] }> {
  const { channelId } = channel
  const before = core.users.friendship(channelId, user.userId)
  const refused = whyNot(before, act)
  if (refused !== undefined) return { ok: false, refused: `${user.displayName} ${refused} ${channel.displayName}` }
  const causeId = recordAct(core, user, channel, act)
  const friendship = act === 'block' ? 'blocked' : 'friend'
  core.users.setFriendship(channelId, user.userId, friendship)
  const chat = core.chats.open(channelId, user.userId)
  // LINE reference, "Follow event": `isUnblocked` tells an unblocked bot from an added one
  const raised = act === 'block' ? unfollowEvent(core, chat) : followEvent(core, chat, act === 'unblock')
  return { ok: true, value: { friendship, webhookEventIds: raise(core, channel, raised, causeId) } }
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

function recordAct(core: PlatformCore, user: User, channel: LineChannel, act: ActionEntry['act']): number {
  const { userId } = user
  return core.timeline.add({ kind: 'action', atMs: core.clock.now(), userId, act, botUserId: channel.botUserId }, 0)
}

function raise(core: PlatformCore, channel: LineChannel, raised: RaisedEvent, causeId: number): string[] {
  core.webhooks.send(channel, raised, causeId)
  return [raised.webhookEventId]
}
