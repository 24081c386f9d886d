import { pictureOf } from '../picture.ts'
import type { ProfileFields } from '../social-api.ts'

/**
 * A user's LINE profile.
 *
 * Source: LINE reference 2017, "LineSDKProfile".
 */
export class LineSDKProfile {
  /**
   * The user's display name.
   *
   * Source: LINE reference 2017, "LineSDKProfile": displayName.
   */
  readonly displayName: string
  /**
   * The address of the user's picture; null for a user without one.
   *
   * Source: LINE reference 2017, "LineSDKProfile": pictureURL.
   */
  readonly pictureURL: URL | null
  /**
   * The user's status message; null for a user without one.
   *
   * Source: LINE reference 2017, "LineSDKProfile": statusMessage.
   */
  readonly statusMessage: string | null
  /**
   * The user's id. The chapter calls it userId; Objective-C declares it as userID.
   *
   * Source: LINE reference 2017, "LineSDKProfile": userId.
   */
  readonly userId: string

  constructor({ userId, displayName, pictureUrl, statusMessage }: ProfileFields) {
    this.userId = userId
    this.displayName = displayName
    this.pictureURL = pictureOf(pictureUrl)
    this.statusMessage = statusMessage ?? null
  }

  /** The user's id, by the name that Objective-C declares. */
  get userID(): string {
    return this.userId
  }
}
