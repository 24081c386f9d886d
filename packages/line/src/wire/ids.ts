// LINE's identifiers: one branded type and one parser each. Nothing else in the product takes them apart.

declare const idKind: unique symbol
type Id<Kind extends string> = string & { readonly [idKind]: Kind }

export type UserId = Id<'user'>
export type GroupId = Id<'group'>
export type RoomId = Id<'room'>
/** Where a message can be pushed to: a person, a group chat or a multi-person chat. */
export type ChatId = UserId | GroupId | RoomId
export type MessageId = Id<'message'>
export type ChannelId = Id<'channel'>

// LINE facts sheet, "Identifiers and formats": a letter for the kind and 32 lower-case hex digits.
const USER_ID = /^U[0-9a-f]{32}$/
const GROUP_ID = /^C[0-9a-f]{32}$/
const ROOM_ID = /^R[0-9a-f]{32}$/
const CHAT_ID = /^[UCR][0-9a-f]{32}$/
// Decimal, never with a sign or a leading zero. Message ids grew from 6 to 18 digits over the years: 20 leaves room.
const MESSAGE_ID = /^[1-9][0-9]{0,19}$/
const CHANNEL_ID = /^[1-9][0-9]{0,19}$/

export function parseUserId(text: string): UserId | undefined {
  // The grammar was just checked, which is what the brand says; the same holds for the parsers below.
  return USER_ID.test(text) ? (text as UserId) : undefined
}

export function parseGroupId(text: string): GroupId | undefined {
  return GROUP_ID.test(text) ? (text as GroupId) : undefined
}

export function parseRoomId(text: string): RoomId | undefined {
  return ROOM_ID.test(text) ? (text as RoomId) : undefined
}

export function parseChatId(text: string): ChatId | undefined {
  return CHAT_ID.test(text) ? (text as ChatId) : undefined
}

export function parseMessageId(text: string): MessageId | undefined {
  return MESSAGE_ID.test(text) ? (text as MessageId) : undefined
}

export function parseChannelId(text: string): ChannelId | undefined {
  return CHANNEL_ID.test(text) ? (text as ChannelId) : undefined
}
