import type { StoredToken } from '../session.ts'

/**
 * The user access token that APIs are called with.
 *
 * Source: LINE reference 2017, "LineSDKAccessToken".
 */
export class LineSDKAccessToken {
  /**
   * The token as text. It is a secret.
   *
   * Source: LINE reference 2017, "LineSDKAccessToken": accessToken.
   */
  readonly accessToken: string
  readonly #expiresAtMs: number
  readonly #now: () => number

  /** @param now UNIX time in milliseconds */
  constructor({ accessToken, expiresInMillis, issuedClientTimeMillis }: StoredToken, now: () => number) {
    this.accessToken = accessToken
    this.#expiresAtMs = issuedClientTimeMillis + expiresInMillis
    this.#now = now
  }

  /**
   * The milliseconds that are left until the token expires; 0 once it has.
   *
   * Source: LINE reference 2017, "LineSDKAccessToken": expiresIn.
   */
  get expiresIn(): number {
    return Math.max(0, this.#expiresAtMs - this.#now())
  }

  /**
   * When the token expires: an estimate by this machine's clock.
   *
   * Source: LINE reference 2017, "LineSDKAccessToken": estimatedExpiredDate.
   */
  estimatedExpiredDate(): Date {
    return new Date(this.#expiresAtMs)
  }
}
