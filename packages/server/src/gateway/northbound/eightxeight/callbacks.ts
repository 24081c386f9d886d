// How callbacks reach a customer in 8x8's way: inbound messages in the flat form, version 1.
import { type MessageId, parseId } from '../../core/ids.ts'
import type { MediaKind, MediaLinks } from '../../core/media.ts'
import type { Content, Notice } from '../../core/model.ts'
import type { CallbackDialect } from '../../core/ports.ts'
import { eightTime } from './from-core.ts'
import type { InboundContent, InboundMessage } from './wire.ts'

/** 8x8 facts sheet, 3: inbound messages. */
const INBOUND = 'MSG'
// 8x8 facts sheet, 4.1: five attempts
const PAUSES_MS = [1000, 10_000, 30_000, 90_000]
// 8x8 LINE guide, "Inbound Image Message": "pre-signed S3 URLs that expire after 24 hours"
const MEDIA_LINK_LIFE_MS = 24 * 3_600_000

const TYPES = { image: 'Image', video: 'Video', audio: 'Audio', file: 'File' } as const satisfies Record<
  MediaKind,
  string
>

export const eightXEightCallbacks = (links: MediaLinks): CallbackDialect => ({
  render(notice, webhook) {
    if (notice.kind !== 'message-received' || !webhook.triggers.includes(INBOUND)) return undefined
    return { trigger: INBOUND, body: JSON.stringify(writeInbound(notice, links)) }
  },

  messageIdOf(body) {
    const { umid } = JSON.parse(body) as InboundMessage // written above
    return parseId<MessageId>(umid)
  },

  /** 8x8 facts sheet, 4.4: the customer's own value, as it stands. */
  headers: ({ secret }) => (secret === undefined ? {} : { authorization: secret }),

  retryDelayMs: (failedAttempts) => PAUSES_MS[failedAttempts - 1],
})

function writeInbound(notice: Notice & { kind: 'message-received' }, links: MediaLinks): InboundMessage {
  const { message, subAccountId, accountId } = notice
  return {
    eventType: 'inboundMessage',
    channel: 'line',
    user: { channelUserId: message.identity },
    umid: message.messageId,
    subAccountId,
    timestamp: eightTime(message.acceptedAtMs),
    ...writeContent(message.content, links),
    version: 1,
    recipient: { recipientId: accountId },
  }
}

function writeContent(content: Content, links: MediaLinks): InboundContent {
  switch (content.kind) {
    case 'text':
      return { type: 'Text', content: { text: content.text } }
    case 'media': {
      // The name of a file has no place in this form, so that the link keeps it.
      const url = links.linkTo(content, content.storedAtMs + MEDIA_LINK_LIFE_MS)
      return { type: TYPES[content.media], content: { url } }
    }
    case 'location': {
      const { longitude, latitude, title: name, address } = content
      const names = { ...(name !== '' && { name }), ...(address !== '' && { address }) }
      return { type: 'Location', content: { location: { longitude, latitude, ...names } } }
    }
    default:
      // 8x8's list of types has this one for what has no form; of LINE's own nothing else comes in.
      return { type: 'None', content: {} }
  }
}
