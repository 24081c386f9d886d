// What every act of a user shares: who acts in which chat, what is refused, and how the bot of the chat is told.
import type { LineChannel } from '../accounts/channels.ts'
import type { User } from '../accounts/users.ts'
import { botOf, type Chat } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import type { ActionEntry, ActName } from '../timeline.ts'
import { joinEvent, type RaisedEvent } from '../webhooks/events.ts'

/** `refused` says why, for people. */
export type ActOutcome<T> = { ok: true; value: T } | { ok: false; refused: string }

export const refuse = (refused: string): { ok: false; refused: string } => ({ ok: false, refused })

/** A user in a chat: with the bot of `channel`, or in a group or room that has a bot or none. */
export interface Seat {
  readonly user: User
  readonly chat: Chat
  /** The bot of the chat. */
  readonly channel: LineChannel | undefined
}

/** What became of the events of an act. */
export interface Told {
  webhookEventIds: string[]
  /** Why an event goes nowhere. */
  notSent?: string
}

export function recordAct(
  core: PlatformCore,
  act: ActName,
  { user, chat, channel }: Partial<Seat>,
  details: Partial<Pick<ActionEntry, 'messageId' | 'at' | 'action'>> = {},
): number {
  return core.timeline.add(
    {
      kind: 'action',
      atMs: core.clock.now(),
      act,
      ...(user !== undefined && { userId: user.userId }),
      ...(channel !== undefined && { botUserId: channel.botUserId }),
      ...(chat !== undefined && chat.kind !== 'user' && { chatId: chat.chatId }),
      ...details,
    },
    0,
  )
}

/** The bot that the chat has at this moment. */
export function channelOf(core: PlatformCore, chat: Chat): LineChannel | undefined {
  const channelId = botOf(chat)
  return channelId === undefined ? undefined : core.channels.find(channelId)
}

/**
 * Tells the chat's bot, if there is one.
 * @param make is called only then: an event has a reply token
 */
export function tellBot(core: PlatformCore, chat: Chat, make: () => RaisedEvent, causeId: number): Told {
  const channel = channelOf(core, chat)
  if (channel === undefined) return { webhookEventIds: [], notSent: 'no bot is in the chat' }
  const webhookEventIds: string[] = []
  if (chat.kind === 'room' && chat.joinToTell) {
    // LINE facts sheet, "Webhooks: events": a room's bot hears that it joined at the first event after it
    core.groups.joinTold(chat)
    const join = joinEvent(core, chat)
    core.webhooks.send(channel, join, causeId)
    webhookEventIds.push(join.webhookEventId)
  }
  const raised = make()
  const notSent = core.webhooks.send(channel, raised, causeId)
  webhookEventIds.push(raised.webhookEventId)
  return notSent === undefined ? { webhookEventIds } : { webhookEventIds, notSent }
}

/** Several acts in one, as one answer. */
export function together(...told: readonly Told[]): Told {
  const webhookEventIds = told.flatMap((one) => one.webhookEventIds)
  const notSent = told.find((one) => one.notSent !== undefined)?.notSent
  return notSent === undefined ? { webhookEventIds } : { webhookEventIds, notSent }
}

/** Who has blocked a bot cannot write to it, and nothing in the chat with it does anything. */
export function whyMute(core: PlatformCore, { user, chat, channel }: Seat): string | undefined {
  if (chat.kind !== 'user') return undefined
  if (core.users.friendship(chat.channelId, user.userId) !== 'blocked') return undefined
  return `${user.displayName} has blocked ${channel?.displayName} and cannot write to it`
}
