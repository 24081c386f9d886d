// The one core under both families of classes: the token that is in use, its refreshing (one at a time, for however
// many callers), and the calls that need it. Clients of one context and channel share a session.
import type { LineContext } from './context.ts'
import { failed, type Outcome, success } from './outcome.ts'
import { type IssuedToken, type ProfileFields, SocialApi, type VerifiedToken } from './social-api.ts'
import { defaultStorage, type TokenStorage } from './storage.ts'

/** As it lies in the storage. Times are UNIX times in milliseconds. */
export interface StoredToken {
  readonly accessToken: string
  readonly refreshToken?: string
  /** Of its life, counted from {@link issuedClientTimeMillis}. */
  readonly expiresInMillis: number
  readonly issuedClientTimeMillis: number
  readonly scope: readonly string[]
}

const sessions = new WeakMap<LineContext, Map<string, LoginSession>>()

export function sessionOf(context: LineContext, channelId: string): LoginSession {
  let ofContext = sessions.get(context)
  if (ofContext === undefined) {
    ofContext = new Map()
    sessions.set(context, ofContext)
  }
  let session = ofContext.get(channelId)
  if (session === undefined) {
    session = new LoginSession(context, channelId)
    ofContext.set(channelId, session)
  }
  return session
}

const NOT_LOGGED_IN = failed('internal', 'not_logged_in', 'there is no access token: nobody is logged in')

export class LoginSession {
  readonly context: LineContext
  readonly channelId: string
  readonly api: SocialApi
  readonly storage: TokenStorage
  readonly #name: string
  /** What was read or written last; for storages that answer with a promise. */
  #known: StoredToken | undefined
  #refreshing: Promise<Outcome<StoredToken>> | undefined

  constructor(context: LineContext, channelId: string) {
    this.context = context
    this.channelId = channelId
    this.api = new SocialApi(context, channelId)
    this.storage = context.storage ?? defaultStorage()
    this.#name = `line-login.${channelId}.token`
  }

  now(): number {
    return (this.context.now ?? Date.now)()
  }

  /** Without waiting: with a storage that answers with a promise, what is known so far. */
  current(): StoredToken | undefined {
    const text = this.storage.read(this.#name)
    if (text instanceof Promise) text.then((late) => this.#take(late)).catch(() => undefined)
    else this.#take(text)
    return this.#known
  }

  async load(): Promise<StoredToken | undefined> {
    this.#take(await this.storage.read(this.#name))
    return this.#known
  }

  async keep(issued: IssuedToken, before?: StoredToken): Promise<StoredToken> {
    const refreshToken = issued.refreshToken ?? before?.refreshToken
    const scope = issued.scope.length > 0 ? issued.scope : (before?.scope ?? [])
    const { accessToken, expiresInMillis } = issued
    const token = { accessToken, expiresInMillis, issuedClientTimeMillis: this.now(), scope }
    return this.#write({ ...token, ...(refreshToken !== undefined && { refreshToken }) })
  }

  async forget(): Promise<void> {
    this.#known = undefined
    await this.storage.remove(this.#name)
  }

  /** One request for all who ask while it is on its way. */
  refresh(): Promise<Outcome<StoredToken>> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  async #refresh(): Promise<Outcome<StoredToken>> {
    const token = await this.load()
    if (token === undefined) return NOT_LOGGED_IN
    // An application's own server may keep the refresh token to itself.
    if (token.refreshToken === undefined && this.context.exchange === undefined)
      return failed('internal', 'no_refresh_token', 'LINE gave no refresh token')
    const issued = await this.api.refresh(token.refreshToken)
    const still = await this.load()
    if (still?.accessToken !== token.accessToken) {
      // Logged out, or refreshed by another page, meanwhile: that counts, and not what came now.
      return still === undefined ? NOT_LOGGED_IN : success(still)
    }
    if (issued.ok) return success(await this.keep(issued.value, token))
    // LINE reference, "Refresh access token": once the refresh token has expired the user must log in again
    if (issued.failure.message.startsWith('invalid_grant')) await this.forget()
    return issued
  }

  /** @param autoRefresh refreshes a token that has come to its end, and asks again */
  async profile(autoRefresh: boolean): Promise<Outcome<ProfileFields>> {
    let token = await this.load()
    if (token === undefined) return NOT_LOGGED_IN
    if (autoRefresh && token.issuedClientTimeMillis + token.expiresInMillis <= this.now()) {
      const refreshed = await this.refresh()
      if (!refreshed.ok) return refreshed
      token = refreshed.value
    }
    const first = await this.api.profile(token.accessToken)
    if (first.ok || !autoRefresh || first.failure.httpStatus !== 401) return first
    const refreshed = await this.refresh()
    return refreshed.ok ? this.api.profile(refreshed.value.accessToken) : first
  }

  /** What LINE tells of the token's life is kept. */
  async verify(): Promise<Outcome<VerifiedToken & { token: StoredToken }>> {
    const token = await this.load()
    if (token === undefined) return NOT_LOGGED_IN
    const verified = await this.api.verify(token.accessToken)
    if (!verified.ok) return verified
    const { channelId, expiresInMillis, scope } = verified.value
    // A token of another channel is none that this application may trust.
    if (channelId !== this.channelId)
      return failed('server', 'bad_answer', 'the token was issued for another channel', verified.httpStatus)
    const fresh = { ...token, expiresInMillis, issuedClientTimeMillis: this.now(), scope }
    const still = await this.load()
    if (still?.accessToken === token.accessToken) await this.#write(fresh)
    return success({ ...verified.value, token: fresh }, verified.httpStatus)
  }

  /** The token is forgotten once LINE has answered; while LINE cannot be reached it stays, to try again. */
  async logout(): Promise<Outcome<undefined>> {
    const token = await this.load()
    if (token === undefined) return NOT_LOGGED_IN
    const revoked = await this.api.revoke(token.accessToken)
    const { httpStatus } = revoked.ok ? revoked : revoked.failure
    if (httpStatus >= 200 && httpStatus < 500) await this.forget()
    return revoked.ok ? success(undefined, httpStatus) : revoked
  }

  #take(text: string | null | undefined): void {
    this.#known = text === null || text === undefined ? undefined : readToken(text)
  }

  async #write(token: StoredToken): Promise<StoredToken> {
    this.#known = token
    await this.storage.write(this.#name, JSON.stringify(token))
    return token
  }
}

/** Undefined where it is none: a storage may be written to by others. */
function readToken(text: string): StoredToken | undefined {
  try {
    const { accessToken, refreshToken, expiresInMillis, issuedClientTimeMillis, scope } = JSON.parse(text)
    if (typeof accessToken !== 'string' || !Array.isArray(scope)) return undefined
    if (typeof expiresInMillis !== 'number' || typeof issuedClientTimeMillis !== 'number') return undefined
    const token = { accessToken, expiresInMillis, issuedClientTimeMillis, scope: scope.map(String) }
    return typeof refreshToken === 'string' ? { ...token, refreshToken } : token
  } catch {
    return undefined
  }
}
