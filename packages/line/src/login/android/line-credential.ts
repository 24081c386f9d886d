import { permissionsOf } from '../permissions.ts'
import type { StoredToken } from '../session.ts'
import { LineAccessToken, type LineAccessTokenJson } from './line-access-token.ts'

/** {@link LineCredential} as plain JSON. It holds a secret. */
export interface LineCredentialJson {
  accessToken: LineAccessTokenJson
  permission: string[]
}

/**
 * A user access token with what it permits.
 *
 * Source: LINE reference 2017, "LineCredential". Parcelable there, {@link toJSON} and {@link fromJSON} here.
 */
export class LineCredential {
  readonly #accessToken: LineAccessToken
  readonly #permission: readonly string[]

  constructor(accessToken: LineAccessToken, permission: readonly string[]) {
    this.#accessToken = accessToken
    this.#permission = [...permission]
  }

  /** What a session keeps, as an object. */
  static of(token: StoredToken, now: () => number): LineCredential {
    return new LineCredential(LineAccessToken.of(token, now), permissionsOf(token.scope))
  }

  /** The credential that {@link toJSON} made this of. */
  static fromJSON({ accessToken, permission }: LineCredentialJson, now?: () => number): LineCredential {
    return new LineCredential(LineAccessToken.fromJSON(accessToken, now), permission)
  }

  /**
   * The user access token.
   *
   * Source: LINE reference 2017, "LineCredential": getAccessToken().
   */
  getAccessToken(): LineAccessToken {
    return this.#accessToken
  }

  /**
   * The codes of what the token permits. `P`: it can be used to get the user's profile. Scopes that came after 2017
   * (`openid`, `email`) stand under their own names.
   *
   * Source: LINE reference 2017, "LineCredential": getPermission().
   */
  getPermission(): string[] {
    return [...this.#permission]
  }

  /** Plain JSON, to keep in a safe place. */
  toJSON(): LineCredentialJson {
    return { accessToken: this.#accessToken.toJSON(), permission: [...this.#permission] }
  }
}
