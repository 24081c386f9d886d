// The rules of what a channel's event does: which contact it concerns, which message it leaves behind and what
// the customer is told.
import { newUuid } from '../../kit/ids.ts'
import { type ConnectorAccountId, type MessageId, newId } from './ids.ts'
import type { App, CallbackDraft, ChannelName, Content, InboundEvent, MessageFacts, Notice } from './model.ts'
import { draftCallbacks } from './notify.ts'
import { findOrMakeRecipient, type RecipientOptions } from './recipients.ts'

export interface InboundEffect {
  message: (MessageFacts & { content: Content }) | undefined
  callbacks: CallbackDraft[]
}

export async function receiveEvent(
  ports: RecipientOptions,
  app: App,
  { channel, accountId }: { channel: ChannelName; accountId: ConnectorAccountId },
  event: Exclude<InboundEvent, { kind: 'media-message' }>,
  receivedAtMs: number,
  nowMs: number,
): Promise<InboundEffect> {
  const frame = {
    projectId: app.projectId,
    appId: app.appId,
    identity: event.identity,
    acceptedAtMs: receivedAtMs,
    eventAtMs: event.eventAtMs,
  }
  const tell = (notice: Notice) => draftCallbacks(notice, app.webhooks, ports.dialects, nowMs)
  switch (event.kind) {
    case 'message': {
      const recipient = await findOrMakeRecipient(ports, app, channel, event.identity, true, receivedAtMs)
      const { subAccountId } = app
      const message = {
        messageId: newId<MessageId>(nowMs),
        appId: app.appId,
        ...recipient,
        channel,
        identity: event.identity,
        metadata: '',
        correlationId: '',
        acceptedAtMs: receivedAtMs,
        content: event.content,
      }
      return { message, callbacks: tell({ ...frame, kind: 'message-received', message, subAccountId, accountId }) }
    }
    case 'opt-in':
    case 'opt-out': {
      // Becoming a friend opens no conversation; the first message does.
      const { contactId } = await findOrMakeRecipient(ports, app, channel, event.identity, false, receivedAtMs)
      const notice: Notice = { ...frame, kind: event.kind, contactId, channel, requestId: newUuid(nowMs) }
      return { message: undefined, callbacks: tell(notice) }
    }
    case 'unsupported':
      return { message: undefined, callbacks: tell({ ...frame, kind: 'unsupported', channel, payload: event.payload }) }
    default:
      return event satisfies never
  }
}
