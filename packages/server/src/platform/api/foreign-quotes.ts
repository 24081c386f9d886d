import type { WireErrorDetail } from '@hatoba/line/wire'
import { summaries } from '@hatoba/line/wire'
import type { Chat, MessageObject } from '../chats/chats.ts'
import { findQuoted, quoteTokenOf } from '../chats/quoted-messages.ts'
import { type Answer, errorAnswer } from './answers.ts'

/**
 * LINE documentation, "Get quote tokens": good only in the chat where the quoted message was sent. One that was taken
 * back can be quoted; it is shown as not available. unconfirmed: the wording of the refusal
 * @param chat undefined where nothing was ever sent in it
 */
export function refuseForeignQuotes(chat: Chat | undefined, messages: readonly MessageObject[]): Answer | undefined {
  let details: WireErrorDetail[] | undefined
  for (const [i, message] of messages.entries()) {
    const quoteToken = quoteTokenOf(message)
    if (quoteToken === undefined || (chat !== undefined && findQuoted(chat, quoteToken) !== undefined)) continue
    details ??= []
    details.push({ message: 'Invalid quoteToken', property: `messages[${i}].quoteToken` })
  }
  return details && errorAnswer(400, { message: summaries.errors(details.length), details })
}
