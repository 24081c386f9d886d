import { permissionsOf } from '../permissions.ts'
import type { VerifiedToken } from '../social-api.ts'

/**
 * What LINE says of an access token that was verified.
 *
 * Source: LINE reference 2017, "LineSDKVerifyResult".
 */
export class LineSDKVerifyResult {
  /**
   * The id of the channel that the token was issued for.
   *
   * Source: LINE reference 2017, "LineSDKVerifyResult": channelID.
   */
  readonly channelID: string
  /**
   * The milliseconds that were left, when LINE answered, until the token expires.
   *
   * Source: LINE reference 2017, "LineSDKVerifyResult": expiresIn.
   */
  readonly expiresIn: number
  /**
   * The codes of what the token permits, in order. `P`: it can be used to get the user's profile. Null where LINE
   * names none.
   *
   * Source: LINE reference 2017, "LineSDKVerifyResult": permissions.
   */
  readonly permissions: ReadonlySet<string> | null

  constructor({ channelId, expiresInMillis, scope }: VerifiedToken) {
    this.channelID = channelId
    this.expiresIn = expiresInMillis
    this.permissions = scope.length === 0 ? null : new Set(permissionsOf(scope))
  }
}
