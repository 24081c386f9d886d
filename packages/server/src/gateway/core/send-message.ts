// The rules of accepting a message: who it goes to, what the channel makes of it, and that it is answered only
// once it is on disk. What cannot be sent is either refused at once or accepted and reported as failed: each
// dialect has its own custom.
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../kit/clock.ts'
import { type ConnectorAccountId, type ContactId, type MessageId, newId } from './ids.ts'
import type { App, ChannelName, Content, DialectName, Failure, MessageFacts, Notice } from './model.ts'
import { draftCallbacks } from './notify.ts'
import type { Acceptance, AcceptRow, Connector, Prepared, ReplyTokens } from './ports.ts'
import { findOrMakeRecipient, type RecipientOptions } from './recipients.ts'

export interface SendCommand {
  app: App
  dialect: DialectName
  recipient: { kind: 'identity'; channel: ChannelName; identity: string } | { kind: 'contact'; contactId: ContactId }
  content: Content
  metadata: string
  correlationId: string
  clientMessageId: string | undefined
  expiresAtMs: number | undefined
  /** A second command with the key is answered with the first one's message. */
  idempotency?: { key: string; requestHash: string }
  traceId?: string
  /** Known beforehand to fail, whatever the channel says. */
  certainFailure?: Failure
  /** `answer`: a message the channel cannot take is refused; `report`: it is accepted and then reported as failed. */
  onFailure: 'answer' | 'report'
}

export type SendResult =
  | { kind: 'accepted'; messageId: MessageId; acceptedAtMs: number }
  | { kind: 'refused'; failure: Failure }
  | { kind: 'unknown-contact' }
  | { kind: 'overloaded' }

export interface SendPorts extends RecipientOptions {
  acceptance: Acceptance
  connector: Pick<Connector, 'prepare'>
  replyTokens: Pick<ReplyTokens, 'take'>
  /** The picture for films without one. */
  standInThumbnailUrl(): string
  clock: Clock
}

type Plan = (Prepared & { kind: 'ready'; accountId: ConnectorAccountId }) | { kind: 'refused'; failure: Failure }

export async function sendMessage(ports: SendPorts, command: SendCommand): Promise<SendResult> {
  const { app } = command
  const content = withStandIn(ports, command)
  const planned = await plan(ports, { ...command, content })
  if (planned.kind === 'refused' && command.onFailure === 'answer') return planned
  const target = await findTarget(ports, command)
  if (target === undefined) return { kind: 'unknown-contact' }
  const acceptedAtMs = ports.clock.now()
  const recipient = await findOrMakeRecipient(ports, app, target.channel, target.identity, true, acceptedAtMs)
  const message: MessageFacts = {
    messageId: newId<MessageId>(acceptedAtMs),
    appId: app.appId,
    ...recipient,
    channel: target.channel,
    identity: target.identity,
    metadata: command.metadata,
    correlationId: command.correlationId,
    acceptedAtMs,
    ...(command.traceId !== undefined && { traceId: command.traceId }),
  }
  const outcome = await ports.acceptance.accept({
    ...message,
    dialect: command.dialect,
    content,
    clientMessageId: command.clientMessageId,
    ...(command.idempotency && { idempotency: command.idempotency }),
    next: nextStep(ports, command, message, planned),
  })
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', messageId: message.messageId, acceptedAtMs }
    case 'full':
      return { kind: 'overloaded' }
    case 'repeated':
      return outcome.same
        ? { kind: 'accepted', messageId: outcome.messageId, acceptedAtMs }
        : { kind: 'refused', failure: KEY_REUSED }
    default:
      return outcome satisfies never
  }
}

function withStandIn({ standInThumbnailUrl }: SendPorts, { app, content }: SendCommand): Content {
  if (content.kind !== 'video' && content.kind !== 'linked-media') return content
  if (!app.universalThumbnail || content.thumbnailUrl !== undefined) return content
  return { ...content, standInThumbnailUrl: standInThumbnailUrl() }
}

async function plan(ports: SendPorts, { app, content, certainFailure }: SendCommand): Promise<Plan> {
  if (certainFailure !== undefined) return { kind: 'refused', failure: certainFailure }
  if (app.accountId === undefined) return { kind: 'refused', failure: NO_ACCOUNT }
  const prepared = await ports.connector.prepare(app.accountId, content)
  return prepared.kind === 'ready' ? { ...prepared, accountId: app.accountId } : prepared
}

const KEY_REUSED: Failure = {
  code: 'bad-content',
  description: 'The idempotency key was used for another request.',
}
const NO_ACCOUNT: Failure = { code: 'channel-missing', description: 'The app is not connected to this channel.' }

async function findTarget(
  ports: SendPorts,
  { app, recipient }: SendCommand,
): Promise<{ channel: ChannelName; identity: string } | undefined> {
  if (recipient.kind === 'identity') return recipient
  return ports.recipients.identityOf(app.appId, recipient.contactId)
}

function nextStep(
  { dialects, replyTokens }: SendPorts,
  { app, expiresAtMs }: SendCommand,
  message: MessageFacts,
  planned: Plan,
): AcceptRow['next'] {
  if (planned.kind === 'ready') {
    const { accountId, payload, repeatable, isFinal } = planned
    const reply = app.replyTokenSaving && isFinal ? replyTokens.take(accountId, message.identity) : undefined
    return {
      kind: 'send',
      accountId,
      retryKey: repeatable ? randomUUID() : undefined,
      payload,
      expiresAtMs,
      // One that expires has a moment of its own, and a free reply is better than a place in a batch.
      mayCoalesce: app.multicastCoalescing && isFinal && expiresAtMs === undefined && reply === undefined,
      ...(reply && { reply }),
    }
  }
  const { failure } = planned
  const notice = statusNotice(app, message, { state: 'failed', failure }, message.acceptedAtMs)
  return { kind: 'fail', failure, callbacks: draftCallbacks(notice, app.webhooks, dialects, message.acceptedAtMs) }
}

export type FinalState = { state: 'sent' } | { state: 'failed'; failure: Failure }

export function statusNotice(app: App, message: MessageFacts, final: FinalState, atMs: number): Notice {
  return {
    kind: 'message-status',
    projectId: app.projectId,
    appId: app.appId,
    identity: message.identity,
    acceptedAtMs: message.acceptedAtMs,
    eventAtMs: atMs,
    message,
    state: final.state,
    failure: final.state === 'failed' ? final.failure : undefined,
  }
}
