import type { Failure } from '../outcome.ts'

/** {@link LineApiError} as plain JSON. */
export interface LineApiErrorJson {
  httpResponseCode: number
  message: string | null
}

/**
 * An error of the Social API, as data: it is answered and not thrown.
 *
 * Source: LINE reference 2017, "LineApiError". Parcelable there, {@link toJSON} and {@link fromJSON} here.
 */
export class LineApiError {
  /** No error: HTTP status 0 and the message null. */
  static readonly NONE: LineApiError = new LineApiError(0, null)

  readonly #httpResponseCode: number
  readonly #message: string | null

  constructor(httpResponseCode: number, message: string | null) {
    this.#httpResponseCode = httpResponseCode
    this.#message = message
  }

  /** The error of a failure of the core. */
  static of({ httpStatus, message }: Failure): LineApiError {
    return new LineApiError(httpStatus, message)
  }

  /** The error that {@link toJSON} made this of. */
  static fromJSON({ httpResponseCode, message }: LineApiErrorJson): LineApiError {
    return new LineApiError(httpResponseCode, message)
  }

  /**
   * The HTTP status of the error; 0 where LINE did not answer, or there is no error.
   *
   * Source: LINE reference 2017, "LineApiError": getHttpResponseCode().
   */
  getHttpResponseCode(): number {
    return this.#httpResponseCode
  }

  /**
   * The error's message; null where there is no error.
   *
   * Source: LINE reference 2017, "LineApiError": getMessage().
   */
  getMessage(): string | null {
    return this.#message
  }

  /** Plain JSON, to keep or to send. */
  toJSON(): LineApiErrorJson {
    return { httpResponseCode: this.#httpResponseCode, message: this.#message }
  }
}
