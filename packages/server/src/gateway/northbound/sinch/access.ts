// Who may call: an access key of the project, either directly (HTTP Basic) or through a token got for it.
// The tokens are JWTs, as Sinch's clients look at their expiry.
import type { Clock } from '../../../kit/clock.ts'
import { hashSecret, secretsEqual } from '../../../kit/compare.ts'
import type { ProjectId } from '../../core/ids.ts'
import type { ApiKey } from '../../core/model.ts'
import type { SinchError } from './errors.ts'

const TOKEN_LIFE_S = 3599
const MOST_CACHED_TOKENS = 1000
const LONGEST_HEADER = 4096

type Caller = { ok: true; projectId: ProjectId } | { ok: false; error: SinchError }

export interface AccessOptions {
  keyById(keyId: string): Promise<ApiKey | undefined>
  /** Signs the tokens; 32 bytes. */
  tokenKey: Uint8Array
  clock: Clock
}

export interface Access {
  /** The key named by an `Authorization: Basic` header, if its secret is right. */
  keyOf(authorization: string | undefined): Promise<(ApiKey & { projectId: ProjectId }) | undefined>
  issueToken(key: ApiKey): Promise<{ accessToken: string; expiresInS: number }>
  authenticate(authorization: string | undefined): Promise<Caller>
}

export function sinchAccess({ keyById, tokenKey, clock }: AccessOptions): Access {
  const verified = new Map<string, { keyId: string; expiresAtS: number }>()

  async function usableKey(keyId: string): Promise<(ApiKey & { projectId: ProjectId }) | undefined> {
    const key = await keyById(keyId)
    if (key?.use !== 'sinch' || key.projectId === undefined) return undefined
    return { ...key, projectId: key.projectId }
  }

  async function keyOf(authorization: string | undefined) {
    const credentials = readBasic(authorization)
    if (credentials === undefined) return undefined
    const key = await usableKey(credentials.keyId)
    if (key === undefined || !secretsEqual(hashSecret(credentials.secret), key.secretSha256)) return undefined
    return key
  }

  async function verifyToken(token: string): Promise<{ keyId: string; expiresAtS: number } | 'expired' | 'invalid'> {
    const nowMs = clock.now()
    let known = verified.get(token)
    if (known === undefined) {
      const { jwtVerify, errors } = await import('jose')
      try {
        const { payload } = await jwtVerify(token, tokenKey, { algorithms: ['HS256'], currentDate: new Date(nowMs) })
        known = { keyId: payload.sub ?? '', expiresAtS: payload.exp ?? 0 }
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid'
      }
      if (verified.size >= MOST_CACHED_TOKENS) verified.clear()
      verified.set(token, known)
    }
    return known.expiresAtS * 1000 <= nowMs ? 'expired' : known
  }

  return {
    keyOf,

    async issueToken(key) {
      const { SignJWT } = await import('jose')
      const nowS = Math.floor(clock.now() / 1000)
      const accessToken = await new SignJWT({ project_id: key.projectId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(key.keyId)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + TOKEN_LIFE_S)
        .sign(tokenKey)
      return { accessToken, expiresInS: TOKEN_LIFE_S }
    },

    async authenticate(authorization) {
      if (authorization === undefined) return refused('An access token is required.', 'Bearer')
      const bearer = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(authorization)?.[1]
      if (bearer === undefined) {
        const key = await keyOf(authorization)
        return key === undefined
          ? refused('The access key is unknown or its secret is wrong.', 'Basic')
          : { ok: true, projectId: key.projectId }
      }
      const token = await verifyToken(bearer)
      // Sinch's clients fetch a new token where this header says "expired", and only there.
      if (token === 'expired')
        return refused('The access token expired.', 'Bearer error="invalid_token", error_description="token expired"')
      const key = token === 'invalid' ? undefined : await usableKey(token.keyId)
      if (key === undefined) return refused('The access token is not valid.', 'Bearer error="invalid_token"')
      return { ok: true, projectId: key.projectId }
    },
  }
}

const refused = (message: string, challenge: string): Caller => ({
  ok: false,
  error: { kind: 'unauthenticated', message, challenge },
})

function readBasic(authorization: string | undefined): { keyId: string; secret: string } | undefined {
  if (authorization === undefined || authorization.length > LONGEST_HEADER) return undefined
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const [keyId, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return keyId === undefined || keyId === '' || rest.length === 0 ? undefined : { keyId, secret: rest.join(':') }
}
