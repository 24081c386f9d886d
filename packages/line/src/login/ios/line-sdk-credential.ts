import { permissionsOf } from '../permissions.ts'
import type { StoredToken } from '../session.ts'
import { LineSDKAccessToken } from './line-sdk-access-token.ts'

/**
 * A user access token with what it permits.
 *
 * Source: LINE reference 2017, "LineSDKCredential".
 */
export class LineSDKCredential {
  /**
   * The user access token; null where there is none.
   *
   * Source: LINE reference 2017, "LineSDKCredential": accessToken.
   */
  readonly accessToken: LineSDKAccessToken | null
  /**
   * The codes of what the token permits, in order. `P`: it can be used to get the user's profile. Scopes that came
   * after 2017 (`openid`, `email`) stand under their own names.
   *
   * Source: LINE reference 2017, "LineSDKCredential": permissions.
   */
  readonly permissions: ReadonlySet<string>

  /** @param now UNIX time in milliseconds */
  constructor(token: StoredToken, now: () => number) {
    this.accessToken = new LineSDKAccessToken(token, now)
    this.permissions = new Set(permissionsOf(token.scope))
  }
}
