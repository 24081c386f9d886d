// What a message is called, and how it reads in one line.
import type { MessageContent } from './control-api.ts'
import { texts } from './texts.ts'

const names: Readonly<Record<string, string | undefined>> = texts.kinds

export function kindName(message: MessageContent): string {
  return names[message.type] ?? texts.unknownKind(message.type)
}

export function summaryOf(message: MessageContent): string {
  return message.text ?? message.altText ?? kindName(message)
}
