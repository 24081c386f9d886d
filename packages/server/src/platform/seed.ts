// What a platform holds at its very start: providers, channels, users and who is whose friend. Plain JSON, so that
// it can also stand in a file. Used where the data folder holds no state; else the saved state counts.
import type { ApiProfile } from '@hatoba/line/wire'
import { type ApiAccess, faultOfApiAccess } from './accounts/api-access.ts'
import type { ChannelAbout, ConsoleSettings } from './accounts/console-settings.ts'
import { isWebhookUrl } from './accounts/webhook-url.ts'
import type { GroupChatSeed } from './chats/group-chats.ts'

export interface ProviderSeed {
  providerId: string
  name: string
}

export interface ChannelSeed {
  channelId: string
  providerId: string
  kind: 'messaging'
  profile: ApiProfile
  displayName: string
  /** Begins with `@`. */
  basicId: string
  botUserId: string
  channelSecret: string
  /** The bot's user id with a small `u` unless given. */
  mid?: string
  /** Long-lived channel access tokens, as the console would have issued them. */
  accessTokens: string[]
  webhook: { url?: string; use: boolean; redelivery?: boolean }
  /** Lets URLs be http where their host is this machine; LINE itself takes https only. */
  allowLoopbackHttp: boolean
  /** Account type, plan, rate limits. What is left out is as in a new channel, which may call everything. */
  apiAccess?: Partial<ApiAccess>
  /** Messages a month, as set in LINE Official Account Manager. Absent: without end. */
  monthlyQuota?: number
  /** What is left out is as in a new channel. */
  settings?: Partial<ConsoleSettings>
  about?: ChannelAbout
}

export interface UserSeed {
  userId: string
  providerId: string
  displayName: string
  pictureUrl?: string
  statusMessage?: string
  language?: string
  /** Lets bots know the user's id and profile; yes unless it says no. LINE reference, "User consent" */
  consent?: boolean
  /** The app's "Use LINE Beacon"; off unless it says yes. */
  useBeacon?: boolean
  /** The phone's Bluetooth, which beacons need; on unless it says no. */
  bluetooth?: boolean
  /** Told to LINE Login channels that may ask for it. */
  email?: string
  /** E.164, as `+819012345678`. */
  phoneNumber?: string
  /** LINE notification messages: taken unless refused. */
  notifications?: 'agreed' | 'refused'
  /** Users of different providers that are one person have the same. */
  personId?: string
}

export interface LoginChannelSeed {
  channelId: string
  providerId: string
  displayName: string
  channelSecret: string
  /** Where the login may come back to. */
  callbackUrls: string[]
  /** The Messaging channel whose bot the login can offer to add. */
  linkedChannelId?: string
  /** Both unless given. */
  appTypes?: ('web' | 'native')[]
  emailPermission?: boolean
  limits?: 'off' | 'real'
}

interface FriendshipSeed {
  channelId: string
  userId: string
}

export interface PlatformSeed {
  providers: ProviderSeed[]
  channels: ChannelSeed[]
  loginChannels?: LoginChannelSeed[]
  users: UserSeed[]
  friendships: FriendshipSeed[]
  groups?: GroupChatSeed[]
  /** The clock stands there at every start, and after a reset. Absent: it is the machine's. */
  clock?: { frozenAtMs: number }
}

/** A seed that contradicts itself or holds an id of the wrong form. */
export class PlatformSeedError extends Error {
  override name = 'PlatformSeedError'
  readonly code = 'bad_seed'
  /** As `channels[0].webhook.url`, and what is wrong with it. */
  readonly property: string | undefined
  readonly what: string | undefined

  constructor(message: string, property?: string, what?: string) {
    super(message)
    this.property = property
    this.what = what
  }
}

const USER_ID = /^U[0-9a-f]{32}$/
const GROUP_ID = /^C[0-9a-f]{32}$/
const ROOM_ID = /^R[0-9a-f]{32}$/
const CHANNEL_ID = /^[0-9]{1,20}$/

/** @throws PlatformSeedError naming the first thing that is wrong, and where */
export function checkSeed(seed: PlatformSeed): void {
  const providers = new Set(seed.providers.map((provider) => provider.providerId))
  const channels = new Map<string, ChannelSeed>()
  const botUserIds = new Set<string>()
  const tokens = new Set<string>()
  for (const [i, channel] of seed.channels.entries()) {
    const where = `channels[${i}]`
    if (!CHANNEL_ID.test(channel.channelId)) refuse(`${where}.channelId`, 'is not a number in digits')
    if (channels.has(channel.channelId)) refuse(`${where}.channelId`, 'stands twice')
    if (!providers.has(channel.providerId)) refuse(`${where}.providerId`, 'names no provider of the seed')
    if (!USER_ID.test(channel.botUserId)) refuse(`${where}.botUserId`, 'is not U and 32 lower-case hex digits')
    if (botUserIds.has(channel.botUserId)) refuse(`${where}.botUserId`, 'stands twice')
    if (channel.profile !== '2017' && channel.profile !== 'current')
      refuse(`${where}.profile`, 'is not 2017 or current')
    if (channel.webhook.url !== undefined && !isWebhookUrl(channel.webhook.url, channel.allowLoopbackHttp))
      refuse(`${where}.webhook.url`, 'is no https URL')
    const accessFault = channel.apiAccess && faultOfApiAccess(channel.apiAccess)
    if (accessFault !== undefined) refuse(`${where}.apiAccess`, `is wrong: ${accessFault}`)
    if (channel.channelSecret === '') refuse(`${where}.channelSecret`, 'is empty')
    for (const token of channel.accessTokens) {
      if (token === '' || tokens.has(token))
        refuse(`${where}.accessTokens`, 'holds an empty token, or one that stands twice')
      tokens.add(token)
    }
    channels.set(channel.channelId, channel)
    botUserIds.add(channel.botUserId)
  }
  const loginChannelIds = new Set<string>()
  for (const [i, { channelId, providerId, channelSecret, linkedChannelId }] of (seed.loginChannels ?? []).entries()) {
    const where = `loginChannels[${i}]`
    if (!CHANNEL_ID.test(channelId)) refuse(`${where}.channelId`, 'is not a number in digits')
    if (channels.has(channelId) || loginChannelIds.has(channelId)) refuse(`${where}.channelId`, 'stands twice')
    if (!providers.has(providerId)) refuse(`${where}.providerId`, 'names no provider of the seed')
    if (channelSecret === '') refuse(`${where}.channelSecret`, 'is empty')
    // LINE documentation, "Linking a LINE Official Account with your channel": both are of one provider
    if (linkedChannelId !== undefined && channels.get(linkedChannelId)?.providerId !== providerId)
      refuse(`${where}.linkedChannelId`, 'names no channel of the same provider')
    loginChannelIds.add(channelId)
  }
  const users = new Map<string, UserSeed>()
  for (const [i, user] of seed.users.entries()) {
    const where = `users[${i}]`
    if (!USER_ID.test(user.userId)) refuse(`${where}.userId`, 'is not U and 32 lower-case hex digits')
    if (users.has(user.userId) || botUserIds.has(user.userId)) refuse(`${where}.userId`, 'stands twice')
    if (!providers.has(user.providerId)) refuse(`${where}.providerId`, 'names no provider of the seed')
    users.set(user.userId, user)
  }
  for (const [i, { channelId, userId }] of seed.friendships.entries()) {
    const channel = channels.get(channelId)
    const user = users.get(userId)
    if (channel === undefined) refuse(`friendships[${i}].channelId`, 'names no channel of the seed')
    if (user === undefined) refuse(`friendships[${i}].userId`, 'names no user of the seed')
    // LINE facts sheet, "Identifiers and formats": a user id is made per provider
    if (channel.providerId !== user.providerId)
      refuse(`friendships[${i}]`, 'joins a channel and a user of different providers')
  }
  const groups = new Set<string>()
  for (const [i, group] of (seed.groups ?? []).entries()) {
    const where = `groups[${i}]`
    if (!(group.kind === 'group' ? GROUP_ID : ROOM_ID).test(group.chatId))
      refuse(`${where}.chatId`, 'is not C (a group) or R (a room) and 32 lower-case hex digits')
    if (groups.has(group.chatId)) refuse(`${where}.chatId`, 'stands twice')
    groups.add(group.chatId)
    if (!providers.has(group.providerId)) refuse(`${where}.providerId`, 'names no provider of the seed')
    for (const userId of [...group.members, ...(group.invited ?? [])])
      if (users.get(userId)?.providerId !== group.providerId)
        refuse(`${where}.members`, 'names a user who is not of the same provider')
    if (group.botChannelId !== undefined && channels.get(group.botChannelId)?.providerId !== group.providerId)
      refuse(`${where}.botChannelId`, 'names no channel of the same provider')
  }
}

function refuse(where: string, what: string): never {
  throw new PlatformSeedError(`seed: ${where} ${what}`, where, what)
}
