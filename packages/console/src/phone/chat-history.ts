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

/** With the message in the place of what stood there: it was edited or taken back. */
export function withChange(history: ChatHistory, message: ChatMessage): ChatHistory {
  if (!hasMessage(history, message.id)) return history
  const put = (other: ChatMessage) => (other.id === message.id ? message : other)
  const pages = history.pages.map((page) =>
    page.messages.some((other) => other.id === message.id) ? { ...page, messages: page.messages.map(put) } : page,
  )
  return { ...history, pages }
}

/** Some messages that stand together, with their neighbours. */
export interface Stretch {
  key: string
  messages: readonly ChatMessage[]
  before: ChatMessage | undefined
  after: ChatMessage | undefined
}

/** So few that drawing one takes no time that anybody notices. */
const STRETCH_LENGTH = 20
const cutPages = new WeakMap<readonly ChatMessage[], readonly (readonly ChatMessage[])[]>()

/** The messages in stretches that stay the same, as objects too, when others come in above or below. */
export function stretchesOf(history: ChatHistory | undefined): Stretch[] {
  const parts = (history?.pages ?? []).toReversed().flatMap((page) => cut(page.messages))
  return parts.map((messages, at) => ({
    key: messages[0]?.id ?? '',
    messages,
    before: parts[at - 1]?.at(-1),
    after: parts[at + 1]?.[0],
  }))
}

function cut(messages: readonly ChatMessage[]): readonly (readonly ChatMessage[])[] {
  const known = cutPages.get(messages)
  if (known !== undefined) return known
  const parts: (readonly ChatMessage[])[] = []
  for (let from = 0; from < messages.length; from += STRETCH_LENGTH)
    parts.push(messages.length <= STRETCH_LENGTH ? messages : messages.slice(from, from + STRETCH_LENGTH))
  cutPages.set(messages, parts)
  return parts
}
