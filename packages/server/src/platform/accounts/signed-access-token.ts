// Channel access tokens in the form of a JWS, as LINE's v2.1 and stateless tokens have it: what they say of themselves
// can be trusted without keeping them, so that an expired or revoked one is told from one that never was.
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface SignedTokenClaims {
  readonly channelId: string
  /** `login`: a user's, of LINE Login. */
  readonly kind: 'v2.1' | 'stateless' | 'login'
  /** In whole seconds, as in every JWT. */
  readonly expiresAtSeconds: number
  /** Makes each token another one; of a v2.1 token it is the id that LINE lists it by. */
  readonly keyId: string
}

/** `not-jws`: a text of another form. `malformed`: of the form, but none that this platform signed. */
export type ReadSignedToken = { ok: true; claims: SignedTokenClaims } | { ok: false; fault: 'not-jws' | 'malformed' }

const HEADER = encode({ alg: 'HS256' })
const PARTS = /^(eyJ[A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/
const MOST_CHARACTERS = 2000

export function signToken(claims: SignedTokenClaims, channelSecret: string): string {
  const { channelId, kind, expiresAtSeconds, keyId } = claims
  const signed = `${HEADER}.${encode({ sub: channelId, use: kind, exp: expiresAtSeconds, jti: keyId })}`
  return `${signed}.${signatureOf(signed, channelSecret).toString('base64url')}`
}

/** Whether it is still live is not looked at. */
export function readSignedToken(token: string, secretOf: (channelId: string) => string | undefined): ReadSignedToken {
  const parts = token.length > MOST_CHARACTERS ? null : PARTS.exec(token)
  if (parts === null) return { ok: false, fault: 'not-jws' }
  const [, header = '', payload = '', signature = ''] = parts
  const claims = header === HEADER ? readClaims(payload) : undefined
  const secret = claims && secretOf(claims.channelId)
  if (claims === undefined || secret === undefined) return { ok: false, fault: 'malformed' }
  const expected = signatureOf(`${header}.${payload}`, secret)
  const given = Buffer.from(signature, 'base64url')
  const genuine = given.length === expected.length && timingSafeEqual(given, expected)
  return genuine ? { ok: true, claims } : { ok: false, fault: 'malformed' }
}

/** The channel's own secret signs, with a name of its own so that no webhook signature can pass for a token's. */
function signatureOf(text: string, channelSecret: string): Buffer {
  return createHmac('sha256', `channel access token ${channelSecret}`).update(text).digest()
}

function readClaims(payload: string): SignedTokenClaims | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { sub, use, exp, jti } = value as Record<string, unknown> // each is checked below
  if (typeof sub !== 'string' || typeof exp !== 'number' || typeof jti !== 'string') return undefined
  if (use !== 'v2.1' && use !== 'stateless' && use !== 'login') return undefined
  return { channelId: sub, kind: use, expiresAtSeconds: exp, keyId: jti }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
