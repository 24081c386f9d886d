// The accounts of the platform: channels, users, tokens and who is in which group together, how they begin from a
// seed, and how each stands as a row in the saved file.
import type { Clock } from '../../kit/clock.ts'
import { type GroupChatSeed, GroupChats } from '../chats/group-chats.ts'
import type { Identifiers } from '../identifiers.ts'
import { IdTokens, type SigningKey } from '../login/id-tokens.ts'
import { type LoginRow, Logins } from '../login/logins.ts'
import type { ChannelSeed, PlatformSeed, ProviderSeed, UserSeed } from '../seed.ts'
import type { StateOwner } from '../state/state-owner.ts'
import { type AssertionKey, AssertionKeys } from './assertion-keys.ts'
import { type ChannelAccessToken, ChannelAccessTokens } from './channel-access-tokens.ts'
import { Channels } from './channels.ts'
import { type LoginChannel, LoginChannels } from './login-channels.ts'
import { type Relationship, Users } from './users.ts'

export interface Accounts {
  readonly channels: Channels
  readonly loginChannels: LoginChannels
  /** What users granted to Login channels. */
  readonly logins: Logins
  readonly idTokens: IdTokens
  readonly users: Users
  readonly tokens: ChannelAccessTokens
  readonly assertionKeys: AssertionKeys
  readonly groups: GroupChats
}

export function createAccounts(clock: Clock, identifiers: Identifiers, onChange: () => void): Accounts {
  const channels = new Channels(onChange)
  const loginChannels = new LoginChannels(onChange)
  const secretOf = (channelId: string) => channels.find(channelId)?.channelSecret
  return {
    channels,
    loginChannels,
    logins: new Logins({ clock, identifiers, channels: loginChannels, onChange }),
    idTokens: new IdTokens(clock, identifiers, onChange),
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
  for (const channel of seed.loginChannels ?? []) accounts.loginChannels.put({ ...channel, kind: 'login', about: {} })
  for (const user of seed.users) accounts.users.add(user)
  for (const { channelId, userId } of seed.friendships) accounts.users.setFriendship(channelId, userId, 'friend')
  for (const group of seed.groups ?? []) accounts.groups.add(group)
}

/** In the order in which they can be restored: each names only what stands before it. */
export function accountOwners(accounts: Accounts): StateOwner[] {
  const { channels, loginChannels, users, tokens, assertionKeys, groups, logins, idTokens } = accounts
  return [
    owner<ProviderSeed>({
      kind: 'provider',
      rows: () => channels.providers(),
      restore: (row) => channels.addProvider(row),
      clear: () => channels.clear(),
    }),
    owner<Omit<ChannelSeed, 'accessTokens'>>({
      kind: 'channel',
      rows: () => channels.all(),
      restore: (row) => channels.add(row),
      clear: () => channels.clear(),
    }),
    owner<LoginChannel>({
      kind: 'loginChannel',
      rows: () => loginChannels.all(),
      restore: (row) => loginChannels.put(row),
      clear: () => loginChannels.clear(),
    }),
    owner<ChannelAccessToken>({
      kind: 'token',
      rows: () => tokens.all(),
      restore: (row) => tokens.add(row),
      clear: () => tokens.clear(),
    }),
    owner<AssertionKey>({
      kind: 'assertion-key',
      rows: () => assertionKeys.all(),
      restore: (row) => assertionKeys.add(row),
      clear: () => assertionKeys.clear(),
    }),
    owner<UserSeed>({
      kind: 'user',
      rows: () => users.all(),
      restore: (row) => users.add(row),
      clear: () => users.clear(),
    }),
    owner<Relationship>({
      kind: 'relationship',
      rows: () => users.relationships(),
      restore: ({ channelId, userId, friendship }) => users.setFriendship(channelId, userId, friendship),
      clear: () => users.clear(),
    }),
    owner<LoginRow>({
      kind: 'login',
      rows: () => logins.rows(),
      restore: (row) => logins.restore(row),
      clear: () => logins.clear(),
    }),
    owner<SigningKey>({
      kind: 'id-token-key',
      rows: () => idTokens.rows(),
      restore: (row) => idTokens.restore(row),
      clear: () => idTokens.clear(),
    }),
    owner<GroupChatSeed>({
      kind: 'group',
      rows: () => groups.rows(),
      restore: (row) => void groups.add(row),
      clear: () => groups.clear(),
    }),
  ]
}

/** An owner is given only rows that it gave out itself. */
const owner = <Row>(typed: StateOwner<Row>): StateOwner => typed
