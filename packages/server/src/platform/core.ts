// What the platform is made of, put together once: rules and state, with no HTTP of its own.
import type { ApiProfile } from '@hatoba/line/wire'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import type { Accounts } from './accounts/accounts.ts'
import type { RateLimits } from './api/rate-limits.ts'
import type { Chats } from './chats/chats.ts'
import type { Delivery } from './chats/delivery.ts'
import type { LoadingAnimations } from './chats/loading-animations.ts'
import type { ReplyTokens } from './chats/reply-tokens.ts'
import type { RetryKeys } from './chats/retry-keys.ts'
import type { SentCounts } from './chats/sent-counts.ts'
import type { ContentStore } from './content/content-store.ts'
import type { Faults } from './faults/faults.ts'
import type { Waits } from './faults/waits.ts'
import type { Identifiers } from './identifiers.ts'
import type { LoginFlows } from './login/login-flows.ts'
import type { MediaLoader } from './media/media-loader.ts'
import type { Timeline } from './timeline.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

export interface PlatformCore extends Accounts {
  readonly clock: Clock
  /** Paths answer only under the host that LINE has them on. */
  readonly strictHosts: boolean
  readonly log: Logger
  readonly identifiers: Identifiers
  /** Of a channel that is made from now on. */
  readonly newChannelProfile: ApiProfile
  readonly rateLimits: RateLimits
  readonly chats: Chats
  readonly contents: ContentStore
  readonly media: MediaLoader
  readonly replyTokens: ReplyTokens
  readonly retryKeys: RetryKeys
  readonly sentCounts: SentCounts
  readonly delivery: Delivery
  readonly loadingAnimations: LoadingAnimations
  /** People who are about to log in. */
  readonly loginFlows: LoginFlows
  readonly webhooks: Webhooks
  readonly timeline: Timeline
  readonly faults: Faults
  /** What is made to wait by a fault. */
  readonly waits: Waits
}
