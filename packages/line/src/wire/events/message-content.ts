// What users send, as it stands in the `message` of a webhook event. LINE reference, "Message event".

interface ContentBase {
  id: string
  /** Only where the account answers by hand. */
  markAsReadToken?: string
}

export interface TextContent extends ContentBase {
  type: 'text'
  text: string
  quoteToken: string
  emojis?: { index: number; length: number; productId: string; emojiId: string }[]
  mention?: { mentionees: Mentionee[] }
  quotedMessageId?: string
}

export type Mentionee =
  | { type: 'user'; index: number; length: number; userId?: string; isSelf?: boolean }
  | { type: 'all'; index: number; length: number }

/** Where the bytes are: with LINE, or behind URLs of a LIFF app. */
export type ContentProvider =
  | { type: 'line' }
  | { type: 'external'; originalContentUrl: string; previewImageUrl?: string }

export interface ImageContent extends ContentBase {
  type: 'image'
  quoteToken: string
  contentProvider: ContentProvider
  imageSet?: { id: string; index?: number; total?: number }
}

export interface VideoContent extends ContentBase {
  type: 'video'
  quoteToken: string
  contentProvider: ContentProvider
  /** Milliseconds. */
  duration?: number
}

export interface AudioContent extends ContentBase {
  type: 'audio'
  contentProvider: ContentProvider
  /** Milliseconds. */
  duration?: number
}

export interface FileContent extends ContentBase {
  type: 'file'
  fileName: string
  /** Bytes. */
  fileSize: number
}

export interface LocationContent extends ContentBase {
  type: 'location'
  title?: string
  address?: string
  latitude: number
  longitude: number
}

export const STICKER_RESOURCE_TYPES = [
  'STATIC',
  'ANIMATION',
  'SOUND',
  'ANIMATION_SOUND',
  'POPUP',
  'POPUP_SOUND',
  'CUSTOM',
  'MESSAGE',
  'NAME_TEXT',
  'PER_STICKER_TEXT',
] as const

export type StickerResourceType = (typeof STICKER_RESOURCE_TYPES)[number]

export interface StickerContent extends ContentBase {
  type: 'sticker'
  packageId: string
  stickerId: string
  stickerResourceType: StickerResourceType
  quoteToken: string
  keywords?: string[]
  text?: string
  quotedMessageId?: string
}

export type MessageContent =
  | TextContent
  | ImageContent
  | VideoContent
  | AudioContent
  | FileContent
  | LocationContent
  | StickerContent
