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

export type InboundContent =
  | { type: 'Text'; content: { text: string } }
  | { type: 'Image' | 'Video' | 'Audio' | 'File'; content: { url: string } }
  | {
      type: 'Location'
      content: { location: { longitude: number; latitude: number; name?: string; address?: string } }
    }
  | { type: 'None'; content: Record<string, never> }

/** 8x8 LINE guide, "Inbound Webhook Format". */
export type InboundMessage = InboundContent & {
  eventType: 'inboundMessage'
  channel: 'line'
  user: { channelUserId: string }
  umid: string
  subAccountId: string
  timestamp: string
  version: 1
  recipient: { recipientId: string }
}
