import type { Outcome } from '../outcome.ts'
import { type LoginSession, sessionOf } from '../session.ts'
import { LineSDKAccessToken } from './line-sdk-access-token.ts'
import type { LineSDKConfiguration } from './line-sdk-configuration.ts'
import { LineSDKError } from './line-sdk-error.ts'
import { LineSDKProfile } from './line-sdk-profile.ts'
import { LineSDKVerifyResult } from './line-sdk-verify-result.ts'

/**
 * Decides when a completion runs: the counterpart of a dispatch queue. Undefined or null runs it at once.
 * @example `(task) => requestAnimationFrame(task)`
 */
export type LineSDKSchedule = (task: () => void) => void

/** Gets a result, or null and the error. */
export type LineSDKCompletion<T> = (result: T | null, error: LineSDKError | null) => void

/** Gets whether it succeeded, and the error where it did not. */
export type LineSDKLogoutCompletion = (success: boolean, error: LineSDKError | null) => void

/**
 * Calls the Social API for the user who logged in, and tells the end to a completion.
 *
 * Source: LINE reference 2017, "LineSDKAPI". {@link LineApiClient} gives promises instead.
 */
export class LineSDKAPI {
  readonly #session: LoginSession

  constructor(configuration: LineSDKConfiguration) {
    this.#session = sessionOf(configuration.context, configuration.channelID)
  }

  /**
   * Makes the object from a configuration, as `new` does.
   *
   * Source: LINE reference 2017, "LineSDKAPI": initWithConfiguration.
   */
  static initWithConfiguration(configuration: LineSDKConfiguration): LineSDKAPI {
    return new LineSDKAPI(configuration)
  }

  /**
   * The access token that the SDK uses for the user; null where nobody is logged in.
   *
   * Source: LINE reference 2017, "LineSDKAPI": currentAccessToken.
   */
  currentAccessToken(): LineSDKAccessToken | null {
    const token = this.#session.current()
    return token === undefined ? null : new LineSDKAccessToken(token, () => this.#session.now())
  }

  /**
   * Gets the user's profile. Refreshes a token that has expired.
   *
   * Source: LINE reference 2017, "LineSDKAPI": getProfileWithCallbackQueue:completion.
   */
  getProfileWithCallbackQueue(
    queue: LineSDKSchedule | null | undefined,
    completion: LineSDKCompletion<LineSDKProfile>,
  ): void {
    complete(this.#session.profile(true), queue, completion, (fields) => new LineSDKProfile(fields))
  }

  /**
   * Gets the user's profile. Refreshes a token that has expired.
   *
   * Source: LINE reference 2017, "LineSDKAPI": getProfileWithCompletion.
   */
  getProfileWithCompletion(completion: LineSDKCompletion<LineSDKProfile>): void {
    this.getProfileWithCallbackQueue(undefined, completion)
  }

  /**
   * Revokes the access token, and forgets it once LINE has answered.
   *
   * Source: LINE reference 2017, "LineSDKAPI": logoutWithCallbackQueue:completion.
   */
  logoutWithCallbackQueue(queue: LineSDKSchedule | null | undefined, completion: LineSDKLogoutCompletion): void {
    complete(
      this.#session.logout(),
      queue,
      (done, error) => completion(done === true, error),
      () => true,
    )
  }

  /**
   * Revokes the access token, and forgets it once LINE has answered.
   *
   * Source: LINE reference 2017, "LineSDKAPI": logoutWithCompletion.
   */
  logoutWithCompletion(completion: LineSDKLogoutCompletion): void {
    this.logoutWithCallbackQueue(undefined, completion)
  }

  /**
   * Refreshes the access token. Callers at the same time share one request.
   *
   * Source: LINE reference 2017, "LineSDKAPI": refreshTokenWithCallbackQueue:completion.
   */
  refreshTokenWithCallbackQueue(
    queue: LineSDKSchedule | null | undefined,
    completion: LineSDKCompletion<LineSDKAccessToken>,
  ): void {
    const now = () => this.#session.now()
    complete(this.#session.refresh(), queue, completion, (token) => new LineSDKAccessToken(token, now))
  }

  /**
   * Refreshes the access token. Callers at the same time share one request.
   *
   * Source: LINE reference 2017, "LineSDKAPI": refreshTokenWithCompletion.
   */
  refreshTokenWithCompletion(completion: LineSDKCompletion<LineSDKAccessToken>): void {
    this.refreshTokenWithCallbackQueue(undefined, completion)
  }

  /**
   * Asks LINE whether the access token is valid; the error where it is not.
   *
   * Source: LINE reference 2017, "LineSDKAPI": verifyTokenWithCallbackQueue:Completion.
   */
  verifyTokenWithCallbackQueue(
    queue: LineSDKSchedule | null | undefined,
    completion: LineSDKCompletion<LineSDKVerifyResult>,
  ): void {
    complete(this.#session.verify(), queue, completion, (verified) => new LineSDKVerifyResult(verified))
  }

  /**
   * Asks LINE whether the access token is valid; the error where it is not.
   *
   * Source: LINE reference 2017, "LineSDKAPI": verifyTokenWithCompletion.
   */
  verifyTokenWithCompletion(completion: LineSDKCompletion<LineSDKVerifyResult>): void {
    this.verifyTokenWithCallbackQueue(undefined, completion)
  }
}

/** What a completion throws is the application's own: it becomes an unhandled rejection and is not hidden. */
function complete<T, R>(
  call: Promise<Outcome<T>>,
  queue: LineSDKSchedule | null | undefined,
  completion: LineSDKCompletion<R>,
  read: (value: T) => R,
): void {
  const finish = (outcome: Outcome<T>) => {
    const run = () =>
      outcome.ok ? completion(read(outcome.value), null) : completion(null, new LineSDKError(outcome.failure))
    if (queue) queue(run)
    else run()
  }
  void call
    .catch((error: unknown): Outcome<T> => {
      const message = error instanceof Error ? error.message : String(error) // a storage that throws
      return { ok: false, failure: { kind: 'internal', code: 'application_error', httpStatus: 0, message } }
    })
    .then(finish)
}
