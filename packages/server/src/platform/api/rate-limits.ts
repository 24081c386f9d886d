// How often a channel may call each operation, where its `limits` are real: a token bucket for each channel and
// operation on the platform's clock.
import type { Clock } from '../../kit/clock.ts'
import type { Plan } from '../accounts/api-access.ts'
import type { LineChannel } from '../accounts/channels.ts'
import { type Answer, errorAnswer } from './answers.ts'

export interface RateLimit {
  readonly calls: number
  readonly perMs: number
}

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

// LINE reference 2017, "Rate limits": per API; by plan
const TRIAL_2017: RateLimit = { calls: 1_000, perMs: MINUTE_MS }
const OTHER_2017: RateLimit = { calls: 10_000, perMs: MINUTE_MS }

/** Today's limits by the names of operations. LINE reference, "Rate limits" */
export const RATE_LIMITS: readonly (RateLimit & { operations: readonly string[] })[] = [
  {
    calls: 60,
    perMs: HOUR_MS,
    operations: [
      'narrowcast',
      'broadcast',
      'getNumberOfMessageDeliveries',
      'getNumberOfFollowers',
      'getFriendsDemographics',
      'getMessageEvent',
      'getStatisticsPerUnit',
      'getRichMenuInsightSummary',
      'getRichMenuInsightDaily',
      'testWebhookEndpoint',
    ],
  },
  {
    calls: 60,
    perMs: MINUTE_MS,
    operations: [
      'createAudienceGroup',
      'createAudienceForUploadingUserIds',
      'addAudienceToAudienceGroup',
      'addUserIdsToAudience',
      'createClickBasedAudienceGroup',
      'createImpBasedAudienceGroup',
      'updateAudienceGroupDescription',
      'deleteAudienceGroup',
      'getAudienceData',
      'getAudienceGroups',
      'getSharedAudienceData',
      'getSharedAudienceGroups',
    ],
  },
  { calls: 1_000, perMs: MINUTE_MS, operations: ['setWebhookEndpoint', 'getWebhookEndpoint'] },
  {
    calls: 100,
    perMs: HOUR_MS,
    operations: ['createRichMenu', 'deleteRichMenu', 'deleteRichMenuAlias', 'getRichMenuBatchProgress'],
  },
  { calls: 3, perMs: HOUR_MS, operations: ['richMenuBatch'] },
  { calls: 10, perMs: SECOND_MS, operations: ['getRichMenuList'] },
  {
    calls: 200,
    perMs: SECOND_MS,
    operations: [
      'multicast',
      'getMembershipSubscription',
      'getJoinedMembershipUsers',
      'getMembershipList',
      'createCoupon',
      'closeCoupon',
      'listCoupon',
      'getCouponDetail',
    ],
  },
  { calls: 100, perMs: SECOND_MS, operations: ['showLoadingAnimation'] },
  { calls: 370, perMs: SECOND_MS, operations: ['issueChannelToken'] },
]

/** LINE reference, "Rate limits": all other operations. */
export const USUAL_RATE: RateLimit = { calls: 2_000, perMs: SECOND_MS }

const rows = new Map(RATE_LIMITS.flatMap((row) => row.operations.map((name) => [name, row] as const)))

export function rateLimitOf(operation: string, profile: LineChannel['profile'], plan: Plan): RateLimit {
  if (profile === '2017') return plan === 'developer-trial' ? TRIAL_2017 : OTHER_2017
  return rows.get(operation) ?? USUAL_RATE
}

// LINE reference, "Rate limits"; the wording in 2017 is unconfirmed
export const RATE_EXCEEDED: Answer = errorAnswer(429, 'The API rate limit has been exceeded. Try again later.')

/** What is asked of a channel whose calls are counted. */
export type CountedChannel = Pick<LineChannel, 'channelId' | 'profile'> & {
  readonly apiAccess: Pick<LineChannel['apiAccess'], 'limits' | 'plan'>
}

interface Bucket {
  calls: number
  filledAtMs: number
}

export class RateLimits {
  readonly #buckets = new Map<string, Bucket>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Counts the call. False where there were too many. */
  take({ channelId, profile, apiAccess }: CountedChannel, operation: string): boolean {
    if (apiAccess.limits === 'off') return true
    const { calls, perMs } = rateLimitOf(operation, profile, apiAccess.plan)
    const nowMs = this.#clock.now()
    const key = `${channelId} ${operation}`
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      bucket = { calls, filledAtMs: nowMs }
      this.#buckets.set(key, bucket)
    }
    bucket.calls = Math.min(calls, bucket.calls + ((nowMs - bucket.filledAtMs) * calls) / perMs)
    bucket.filledAtMs = nowMs
    if (bucket.calls < 1) return false
    bucket.calls -= 1
    return true
  }

  /** Begins anew, as after a reset. */
  clear(): void {
    this.#buckets.clear()
  }
}
