// What a channel's owner sets in LINE's consoles beside the webhook, and how the account presents itself.

/** LINE facts sheet, "Users, bot, groups, rooms": the console's response settings and abilities of a channel. */
export interface ConsoleSettings {
  /**
   * `bot`: the bot and the automatic answers answer. `chat`: people answer by hand; automatic answers are off. With
   * today's API the webhook goes on beside the chat; a bot of the 2017 API is told of nothing meanwhile.
   */
  readonly responseMode: 'bot' | 'chat'
  /** `manual`: users' messages count as read when the bot says so. */
  readonly markAsReadMode: 'auto' | 'manual'
  /** Sent to whoever adds the account. Absent: off. */
  readonly greeting?: string
  /** Sent as an answer to each message one to one, in the response mode `bot`. Absent: off. */
  readonly autoResponse?: string
  /** LINE's console: "Allow bot to join group chats" */
  readonly joinGroups: boolean
  /** Whether LINE Beacon devices are linked to the account. */
  readonly beacons: boolean
  /** Ours: files behind URLs are fetched and checked when a bot sends them, and not only when the phone loads them. */
  readonly checkMedia: boolean
}

/** A new channel, as LINE makes it: it joins no groups and has no beacons. */
export const NEW_CHANNEL_SETTINGS: ConsoleSettings = {
  responseMode: 'bot',
  markAsReadMode: 'auto',
  joinGroups: false,
  beacons: false,
  checkMedia: false,
}

/** How the account presents itself. */
export interface ChannelAbout {
  readonly iconUrl?: string
  readonly description?: string
  readonly category?: string
  readonly subcategory?: string
  /** Begins with `@`; bought, beside the basic id. */
  readonly premiumId?: string
}
