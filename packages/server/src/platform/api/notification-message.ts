// LINE notification messages: to a phone number instead of a user id, whether or not its user is a friend.
// LINE notification messages reference.
import { isKnownEvent, validateSend, type WireErrorDetail } from '@hatoba/line/wire'
import type { LineChannel } from '../accounts/channels.ts'
import { findByPhoneDigest, takesNotifications } from '../accounts/phone-numbers.ts'
import type { MessageObject } from '../chats/chats.ts'
import type { PlatformCore } from '../core.ts'
import { operatorEvent } from '../webhooks/events.ts'
import { type Answer, EMPTY_OBJECT, errorAnswer } from './answers.ts'
import { type BodyReader, openBody } from './body-reader.ts'
import { notificationBubble, readTemplate } from './notification-template.ts'
import type { ChannelCall, ChannelOperation } from './operation.ts'

const DIGEST = /^[0-9a-f]{64}$/i
const SHORTEST_TAG = 16
const LONGEST_TAG = 100

/** LINE notification messages reference, "Send a LINE notification message (flexible)". */
export const pushMessagesByPhone: ChannelOperation = {
  name: 'pushMessagesByPhone',
  method: 'POST',
  path: '/bot/pnp/push',
  auth: 'channel',
  body: 'json',
  handle(call, core): Answer {
    const { channel, rawText } = call
    const opened = openBody(rawText, channel.profile)
    if (!opened.ok) return opened.answer
    const { body } = opened
    const to = readRecipient(body)
    const { profile, allowLoopbackHttp } = channel
    // Quoting needs a chat of the bot's; a notification has none, as a multicast has none.
    const checked = validateSend('validate', rawText, { profile, allowLoopbackHttp, meantFor: 'multicast' })
    if (!checked.ok) {
      const details = listedDetails(checked.error)
      return (details === undefined ? undefined : body.refusal(details)) ?? errorAnswer(checked.status, checked.error)
    }
    // LINE documentation, "Message types that can be sent in LINE notification messages"; the wording is unconfirmed
    for (const [i, { type }] of checked.value.messages.entries())
      if (type === 'image' || type === 'video' || type === 'audio')
        body.fault('Messages of this type are not permitted in LINE notification messages', 'messages', i, 'type')
    const refused = body.refusal() ?? refuseTag(call)
    if (refused !== undefined || to === undefined) return refused ?? EMPTY_OBJECT
    if (checked.notes.length > 0) call.note(checked.notes)
    return notify(call, core, { to, messages: checked.value.messages, counted: 'pnp' }) ?? EMPTY_OBJECT
  },
}

/** LINE notification messages reference, "Send a LINE notification message (template)". */
export const pushTemplatedMessageByPhone: ChannelOperation = {
  name: 'pushTemplatedMessageByPhone',
  method: 'POST',
  path: '/v2/bot/message/pnp/templated/push',
  auth: 'channel',
  body: 'json',
  handle(call, core): Answer {
    const opened = openBody(call.rawText, call.channel.profile)
    if (!opened.ok) return opened.answer
    const { body } = opened
    const to = readRecipient(body)
    const template = readTemplate(body)
    const refused = body.refusal() ?? (template.ok ? refuseTag(call) : template.answer)
    if (refused !== undefined || to === undefined || !template.ok) return refused ?? EMPTY_OBJECT
    const messages = [notificationBubble(template.value)]
    return notify(call, core, { to, messages, counted: 'pnp-templated' }) ?? { status: 202, body: '{}' }
  },
}

/** The digest in lower case. */
function readRecipient(body: BodyReader): string | undefined {
  const to = body.requiredText('to')
  if (to === undefined) return undefined
  if (!DIGEST.test(to)) body.fault('The value must be a valid SHA-256 digest.', 'to')
  return to.toLowerCase()
}

/** The faults of an answer that lists all faults of its body; of other answers the first is alone. */
function listedDetails({ message, details }: { message: string; details?: WireErrorDetail[] }) {
  return message.startsWith('The request body has ') ? details : undefined
}

function refuseTag({ header }: ChannelCall): Answer | undefined {
  const tag = header('x-line-delivery-tag')
  if (tag === undefined || (tag.length >= SHORTEST_TAG && tag.length <= LONGEST_TAG)) return undefined
  // unconfirmed: LINE gives the length, and no answer
  return errorAnswer(400, `The length of X-Line-Delivery-Tag must be between ${SHORTEST_TAG} and ${LONGEST_TAG}`)
}

interface Notification {
  to: string
  messages: readonly MessageObject[]
  counted: 'pnp' | 'pnp-templated'
}

/** LINE documentation, "Conditions for sending LINE notification messages". Undefined where the request is taken. */
function notify(call: ChannelCall, core: PlatformCore, { to, messages, counted }: Notification): Answer | undefined {
  const { channel, entryId, header } = call
  const user = findByPhoneDigest(core.users, channel.providerId, to)
  if (user === undefined || !takesNotifications(user)) return errorAnswer(422, 'Failed to send messages')
  // LINE documentation: who has blocked the account gets nothing, and the bot is told of no delivery
  if (!core.delivery.reaches('notification', channel.channelId, user.userId)) return undefined
  core.delivery.send('notification', channel, user.userId, messages, entryId)
  core.sentCounts.add(channel.channelId, counted, 1)
  tellDelivery(core, channel, header('x-line-delivery-tag') ?? to, entryId)
  return undefined
}

/** LINE documentation, "Webhook delivery completion event": the tag, or the digest where there was none. */
function tellDelivery(core: PlatformCore, channel: LineChannel, data: string, entryId: number): void {
  const raised = operatorEvent(core, { type: 'delivery', delivery: { data } })
  if (isKnownEvent(raised.event, channel.profile)) core.webhooks.send(channel, raised, entryId)
}
