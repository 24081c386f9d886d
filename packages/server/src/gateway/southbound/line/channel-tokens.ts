// Channel access tokens of LINE channels that are known by id and secret alone: stateless ones, which LINE issues
// without limit. One is asked for at a time per channel, renewed before it expires, and again once LINE refused it.
import type { Clock } from '../../../kit/clock.ts'
import { hashSecret } from '../../../kit/compare.ts'
import type { Outbound } from '../../../kit/outbound.ts'
import { callLine, type LineHost } from './call-line.ts'

const RENEW_BEFORE_MS = 120_000
const MOST_REMEMBERED = 10_000

export interface ChannelCredentials extends LineHost {
  channelId: string
  channelSecret: string
}

/** `refused`: LINE does not take id and secret. `unanswered`: nobody knows. */
export type IssuedToken =
  | { kind: 'issued'; channelAccessToken: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unanswered'; reason: string }

export interface ChannelTokens {
  get(credentials: ChannelCredentials): Promise<IssuedToken>
  /** LINE refused it: the next one is asked for anew. */
  forget(credentials: ChannelCredentials): void
}

interface Known {
  channelAccessToken: string
  renewAtMs: number
}

export function channelTokens(outbound: Outbound, clock: Clock): ChannelTokens {
  const known = new Map<string, Known>()
  const asked = new Map<string, Promise<IssuedToken>>()
  // Another secret is another entry, so that a rotated one shows at once.
  const nameOf = ({ apiUrl, channelId, channelSecret }: ChannelCredentials) =>
    hashSecret([apiUrl, channelId, channelSecret].join('\n'))

  async function ask(name: string, credentials: ChannelCredentials): Promise<IssuedToken> {
    const { answer, expiresInS } = await issueStatelessToken(outbound, credentials)
    if (answer.kind === 'issued') {
      if (known.size >= MOST_REMEMBERED) known.clear()
      const lifeMs = expiresInS * 1000
      const renewAtMs = clock.now() + Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2)
      known.set(name, { channelAccessToken: answer.channelAccessToken, renewAtMs })
    }
    return answer
  }

  return {
    get(credentials) {
      const name = nameOf(credentials)
      const token = known.get(name)
      if (token !== undefined && clock.now() < token.renewAtMs)
        return Promise.resolve({ kind: 'issued', channelAccessToken: token.channelAccessToken })
      const underWay = asked.get(name)
      if (underWay !== undefined) return underWay
      const asking = ask(name, credentials).finally(() => asked.delete(name))
      asked.set(name, asking)
      return asking
    },
    forget(credentials) {
      known.delete(nameOf(credentials))
    },
  }
}

/** LINE reference, "Issue stateless channel access token". */
export async function issueStatelessToken(
  outbound: Outbound,
  { channelId, channelSecret, ...host }: ChannelCredentials,
): Promise<{ answer: IssuedToken; expiresInS: number }> {
  const form = { grant_type: 'client_credentials', client_id: channelId, client_secret: channelSecret }
  const reply = await callLine(outbound, host, { method: 'POST', path: '/oauth2/v3/token', form })
  if (reply.kind !== 'answered') return { answer: { kind: reply.kind, reason: reply.reason }, expiresInS: 0 }
  const channelAccessToken = reply.text('access_token')
  const expiresInS = reply.number('expires_in')
  if (channelAccessToken === '' || !(expiresInS > 0))
    return { answer: { kind: 'unanswered', reason: 'the answer holds no token' }, expiresInS: 0 }
  return { answer: { kind: 'issued', channelAccessToken }, expiresInS }
}
