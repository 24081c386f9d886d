// The provider-neutral model: what the gateway knows of projects, apps, people and messages, in nobody's dialect.
// The nouns:
//   project       the tenant; owns API keys, apps and contacts
//   app           one business on its channels; messages, conversations and webhooks belong to it
//   contact       one person, known by channel identities; `identity` is the person's id on the channel, per app
//   conversation  the messages of one app and one contact
//   notice        something the customer may want to hear of; each subscribed webhook gets it as a callback
import type {
  AppId,
  CallbackId,
  ConnectorAccountId,
  ContactId,
  ConversationId,
  MessageId,
  ProjectId,
  WebhookId,
} from './ids.ts'
import type { ChannelMedia, MediaKind, StoredMedia } from './media.ts'

export type ChannelName = 'LINE'
export type DialectName = 'sinch' | '8x8'
/** What an admin key may do: a viewer only reads. */
export type AdminRole = 'owner' | 'viewer'

/** Which addresses an outgoing request may reach: see kit/outbound. */
export type Reach = 'public' | 'loopback'

export interface Webhook {
  webhookId: WebhookId
  appId: AppId
  dialect: DialectName
  target: string
  /** In the dialect's own words. */
  triggers: readonly string[]
  secret: string | undefined
  /** A disabled one is told nothing. */
  enabled: boolean
  reach: Reach
}

export interface App {
  appId: AppId
  projectId: ProjectId
  displayName: string
  subAccountId: string
  /** How long a send is retried, counted from its first attempt. */
  retryDurationMs: number
  /** A film without a thumbnail gets a picture of one transparent pixel. */
  universalThumbnail: boolean
  /** A send within the life of a reply token goes out as a reply, which costs nothing. */
  replyTokenSaving: boolean
  /** Equal sends that wait at the same time go out as one. */
  multicastCoalescing: boolean
  /** A send of unknown fate is repeated also where the channel has no means against doubles. */
  allowDuplicates: boolean
  accountId: ConnectorAccountId | undefined
  webhooks: readonly Webhook[]
}

export interface ApiKey {
  keyId: string
  projectId: ProjectId | undefined
  use: DialectName | 'admin'
  secretSha256: string
  /** Of admin keys. */
  role: AdminRole
  /** undefined: every app of the project. */
  appIds: readonly AppId[] | undefined
}

export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'image'; url: string; thumbnailUrl?: string }
  /** `standInThumbnailUrl`: may stand in where there is no thumbnail. */
  | { kind: 'video'; url: string; thumbnailUrl?: string; standInThumbnailUrl?: string }
  | { kind: 'audio'; url: string; durationMs?: number }
  /** An image, video, audio or something else: only what the URL leads to tells. */
  | { kind: 'linked-media'; url: string; thumbnailUrl?: string; standInThumbnailUrl?: string; fileName?: string }
  | { kind: 'location'; latitude: number; longitude: number; title: string; address: string }
  /** What a person sent, in our storage. */
  | ({ kind: 'media' } & StoredMedia)
  /** What a person sent and nobody can have any more. `payload`: what the channel told of it, as it stands. */
  | { kind: 'missing-media'; media: MediaKind; failure: Failure; payload: string }

export type Direction = 'inbound' | 'outbound'
export type MessageState = 'received' | 'queued' | 'sent' | 'failed' | 'cancelled'

export type FailureCode =
  | 'bad-content'
  | 'channel-missing'
  | 'channel-misconfigured'
  | 'channel-rejected'
  | 'channel-unreachable'
  | 'expired'
  | 'internal'
  | 'media-not-reachable'
  | 'media-too-large'
  | 'media-type-unsupported'
  | 'media-type-undetermined'
  | 'quota-exhausted'
  | 'rate-limited'
  | 'recipient-unreachable'

export interface Failure {
  code: FailureCode
  description: string
}

/** What a status report repeats of the message it is about. */
export interface MessageFacts {
  messageId: MessageId
  appId: AppId
  contactId: ContactId
  conversationId: ConversationId
  channel: ChannelName
  identity: string
  metadata: string
  correlationId: string
  acceptedAtMs: number
  /** Of the request that it came with (W3C Trace Context). */
  traceId?: string
}

export interface Message extends MessageFacts {
  direction: Direction
  state: MessageState
  content: Content
  failure: Failure | undefined
  clientMessageId: string | undefined
  stateAtMs: number
}

export interface Contact {
  contactId: ContactId
  displayName: string
  email: string
  externalId: string
  metadata: string
  language: string
  channelPriority: readonly ChannelName[]
  identities: readonly { channel: ChannelName; identity: string; appId: AppId }[]
}

interface NoticeFrame {
  projectId: ProjectId
  appId: AppId
  /** The person it is about: callbacks about one person reach a webhook in order. */
  identity: string
  acceptedAtMs: number
  /** When it happened, by the channel's clock where the channel tells. */
  eventAtMs: number
}

export type Notice = NoticeFrame &
  (
    | {
        kind: 'message-received'
        message: MessageFacts & { content: Content }
        subAccountId: string
        /** The company's account that received it. */
        accountId: ConnectorAccountId
      }
    | { kind: 'message-status'; message: MessageFacts; state: 'sent' | 'failed'; failure: Failure | undefined }
    | { kind: 'contact-created'; contact: Contact }
    | { kind: 'opt-in' | 'opt-out'; contactId: ContactId; channel: ChannelName; requestId: string }
    /** `payload`: what the channel sent, as it stands. */
    | { kind: 'unsupported'; channel: ChannelName; payload: string }
  )

/** A callback as it will be sent: the body is fixed once and is the same on every attempt. */
export interface CallbackDraft {
  callbackId: CallbackId
  appId: AppId
  webhookId: WebhookId
  lane: string
  trigger: string
  body: string
  createdAtMs: number
}

/** What a channel's event means, before contacts are looked up. `eventAtMs` is the channel's time. */
export type InboundEvent = { eventAtMs: number; reply?: { replyToken: string; untilMs: number } } & (
  | { kind: 'message'; identity: string; content: Content }
  /** A message whose file has to be fetched first. */
  | { kind: 'media-message'; identity: string; media: ChannelMedia; payload: string }
  | { kind: 'opt-in' | 'opt-out'; identity: string }
  | { kind: 'unsupported'; identity: string; payload: string }
)
