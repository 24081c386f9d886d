// Owner of providers and of LINE channels: the bot registrations that LINE's console would hold.
import type { ApiProfile } from '@hatoba/line/wire'
import type { ChannelSeed, ProviderSeed } from '../seed.ts'
import { type ApiAccess, apiAccessOf } from './api-access.ts'
import { type ChannelAbout, type ConsoleSettings, NEW_CHANNEL_SETTINGS } from './console-settings.ts'

export interface LineChannel {
  readonly channelId: string
  readonly providerId: string
  readonly kind: 'messaging'
  readonly profile: ApiProfile
  readonly displayName: string
  readonly basicId: string
  readonly botUserId: string
  readonly channelSecret: string
  /** Stands beside channel id and secret where a call has no access token. LINE guide, "Calling APIs" */
  readonly mid: string
  readonly allowLoopbackHttp: boolean
  /** Messages a month; absent: as many as one likes. */
  readonly monthlyQuota?: number
  readonly webhook: WebhookSettings
  readonly apiAccess: ApiAccess
  readonly settings: ConsoleSettings
  readonly about: ChannelAbout
}

export type ChannelChange = Partial<
  Pick<LineChannel, 'displayName' | 'profile' | 'allowLoopbackHttp' | 'apiAccess' | 'settings' | 'about'>
>

export interface WebhookSettings {
  readonly url?: string
  /** The console's "Use webhook": off means that nothing is sent. */
  readonly use: boolean
  /** The console's "Webhook redelivery". LINE reference, "Webhook redelivery": off by default */
  readonly redelivery: boolean
}

export interface WebhookChange {
  url?: string
  use?: boolean
  redelivery?: boolean
}

export type Provider = Readonly<ProviderSeed>

export class Channels {
  readonly #providers = new Map<string, Provider>()
  readonly #channels = new Map<string, LineChannel>()
  readonly #byBotUserId = new Map<string, LineChannel>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  addProvider(provider: Provider): void {
    this.#providers.set(provider.providerId, provider)
    this.#onChange()
  }

  add(seed: Omit<ChannelSeed, 'accessTokens'>): void {
    const { url, use, redelivery = false } = seed.webhook
    this.#put({
      channelId: seed.channelId,
      providerId: seed.providerId,
      kind: seed.kind,
      profile: seed.profile,
      displayName: seed.displayName,
      basicId: seed.basicId,
      botUserId: seed.botUserId,
      channelSecret: seed.channelSecret,
      mid: seed.mid ?? `u${seed.botUserId.slice(1)}`,
      allowLoopbackHttp: seed.allowLoopbackHttp,
      ...(seed.monthlyQuota !== undefined && { monthlyQuota: seed.monthlyQuota }),
      webhook: url === undefined ? { use, redelivery } : { url, use, redelivery },
      apiAccess: apiAccessOf(seed.apiAccess),
      settings: { ...NEW_CHANNEL_SETTINGS, ...seed.settings },
      about: { ...seed.about },
    })
  }

  find(channelId: string): LineChannel | undefined {
    return this.#channels.get(channelId)
  }

  findByBotUserId(botUserId: string): LineChannel | undefined {
    return this.#byBotUserId.get(botUserId)
  }

  providers(): IterableIterator<Provider> {
    return this.#providers.values()
  }

  all(): IterableIterator<LineChannel> {
    return this.#channels.values()
  }

  /** Undefined where there is no such channel. */
  changeWebhook(channelId: string, change: WebhookChange): LineChannel | undefined {
    const channel = this.#channels.get(channelId)
    return channel && this.#put({ ...channel, webhook: { ...channel.webhook, ...change } })
  }

  /** Undefined where there is no such channel. */
  change(channelId: string, change: ChannelChange): LineChannel | undefined {
    const channel = this.#channels.get(channelId)
    return channel && this.#put({ ...channel, ...change })
  }

  /** @param monthlyQuota undefined: without end */
  changeMonthlyQuota(channelId: string, monthlyQuota: number | undefined): void {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) return
    const { monthlyQuota: _before, ...others } = channel
    this.#put(monthlyQuota === undefined ? others : { ...others, monthlyQuota })
  }

  clear(): void {
    this.#providers.clear()
    this.#channels.clear()
    this.#byBotUserId.clear()
  }

  #put(channel: LineChannel): LineChannel {
    this.#channels.set(channel.channelId, channel)
    this.#byBotUserId.set(channel.botUserId, channel)
    this.#onChange()
    return channel
  }
}
