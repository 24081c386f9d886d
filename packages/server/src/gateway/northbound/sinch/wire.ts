// The Conversation API's objects as they stand on the wire (Sinch Conversation API facts sheet, A to C).

export type SinchChannel =
  | 'WHATSAPP'
  | 'RCS'
  | 'SMS'
  | 'MESSENGER'
  | 'VIBER'
  | 'VIBERBM'
  | 'MMS'
  | 'INSTAGRAM'
  | 'TELEGRAM'
  | 'KAKAOTALK'
  | 'KAKAOTALKCHAT'
  | 'LINE'
  | 'WECHAT'
  | 'APPLEBC'

const CHANNELS: Readonly<Record<SinchChannel, true>> = {
  WHATSAPP: true,
  RCS: true,
  SMS: true,
  MESSENGER: true,
  VIBER: true,
  VIBERBM: true,
  MMS: true,
  INSTAGRAM: true,
  TELEGRAM: true,
  KAKAOTALK: true,
  KAKAOTALKCHAT: true,
  LINE: true,
  WECHAT: true,
  APPLEBC: true,
}

export const isSinchChannel = (text: string): text is SinchChannel => Object.hasOwn(CHANNELS, text)

/** The kinds of an AppMessage; a message is exactly one of them. */
export const APP_MESSAGE_KINDS = [
  'text_message',
  'media_message',
  'location_message',
  'choice_message',
  'card_message',
  'carousel_message',
  'list_message',
  'contact_info_message',
  'template_message',
] as const

export type Trigger = 'MESSAGE_INBOUND' | 'MESSAGE_DELIVERY' | 'CONTACT_CREATE' | 'OPT_IN' | 'OPT_OUT' | 'UNSUPPORTED'

export interface ChannelIdentity {
  channel: string
  identity: string
  app_id: string
}

export interface SendMessageResponse {
  message_id: string
  accepted_time: string
}

export interface MediaMessage {
  url: string
  thumbnail_url: string
  filename_override?: string
}

interface LocationMessage {
  title: string
  coordinates: { latitude: number; longitude: number }
  label: string
}

export type WireContent =
  | { text_message: { text: string } }
  | { media_message: MediaMessage }
  | { location_message: LocationMessage }
  /** What was received and has no form of its own, or is lost. */
  | { fallback_message: { raw_message: string; reason: Reason } }

export interface ConversationMessage {
  id: string
  direction: 'TO_APP' | 'TO_CONTACT'
  app_message?: WireContent
  contact_message?: WireContent
  channel_identity: ChannelIdentity
  conversation_id: string
  contact_id: string
  metadata: string
  accept_time: string
  sender_id: string
  processing_mode: 'CONVERSATION'
  injected?: boolean
}

export interface Reason {
  code: string
  description: string
  sub_code: 'UNSPECIFIED_SUB_CODE' | 'MEDIA_TYPE_UNDETERMINED'
}

export interface MessageDeliveryReport {
  message_id: string
  conversation_id: string
  status: 'QUEUED_ON_CHANNEL' | 'FAILED'
  channel_identity: ChannelIdentity
  contact_id: string
  reason?: Reason
  metadata: string
  processing_mode: 'CONVERSATION'
}

interface OptNotification {
  contact_id: string
  channel: string
  identity: string
  status: 'OPT_IN_SUCCEEDED' | 'OPT_OUT_SUCCEEDED'
  request_id: string
  processing_mode: 'CONVERSATION'
}

interface WireContact {
  id: string
  channel_identities: ChannelIdentity[]
  channel_priority: string[]
  display_name: string
  email: string
  external_id: string
  metadata: string
  language: string
}

export type CallbackBody =
  | { message: ConversationMessage }
  | { message_delivery_report: MessageDeliveryReport }
  | { opt_in_notification: OptNotification }
  | { opt_out_notification: OptNotification }
  | { contact_create_notification: { contact: WireContact } }
  | { unsupported_callback: { channel: string; payload: string; processing_mode: 'CONVERSATION' } }
