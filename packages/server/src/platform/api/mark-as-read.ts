// A bot says that it has read what a user sent.
import { parseUserId, summaries } from '@hatoba/line/wire'
import { readMarkAsReadToken } from '../chats/mark-as-read-token.ts'
import { type Answer, EMPTY_OBJECT, errorAnswer } from './answers.ts'
import { openBody } from './body-reader.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Mark messages as read": all messages up to the one that the token came with. */
export const markMessagesAsReadByToken: ChannelOperation = {
  name: 'markMessagesAsReadByToken',
  method: 'POST',
  path: '/v2/bot/chat/markAsRead',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText }, core): Answer {
    const opened = openBody(rawText, channel.profile)
    if (!opened.ok) return opened.answer
    const token = opened.body.requiredText('markAsReadToken')
    if (token === undefined) return opened.body.refusal() ?? EMPTY_OBJECT
    const found = readMarkAsReadToken(channel, token, core)
    if (found === undefined)
      return errorAnswer(400, 'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.')
    core.chats.markReadByBot(found.chat, found.messageId)
    return EMPTY_OBJECT
  },
}

/** LINE reference for corporate customers, "Mark messages from users as read": everything that the user has sent. */
export const markMessagesAsRead: ChannelOperation = {
  name: 'markMessagesAsRead',
  method: 'POST',
  path: '/v2/bot/message/markAsRead',
  auth: 'channel',
  body: 'json',
  handle({ channel, rawText }, { users, chats }): Answer {
    const opened = openBody(rawText, channel.profile)
    if (!opened.ok) return opened.answer
    const text = opened.body.hasObject('chat') ? opened.body.text('chat', 'userId') : undefined
    const wrongType = opened.body.refusal()
    if (wrongType !== undefined) return wrongType
    const userId = parseUserId(text ?? '')
    // The published answer names the property so, though the request has `chat.userId`.
    if (userId === undefined || users.find(userId)?.providerId !== channel.providerId)
      return errorAnswer(400, summaries.property('chat.chatId'))
    const chat = chats.find(channel.channelId, userId)
    const newest = chat?.messages.at(-1)
    if (chat !== undefined && newest !== undefined) chats.markReadByBot(chat, newest.id)
    return EMPTY_OBJECT
  },
}
