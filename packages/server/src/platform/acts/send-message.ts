// A user sends a message: it stands in the chat, the chat's bot is told, and the account's automatic answer follows.
import type { StoredMessage } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import { messageEvent } from '../webhooks/events.ts'
import { type ActOutcome, recordAct, refuse, type Seat, type Told, tellBot, whyMute } from './act.ts'
import { eventContent, isQuotable, type SentFile, type UserMessage, whyBadText } from './user-message.ts'

export interface SentByUser extends Told {
  stored: StoredMessage
}

/** @param sentFile the file of a message whose content LINE keeps */
export function sendMessage(
  core: PlatformCore,
  seat: Seat,
  message: UserMessage,
  sentFile?: SentFile,
): ActOutcome<SentByUser> {
  const mute = whyMute(core, seat)
  if (mute !== undefined) return refuse(mute)
  if (message.type === 'text' && !('isDisplayText' in message)) {
    const wrong = whyBadText(message, seat.chat)
    if (wrong !== undefined) return refuse(wrong)
  }
  const causeId = recordAct(core, 'message', seat)
  return { ok: true, value: putMessage(core, seat, message, causeId, sentFile) }
}

/** As {@link sendMessage} for what was found to be right, as a part of the act of `causeId`. */
export function putMessage(
  core: PlatformCore,
  { user, chat, channel }: Seat,
  message: UserMessage,
  causeId: number,
  sentFile?: SentFile,
): SentByUser {
  const { userId } = user
  const sentAtMs = core.clock.now()
  const id = core.identifiers.messageId(sentAtMs)
  const isOfChatOnly = 'isDisplayText' in message
  const stored: StoredMessage = {
    chat,
    id,
    from: 'user',
    senderId: userId,
    sentAtMs,
    message,
    ...(isQuotable(message.type) && !isOfChatOnly && { quoteToken: core.identifiers.quoteToken() }),
  }
  if (sentFile !== undefined && isKept(message)) keepContent(core, stored, message, sentFile)
  core.chats.add(stored)
  core.timeline.add(
    {
      kind: 'message',
      atMs: sentAtMs,
      causeId,
      ...(channel !== undefined && { channelId: channel.channelId }),
      userId,
      ...(chat.kind !== 'user' && { chatId: chat.chatId }),
      from: 'user',
      messageId: id,
      message,
    },
    0, // the chat holds the message anyway
  )
  if (isOfChatOnly || channel === undefined) return { stored, webhookEventIds: [] }
  const told = tellBot(
    core,
    chat,
    () => messageEvent(core, chat, userId, eventContent(core, channel, stored, message)),
    causeId,
  )
  answerAutomatically(core, { user, chat, channel }, causeId)
  return { stored, ...told }
}

type Kept = Extract<UserMessage, { type: 'image' | 'video' | 'audio' | 'file' }>

function isKept(message: UserMessage): message is Kept {
  return message.type === 'file' || ('contentProvider' in message && message.contentProvider.type === 'line')
}

function keepContent(core: PlatformCore, { id, chat, sentAtMs }: StoredMessage, message: Kept, sent: SentFile): void {
  const channelId = chat.kind === 'user' ? chat.channelId : chat.botChannelId
  core.contents.add({
    messageId: id,
    ...(channelId !== undefined && { channelId }),
    kind: message.type,
    fileId: sent.file.fileId,
    preparedAtMs: sentAtMs + (sent.preparingMs ?? 0),
    ...(message.type === 'file' && { fileName: message.fileName }),
    ...(sent.preparingFails !== undefined && { preparingFails: sent.preparingFails }),
  })
}

/** LINE's console, "Auto-response messages": one to one, and only while the bot and not people answer. */
function answerAutomatically(core: PlatformCore, { user, chat, channel }: Seat, causeId: number): void {
  if (chat.kind !== 'user' || channel?.settings.responseMode !== 'bot') return
  const { autoResponse } = channel.settings
  if (autoResponse === undefined) return
  const answer = { type: 'text', text: autoResponse }
  core.delivery.send('reply', channel, user.userId, [answer], causeId)
}
