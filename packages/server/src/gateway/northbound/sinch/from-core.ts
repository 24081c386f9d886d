// Writes messages and notices in the Conversation API's form. Key order and empty strings as in Sinch's own samples.
import { uuidToUlid } from '../../../kit/ids.ts'
import type { MediaLinks } from '../../core/media.ts'
import type { Content, Message, MessageFacts, Notice, Webhook } from '../../core/model.ts'
import type { CallbackBody, ChannelIdentity, ConversationMessage, MessageDeliveryReport, Trigger } from './wire.ts'
import { writeContent, writeReason } from './write-content.ts'

const PROCESSING_MODE = 'CONVERSATION'

/** RFC 3339 with microseconds, as Sinch prints the times it sets itself. */
export const microsecondTime = (atMs: number): string => new Date(atMs).toISOString().replace('Z', '000Z')

/** A time of LINE's, in milliseconds. */
const millisecondTime = (atMs: number): string => new Date(atMs).toISOString()

export function writeMessage(message: Message, links: MediaLinks): ConversationMessage {
  const inbound = message.direction === 'inbound'
  return {
    id: uuidToUlid(message.messageId),
    direction: inbound ? 'TO_APP' : 'TO_CONTACT',
    [inbound ? 'contact_message' : 'app_message']: writeContent(message.content, links),
    channel_identity: writeIdentity(message),
    conversation_id: uuidToUlid(message.conversationId),
    contact_id: uuidToUlid(message.contactId),
    metadata: message.metadata,
    accept_time: microsecondTime(message.acceptedAtMs),
    sender_id: '',
    processing_mode: PROCESSING_MODE,
    injected: false,
  }
}

/** undefined: the webhook has not asked for this trigger. */
export function writeCallback(
  notice: Notice,
  webhook: Webhook,
  links: MediaLinks,
): { trigger: Trigger; body: string } | undefined {
  const trigger = triggerOf(notice)
  if (!webhook.triggers.includes(trigger)) return undefined
  const { kind } = notice
  const body = {
    // Sinch leaves the app out of contact callbacks, and tells no event time: contacts belong to the project.
    app_id: kind === 'contact-created' ? '' : uuidToUlid(notice.appId),
    accepted_time: microsecondTime(notice.acceptedAtMs),
    ...(kind !== 'contact-created' && { event_time: eventTime(notice) }),
    project_id: notice.projectId,
    ...writeBody(notice, links),
    message_metadata: '',
    ...correlationOf(notice),
  }
  return { trigger, body: JSON.stringify(body) }
}

function triggerOf(notice: Notice): Trigger {
  switch (notice.kind) {
    case 'message-received':
      return 'MESSAGE_INBOUND'
    case 'message-status':
      return 'MESSAGE_DELIVERY'
    case 'contact-created':
      return 'CONTACT_CREATE'
    case 'opt-in':
      return 'OPT_IN'
    case 'opt-out':
      return 'OPT_OUT'
    case 'unsupported':
      return 'UNSUPPORTED'
    default:
      return notice satisfies never
  }
}

function eventTime(notice: Notice): string {
  return notice.kind === 'message-status' ? microsecondTime(notice.eventAtMs) : millisecondTime(notice.eventAtMs)
}

function correlationOf(notice: Notice): { correlation_id?: string } {
  if (notice.kind !== 'message-status' || notice.message.correlationId === '') return {}
  return { correlation_id: notice.message.correlationId }
}

function writeBody(notice: Notice, links: MediaLinks): CallbackBody {
  switch (notice.kind) {
    case 'message-received':
      return { message: writeInbound(notice.message, links) }
    case 'message-status':
      return { message_delivery_report: writeReport(notice) }
    case 'opt-in':
      return { opt_in_notification: { ...writeOpt(notice), status: 'OPT_IN_SUCCEEDED', ...optEnd(notice) } }
    case 'opt-out':
      return { opt_out_notification: { ...writeOpt(notice), status: 'OPT_OUT_SUCCEEDED', ...optEnd(notice) } }
    case 'contact-created': {
      const { contact } = notice
      return {
        contact_create_notification: {
          contact: {
            id: uuidToUlid(contact.contactId),
            channel_identities: contact.identities.map(writeIdentity),
            channel_priority: [...contact.channelPriority],
            display_name: contact.displayName,
            email: contact.email,
            external_id: contact.externalId,
            metadata: contact.metadata,
            language: contact.language,
          },
        },
      }
    }
    case 'unsupported': {
      const { channel, payload } = notice
      return { unsupported_callback: { channel, payload, processing_mode: PROCESSING_MODE } }
    }
    default:
      return notice satisfies never
  }
}

function writeInbound(message: MessageFacts & { content: Content }, links: MediaLinks): ConversationMessage {
  return {
    id: uuidToUlid(message.messageId),
    direction: 'TO_APP',
    contact_message: writeContent(message.content, links),
    channel_identity: writeIdentity(message),
    conversation_id: uuidToUlid(message.conversationId),
    contact_id: uuidToUlid(message.contactId),
    metadata: message.metadata,
    accept_time: microsecondTime(message.acceptedAtMs),
    sender_id: '',
    processing_mode: PROCESSING_MODE,
  }
}

function writeReport({ message, failure, state }: Notice & { kind: 'message-status' }): MessageDeliveryReport {
  return {
    message_id: uuidToUlid(message.messageId),
    conversation_id: uuidToUlid(message.conversationId),
    // LINE tells of no delivery: the good end is that LINE took the message.
    status: state === 'sent' ? 'QUEUED_ON_CHANNEL' : 'FAILED',
    channel_identity: writeIdentity(message),
    contact_id: uuidToUlid(message.contactId),
    ...(failure !== undefined && { reason: writeReason(failure) }),
    metadata: message.metadata,
    processing_mode: PROCESSING_MODE,
  }
}

type OptNotice = Notice & { kind: 'opt-in' | 'opt-out' }

const writeOpt = ({ contactId, channel, identity }: OptNotice) => ({
  contact_id: uuidToUlid(contactId),
  channel,
  identity,
})

const optEnd = ({ requestId }: OptNotice) => ({
  request_id: uuidToUlid(requestId),
  processing_mode: PROCESSING_MODE as typeof PROCESSING_MODE,
})

const writeIdentity = ({
  channel,
  identity,
  appId,
}: Pick<MessageFacts, 'channel' | 'identity' | 'appId'>): ChannelIdentity => ({
  channel,
  identity,
  app_id: uuidToUlid(appId),
})
