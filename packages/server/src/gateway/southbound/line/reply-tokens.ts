// Reply tokens of people who wrote a moment ago, in memory: each serves one message, the newest first, for replies do
// not count against LINE's quota. What is lost with the process goes out as a push.
import type { Clock } from '../../../kit/clock.ts'
import type { ReplyOption, ReplyTokens } from '../../core/ports.ts'

const MOST_REMEMBERED = 10_000
const MOST_PER_PERSON = 5

export function replyTokenMemory(clock: Clock): ReplyTokens {
  const known = new Map<string, ReplyOption[]>()
  return {
    keep(accountId, identity, reply) {
      const key = `${accountId}/${identity}`
      const alive = (known.get(key) ?? []).filter(({ untilMs }) => untilMs > clock.now())
      known.delete(key) // to the end: the oldest are forgotten first
      known.set(key, [...alive, reply].slice(-MOST_PER_PERSON))
      const [oldest] = known.keys()
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest)
    },
    take(accountId, identity) {
      const key = `${accountId}/${identity}`
      const options = known.get(key)
      const newest = options?.pop()
      if (options?.length === 0) known.delete(key)
      if (newest === undefined || newest.untilMs > clock.now()) return newest
      known.delete(key) // the others are older still
      return undefined
    },
  }
}
