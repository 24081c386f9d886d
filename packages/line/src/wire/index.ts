// LINE's wire vocabulary: ids, the objects a bot sends and receives, their limits in both API profiles, and the check
// of a send request with LINE's own answers. Works in Node and in browsers; depends on nothing.
export type {
  Action,
  AltUri,
  CameraAction,
  CameraRollAction,
  ClipboardAction,
  LocationAction,
  MessageAction,
  PostbackAction,
  QuickReplyAction,
  TemplateAction,
  UriAction,
} from './actions/action.ts'
export { type DatetimePickerAction, type DatetimePickerMode, isPickerValue } from './actions/datetime-picker.ts'
export { refuseContentType } from './content-type.ts'
export { type ChatKind, checkDestination } from './destination.ts'
export type {
  AudioContent,
  ContentProvider,
  FileContent,
  ImageContent,
  LocationContent,
  Mentionee,
  MessageContent,
  StickerContent,
  StickerResourceType,
  TextContent,
  VideoContent,
} from './events/message-content.ts'
export { STICKER_RESOURCE_TYPES } from './events/message-content.ts'
export { isKnownEvent, serializeWebhookBody } from './events/serialize-webhook.ts'
export type {
  AccountLinkEvent,
  ActivatedEvent,
  BeaconEvent,
  BotResumedEvent,
  BotSuspendedEvent,
  DeactivatedEvent,
  DeliveryEvent,
  EventCommon,
  EventSource,
  FollowEvent,
  GroupSource,
  JoinEvent,
  LeaveEvent,
  MemberJoinedEvent,
  MemberLeftEvent,
  MembershipEvent,
  MessageEditedEvent,
  MessageEvent,
  ModuleEvent,
  PostbackEvent,
  PostbackParams,
  RichMenuSwitchStatus,
  RoomSource,
  UnfollowEvent,
  UnsendEvent,
  UserSource,
  VideoPlayCompleteEvent,
  WebhookBody,
  WebhookEvent,
} from './events/webhook-event.ts'
export type { ChannelId, ChatId, GroupId, MessageId, RoomId, UserId } from './ids.ts'
export { parseChannelId, parseChatId, parseGroupId, parseMessageId, parseRoomId, parseUserId } from './ids.ts'
export type { JsonPath } from './json/locate.ts'
export { type JsonDocument, type ParseJsonOptions, parseJson } from './json/parse-json.ts'
export { propertyPath } from './json/property-path.ts'
export { type ApiProfile, LIMITS, type LimitName, type LimitRow, type LimitUnit, limit } from './limits.ts'
export { IMAGEMAP_WIDTHS, MEDIA_LIMITS, type MediaFormat, type MediaLimits } from './media-limits.ts'
export type { CommonFields, QuickReply, QuickReplyItem, Sender } from './messages/common-fields.ts'
export type { CouponMessage } from './messages/coupon.ts'
export type { FlexContainer, FlexMessage } from './messages/flex.ts'
export type {
  ImagemapAction,
  ImagemapArea,
  ImagemapClipboardAction,
  ImagemapMessage,
  ImagemapMessageAction,
  ImagemapUriAction,
  ImagemapVideo,
} from './messages/imagemap.ts'
export type { LocationMessage } from './messages/location.ts'
export type { AudioMessage, ImageMessage, VideoMessage } from './messages/media.ts'
export type { Message } from './messages/message.ts'
export type { StickerMessage } from './messages/sticker.ts'
export type {
  ButtonsTemplate,
  CarouselColumn,
  CarouselTemplate,
  ConfirmTemplate,
  ImageCarouselColumn,
  ImageCarouselTemplate,
  Template,
  TemplateMessage,
} from './messages/template.ts'
export type { Emoji, TextMessage } from './messages/text.ts'
export type {
  EmojiSubstitution,
  MentionSubstitution,
  MentionTarget,
  Substitution,
  TextMessageV2,
} from './messages/text-v2.ts'
export type { SendOperation } from './rules/inspection.ts'
export type {
  BroadcastBody,
  MulticastBody,
  NarrowcastBody,
  PushBody,
  ReplyBody,
  SendBodies,
  ValidateBody,
} from './send-body.ts'
export {
  type ValidateOptions,
  type ValidateSendOptions,
  validateMessages,
  validateSend,
} from './validate-send.ts'
export type { Checked, WireError, WireErrorDetail } from './wire-error.ts'
export { type Position, summaries } from './wording.ts'
