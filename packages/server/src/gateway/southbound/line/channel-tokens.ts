// Channel access tokens of LINE channels that are known by id and secret alone: stateless ones, which LINE issues
// without limit. One is asked for at a time per channel, renewed before it expires, and again once LINE refused it.
import type { Clock } from '../../../kit/clock.ts'
import { hashSecret } from '../../../kit/compare.ts'
import { type Outbound, type OutboundAnswer, OutboundError } from '../../../kit/outbound.ts'
import type { Reach } from '../../core/model.ts'

const TIMEOUT_MS = 10_000
const RENEW_BEFORE_MS = 120_000
const MOST_REMEMBERED = 10_000

export interface ChannelCredentials {
  channelId: string
  channelSecret: string
  apiUrl: string
  reach: Reach
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
async function issueStatelessToken(
  outbound: Outbound,
  { channelId, channelSecret, apiUrl, reach }: ChannelCredentials,
): Promise<{ answer: IssuedToken; expiresInS: number }> {
  const form = { grant_type: 'client_credentials', client_id: channelId, client_secret: channelSecret }
  let answer: OutboundAnswer
  try {
    answer = await outbound.request({
      url: `${apiUrl}/oauth2/v3/token`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeoutMs: TIMEOUT_MS,
      reach,
      keepBodyBytes: 8192,
    })
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error
    return { answer: { kind: 'unanswered', reason: error.message }, expiresInS: 0 }
  }
  const { token, expiresInS, reason } = readIssued(answer.body)
  if (answer.status === 200 && token !== '')
    return { answer: { kind: 'issued', channelAccessToken: token }, expiresInS }
  const kind = answer.status >= 500 || answer.status === 429 ? 'unanswered' : 'refused'
  return { answer: { kind, reason: reason === '' ? `status ${answer.status}` : reason }, expiresInS: 0 }
}

function readIssued(body: Buffer): { token: string; expiresInS: number; reason: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    parsed = undefined // a proxy's page, say
  }
  const field = (name: string): unknown =>
    typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, name) : undefined
  const text = (name: string): string => String(field(name) ?? '').slice(0, 500)
  const expiresInS = Number(field('expires_in'))
  return {
    token: String(field('access_token') ?? ''),
    expiresInS: expiresInS > 0 ? expiresInS : 0,
    reason: text('error_description') || text('error') || text('message'),
  }
}
