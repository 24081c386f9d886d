import type { FinishedLogin } from '../login-flow.ts'
import type { Outcome } from '../outcome.ts'
import { LineApiError, type LineApiErrorJson } from './line-api-error.ts'
import { LineApiResponseCode, type LineApiResponseCodeName, responseCodeOf } from './line-api-response.ts'
import { LineCredential, type LineCredentialJson } from './line-credential.ts'
import { LineProfile, type LineProfileJson } from './line-profile.ts'

/** {@link LineLoginResult} as plain JSON. It may hold a secret. */
export interface LineLoginResultJson {
  responseCode: { name: LineApiResponseCodeName; httpStatus: number }
  lineProfile: LineProfileJson | null
  lineCredential: LineCredentialJson | null
  errorData: LineApiErrorJson
}

interface Parts {
  readonly responseCode: LineApiResponseCode
  readonly lineProfile: LineProfile | null
  readonly lineCredential: LineCredential | null
  readonly errorData: LineApiError
}

/**
 * What a login came to.
 *
 * Source: LINE reference 2017, "LineLoginResult". Parcelable there, {@link toJSON} and {@link fromJSON} here.
 */
export class LineLoginResult {
  readonly #parts: Parts

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A result that an outcome of the core is turned into. */
  static of(outcome: Outcome<FinishedLogin>, now: () => number): LineLoginResult {
    const responseCode = responseCodeOf(outcome)
    if (!outcome.ok) {
      const errorData = LineApiError.of(outcome.failure)
      return new LineLoginResult({ responseCode, lineProfile: null, lineCredential: null, errorData })
    }
    const { profile, token } = outcome.value
    return new LineLoginResult({
      responseCode,
      lineProfile: profile === undefined ? null : new LineProfile(profile),
      lineCredential: LineCredential.of(token, now),
      errorData: LineApiError.NONE,
    })
  }

  /** The result that {@link toJSON} made this of. */
  static fromJSON(json: LineLoginResultJson, now?: () => number): LineLoginResult {
    return new LineLoginResult({
      responseCode: new LineApiResponseCode(json.responseCode.name, json.responseCode.httpStatus),
      lineProfile: json.lineProfile && LineProfile.fromJSON(json.lineProfile),
      lineCredential: json.lineCredential && LineCredential.fromJSON(json.lineCredential, now),
      errorData: LineApiError.fromJSON(json.errorData),
    })
  }

  /**
   * Whether the login succeeded.
   *
   * Source: LINE reference 2017, "LineLoginResult": isSuccess().
   */
  isSuccess(): boolean {
    return this.#parts.responseCode.name === 'SUCCESS'
  }

  /**
   * The response code: `SUCCESS`, `CANCEL` where the user denied, or what went wrong.
   *
   * Source: LINE reference 2017, "LineLoginResult": getResponseCode().
   */
  getResponseCode(): LineApiResponseCode {
    return this.#parts.responseCode
  }

  /**
   * The user's profile; null where the login failed or did not ask for the scope `profile`.
   *
   * Source: LINE reference 2017, "LineLoginResult": getLineProfile().
   */
  getLineProfile(): LineProfile | null {
    return this.#parts.lineProfile
  }

  /**
   * The user's credential; null where the login failed.
   *
   * Source: LINE reference 2017, "LineLoginResult": getLineCredential().
   */
  getLineCredential(): LineCredential | null {
    return this.#parts.lineCredential
  }

  /**
   * The error of a failed login; HTTP status 0 and the message null after a success.
   *
   * Source: LINE reference 2017, "LineLoginResult": getErrorData().
   */
  getErrorData(): LineApiError {
    return this.#parts.errorData
  }

  /** Plain JSON, to keep in a safe place. */
  toJSON(): LineLoginResultJson {
    const { responseCode, lineProfile, lineCredential, errorData } = this.#parts
    return {
      responseCode: { name: responseCode.name, httpStatus: responseCode.httpStatus },
      lineProfile: lineProfile?.toJSON() ?? null,
      lineCredential: lineCredential?.toJSON() ?? null,
      errorData: errorData.toJSON(),
    }
  }
}
