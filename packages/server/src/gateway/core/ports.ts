// What core needs of the outside world. Rows go in and out as plain data, so that a statement can run on any engine.
// Whatever is asked may throw UnavailableError.
import type { AppId, ConnectorAccountId, ContactId, ConversationId, MessageId, ProjectId, WebhookId } from './ids.ts'
import type {
  App,
  CallbackDraft,
  ChannelName,
  Content,
  DialectName,
  Failure,
  MessageFacts,
  Notice,
  Webhook,
} from './model.ts'

/** Configuration, as it changes rarely. */
export interface Directory {
  app(appId: AppId): Promise<App | undefined>
  webhook(webhookId: WebhookId): Promise<Webhook | undefined>
  webhooksOfProject(projectId: ProjectId): Promise<readonly Webhook[]>
}

export interface Recipient {
  contactId: ContactId
  conversationId: ConversationId
}

/** A contact, and if wanted its conversation, to be made where it does not exist; the ids are used only if so. */
export interface RecipientCandidate extends Recipient {
  appId: AppId
  projectId: ProjectId
  channel: ChannelName
  identity: string
  wantsConversation: boolean
  nowMs: number
  /** Stored with the contact if this candidate becomes one. */
  callbacks: readonly CallbackDraft[]
}

export interface Recipients {
  find(appId: AppId, channel: ChannelName, identity: string): Promise<Partial<Recipient> | undefined>
  /** Whoever comes first makes the contact; everybody gets that one. */
  ensure(candidate: RecipientCandidate): Promise<Recipient>
  /** The person's identity in this app, or undefined where the contact is unknown or not reachable in it. */
  identityOf(appId: AppId, contactId: ContactId): Promise<{ channel: ChannelName; identity: string } | undefined>
}

/** A message to accept, with either the send that it asks for or the failure that is already certain. */
export interface AcceptRow extends MessageFacts {
  dialect: DialectName
  content: Content
  clientMessageId: string | undefined
  /** A second request with the key is answered with the first one's message. */
  idempotency?: { key: string; requestHash: string }
  next:
    | {
        kind: 'send'
        accountId: ConnectorAccountId
        /** undefined: the channel has no means against doubles, so a send of unknown fate is not simply repeated. */
        retryKey: string | undefined
        payload: string
        expiresAtMs: number | undefined
        /** Overtakes what is not urgent, also to the same person. */
        urgent?: boolean
        /** May go out together with sends of the same payload. */
        mayCoalesce?: boolean
        reply?: ReplyOption
        /** Not before then. */
        sendAtMs?: number
      }
    | { kind: 'fail'; failure: Failure; callbacks: readonly CallbackDraft[] }
}

export type AcceptOutcome =
  | { kind: 'accepted' }
  /** Too many are waiting; nothing is stored. */
  | { kind: 'full' }
  /** Its idempotency key was there before, with that message; `same`: for the same request. */
  | { kind: 'repeated'; messageId: MessageId; same: boolean }

export interface Acceptance {
  /** Resolves once the row is on disk. */
  accept(row: AcceptRow): Promise<AcceptOutcome>
}

export type Prepared =
  | {
      kind: 'ready'
      payload: string
      /** Whether the channel tells repeats by a key. */
      repeatable: boolean
      /** What goes out is certain now, so that equal ones can go out as one. */
      isFinal: boolean
    }
  | { kind: 'refused'; failure: Failure }

/** How a message goes out. */
export type SendWay =
  | { kind: 'push' }
  | { kind: 'reply'; replyToken: string }
  | { kind: 'multicast'; members: readonly Pick<MessageFacts, 'messageId' | 'identity'>[] }

/** How one attempt to send ended. `detail`: codes for the log, no content. */
export type SendAnswer = { detail: Record<string, string | number> } & (
  | { kind: 'taken' }
  /** `tokenSpent`: the reply token was used or is too old. */
  | { kind: 'refused'; failure: Failure; tokenSpent?: boolean }
  /** Too fast for the channel: the account has to pause. */
  | { kind: 'throttled' }
  /** Unknown whether the channel has it, unless `notSent`: the same retry key makes a repeat harmless. */
  | { kind: 'unanswered'; failure: Failure; notSent?: boolean }
)

/** The person wrote a moment ago, and the message may answer that. */
export interface ReplyOption {
  replyToken: string
  untilMs: number
}

/** Reply tokens that wait for a message to go out with them, each for one. */
export interface ReplyTokens {
  keep(accountId: ConnectorAccountId, identity: string, reply: ReplyOption): void
  take(accountId: ConnectorAccountId, identity: string): ReplyOption | undefined
}

/** A channel's side of sending: turns content into what the channel takes, within the limits of the account. */
export interface Connector {
  prepare(accountId: ConnectorAccountId, content: Content): Promise<Prepared>
  send(send: StoredSend, way: SendWay): Promise<SendAnswer>
}

/** A customer-facing API's side of callbacks. */
export interface CallbackDialect {
  /** undefined: this webhook did not ask for it, or the dialect has no form for it. */
  render(notice: Notice, webhook: Webhook): { trigger: string; body: string } | undefined
  /** The message that a rendered body is about, if it is about one. */
  messageIdOf(body: string): MessageId | undefined
  /** Headers of one attempt, the signature among them. */
  headers(webhook: Webhook, body: string, nowMs: number): Record<string, string>
  /** The pause after so many failed attempts, the last with this HTTP status; undefined: it is not tried again. */
  retryDelayMs(failedAttempts: number, status: number | undefined): number | undefined
}

export type CallbackDialects = Readonly<Partial<Record<DialectName, CallbackDialect>>>

export interface StoredSend {
  message: MessageFacts
  accountId: ConnectorAccountId
  retryKey: string | undefined
  payload: string
  attempts: number
  firstAttemptAtMs: number | undefined
  expiresAtMs?: number
  reply?: ReplyOption
}
