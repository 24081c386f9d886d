// What users do with messages that stand in the chat: take back or edit their own, watch a film to its end.
import type { StoredMessage } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import { messageEditedEvent, unsendEvent, videoPlayCompleteEvent } from '../webhooks/events.ts'
import { type ActOutcome, recordAct, refuse, type Seat, type Told, tellBot } from './act.ts'
import { eventContent, type TextContent, whyBadText } from './user-message.ts'

/** LINE reference, "Unsend event": the bot is told, and its content is gone. */
export function unsendMessage(core: PlatformCore, seat: Seat, stored: StoredMessage): ActOutcome<Told> {
  const { user, chat } = seat
  const foreign = whyNotOwn(seat, stored)
  if (foreign !== undefined) return refuse(foreign)
  const causeId = recordAct(core, 'unsend', seat, { messageId: stored.id })
  core.chats.change(stored, { unsent: true })
  core.contents.markGone(stored.id)
  if (isDisplayText(stored)) return { ok: true, value: { webhookEventIds: [] } }
  return { ok: true, value: tellBot(core, chat, () => unsendEvent(core, chat, user.userId, stored.id), causeId) }
}

/** LINE reference, "Message edited event": texts in groups and rooms; same id, new quote token. */
export function editMessage(
  core: PlatformCore,
  seat: Seat,
  stored: StoredMessage,
  content: TextContent,
): ActOutcome<Told> {
  const { user, chat, channel } = seat
  const foreign = whyNotOwn(seat, stored)
  if (foreign !== undefined) return refuse(foreign)
  if (stored.message.type !== 'text' || isDisplayText(stored)) return refuse('only texts can be edited')
  if (chat.kind === 'user') return refuse('texts are edited in groups and rooms only')
  const wrong = whyBadText(content, chat)
  if (wrong !== undefined) return refuse(wrong)
  const causeId = recordAct(core, 'edit', seat, { messageId: stored.id })
  core.chats.change(stored, {
    message: content,
    quoteToken: core.identifiers.quoteToken(),
    olderQuoteTokens: [
      ...(stored.olderQuoteTokens ?? []),
      ...(stored.quoteToken === undefined ? [] : [stored.quoteToken]),
    ],
    editedAtMs: core.clock.now(),
  })
  if (channel === undefined) return { ok: true, value: { webhookEventIds: [] } }
  const message = eventContent(core, channel, stored, content)
  if (message.type !== 'text') throw new Error('an edited text that is none')
  return { ok: true, value: tellBot(core, chat, () => messageEditedEvent(core, chat, user.userId, message), causeId) }
}

/** LINE reference, "Video viewing complete event": films with a tracking id, one to one. */
export function watchVideo(core: PlatformCore, seat: Seat, stored: StoredMessage): ActOutcome<Told> {
  const { chat } = seat
  const { message } = stored
  if (message.type !== 'video' || stored.unsent !== undefined) return refuse(`message ${stored.id} is no film`)
  const causeId = recordAct(core, 'watch', seat, { messageId: stored.id })
  const trackingId = 'trackingId' in message && typeof message.trackingId === 'string' ? message.trackingId : undefined
  if (stored.from !== 'bot' || chat.kind !== 'user' || trackingId === undefined)
    return { ok: true, value: { webhookEventIds: [], notSent: 'the film has no trackingId' } }
  return { ok: true, value: tellBot(core, chat, () => videoPlayCompleteEvent(core, chat, trackingId), causeId) }
}

function whyNotOwn({ user }: Seat, { id, from, senderId, unsent }: StoredMessage): string | undefined {
  if (from !== 'user' || senderId !== user.userId) return `message ${id} is not ${user.displayName}'s own`
  return unsent === undefined ? undefined : `message ${id} was taken back already`
}

const isDisplayText = ({ message }: StoredMessage) => 'isDisplayText' in message
