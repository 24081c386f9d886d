// How a chat is laid out: a separator where a new day begins, and messages of one sender close together, with the sender
// named at the first and the time shown at the last of them.
import type { ChatMessage } from './control-api.ts'
import { isSameDay } from './days.ts'

const GROUP_FOR_MS = 60_000

export type ChatRow =
  | { kind: 'day'; key: string; atMs: number }
  | { kind: 'message'; key: string; message: ChatMessage; startsGroup: boolean; endsGroup: boolean }

/**
 * @param messages oldest first
 * @param older what stands above the first of them
 * @param newer what stands under the last of them
 */
export function toChatRows(messages: readonly ChatMessage[], older?: ChatMessage, newer?: ChatMessage): ChatRow[] {
  return messages.flatMap((message, at): ChatRow[] => {
    const before = at === 0 ? older : messages[at - 1]
    const after = at === messages.length - 1 ? newer : messages[at + 1]
    const beginsDay = before === undefined || !isSameDay(before.sentAtMs, message.sentAtMs)
    const row: ChatRow = {
      kind: 'message',
      key: message.id,
      message,
      startsGroup: before === undefined || !belongTogether(before, message),
      endsGroup: after === undefined || !belongTogether(message, after),
    }
    return beginsDay ? [{ kind: 'day', key: `day ${message.id}`, atMs: message.sentAtMs }, row] : [row]
  })
}

function belongTogether(earlier: ChatMessage, later: ChatMessage): boolean {
  return (
    earlier.from.id === later.from.id &&
    earlier.unsent === undefined &&
    isSameDay(earlier.sentAtMs, later.sentAtMs) &&
    Math.floor(earlier.sentAtMs / GROUP_FOR_MS) === Math.floor(later.sentAtMs / GROUP_FOR_MS)
  )
}
