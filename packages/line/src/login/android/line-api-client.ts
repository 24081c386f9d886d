import type { LineContext } from '../context.ts'
import { failed, success } from '../outcome.ts'
import { sessionOf } from '../session.ts'
import { LineAccessToken } from './line-access-token.ts'
import { LineApiResponse } from './line-api-response.ts'
import { LineCredential } from './line-credential.ts'
import { LineProfile } from './line-profile.ts'

/**
 * Calls the Social API for the user who logged in.
 *
 * Source: LINE reference 2017, "LineApiClient". Its methods block there and give promises here; none of them rejects
 * for an error of LINE or of the network.
 */
export interface LineApiClient {
  /**
   * The access token that the SDK uses for the user. A failure where nobody is logged in.
   *
   * Source: LINE reference 2017, "LineApiClient": getCurrentAccessToken().
   */
  getCurrentAccessToken(): Promise<LineApiResponse<LineAccessToken>>
  /**
   * The user's profile. Refreshes a token that has expired, unless that is disabled.
   *
   * Source: LINE reference 2017, "LineApiClient": getProfile().
   */
  getProfile(): Promise<LineApiResponse<LineProfile>>
  /**
   * Revokes the access token, and forgets it once LINE has answered.
   *
   * Source: LINE reference 2017, "LineApiClient": logout().
   */
  logout(): Promise<LineApiResponse<undefined>>
  /**
   * Refreshes the access token that the SDK uses for the user. Callers at the same time share one request.
   *
   * Source: LINE reference 2017, "LineApiClient": refreshAccessToken().
   */
  refreshAccessToken(): Promise<LineApiResponse<LineAccessToken>>
  /**
   * Asks LINE whether the access token is valid. A failure where it is not: it is not refreshed.
   *
   * Source: LINE reference 2017, "LineApiClient": verifyToken().
   */
  verifyToken(): Promise<LineApiResponse<LineCredential>>
}

/**
 * Makes a {@link LineApiClient} with the wanted settings. Clients of one context and channel share the user.
 *
 * Source: LINE reference 2017, "LineApiClientBuilder".
 * @example
 * ```ts
 * const client = new LineApiClientBuilder(context, '1234567890').build()
 * const response = await client.getProfile()
 * if (response.isSuccess()) console.log(response.getResponseData().getDisplayName())
 * ```
 */
export class LineApiClientBuilder {
  readonly #context: LineContext
  readonly #channelId: string
  #autoRefresh = true

  /**
   * @param context what the application says of itself and of where it runs
   * @param channelId of the LINE Login channel
   */
  constructor(context: LineContext, channelId: string | number) {
    this.#context = context
    this.#channelId = String(channelId)
  }

  /**
   * Makes the client.
   *
   * Source: LINE reference 2017, "LineApiClientBuilder": build().
   */
  build(): LineApiClient {
    return makeClient(this.#context, this.#channelId, this.#autoRefresh)
  }

  /**
   * Leaves an expired access token as it is: calls then fail with HTTP status 401 until `refreshAccessToken()`.
   *
   * Source: LINE reference 2017, "LineApiClientBuilder": disableTokenAutoRefresh().
   * @returns this builder
   */
  disableTokenAutoRefresh(): this {
    this.#autoRefresh = false
    return this
  }
}

function makeClient(context: LineContext, channelId: string, autoRefresh: boolean): LineApiClient {
  const session = sessionOf(context, channelId)
  const now = () => session.now()
  return {
    async getCurrentAccessToken() {
      const token = await session.load()
      const outcome = token === undefined ? failed('internal', 'not_logged_in', 'nobody is logged in') : success(token)
      return LineApiResponse.of(outcome, (value) => LineAccessToken.of(value, now))
    },
    getProfile: async () => LineApiResponse.of(await session.profile(autoRefresh), (fields) => new LineProfile(fields)),
    logout: async () => LineApiResponse.of(await session.logout(), (nothing) => nothing),
    refreshAccessToken: async () =>
      LineApiResponse.of(await session.refresh(), (token) => LineAccessToken.of(token, now)),
    verifyToken: async () => LineApiResponse.of(await session.verify(), ({ token }) => LineCredential.of(token, now)),
  }
}
