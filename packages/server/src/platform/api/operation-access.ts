// Which operation an account may call: one table. What is not in it is open to every account. LINE names the rule
// ("Access to APIs vary depending on the account type and the plan") and only some of its cases; the rest is ours.
import type { ApiAccess, Plan } from '../accounts/api-access.ts'
import { type Answer, errorAnswer } from './answers.ts'

export interface AccessRow {
  /** Names of operations. */
  readonly operations: readonly string[]
  /** Plans that lack them. */
  readonly notOnPlans?: readonly Plan[]
  /** Only a verified account or an official one has them. */
  readonly verifiedOrOfficial?: true
  readonly source: string
}

export const ACCESS_TABLE: readonly AccessRow[] = [
  {
    operations: ['pushMessage', 'multicast'],
    notOnPlans: ['free'],
    source: 'ours: the free plan of LINE@ answered, and sent nothing of its own accord',
  },
  {
    operations: ['getFollowers'],
    verifiedOrOfficial: true,
    source: 'LINE reference, "Get a list of users who added your LINE Official Account as a friend"',
  },
  {
    operations: ['getGroupMembersIds'],
    verifiedOrOfficial: true,
    source: 'LINE reference, "Get group chat member user IDs"',
  },
  {
    operations: ['getRoomMembersIds'],
    verifiedOrOfficial: true,
    source: 'LINE reference, "Get multi-person chat member user IDs"',
  },
  {
    operations: [
      'pushMessagesByPhone',
      'pushTemplatedMessageByPhone',
      'getPNPMessageStatistics',
      'getTemplatedPNPMessageStatistics',
      'markMessagesAsRead',
    ],
    verifiedOrOfficial: true,
    source: 'ours: LINE grants them to corporate customers who have applied; here those are verified or official',
  },
]

const rows = new Map(ACCESS_TABLE.flatMap((row) => row.operations.map((name) => [name, row] as const)))

/** Mission stickers have a permission of their own, with an answer of their own: mission-sticker.ts. */
export function mayCall(access: ApiAccess, operation: string): boolean {
  const row = rows.get(operation)
  if (row === undefined) return true
  if (row.notOnPlans?.includes(access.plan)) return false
  return row.verifiedOrOfficial === undefined || access.verified || access.accountType === 'official'
}

// LINE reference 2017, "Error messages"
export const NO_ACCESS: Answer = errorAnswer(403, 'Access to this API is not available for your account')
