// The accounts of the platform: channels, users, tokens and who is in which group together, how they begin from a
// seed, and how each stands as a row in the saved file.
import type { Clock } from '../../kit/clock.ts'
import { type GroupChatSeed, GroupChats } from '../chats/group-chats.ts'
import type { Identifiers } from '../identifiers.ts'
import type { ChannelSeed, PlatformSeed, ProviderSeed, UserSeed } from '../seed.ts'
import { type AssertionKey, AssertionKeys } from './assertion-keys.ts'
import { type ChannelAccessToken, ChannelAccessTokens } from './channel-access-tokens.ts'
import { Channels } from './channels.ts'
import { type LoginChannel, LoginChannels } from './login-channels.ts'
import { type Relationship, Users } from './users.ts'

export interface Accounts {
  readonly channels: Channels
  readonly loginChannels: LoginChannels
  readonly users: Users
  readonly tokens: ChannelAccessTokens
  readonly assertionKeys: AssertionKeys
  readonly groups: GroupChats
}

/** One row of the saved file. */
export type AccountRow =
  | { kind: 'provider'; row: ProviderSeed }
  | { kind: 'channel'; row: Omit<ChannelSeed, 'accessTokens'> }
  | { kind: 'loginChannel'; row: LoginChannel }
  | { kind: 'token'; row: ChannelAccessToken }
  | { kind: 'assertion-key'; row: AssertionKey }
  | { kind: 'user'; row: UserSeed }
  | { kind: 'relationship'; row: Relationship }
  | { kind: 'group'; row: GroupChatSeed }

export function createAccounts(clock: Clock, identifiers: Identifiers, onChange: () => void): Accounts {
  const channels = new Channels(onChange)
  const secretOf = (channelId: string) => channels.find(channelId)?.channelSecret
  return {
    channels,
    loginChannels: new LoginChannels(onChange),
    users: new Users(onChange),
    tokens: new ChannelAccessTokens(clock, identifiers, secretOf, onChange),
    assertionKeys: new AssertionKeys(identifiers, onChange),
    groups: new GroupChats(onChange),
  }
}

export function addSeed(accounts: Accounts, seed: PlatformSeed): void {
  for (const provider of seed.providers) accounts.channels.addProvider(provider)
  for (const channel of seed.channels) {
    accounts.channels.add(channel)
    for (const token of channel.accessTokens) accounts.tokens.add({ token, channelId: channel.channelId })
  }
  for (const user of seed.users) accounts.users.add(user)
  for (const { channelId, userId } of seed.friendships) accounts.users.setFriendship(channelId, userId, 'friend')
  for (const group of seed.groups ?? []) accounts.groups.add(group)
}

export function* accountRows(accounts: Accounts): Generator<AccountRow> {
  const { channels, loginChannels, users, tokens, assertionKeys, groups } = accounts
  for (const row of channels.providers()) yield { kind: 'provider', row }
  for (const row of channels.all()) yield { kind: 'channel', row }
  for (const row of loginChannels.all()) yield { kind: 'loginChannel', row }
  for (const row of tokens.all()) yield { kind: 'token', row }
  for (const row of assertionKeys.all()) yield { kind: 'assertion-key', row }
  for (const row of users.all()) yield { kind: 'user', row }
  for (const row of users.relationships()) yield { kind: 'relationship', row }
  for (const row of groups.rows()) yield { kind: 'group', row }
}

export function addAccountRow(accounts: Accounts, entry: AccountRow): void {
  const { channels, loginChannels, users, tokens, assertionKeys, groups } = accounts
  switch (entry.kind) {
    case 'provider':
      channels.addProvider(entry.row)
      return
    case 'channel':
      channels.add(entry.row)
      return
    case 'loginChannel':
      loginChannels.put(entry.row)
      return
    case 'token':
      tokens.add(entry.row)
      return
    case 'assertion-key':
      assertionKeys.add(entry.row)
      return
    case 'user':
      users.add(entry.row)
      return
    case 'relationship':
      users.setFriendship(entry.row.channelId, entry.row.userId, entry.row.friendship)
      return
    case 'group':
      groups.add(entry.row)
      return
    default: {
      const unknown: never = entry
      throw new Error(`an account row of unknown kind: ${JSON.stringify(unknown)}`)
    }
  }
}
