// Checks id tokens: ES256 by LINE's published keys; HS256, which LINE gives to web-app channels, by the channel secret.
import { fromBase64url } from './pkce.ts'

/** LINE documentation, "ID tokens": payload */
export interface IdTokenClaims {
  readonly iss: string
  /** The user's id. */
  readonly sub: string
  /** The channel's id. */
  readonly aud: string
  /** UNIX time in seconds. */
  readonly exp: number
  /** UNIX time in seconds. */
  readonly iat: number
  readonly auth_time?: number
  readonly nonce?: string
  readonly amr?: readonly string[]
  readonly name?: string
  readonly picture?: string
  readonly email?: string
}

export type IdTokenFault =
  | 'malformed'
  | 'unknown_algorithm'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'wrong_nonce'
  | 'expired'

/** `unknown_key` may mean that LINE has newer keys than those given. */
export type IdTokenCheck =
  | { readonly ok: true; readonly claims: IdTokenClaims }
  | { readonly ok: false; readonly fault: IdTokenFault }

/** A public key as LINE's `/oauth2/v2.1/certs` lists them. */
export interface PublicKey {
  readonly kid?: string
  readonly kty?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

export interface IdTokenExpectations {
  readonly channelId: string
  /** The nonce of the login; unless given, none is compared. */
  readonly nonce?: string
  /** The `keys` of LINE's JWKS document, for ES256. */
  readonly keys?: readonly PublicKey[]
  /** For HS256, and on a server only. */
  readonly channelSecret?: string
  /** https://access.line.me unless given. */
  readonly issuer?: string
  /** UNIX time in milliseconds; the machine's unless given. */
  readonly nowMs?: number
}

// LINE documentation, "ID tokens": iss
const ISSUER = 'https://access.line.me'
/** Clocks of two machines differ. */
const LEEWAY_MS = 60_000
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Checks signature, issuer, audience, nonce and expiry (60 seconds of leeway) of an id token.
 *
 * @throws Error where a channel secret is given in a browser: it would not stay one.
 * @example
 * ```ts
 * const { keys } = await (await fetch('https://api.line.me/oauth2/v2.1/certs')).json()
 * const checked = await verifyIdToken(idToken, { channelId: '1234567890', nonce, keys })
 * if (checked.ok) console.log(checked.claims.sub)
 * ```
 */
export async function verifyIdToken(idToken: string, expected: IdTokenExpectations): Promise<IdTokenCheck> {
  if (expected.channelSecret !== undefined && 'document' in globalThis)
    throw new Error('a channel secret must not be given to a browser')
  const read = readIdToken(idToken)
  if (read === undefined) return fault('malformed')
  const { alg, kid, claims } = read
  const dot = idToken.lastIndexOf('.')
  const signed = encoder.encode(idToken.slice(0, dot))
  const signature = fromBase64url(idToken.slice(dot + 1))
  if (alg === 'ES256') {
    const jwk = expected.keys?.find((key) => key.kid === kid)
    if (jwk === undefined) return fault('unknown_key')
    const { kty = '', crv = '', x = '', y = '' } = jwk
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify'])
    if (!(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, signed)))
      return fault('bad_signature')
  } else if (alg === 'HS256' && expected.channelSecret !== undefined) {
    const algorithm = { name: 'HMAC', hash: 'SHA-256' }
    const secret = encoder.encode(expected.channelSecret)
    const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['verify'])
    if (!(await crypto.subtle.verify('HMAC', key, signature, signed))) return fault('bad_signature')
  } else return fault(alg === 'HS256' ? 'unknown_key' : 'unknown_algorithm')
  const wrong = whyWrongClaims(claims, expected)
  return wrong === undefined ? { ok: true, claims } : fault(wrong)
}

export function whyWrongClaims(
  claims: IdTokenClaims,
  { channelId, nonce, issuer = ISSUER, nowMs = Date.now() }: Omit<IdTokenExpectations, 'keys' | 'channelSecret'>,
): IdTokenFault | undefined {
  if (claims.iss !== issuer) return 'wrong_issuer'
  if (claims.aud !== channelId) return 'wrong_audience'
  if (nonce !== undefined && claims.nonce !== nonce) return 'wrong_nonce'
  return claims.exp * 1000 + LEEWAY_MS <= nowMs ? 'expired' : undefined
}

/** What the token says, unchecked; undefined where it is none. */
export function readIdToken(
  idToken: string,
): { alg: unknown; kid: string | undefined; claims: IdTokenClaims } | undefined {
  const [header = '', payload = '', signature = '', ...more] = idToken.length > 10_000 ? [] : idToken.split('.')
  try {
    fromBase64url(signature)
    const { alg, kid } = parsePart(header)
    const claims = parsePart(payload)
    const { iss, sub, aud, exp, iat } = claims
    const whole = [iss, sub, aud].every((text) => typeof text === 'string') && typeof exp === 'number'
    if (more.length > 0 || !whole || typeof iat !== 'number') return undefined
    return {
      alg,
      kid: typeof kid === 'string' ? kid : undefined,
      claims: claims as unknown as IdTokenClaims, // what is required of it was checked
    }
  } catch {
    return undefined
  }
}

function parsePart(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(decoder.decode(fromBase64url(text)))
  if (typeof value !== 'object' || value === null) throw new Error('a part of an id token is no object')
  return value as Record<string, unknown>
}

const fault = (name: IdTokenFault): IdTokenCheck => ({ ok: false, fault: name })
