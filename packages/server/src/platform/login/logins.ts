// Owner of what users granted to LINE Login channels: consents, grants with their refresh tokens, and the access tokens
// of each grant. Tokens of v2.1 are signed, so that an expired or revoked one is told from one that never was.
import type { Clock } from '../../kit/clock.ts'
import type { LoginChannels } from '../accounts/login-channels.ts'
import { readSignedToken, signToken } from '../accounts/signed-access-token.ts'
import type { Identifiers } from '../identifiers.ts'

/** `v2` has one scope, P, and opaque tokens; `v2.1` is OpenID Connect. */
export type LoginVersion = 'v2' | 'v2.1'

const DAY_MS = 86_400_000
// LINE reference, "Issue access token": 30 days
export const ACCESS_TOKEN_SECONDS = 2_592_000
// LINE reference 2017, "Refreshing access tokens": until 10 days after the access token expires
const REFRESH_AFTER_EXPIRY_MS = 10 * DAY_MS
// LINE reference, "Refresh access token": 90 days from the first issue
const REFRESH_FROM_FIRST_MS = 90 * DAY_MS
/** A program that logs in without end must not fill the memory: the oldest grant goes. */
const MOST_GRANTS = 100_000

/** One login of one user at one channel: it lives from the exchange of a code until it is revoked or expires. */
export interface LoginGrant {
  readonly grantId: string
  readonly version: LoginVersion
  readonly channelId: string
  readonly userId: string
  readonly scope: readonly string[]
  readonly refreshToken: string
  readonly refreshExpiresAtMs: number
  readonly firstIssuedAtMs: number
}

export interface UserAccessToken {
  readonly accessToken: string
  readonly grantId: string
  readonly expiresAtMs: number
}

export interface Consent {
  readonly channelId: string
  readonly userId: string
  readonly scope: readonly string[]
}

export type LoginRow = { grant: LoginGrant } | { access: UserAccessToken } | { consent: Consent }

/** What a text is that is given for a user access token. `unknown`: none that LINE Login gave out here. */
export type UserTokenState =
  | { state: 'live'; grant: LoginGrant; expiresAtMs: number }
  | { state: 'expired' | 'revoked'; channelId: string }
  | { state: 'unknown' }

interface Parts {
  readonly clock: Clock
  readonly identifiers: Identifiers
  readonly channels: LoginChannels
  readonly onChange: () => void
}

export class Logins {
  readonly #parts: Parts
  readonly #grants = new Map<string, LoginGrant>()
  readonly #byRefreshToken = new Map<string, LoginGrant>()
  readonly #access = new Map<string, UserAccessToken>()
  readonly #ofGrant = new Map<string, Set<string>>()
  readonly #consents = new Map<string, Consent>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  issue(login: Pick<LoginGrant, 'version' | 'channelId' | 'userId' | 'scope'>): {
    grant: LoginGrant
    accessToken: string
  } {
    this.#sweep()
    const { identifiers, clock } = this.#parts
    const firstIssuedAtMs = clock.now()
    const grant: LoginGrant = {
      ...login,
      grantId: identifiers.accessTokenKeyId(),
      refreshToken: identifiers.refreshToken(),
      refreshExpiresAtMs: refreshEnd(login.version, firstIssuedAtMs, firstIssuedAtMs),
      firstIssuedAtMs,
    }
    this.#putGrant(grant)
    return { grant, accessToken: this.#issueAccess(grant) }
  }

  /** Another access token for the same grant; v2 prolongs the refresh token's life, v2.1 does not. */
  refresh(grant: LoginGrant): { grant: LoginGrant; accessToken: string } {
    const refreshExpiresAtMs = refreshEnd(grant.version, grant.firstIssuedAtMs, this.#parts.clock.now())
    const prolonged = { ...grant, refreshExpiresAtMs }
    this.#putGrant(prolonged)
    return { grant: prolonged, accessToken: this.#issueAccess(prolonged) }
  }

  /** The grant of a refresh token that is good at this moment. */
  findByRefreshToken(refreshToken: string): LoginGrant | undefined {
    const grant = this.#byRefreshToken.get(refreshToken)
    return grant !== undefined && grant.refreshExpiresAtMs > this.#parts.clock.now() ? grant : undefined
  }

  inspect(accessToken: string): UserTokenState {
    const found = this.#access.get(accessToken)
    const grant = found && this.#grants.get(found.grantId)
    if (found !== undefined && grant !== undefined) {
      if (found.expiresAtMs <= this.#parts.clock.now()) return { state: 'expired', channelId: grant.channelId }
      return { state: 'live', grant, expiresAtMs: found.expiresAtMs }
    }
    const read = readSignedToken(accessToken, (channelId) => this.#parts.channels.find(channelId)?.channelSecret)
    if (!read.ok || read.claims.kind !== 'login') return { state: 'unknown' }
    const { channelId, expiresAtSeconds } = read.claims
    return { state: expiresAtSeconds * 1000 <= this.#parts.clock.now() ? 'expired' : 'revoked', channelId }
  }

  /** Ends the grant: its access tokens and its refresh token. */
  revoke(grantId: string): void {
    const grant = this.#grants.get(grantId)
    if (grant === undefined) return
    this.#grants.delete(grantId)
    this.#byRefreshToken.delete(grant.refreshToken)
    for (const accessToken of this.#ofGrant.get(grantId) ?? []) this.#access.delete(accessToken)
    this.#ofGrant.delete(grantId)
    this.#parts.onChange()
  }

  consented(channelId: string, userId: string): readonly string[] {
    return this.#consents.get(consentKey(channelId, userId))?.scope ?? []
  }

  addConsent(channelId: string, userId: string, scope: readonly string[]): void {
    const all = [...new Set([...this.consented(channelId, userId), ...scope])]
    this.#consents.set(consentKey(channelId, userId), { channelId, userId, scope: all })
    this.#parts.onChange()
  }

  /** The user is no longer one of the channel's. LINE facts sheet, "LINE Login v2.1 API": all tokens die at once */
  withdrawConsent(channelId: string, userId: string): void {
    this.#consents.delete(consentKey(channelId, userId))
    for (const grant of [...this.#grants.values()])
      if (grant.channelId === channelId && grant.userId === userId) this.revoke(grant.grantId)
    this.#parts.onChange()
  }

  *rows(): Generator<LoginRow> {
    for (const consent of this.#consents.values()) yield { consent }
    for (const grant of this.#grants.values()) yield { grant }
    for (const access of this.#access.values()) yield { access }
  }

  restore(row: LoginRow): void {
    if ('grant' in row) this.#putGrant(row.grant)
    else if ('access' in row) this.#putAccess(row.access)
    else this.#consents.set(consentKey(row.consent.channelId, row.consent.userId), row.consent)
  }

  clear(): void {
    this.#grants.clear()
    this.#byRefreshToken.clear()
    this.#access.clear()
    this.#ofGrant.clear()
    this.#consents.clear()
  }

  #putGrant(grant: LoginGrant): void {
    this.#grants.set(grant.grantId, grant)
    this.#byRefreshToken.set(grant.refreshToken, grant)
    this.#parts.onChange()
  }

  #issueAccess({ grantId, version, channelId }: LoginGrant): string {
    const { clock, identifiers, channels } = this.#parts
    const expiresAtSeconds = Math.floor(clock.now() / 1000) + ACCESS_TOKEN_SECONDS
    const keyId = identifiers.accessTokenKeyId()
    const channel = channels.find(channelId)
    if (channel === undefined) throw new Error('a token for a channel that there is not')
    const accessToken =
      version === 'v2'
        ? identifiers.quoteToken()
        : signToken({ channelId, kind: 'login', expiresAtSeconds, keyId }, channel.channelSecret)
    this.#putAccess({ accessToken, grantId, expiresAtMs: expiresAtSeconds * 1000 })
    this.#parts.onChange()
    return accessToken
  }

  #putAccess(access: UserAccessToken): void {
    this.#access.set(access.accessToken, access)
    const tokens = this.#ofGrant.get(access.grantId)
    if (tokens === undefined) this.#ofGrant.set(access.grantId, new Set([access.accessToken]))
    else tokens.add(access.accessToken)
  }

  /** Forgets grants whose refresh tokens have expired, and the oldest where there are too many. */
  #sweep(): void {
    if (this.#grants.size < MOST_GRANTS) return
    const nowMs = this.#parts.clock.now()
    for (const { grantId, refreshExpiresAtMs } of [...this.#grants.values()])
      if (refreshExpiresAtMs <= nowMs) this.revoke(grantId)
    const [oldest] = this.#grants.keys()
    if (this.#grants.size >= MOST_GRANTS && oldest !== undefined) this.revoke(oldest)
  }
}

function refreshEnd(version: LoginVersion, firstIssuedAtMs: number, issuedAtMs: number): number {
  if (version === 'v2.1') return firstIssuedAtMs + REFRESH_FROM_FIRST_MS
  return issuedAtMs + ACCESS_TOKEN_SECONDS * 1000 + REFRESH_AFTER_EXPIRY_MS
}

const consentKey = (channelId: string, userId: string) => `${channelId} ${userId}`
