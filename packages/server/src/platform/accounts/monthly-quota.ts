// How many messages a channel may send in a month.
import type { Plan } from './api-access.ts'
import type { LineChannel } from './channels.ts'

export const LARGEST_MONTHLY_QUOTA = 1_000_000_000

// LINE documentation, "Messaging API pricing": today's three plans in Japan. Which of our plans is which is ours.
const FREE_MESSAGES: Readonly<Partial<Record<Plan, number>>> = { free: 200, basic: 5_000, pro: 30_000 }

/**
 * The channel's own setting, as made in LINE Official Account Manager; else its plan's, where its limits are real.
 * Undefined: without end, as all sending was in 2017.
 */
export function monthlyQuotaOf({ monthlyQuota, apiAccess, profile }: LineChannel): number | undefined {
  if (monthlyQuota !== undefined) return monthlyQuota
  return apiAccess.limits === 'real' && profile === 'current' ? FREE_MESSAGES[apiAccess.plan] : undefined
}
