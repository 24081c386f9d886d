// Which message a quote token stands for. LINE documentation, "Get quote tokens": a token never expires, can be used
// again and again, and is good only in the chat where its message was sent.
import type { Chat, MessageObject, StoredMessage } from './chats.ts'

/** Undefined where the message quotes nothing. */
export function quoteTokenOf(message: MessageObject): string | undefined {
  return 'quoteToken' in message && typeof message.quoteToken === 'string' ? message.quoteToken : undefined
}

/** The newest messages are looked at first: those are what bots quote. */
export function findQuoted(chat: Chat, quoteToken: string): StoredMessage | undefined {
  return chat.messages.findLast(
    (stored) => stored.quoteToken === quoteToken || stored.olderQuoteTokens?.includes(quoteToken),
  )
}
