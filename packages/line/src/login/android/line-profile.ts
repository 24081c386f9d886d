import { type PictureSize, pictureOf } from '../picture.ts'
import type { ProfileFields } from '../social-api.ts'

/** {@link LineProfile} as plain JSON: the properties that LINE's API answers with. */
export type LineProfileJson = ProfileFields

/**
 * A user's LINE profile.
 *
 * Source: LINE reference 2017, "LineProfile". Parcelable there, {@link toJSON} and {@link fromJSON} here.
 */
export class LineProfile {
  readonly #fields: ProfileFields

  constructor(fields: LineProfileJson) {
    this.#fields = fields
  }

  /** The profile that {@link toJSON} made this of. */
  static fromJSON(json: LineProfileJson): LineProfile {
    return new LineProfile({ ...json })
  }

  /**
   * The user's display name.
   *
   * Source: LINE reference 2017, "LineProfile": getDisplayName().
   */
  getDisplayName(): string {
    return this.#fields.displayName
  }

  /**
   * The address of the user's picture; null for a user without one.
   *
   * Source: LINE reference 2017, "LineProfile": getPictureUrl().
   * @param size `large` for 200 x 200 pixels, `small` for 51 x 51; as it was uploaded unless given
   */
  getPictureUrl(size?: PictureSize): URL | null {
    return pictureOf(this.#fields.pictureUrl, size)
  }

  /**
   * The user's status message; null for a user without one.
   *
   * Source: LINE reference 2017, "LineProfile": getStatusMessage().
   */
  getStatusMessage(): string | null {
    return this.#fields.statusMessage ?? null
  }

  /**
   * The user's id: the same for all channels of one provider.
   *
   * Source: LINE reference 2017, "LineProfile": getUserId().
   */
  getUserId(): string {
    return this.#fields.userId
  }

  /** Plain JSON, to keep or to send. */
  toJSON(): LineProfileJson {
    return { ...this.#fields }
  }
}
