// What a message is called, and how it reads in one line.
import type { MessageContent as ContentOfUser, Message as MessageOfBot } from '@hatoba/line/wire'
import type { MessageContent } from './control-api.ts'
import { texts } from './texts.ts'

/** A mission sticker is no message of LINE's API: the platform puts it into the chat. */
type KnownKind = ContentOfUser['type'] | MessageOfBot['type'] | 'missionSticker'

const names: Readonly<Record<KnownKind, string>> = texts.kinds

const isKnownKind = (type: string): type is KnownKind => Object.hasOwn(names, type)

export function kindName({ type }: MessageContent): string {
  return isKnownKind(type) ? names[type] : texts.unknownKind(type)
}

export function summaryOf(message: MessageContent): string {
  return message.text ?? message.altText ?? kindName(message)
}
