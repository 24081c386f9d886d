// What LINE tells a bot: the events of a webhook in today's full shape. LINE reference, "Webhook event objects"; the
// shape of 2017 is made of it when it is written (serialize-webhook.ts).
import type { MessageContent, TextContent } from './message-content.ts'

export type UserSource = { type: 'user'; userId: string }
export type GroupSource = { type: 'group'; groupId: string; userId?: string }
export type RoomSource = { type: 'room'; roomId: string; userId?: string }
export type EventSource = UserSource | GroupSource | RoomSource

export interface EventCommon {
  /** When it happened, in milliseconds since 1970; a redelivery keeps it. */
  timestamp: number
  mode: 'active' | 'standby'
  webhookEventId: string
  deliveryContext: { isRedelivery: boolean }
}

interface FromChat extends EventCommon {
  source: EventSource
}

interface FromUser extends EventCommon {
  source: UserSource
}

interface FromManyPeople extends EventCommon {
  source: GroupSource | RoomSource
}

/** Without a reply token when the channel is on standby. */
interface Repliable {
  replyToken?: string
}

export interface MessageEvent extends FromChat, Repliable {
  type: 'message'
  message: MessageContent
}

export interface MessageEditedEvent extends FromChat, Repliable {
  type: 'messageEdited'
  message: TextContent
}

export interface UnsendEvent extends FromChat {
  type: 'unsend'
  unsend: { messageId: string }
}

export interface FollowEvent extends FromUser {
  type: 'follow'
  replyToken: string
  follow: { isUnblocked: boolean }
}

export interface UnfollowEvent extends FromUser {
  type: 'unfollow'
}

export interface JoinEvent extends FromManyPeople {
  type: 'join'
  replyToken: string
}

export interface LeaveEvent extends FromManyPeople {
  type: 'leave'
}

export interface MemberJoinedEvent extends FromManyPeople {
  type: 'memberJoined'
  replyToken: string
  joined: { members: UserSource[] }
}

export interface MemberLeftEvent extends FromManyPeople {
  type: 'memberLeft'
  left: { members: UserSource[] }
}

export type RichMenuSwitchStatus = 'SUCCESS' | 'RICHMENU_ALIAS_ID_NOTFOUND' | 'RICHMENU_NOTFOUND' | 'FAILED'

export type PostbackParams =
  | { date: string }
  | { time: string }
  | { datetime: string }
  | { newRichMenuAliasId?: string; status: RichMenuSwitchStatus }

export interface PostbackEvent extends FromChat, Repliable {
  type: 'postback'
  postback: { data: string; params?: PostbackParams }
}

export interface VideoPlayCompleteEvent extends FromUser {
  type: 'videoPlayComplete'
  replyToken: string
  videoPlayComplete: { trackingId: string }
}

export interface BeaconEvent extends FromUser {
  type: 'beacon'
  replyToken: string
  beacon: {
    hwid: string
    /** `leave` ended with 2017's API, `stay` came later. */
    type: 'enter' | 'leave' | 'banner' | 'stay'
    dm?: string
  }
}

export interface AccountLinkEvent extends EventCommon, Repliable {
  type: 'accountLink'
  /** Absent, as the reply token is, when linking failed. */
  source?: UserSource
  link: { result: 'ok' | 'failed'; nonce: string }
}

export interface MembershipEvent extends FromUser {
  type: 'membership'
  replyToken: string
  membership: { type: 'joined' | 'left' | 'renewed'; membershipId: number }
}

export interface ModuleEvent extends EventCommon {
  type: 'module'
  module:
    | { type: 'attached'; botId: string; scopes: string[] }
    | { type: 'detached'; botId: string; reason: 'bot_deleted' }
}

export interface ActivatedEvent extends EventCommon {
  type: 'activated'
  chatControl: { expireAt: number }
}

export interface DeactivatedEvent extends EventCommon {
  type: 'deactivated'
}

export interface BotSuspendedEvent extends EventCommon {
  type: 'botSuspended'
}

export interface BotResumedEvent extends EventCommon {
  type: 'botResumed'
}

/** A LINE notification message has reached its user. */
export interface DeliveryEvent extends EventCommon {
  type: 'delivery'
  delivery: { data: string }
}

export type WebhookEvent =
  | MessageEvent
  | MessageEditedEvent
  | UnsendEvent
  | FollowEvent
  | UnfollowEvent
  | JoinEvent
  | LeaveEvent
  | MemberJoinedEvent
  | MemberLeftEvent
  | PostbackEvent
  | VideoPlayCompleteEvent
  | BeaconEvent
  | AccountLinkEvent
  | MembershipEvent
  | ModuleEvent
  | ActivatedEvent
  | DeactivatedEvent
  | BotSuspendedEvent
  | BotResumedEvent
  | DeliveryEvent

/** `destination` is the bot's user id. No events: LINE checks whether the bot answers. */
export interface WebhookBody {
  destination: string
  events: WebhookEvent[]
}
