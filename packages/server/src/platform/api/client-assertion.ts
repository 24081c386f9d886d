// A JWT assertion: how a channel proves itself with the key that it registered, instead of its secret.
// LINE documentation, "Issue channel access tokens v2.1", "Generate a JWT".
import { isDeepStrictEqual } from 'node:util'
import type { AssertionKey } from '../accounts/assertion-keys.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import { type Answer, errorAnswer, oauthErrorAnswer } from './answers.ts'

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
// LINE facts sheet, "Channel token endpoints": with the slash at its end
const AUDIENCE = 'https://api.line.me/'
const LONGEST_LIFE_SECONDS = 30 * 60
const MOST_CHARACTERS = 8000

interface AssertionClaims {
  readonly iss?: unknown
  readonly sub?: unknown
  readonly aud?: unknown
  readonly exp?: unknown
  /** How long the token that is asked for shall live. */
  readonly token_exp?: unknown
}

export type CheckedAssertion =
  | { ok: true; channel: LineChannel; claims: AssertionClaims }
  | { ok: false; answer: Answer }

/** LINE reference, "Issue channel access token v2.1": of the wordings, those of `iss`, `exp` and the key are published. */
export async function checkAssertion(assertion: string, core: PlatformCore): Promise<CheckedAssertion> {
  if (assertion.length > MOST_CHARACTERS) return refuse('Invalid client_assertion')
  const jose = await import('jose') // loaded with the first assertion: most bots never send one
  let header: { kid?: string; alg?: string }
  try {
    header = jose.decodeProtectedHeader(assertion)
  } catch {
    return refuse('Invalid client_assertion') // unconfirmed
  }
  const key = core.assertionKeys.find(header.kid ?? '')
  const channel = key && core.channels.find(key.channelId)
  if (key === undefined || channel === undefined)
    return { ok: false, answer: errorAnswer(404, 'Cannot find channel key that satisfies the conditions') }
  if (header.alg !== 'RS256') return refuse('Invalid alg') // unconfirmed
  const claims = await verifySignature(jose, assertion, key)
  if (claims === undefined) return refuse('Invalid signature') // unconfirmed
  const fault = findFault(claims, key, core.clock.now())
  return fault === undefined ? { ok: true, channel, claims } : refuse(fault)
}

async function verifySignature(
  jose: typeof import('jose'),
  assertion: string,
  key: AssertionKey,
): Promise<AssertionClaims | undefined> {
  const publicKey = await jose.importJWK({ ...key.publicKey })
  try {
    const { payload } = await jose.compactVerify(assertion, publicKey, { algorithms: ['RS256'] })
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? claims : undefined
  } catch (error) {
    if (error instanceof jose.errors.JOSEError || error instanceof SyntaxError) return undefined
    throw error
  }
}

function findFault({ iss, sub, aud, exp }: AssertionClaims, key: AssertionKey, nowMs: number): string | undefined {
  if (iss !== key.channelId) return 'iss and clientId of key do not match'
  if (sub !== iss) return 'Invalid sub' // unconfirmed, as the next: formed after "Invalid exp"
  if (aud !== AUDIENCE && !isDeepStrictEqual(aud, [AUDIENCE])) return 'Invalid aud'
  const restSeconds = typeof exp === 'number' ? exp - nowMs / 1000 : 0
  return restSeconds > 0 && restSeconds <= LONGEST_LIFE_SECONDS ? undefined : 'Invalid exp'
}

function refuse(description: string): CheckedAssertion {
  return { ok: false, answer: oauthErrorAnswer('invalid_client', description) }
}
