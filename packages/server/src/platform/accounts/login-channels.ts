// Owner of LINE Login channels, as the console would hold them. They have no bot and no webhook.
import type { ChannelAbout } from './console-settings.ts'

type LoginAppType = 'web' | 'native'

export interface LoginChannel {
  readonly channelId: string
  readonly providerId: string
  readonly kind: 'login'
  readonly displayName: string
  readonly channelSecret: string
  readonly about: ChannelAbout
  /** Where the login may come back to. */
  readonly callbackUrls: readonly string[]
  /** The Messaging channel whose bot the login can offer to add. */
  readonly linkedChannelId?: string
  /**
   * The console's "App types"; both unless given. A web application proves itself with the channel secret; a native
   * one holds none. LINE documentation, "LINE Login channel: app types"
   */
  readonly appTypes?: readonly LoginAppType[]
  /** May ask for e-mail addresses; LINE grants it on application. */
  readonly emailPermission?: boolean
  /** Whether calls are counted; off unless given. */
  readonly limits?: 'off' | 'real'
}

export class LoginChannels {
  readonly #channels = new Map<string, LoginChannel>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  find(channelId: string): LoginChannel | undefined {
    return this.#channels.get(channelId)
  }

  all(): IterableIterator<LoginChannel> {
    return this.#channels.values()
  }

  clear(): void {
    this.#channels.clear()
  }

  /** A new one, or one that changed. */
  put(channel: LoginChannel): void {
    this.#channels.set(channel.channelId, channel)
    this.#onChange()
  }
}
