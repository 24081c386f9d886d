import { type Failure, type Outcome, success } from '../outcome.ts'
import { LineApiError } from './line-api-error.ts'

/**
 * Thrown by {@link LineApiResponse.getResponseData} where there is no data. `code` is `no_such_element`.
 *
 * Source: LINE reference 2017, "LineApiResponse": getResponseData() throws NoSuchElementException.
 */
export class NoSuchElementError extends Error {
  override name = 'NoSuchElementError'
  readonly code = 'no_such_element'
}

/** The kinds of ends that a call or a login can come to. */
export type LineApiResponseCodeName = 'SUCCESS' | 'CANCEL' | 'SERVER_ERROR' | 'NETWORK_ERROR' | 'INTERNAL_ERROR'

/**
 * Tells how a call ended, with the HTTP status that says so.
 *
 * Source: LINE reference 2017, "LineApiResponse": getResponseCode().
 */
export class LineApiResponseCode {
  /** The kind of end: `SUCCESS`, `CANCEL` (the user denied), `SERVER_ERROR`, `NETWORK_ERROR` or `INTERNAL_ERROR`. */
  readonly name: LineApiResponseCodeName
  /** The HTTP status; 0 where no answer came. */
  readonly httpStatus: number

  constructor(name: LineApiResponseCodeName, httpStatus: number) {
    this.name = name
    this.httpStatus = httpStatus
  }
}

const NAMES: Record<Failure['kind'], LineApiResponseCodeName> = {
  server: 'SERVER_ERROR',
  network: 'NETWORK_ERROR',
  cancel: 'CANCEL',
  internal: 'INTERNAL_ERROR',
}

/** What an outcome of the core is called here. */
export const responseCodeOf = (outcome: Outcome<unknown>): LineApiResponseCode =>
  outcome.ok
    ? new LineApiResponseCode('SUCCESS', outcome.httpStatus)
    : new LineApiResponseCode(NAMES[outcome.failure.kind], outcome.failure.httpStatus)

/**
 * A response from the Social API. Calls never reject for what can be expected to go wrong: they answer one of these.
 *
 * Source: LINE reference 2017, "LineApiResponse".
 * @template R what a successful call gives
 */
export class LineApiResponse<R> {
  readonly #outcome: Outcome<R>

  private constructor(outcome: Outcome<R>) {
    this.#outcome = outcome
  }

  /** A successful response. @param httpStatus of the answer */
  static success<R>(data: R, httpStatus = 200): LineApiResponse<R> {
    return new LineApiResponse(success(data, httpStatus))
  }

  /** A response that an outcome of the core is turned into. */
  static of<T, R>(outcome: Outcome<T>, read: (value: T) => R): LineApiResponse<R> {
    return new LineApiResponse<R>(outcome.ok ? success(read(outcome.value), outcome.httpStatus) : outcome)
  }

  /**
   * The error of a failed call. After a success it holds nothing of use: HTTP status 0 and the message null.
   *
   * Source: LINE reference 2017, "LineApiResponse": getErrorData().
   */
  getErrorData(): LineApiError {
    return this.#outcome.ok ? LineApiError.NONE : LineApiError.of(this.#outcome.failure)
  }

  /**
   * The response code, with the HTTP status that the call returned.
   *
   * Source: LINE reference 2017, "LineApiResponse": getResponseCode().
   */
  getResponseCode(): LineApiResponseCode {
    return responseCodeOf(this.#outcome)
  }

  /**
   * The data of a successful call. Ask {@link isSuccess} before.
   *
   * Source: LINE reference 2017, "LineApiResponse": getResponseData().
   * @throws NoSuchElementError where there is no data: the call failed, or gives none
   */
  getResponseData(): R {
    const outcome = this.#outcome
    if (!outcome.ok || outcome.value === undefined || outcome.value === null)
      throw new NoSuchElementError('the response holds no data')
    return outcome.value
  }

  /**
   * Whether the call failed because no answer came.
   *
   * Source: LINE reference 2017, "LineApiResponse": isNetworkError().
   */
  isNetworkError(): boolean {
    return !this.#outcome.ok && this.#outcome.failure.kind === 'network'
  }

  /**
   * Whether the call failed because LINE answered with an error.
   *
   * Source: LINE reference 2017, "LineApiResponse": isServerError().
   */
  isServerError(): boolean {
    return !this.#outcome.ok && this.#outcome.failure.kind === 'server'
  }

  /**
   * Whether the call succeeded.
   *
   * Source: LINE reference 2017, "LineApiResponse": isSuccess().
   */
  isSuccess(): boolean {
    return this.#outcome.ok
  }
}
