import type { StoredToken } from '../session.ts'

/** {@link LineAccessToken} as plain JSON. It is a secret. Times in milliseconds. */
export interface LineAccessTokenJson {
  accessToken: string
  /** Of the token's life, from {@link issuedClientTimeMillis} on. */
  expiresInMillis: number
  /** UNIX time. */
  issuedClientTimeMillis: number
}

/**
 * The user access token that the Social API is called with.
 *
 * Source: LINE reference 2017, "LineAccessToken". Parcelable there, {@link toJSON} and {@link fromJSON} here.
 */
export class LineAccessToken {
  readonly #json: LineAccessTokenJson
  readonly #now: () => number

  /** @param now UNIX time in milliseconds; the machine's clock unless given */
  constructor(json: LineAccessTokenJson, now: () => number = Date.now) {
    this.#json = json
    this.#now = now
  }

  /** What a session keeps, as an object. */
  static of({ accessToken, expiresInMillis, issuedClientTimeMillis }: StoredToken, now: () => number): LineAccessToken {
    return new LineAccessToken({ accessToken, expiresInMillis, issuedClientTimeMillis }, now)
  }

  /** The token that {@link toJSON} made this of. */
  static fromJSON(json: LineAccessTokenJson, now?: () => number): LineAccessToken {
    return new LineAccessToken({ ...json }, now)
  }

  /**
   * The token as text.
   *
   * Source: LINE reference 2017, "LineAccessToken": getAccessToken().
   */
  getAccessToken(): string {
    return this.#json.accessToken
  }

  /**
   * The UNIX time, in milliseconds, at which the token will have expired: an estimate by this machine's clock.
   *
   * Source: LINE reference 2017, "LineAccessToken": getEstimatedExpirationTimeMillis().
   */
  getEstimatedExpirationTimeMillis(): number {
    return this.#json.issuedClientTimeMillis + this.#json.expiresInMillis
  }

  /**
   * The milliseconds that are left until the token expires; 0 once it has.
   *
   * Source: LINE reference 2017, "LineAccessToken": getExpiresInMillis().
   */
  getExpiresInMillis(): number {
    return Math.max(0, this.getEstimatedExpirationTimeMillis() - this.#now())
  }

  /**
   * The UNIX time, in milliseconds, at which what is known of the token was last updated: by the login, a refresh or
   * a verification.
   *
   * Source: LINE reference 2017, "LineAccessToken": getIssuedClientTimeMillis().
   */
  getIssuedClientTimeMillis(): number {
    return this.#json.issuedClientTimeMillis
  }

  /** Plain JSON, to keep in a safe place. */
  toJSON(): LineAccessTokenJson {
    return { ...this.#json }
  }
}
