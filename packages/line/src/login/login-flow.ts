// A login from its start to its end: the address of LINE's page or app, with state, nonce and PKCE, and what comes back.
import { ACCESS_URL, type LineContext, openWebPage } from './context.ts'
import { type IdTokenClaims, readIdToken, verifyIdToken, whyWrongClaims } from './id-token.ts'
import { failed, type Outcome, success } from './outcome.ts'
import { codeChallengeOf, randomText } from './pkce.ts'
import type { LoginSession, StoredToken } from './session.ts'
import type { IssuedToken, ProfileFields } from './social-api.ts'

/** By the LINE app, or by LINE's web page. */
export type LoginWay = 'app' | 'web'

export interface FinishedLogin {
  readonly token: StoredToken
  readonly profile: ProfileFields | undefined
  readonly idToken: IdTokenClaims | undefined
}

interface PendingLogin {
  readonly way: LoginWay
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly redirectUri: string
  readonly startedAtMs: number
}

/** A login that nobody finished by then is over. */
const LONGEST_LOGIN_MS = 30 * 60_000
const DEFAULT_SCOPE = ['profile', 'openid'] as const

export class LoginFlow {
  readonly #session: LoginSession
  readonly #name: string
  #known: PendingLogin | undefined

  constructor(session: LoginSession) {
    this.#session = session
    this.#name = `line-login.${session.channelId}.pending`
  }

  get context(): LineContext {
    return this.#session.context
  }

  canUseApp(): boolean {
    return this.context.appLauncher?.isLineAppInstalled() ?? false
  }

  /** @param way `app`: where there is one, else the web page */
  async start(way: LoginWay, inAppView = true): Promise<Outcome<LoginWay>> {
    const { appLauncher } = this.context
    const launcher = way === 'app' && this.canUseApp() ? appLauncher : undefined
    try {
      const url = await this.#begin(launcher === undefined ? 'web' : 'app')
      if (launcher === undefined) await openWebPage(this.context, url, inAppView)
      else await launcher.open(url)
      return success(launcher === undefined ? 'web' : 'app')
    } catch (error) {
      await this.#forget()
      return failed('internal', 'cannot_open', error instanceof Error ? error.message : String(error))
    }
  }

  /** The login that is under way, as far as it is known without waiting. */
  pending(): { readonly way: LoginWay } | undefined {
    const text = this.#session.storage.read(this.#name)
    if (!(text instanceof Promise)) this.#known = readPending(text)
    const pending = this.#known
    return pending && this.#session.now() - pending.startedAtMs < LONGEST_LOGIN_MS ? pending : undefined
  }

  /** Whether the address is one that this login's way comes back to. */
  isReturn(url: string, way: LoginWay): boolean {
    if (this.pending()?.way !== way || this.#known === undefined) return false
    const { redirectUri, state } = this.#known
    return goesTo(url, redirectUri) && new URL(url).searchParams.get('state') === state
  }

  /** @param url the whole address that LINE came back to */
  async finish(url: string): Promise<Outcome<FinishedLogin>> {
    this.#known = readPending(await this.#session.storage.read(this.#name))
    const pending = this.pending() === undefined ? undefined : this.#known
    if (pending === undefined) return failed('internal', 'no_login_under_way', 'no login is under way')
    const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams()
    // The login that is under way goes on: whoever forged a return must not be able to end it.
    if (!goesTo(url, pending.redirectUri) || query.get('state') !== pending.state)
      return failed('internal', 'state_mismatch', 'the return does not belong to the login that is under way')
    await this.#forget()
    const error = query.get('error')
    const code = query.get('code')
    if (error !== null) {
      const message = query.get('error_description') ?? error
      return error.toLowerCase() === 'access_denied'
        ? failed('cancel', 'cancelled', message)
        : failed('server', 'server_error', `${error}: ${message}`)
    }
    if (code === null) return failed('server', 'bad_answer', 'LINE came back with neither a code nor an error')
    const issued = await this.#session.api.exchangeCode(code, pending.redirectUri, pending.codeVerifier)
    return issued.ok ? this.#complete(issued.value, pending.nonce) : issued
  }

  async #complete(issued: IssuedToken, nonce: string): Promise<Outcome<FinishedLogin>> {
    const checked = await this.#checkIdToken(issued, nonce)
    if (!checked.ok) return checked
    let profile: ProfileFields | undefined
    if (this.#scope().includes('profile')) {
      const answered = await this.#session.api.profile(issued.accessToken)
      if (!answered.ok) return answered
      profile = answered.value
      if (checked.value !== undefined && checked.value.sub !== profile.userId)
        return failed('server', 'bad_id_token', 'the id token is of another user than the profile')
    }
    return success({ token: await this.#session.keep(issued), profile, idToken: checked.value })
  }

  async #checkIdToken({ idToken }: IssuedToken, nonce: string): Promise<Outcome<IdTokenClaims | undefined>> {
    if (idToken === undefined)
      return this.#scope().includes('openid')
        ? failed('server', 'bad_id_token', 'LINE gave no id token')
        : success(undefined)
    const { api, channelId } = this.#session
    const expected = { channelId, nonce, nowMs: this.#session.now() }
    const read = readIdToken(idToken)
    if (read?.alg === 'HS256') {
      // Its key is the channel secret, which this side must not have: LINE itself checks the signature.
      const answered = await api.checkIdToken(idToken, nonce)
      if (!answered.ok) return answered.failure.kind === 'server' ? badIdToken(answered.failure.message) : answered
      const wrong = whyWrongClaims(read.claims, expected)
      return wrong === undefined ? success(read.claims) : badIdToken(wrong)
    }
    const keys = await api.publicKeys()
    if (!keys.ok) return keys
    const checked = await verifyIdToken(idToken, { ...expected, keys: keys.value })
    return checked.ok ? success(checked.claims) : badIdToken(checked.fault)
  }

  async #begin(way: LoginWay): Promise<string> {
    const { redirectUri, appRedirectUri = redirectUri, accessUrl = ACCESS_URL, appLauncher } = this.context
    const pending: PendingLogin = {
      way,
      state: randomText(),
      nonce: randomText(),
      codeVerifier: randomText(),
      redirectUri: way === 'app' ? appRedirectUri : redirectUri,
      startedAtMs: this.#session.now(),
    }
    this.#known = pending
    await this.#session.storage.write(this.#name, JSON.stringify(pending))
    const page = way === 'app' ? appLauncher?.loginUrl : `${accessUrl.replace(/\/+$/, '')}/oauth2/v2.1/authorize`
    return `${page}?${await this.#query(pending)}`
  }

  async #query({ redirectUri, state, nonce, codeVerifier }: PendingLogin): Promise<URLSearchParams> {
    const { botPrompt, uiLocales } = this.context
    return new URLSearchParams({
      response_type: 'code',
      client_id: this.#session.channelId,
      redirect_uri: redirectUri,
      state,
      scope: this.#scope().join(' '),
      nonce,
      code_challenge: await codeChallengeOf(codeVerifier),
      code_challenge_method: 'S256',
      ...(botPrompt !== undefined && { bot_prompt: botPrompt }),
      ...(uiLocales !== undefined && { ui_locales: uiLocales }),
    })
  }

  #scope(): readonly string[] {
    return this.context.scope ?? DEFAULT_SCOPE
  }

  async #forget(): Promise<void> {
    this.#known = undefined
    await this.#session.storage.remove(this.#name)
  }
}

const badIdToken = (why: string) => failed('server', 'bad_id_token', `the id token was refused: ${why}`)

/** Whether an address is the registered one, whatever its query and fragment. */
function goesTo(url: string, redirectUri: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(redirectUri)) return false
  const [given, registered] = [new URL(url), new URL(redirectUri)]
  return (['protocol', 'host', 'pathname'] as const).every((part) => given[part] === registered[part])
}

function readPending(text: string | null | undefined): PendingLogin | undefined {
  if (text === null || text === undefined) return undefined
  try {
    const read = JSON.parse(text)
    const { way, state, nonce, codeVerifier, redirectUri, startedAtMs } = read
    const texts = [state, nonce, codeVerifier, redirectUri].every((part) => typeof part === 'string' && part !== '')
    return texts && (way === 'app' || way === 'web') && typeof startedAtMs === 'number' ? read : undefined
  } catch {
    return undefined
  }
}
