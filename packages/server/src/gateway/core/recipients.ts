// Finds the contact and conversation of a person, and makes them where they are missing: once, whatever races.
import { type ContactId, type ConversationId, newId } from './ids.ts'
import type { App, ChannelName, Contact, Notice } from './model.ts'
import { draftCallbacks } from './notify.ts'
import type { CallbackDialects, Directory, Recipient, Recipients } from './ports.ts'

export interface RecipientOptions {
  recipients: Recipients
  directory: Directory
  dialects: CallbackDialects
}

export async function findOrMakeRecipient(
  { recipients, directory, dialects }: RecipientOptions,
  app: App,
  channel: ChannelName,
  identity: string,
  wantsConversation: boolean,
  nowMs: number,
): Promise<Recipient> {
  const known = await recipients.find(app.appId, channel, identity)
  const conversationId = known?.conversationId ?? newId<ConversationId>(nowMs)
  if (known?.contactId !== undefined && (known.conversationId !== undefined || !wantsConversation))
    return { contactId: known.contactId, conversationId }
  const contactId = known?.contactId ?? newId<ContactId>(nowMs)
  const contact: Contact = {
    contactId,
    displayName: '',
    email: '',
    externalId: '',
    metadata: '',
    language: 'UNSPECIFIED',
    channelPriority: [channel],
    identities: [{ channel, identity, appId: app.appId }],
  }
  const notice: Notice = {
    kind: 'contact-created',
    projectId: app.projectId,
    appId: app.appId,
    identity,
    acceptedAtMs: nowMs,
    eventAtMs: nowMs,
    contact,
  }
  // Contacts belong to the project, so the webhooks of all its apps are told.
  const webhooks = known === undefined ? await directory.webhooksOfProject(app.projectId) : []
  return recipients.ensure({
    appId: app.appId,
    projectId: app.projectId,
    channel,
    identity,
    contactId,
    conversationId,
    wantsConversation,
    nowMs,
    callbacks: draftCallbacks(notice, webhooks, dialects, nowMs),
  })
}
