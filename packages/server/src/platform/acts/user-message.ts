// What a user sends: the object that the chat keeps, and how a bot is told of it.
import type { MessageContent, StickerResourceType } from '@hatoba/line/wire'
import type { LineChannel } from '../accounts/channels.ts'
import type { Chat, StoredMessage } from '../chats/chats.ts'
import { markAsReadToken } from '../chats/mark-as-read-token.ts'
import type { StoredFile } from '../content/content-store.ts'
import type { PlatformCore } from '../core.ts'
import { consents } from '../webhooks/events.ts'

/** The longest text that LINE's apps send; unconfirmed. */
export const LONGEST_USER_TEXT = 10_000

/** Places in a text, in UTF-16 units. */
interface Span {
  index: number
  length: number
}

type TextEmoji = Span & { productId: string; emojiId: string }
/** Of a user of the chat, of its bot, or of all. */
type TextMention = (Span & { type: 'user'; userId: string }) | (Span & { type: 'all' })

export interface TextContent {
  type: 'text'
  text: string
  emojis?: TextEmoji[]
  mention?: { mentionees: TextMention[] }
  quotedMessageId?: string
}

interface StickerContent {
  type: 'sticker'
  packageId: string
  stickerId: string
  stickerResourceType: StickerResourceType
  keywords?: string[]
  text?: string
  quotedMessageId?: string
}

/** `line`: a file that was uploaded. `external`: URLs, as a LIFF app sends them. */
type Provider = { type: 'line' } | { type: 'external'; originalContentUrl: string; previewImageUrl?: string }

interface ImageContent {
  type: 'image'
  contentProvider: Provider
  imageSet?: { id: string; index: number; total: number }
}

interface PlayedContent {
  type: 'video' | 'audio'
  contentProvider: Provider
  /** Milliseconds. */
  duration?: number
}

interface FileContent {
  type: 'file'
  fileName: string
  /** Bytes. */
  fileSize: number
}

export interface LocationContent {
  type: 'location'
  title?: string
  address?: string
  latitude: number
  longitude: number
}

/** A message of a user as its chat keeps it. */
export type UserMessage =
  | TextContent
  | StickerContent
  | ImageContent
  | PlayedContent
  | FileContent
  | LocationContent
  /** A bubble that only the chat shows: the `displayText` of a postback. */
  | { type: 'text'; text: string; isDisplayText: true }

/** The file of a message, and how long LINE prepares it. */
export interface SentFile {
  readonly file: StoredFile
  readonly preparingMs?: number
  readonly preparingFails?: true
}

/** LINE reference, "Message event": which kinds can be quoted. */
export function isQuotable(type: string): boolean {
  return type !== 'audio' && type !== 'file' && type !== 'location'
}

/** The `message` of the webhook event. */
export function eventContent(
  core: PlatformCore,
  channel: LineChannel,
  stored: StoredMessage,
  message: Exclude<UserMessage, { isDisplayText: true }>,
): MessageContent {
  const { id, quoteToken = '' } = stored
  const readToken =
    channel.settings.markAsReadMode === 'manual' && stored.editedAtMs === undefined
      ? { markAsReadToken: markAsReadToken(channel, stored) }
      : {}
  switch (message.type) {
    case 'text': {
      const { mention, ...text } = message
      const told = mention && {
        mention: { mentionees: mention.mentionees.map((one) => mentionee(core, channel, one)) },
      }
      return { id, quoteToken, ...readToken, ...text, ...told }
    }
    case 'sticker':
    case 'image':
      return { id, quoteToken, ...readToken, ...message }
    case 'video': {
      const { type, ...video } = message
      return { type: 'video', id, quoteToken, ...readToken, ...video }
    }
    case 'audio': {
      const { type, ...audio } = message
      return { type: 'audio', id, ...readToken, ...audio }
    }
    case 'file':
    case 'location':
      return { id, ...readToken, ...message }
    default:
      return message satisfies never
  }
}

/** LINE reference, "Text message": the id only of users who consent; `isSelf` on the bot that is told. */
function mentionee(core: PlatformCore, channel: LineChannel, mention: TextMention) {
  const { index, length } = mention
  if (mention.type === 'all') return { index, length, type: 'all' as const }
  const { userId } = mention
  const isSelf = userId === channel.botUserId
  return { index, length, type: 'user' as const, ...((isSelf || consents(core.users, userId)) && { userId }), isSelf }
}

/** What is wrong with a text's emojis and mentions; undefined where nothing is. */
export function whyBadText({ text, emojis = [], mention }: TextContent, chat: Chat): string | undefined {
  const spans: Span[] = [...emojis, ...(mention?.mentionees ?? [])].sort((a, b) => a.index - b.index)
  let end = 0
  for (const { index, length } of spans) {
    if (index < end || index + length > text.length)
      return `the emoji or mention at ${index} overlaps another or reaches beyond the text`
    end = index + length
  }
  if (mention !== undefined && chat.kind === 'user') return 'people are mentioned in groups and rooms only'
  return undefined
}
