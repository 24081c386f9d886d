// Id tokens: HS256 with the channel secret for web applications, ES256 with the platform's own key for applications
// that hold no secret. Owner of that key, which is made when it is first needed and then stays the same.
import type { JWK, JWTPayload } from 'jose'
import type { Clock } from '../../kit/clock.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { User } from '../accounts/users.ts'
import type { Identifiers } from '../identifiers.ts'
import type { LoginCode } from './login-flows.ts'

/** SDKs and clients compare it: it stays LINE's, whatever host this platform has. */
export const ISSUER = 'https://access.line.me'
// unconfirmed: LINE does not publish how long an id token lives
const LIFE_SECONDS = 3600

export interface SigningKey {
  readonly kid: string
  readonly privateJwk: JWK
}

/** LINE reference, "Verify ID token": its wordings */
export type IdTokenFault =
  | 'Invalid IdToken.'
  | 'Invalid IdToken Issuer.'
  | 'IdToken expired.'
  | 'Invalid IdToken Audience.'
  | 'Invalid IdToken Nonce.'
  | 'Invalid IdToken Subject Identifier.'

export type CheckedIdToken = { ok: true; payload: JWTPayload } | { ok: false; fault: IdTokenFault }

export class IdTokens {
  readonly #clock: Clock
  readonly #identifiers: Identifiers
  readonly #onChange: () => void
  #key: SigningKey | undefined
  #making: Promise<SigningKey> | undefined

  constructor(clock: Clock, identifiers: Identifiers, onChange: () => void) {
    this.#clock = clock
    this.#identifiers = identifiers
    this.#onChange = onChange
  }

  async sign(login: LoginCode, user: User, channel: LoginChannel, alg: 'HS256' | 'ES256', picture?: string) {
    const { SignJWT, importJWK } = await import('jose')
    const iat = Math.floor(this.#clock.now() / 1000)
    const { scope, nonce, maxAgeSeconds } = login.request
    const claims = {
      iss: ISSUER,
      sub: user.userId,
      aud: channel.channelId,
      exp: iat + LIFE_SECONDS,
      iat,
      ...(maxAgeSeconds !== undefined && { auth_time: Math.floor(login.authTimeMs / 1000) }),
      ...(nonce !== undefined && { nonce }),
      amr: [login.amr],
      ...(scope.includes('profile') && { name: user.displayName, ...(picture !== undefined && { picture }) }),
      ...(scope.includes('email') && user.email !== undefined && { email: user.email }),
    }
    const token = new SignJWT(claims)
    if (alg === 'HS256')
      return token.setProtectedHeader({ typ: 'JWT', alg }).sign(new TextEncoder().encode(channel.channelSecret))
    const { kid, privateJwk } = await this.#signingKey()
    return token.setProtectedHeader({ typ: 'JWT', alg, kid }).sign(await importJWK(privateJwk, alg))
  }

  /** LINE reference, "Verify ID token". */
  async check(
    idToken: string,
    channel: LoginChannel,
    expected: { nonce: string | null; userId: string | null },
  ): Promise<CheckedIdToken> {
    const { compactVerify, decodeProtectedHeader, importJWK, errors } = await import('jose')
    let payload: JWTPayload
    try {
      const { alg, kid } = decodeProtectedHeader(idToken)
      const signing = this.#key
      const key =
        alg === 'HS256'
          ? new TextEncoder().encode(channel.channelSecret)
          : alg === 'ES256' && signing !== undefined && kid === signing.kid
            ? await importJWK(publicPart(signing), alg)
            : undefined
      if (key === undefined) return { ok: false, fault: 'Invalid IdToken.' }
      const verified = await compactVerify(idToken, key, { algorithms: ['HS256', 'ES256'] })
      payload = JSON.parse(new TextDecoder().decode(verified.payload)) as JWTPayload // we signed it
    } catch (error) {
      // jose tells a text that is no token by errors of its own, and by a TypeError
      if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError)
        return { ok: false, fault: 'Invalid IdToken.' }
      throw error
    }
    const fault = this.#faultOf(payload, channel, expected)
    return fault === undefined ? { ok: true, payload } : { ok: false, fault }
  }

  /** The document at `/oauth2/v2.1/certs`. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    return { keys: [publicPart(await this.#signingKey())] }
  }

  *rows(): Generator<SigningKey> {
    if (this.#key !== undefined) yield this.#key
  }

  restore(key: SigningKey): void {
    this.#key = key
  }

  clear(): void {
    this.#key = undefined
    this.#making = undefined
  }

  #faultOf(
    payload: JWTPayload,
    channel: LoginChannel,
    { nonce, userId }: { nonce: string | null; userId: string | null },
  ): IdTokenFault | undefined {
    if (payload.iss !== ISSUER) return 'Invalid IdToken Issuer.'
    if ((payload.exp ?? 0) * 1000 <= this.#clock.now()) return 'IdToken expired.'
    if (payload.aud !== channel.channelId) return 'Invalid IdToken Audience.'
    if (nonce !== null && payload.nonce !== nonce) return 'Invalid IdToken Nonce.'
    return userId !== null && payload.sub !== userId ? 'Invalid IdToken Subject Identifier.' : undefined
  }

  async #signingKey(): Promise<SigningKey> {
    if (this.#key !== undefined) return this.#key
    this.#making ??= makeKey(this.#identifiers.assertionKeyId())
    const key = await this.#making
    if (this.#key === undefined) {
      this.#key = key
      this.#onChange()
    }
    return this.#key
  }
}

async function makeKey(kid: string): Promise<SigningKey> {
  const { exportJWK, generateKeyPair } = await import('jose')
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { kid, privateJwk: await exportJWK(privateKey) }
}

function publicPart({ kid, privateJwk: { kty, crv, x, y } }: SigningKey): JWK {
  return { kid, kty, crv, x, y, alg: 'ES256', use: 'sig' } as JWK // of an EC key, which has all of them
}
