// The body of each send operation as it is after the check, and how each is read. LINE reference, "Message"; for
// profile 2017 LINE reference 2017, "Reply message", "Push message", "Multicast".
import type { ChatId, UserId } from './ids.ts'
import { type Message, messageRule } from './messages/message.ts'
import {
  added,
  type Field,
  flag,
  isJsonObject,
  type JsonObject,
  list,
  object,
  type Rule,
  required,
  text,
} from './rules/rule.ts'

interface SentMessages {
  messages: Message[]
  /** Profile 2017 does not know it: false. */
  notificationDisabled: boolean
}

export interface ReplyBody extends SentMessages {
  replyToken: string
}

export interface PushBody extends SentMessages {
  to: ChatId
  customAggregationUnits: string[]
}

export interface MulticastBody extends SentMessages {
  to: UserId[]
  customAggregationUnits: string[]
}

export type BroadcastBody = SentMessages

/** Who is meant and how many is left to whoever sends: only that these are objects is checked. */
export interface NarrowcastBody extends SentMessages {
  recipient?: JsonObject
  filter?: JsonObject
  limit?: JsonObject
}

/** What a validate endpoint is asked about. */
export interface ValidateBody {
  messages: Message[]
}

export interface SendBodies {
  reply: ReplyBody
  push: PushBody
  multicast: MulticastBody
  broadcast: BroadcastBody
  narrowcast: NarrowcastBody
  validate: ValidateBody
}

/** The same bodies as they are on the wire, before defaults and the grammar of ids. */
interface WireSend {
  messages: Message[]
  notificationDisabled?: boolean
}

interface WireUnits extends WireSend {
  customAggregationUnits?: string[]
}

export interface WireBodies {
  reply: WireSend & { replyToken: string }
  push: WireUnits & { to: string }
  multicast: WireUnits & { to: string[] }
  broadcast: WireSend
  narrowcast: WireSend & { recipient?: JsonObject; filter?: JsonObject; limit?: JsonObject }
  validate: ValidateBody
}

export const messageList = list(messageRule, { min: 1, max: 'send.messages' })

const messages: Field<Message[], 'required'> = required(messageList)
const notificationDisabled: Field<boolean, 'optional'> = added(flag)
const customAggregationUnits: Field<string[], 'optional'> = added(
  list(text({ limit: 'send.customAggregationUnit', pattern: /^[a-zA-Z0-9_]+$/ }), {
    min: 0,
    max: 'send.customAggregationUnits',
  }),
)
const anyObject: Rule<JsonObject> = {
  read(value, inspection, place) {
    return isJsonObject(value) ? value : inspection.wrongType(place)
  },
}

export const bodyRules: { [Operation in keyof WireBodies]: Rule<WireBodies[Operation]> } = {
  reply: object<WireBodies['reply']>({ replyToken: required(text()), messages, notificationDisabled }),
  push: object<WireBodies['push']>({ to: required(text()), messages, notificationDisabled, customAggregationUnits }),
  multicast: object<WireBodies['multicast']>({
    to: required(list(text(), { min: 1, max: 'multicast.to' })),
    messages,
    notificationDisabled,
    customAggregationUnits,
  }),
  broadcast: object<WireBodies['broadcast']>({ messages, notificationDisabled }),
  narrowcast: object<WireBodies['narrowcast']>({
    messages,
    notificationDisabled,
    recipient: added(anyObject),
    filter: added(anyObject),
    limit: added(anyObject),
  }),
  validate: object<WireBodies['validate']>({ messages }),
}
