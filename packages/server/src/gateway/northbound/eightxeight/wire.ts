// The 8x8 Messaging API's objects as they stand on the wire (8x8 facts sheet, 2.1).

/** The caller's own key for the recipient is echoed, and nothing else of the user. */
export type WireUser = { lineUserId: string } | { channelUserId: string }

export interface SendResponse {
  umid: string
  user: WireUser
  clientMessageId?: string
  status: { state: 'queued'; timestamp: string }
}

/** Content types, compared in lower case: the documents disagree on it. */
export const CONTENT_TYPES: ReadonlySet<string> = new Set([
  'text',
  'audio',
  'video',
  'image',
  'location',
  'file',
  'interactive',
  'template',
  'carousel',
  'richcard',
])
