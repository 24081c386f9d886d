// What kind of account a channel belongs to and under which rules its calls are taken. LINE guide, "Messaging API",
// "Account types": what may be called depends on the type of the account and on its plan.
import { BlockList, isIP } from 'node:net'

export const ACCOUNT_TYPES = ['line@', 'official'] as const
type AccountType = (typeof ACCOUNT_TYPES)[number]

// LINE reference 2017, "Rate limits", names the Developer Trial; the others are the plans of LINE@ at that time.
export const PLANS = ['developer-trial', 'free', 'basic', 'pro', 'official'] as const
export type Plan = (typeof PLANS)[number]

export interface ApiAccess {
  readonly accountType: AccountType
  readonly verified: boolean
  readonly plan: Plan
  /** `real`: calls are limited as LINE limits them. `off`: as often as you like. */
  readonly limits: 'off' | 'real'
  /** Addresses and networks (`10.0.0.0/8`) that may call; empty: all. */
  readonly ipWhitelist: readonly string[]
  /** What the permission to send mission stickers came with. Absent: there is no permission. */
  readonly missionStickerAcl?: string
}

/** A new channel may call everything. */
const NEW_CHANNEL: ApiAccess = {
  accountType: 'official',
  verified: true,
  plan: 'official',
  limits: 'off',
  ipWhitelist: [],
}

export function apiAccessOf(seed: Partial<ApiAccess> = {}): ApiAccess {
  return { ...NEW_CHANNEL, ...seed }
}

/** What is wrong with the settings of a seed. */
export function faultOfApiAccess(seed: Partial<ApiAccess>): string | undefined {
  const { accountType, verified, plan, limits, ipWhitelist } = apiAccessOf(seed)
  if (!ACCOUNT_TYPES.includes(accountType)) return `accountType must be one of ${ACCOUNT_TYPES.join(', ')}`
  if (typeof verified !== 'boolean') return 'verified must be true or false'
  if (!PLANS.includes(plan)) return `plan must be one of ${PLANS.join(', ')}`
  if (limits !== 'off' && limits !== 'real') return 'limits must be off or real'
  if (!Array.isArray(ipWhitelist) || !ipWhitelist.every(isWhitelistEntry)) return 'ipWhitelist must list IP addresses'
  return undefined
}

/** @param address as the connection has it */
export function isWhitelisted({ ipWhitelist }: ApiAccess, address: string | undefined): boolean {
  if (ipWhitelist.length === 0) return true
  const plain = address?.replace(/^::ffff:/, '') ?? ''
  const version = isIP(plain)
  if (version === 0) return false
  const list = new BlockList()
  for (const entry of ipWhitelist) addEntry(list, entry)
  return list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
}

/** An address, or a network as address and prefix length. */
export function isWhitelistEntry(text: string): boolean {
  try {
    addEntry(new BlockList(), text)
    return true
  } catch {
    return false // the list throws for what is no address
  }
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (prefix === undefined) list.addAddress(address, family)
  else list.addSubnet(address, /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1, family)
}
