// The messages of one chat as the page keeps them: pages from newest to oldest, each oldest first, and new messages put
// in where they belong. Every message is kept once, whether it came by the stream, by an answer or by a reload.
import type { InfiniteData } from '@tanstack/react-query'
import type { ChatMessage, MessagePage } from './control-api.ts'

export type ChatHistory = InfiniteData<MessagePage, unknown>

/** All messages, oldest first. */
export function messagesOf(history: ChatHistory | undefined): ChatMessage[] {
  return history === undefined ? [] : history.pages.toReversed().flatMap((page) => page.messages)
}

export function hasMessage(history: ChatHistory | undefined, messageId: string): boolean {
  return history?.pages.some((page) => page.messages.some((message) => message.id === messageId)) ?? false
}

/** With the message in the newest page, behind all that were sent before it or at the same moment. */
export function withMessage(history: ChatHistory, message: ChatMessage): ChatHistory {
  const [newest, ...older] = history.pages
  if (newest === undefined || hasMessage(history, message.id)) return history
  const at = newest.messages.findLastIndex((other) => other.sentAtMs <= message.sentAtMs) + 1
  const messages = newest.messages.toSpliced(at, 0, message)
  return { ...history, pages: [{ ...newest, messages }, ...older] }
}
