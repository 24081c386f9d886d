// Makes the platform's parts and gives each what it needs. Their state comes from the seed or the folder, later.
import type { AdjustableClock } from '../kit/clock.ts'
import type { Logger } from '../kit/log.ts'
import { createAccounts } from './accounts/accounts.ts'
import { RateLimits } from './api/rate-limits.ts'
import { Chats } from './chats/chats.ts'
import { Delivery } from './chats/delivery.ts'
import { LoadingAnimations } from './chats/loading-animations.ts'
import { ReplyTokens } from './chats/reply-tokens.ts'
import { RetryKeys } from './chats/retry-keys.ts'
import { SentCounts } from './chats/sent-counts.ts'
import { ContentStore } from './content/content-store.ts'
import type { PlatformCore } from './core.ts'
import { Faults } from './faults/faults.ts'
import { Waits } from './faults/waits.ts'
import type { Identifiers } from './identifiers.ts'
import { LoginFlows } from './login/login-flows.ts'
import { MediaLoader } from './media/media-loader.ts'
import type { ChangeReports } from './saved-state.ts'
import { Timeline } from './timeline.ts'
import { Webhooks } from './webhooks/webhooks.ts'

export interface CoreParts {
  readonly clock: AdjustableClock
  readonly log: Logger
  readonly identifiers: Identifiers
  readonly changes: ChangeReports
  /** Tells whether what is only probable happens. */
  readonly chanceSeed: string
  readonly settings: Pick<PlatformCore, 'newChannelProfile' | 'strictHosts'>
}

export function createCore({ clock, log, identifiers, changes, chanceSeed, settings }: CoreParts): PlatformCore {
  const accounts = createAccounts(clock, identifiers, changes.accountsChanged)
  const { channels, users, groups } = accounts
  const timeline = new Timeline()
  const chats = new Chats(groups, changes)
  const replyTokens = new ReplyTokens(clock, identifiers, changes.replyTokenChanged)
  const faults = new Faults(chanceSeed, changes.accountsChanged)
  const waits = new Waits()
  return {
    ...accounts,
    clock,
    log,
    identifiers,
    ...settings,
    rateLimits: new RateLimits(clock),
    timeline,
    faults,
    waits,
    chats,
    contents: new ContentStore(clock, changes.contentChanged),
    media: new MediaLoader({ clock, timeline }),
    replyTokens,
    retryKeys: new RetryKeys(clock, changes.accepted),
    sentCounts: new SentCounts(clock, changes.counted),
    loadingAnimations: new LoadingAnimations({ clock, chats, users }),
    loginFlows: new LoginFlows(clock, identifiers),
    delivery: new Delivery({ clock, identifiers, users, chats, timeline }),
    webhooks: new Webhooks({ channels, replyTokens, timeline, faults, waits, clock, log }),
  }
}
