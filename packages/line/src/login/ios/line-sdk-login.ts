import { type FinishedLogin, LoginFlow } from '../login-flow.ts'
import { failed, type Outcome } from '../outcome.ts'
import { sessionOf } from '../session.ts'
import type { LineSDKConfiguration } from './line-sdk-configuration.ts'
import { LineSDKCredential } from './line-sdk-credential.ts'
import { LineSDKError } from './line-sdk-error.ts'
import { LineSDKProfile } from './line-sdk-profile.ts'

/**
 * Is told of the end of logins.
 *
 * Source: LINE reference 2017, "LineSDKLoginDelegate".
 */
export interface LineSDKLoginDelegate {
  /**
   * A login has ended. `error` is null where it succeeded; where it did not, `credential` and `profile` are.
   *
   * Source: LINE reference 2017, "LineSDKLoginDelegate": didLogin.
   * @param login that was asked for the login
   * @param credential what the login granted
   * @param profile of the user; null too where the login did not ask for the scope `profile`
   * @param error why the login failed: `code` is `cancelled` where the user denied
   */
  didLogin(
    login: LineSDKLogin,
    credential: LineSDKCredential | null,
    profile: LineSDKProfile | null,
    error: LineSDKError | null,
  ): void
}

let shared: LineSDKLogin | undefined

/**
 * Logs users in, and tells its delegate how that ended.
 *
 * Source: LINE reference 2017, "LineSDKLogin".
 * @example
 * ```ts
 * const login = LineSDKLogin.setup(new LineSDKConfiguration({ channelID: '1234567890', context }))
 * login.delegate = { didLogin: (_login, _credential, profile, error) => show(profile?.displayName ?? error?.message) }
 * await login.startLogin()
 * ```
 */
export class LineSDKLogin {
  /**
   * The settings in use, as the channel's id.
   *
   * Source: LINE reference 2017, "LineSDKLogin": configuration.
   */
  readonly configuration: LineSDKConfiguration
  /** Who is told of the end of logins. */
  delegate: LineSDKLoginDelegate | null = null
  readonly #flow: LoginFlow

  constructor(configuration: LineSDKConfiguration) {
    this.configuration = configuration
    this.#flow = new LoginFlow(sessionOf(configuration.context, configuration.channelID))
  }

  /** Makes the instance that {@link sharedInstance} gives. iOS makes it from the application's Info.plist. */
  static setup(configuration: LineSDKConfiguration): LineSDKLogin {
    shared = new LineSDKLogin(configuration)
    return shared
  }

  /**
   * The one instance of the application.
   *
   * Source: LINE reference 2017, "LineSDKLogin": sharedInstance.
   * @throws Error before {@link setup}
   */
  static sharedInstance(): LineSDKLogin {
    if (shared === undefined) throw new Error('LineSDKLogin.setup(configuration) must come first')
    return shared
  }

  /**
   * Whether the LINE app is there to log in with, as the context's `appLauncher` says.
   *
   * Source: LINE reference 2017, "LineSDKLogin": canLoginWithLineApp.
   */
  canLoginWithLineApp(): boolean {
    return this.#flow.canUseApp()
  }

  /**
   * Takes the address that the LINE app opened the application with, and finishes the login; the delegate is told.
   *
   * Source: LINE reference 2017, "LineSDKLogin": handleOpenURL.
   * @returns false for any address that does not belong to the app login that is under way
   */
  handleOpenURL(url: string | URL): boolean {
    if (!this.#flow.isReturn(String(url), 'app')) return false
    void this.#finish(String(url))
    return true
  }

  /**
   * Takes the address that LINE's web page came back to, and finishes the login; the delegate is told.
   * On iOS the SDK hears of it by itself.
   *
   * @param url the page's own address unless given
   * @returns false where it is no return of a login
   */
  async handleWebReturn(url: string | URL = pageAddress()): Promise<boolean> {
    const query = URL.canParse(String(url)) ? new URL(String(url)).searchParams : new URLSearchParams()
    if (!query.has('state') || !(query.has('code') || query.has('error'))) return false
    await this.#finish(String(url))
    return true
  }

  /**
   * Opens the place where the LINE app is to be had.
   *
   * Source: LINE reference 2017, "LineSDKLogin": installLineApp.
   * @throws Error where the context has no `appLauncher`
   */
  async installLineApp(): Promise<void> {
    const { appLauncher } = this.configuration.context
    if (appLauncher === undefined) throw new Error('the context needs an appLauncher')
    await appLauncher.open(appLauncher.storeUrl)
  }

  /**
   * Whether the user is logged in: the SDK holds an access token.
   *
   * Source: LINE reference 2017, "LineSDKLogin": isAuthorized.
   */
  isAuthorized(): boolean {
    return this.configuration.currentAccessToken() !== null
  }

  /**
   * Whether a login is under way.
   *
   * Source: LINE reference 2017, "LineSDKLogin": isAuthorizing.
   */
  isAuthorizing(): boolean {
    return this.#flow.pending() !== undefined
  }

  /**
   * Starts a login: in the LINE app where it is there, else in the browser. The delegate is told where neither opens.
   *
   * Source: LINE reference 2017, "LineSDKLogin": startLogin.
   */
  async startLogin(): Promise<void> {
    this.#tellFailure(await this.#flow.start('app'))
  }

  /**
   * Starts a login in the browser, never in the LINE app.
   *
   * Source: LINE reference 2017, "LineSDKLogin": startWebLoginWithSafariViewController.
   * @param useSafariViewControllerIfAvailable asks `openWeb` for a view inside the application
   */
  async startWebLoginWithSafariViewController(useSafariViewControllerIfAvailable: boolean): Promise<void> {
    this.#tellFailure(await this.#flow.start('web', useSafariViewControllerIfAvailable))
  }

  async #finish(url: string): Promise<void> {
    let outcome: Outcome<FinishedLogin>
    try {
      outcome = await this.#flow.finish(url)
    } catch (error) {
      outcome = failed('internal', 'application_error', error instanceof Error ? error.message : String(error))
    }
    if (!outcome.ok) return this.#tellFailure(outcome)
    const { token, profile } = outcome.value
    const credential = new LineSDKCredential(token, this.configuration.context.now ?? Date.now)
    this.delegate?.didLogin(this, credential, profile === undefined ? null : new LineSDKProfile(profile), null)
  }

  #tellFailure(outcome: Outcome<unknown>): void {
    if (!outcome.ok) this.delegate?.didLogin(this, null, null, new LineSDKError(outcome.failure))
  }
}

/** Empty where there is no page. */
function pageAddress(): string {
  const { location } = globalThis as { location?: { href?: string } } // a browser's; absent elsewhere
  return location?.href ?? ''
}
