// Owner of what lives for minutes: logins that a person is in the middle of, the codes that they end in, and who is
// logged in to LINE in which browser. None of it outlives a restart or a reset.
import type { Clock } from '../../kit/clock.ts'
import type { Identifiers } from '../identifiers.ts'
import type { AuthorizeRequest } from './authorize-request.ts'

// LINE documentation, "Receiving the authorization code": it is valid for 10 minutes and can be used once
const CODE_LIFE_MS = 600_000
const LONGEST_LOGIN_MS = 1_800_000
const SESSION_LIFE_MS = 86_400_000
const MOST_OF_EACH = 10_000

/** A person on LINE's pages. */
export interface OpenLogin {
  readonly loginId: string
  /** Ties the login to the browser that began it. */
  readonly browserId: string
  readonly request: AuthorizeRequest
  /** In LINE's app, or on the web page. */
  readonly way: 'app' | 'web'
  readonly startedAtMs: number
  /** Who the person says to be. */
  userId?: string
  authTimeMs?: number
  amr?: string
  /** The consent was given, and only the question about the friend is open. */
  consentGiven?: true
}

/** What a code stands for. */
export interface LoginCode {
  readonly code: string
  readonly request: AuthorizeRequest
  readonly way: 'app' | 'web'
  readonly userId: string
  readonly authTimeMs: number
  readonly amr: string
  readonly issuedAtMs: number
}

interface BrowserSession {
  readonly userId: string
  readonly authTimeMs: number
}

export class LoginFlows {
  readonly #clock: Clock
  readonly #identifiers: Identifiers
  readonly #logins = new Map<string, OpenLogin>()
  readonly #codes = new Map<string, LoginCode>()
  readonly #sessions = new Map<string, BrowserSession>()

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock
    this.#identifiers = identifiers
  }

  /** @param browserId of a browser that has one already */
  open(request: AuthorizeRequest, way: OpenLogin['way'], browserId = this.#identifiers.loginSecret()): OpenLogin {
    const startedAtMs = this.#clock.now()
    const login: OpenLogin = { loginId: this.#identifiers.loginSecret(), browserId, request, way, startedAtMs }
    put(this.#logins, login.loginId, login)
    return login
  }

  find(loginId: string, browserId: string): OpenLogin | undefined {
    const login = this.#logins.get(loginId)
    const live = login?.browserId === browserId && login.startedAtMs + LONGEST_LOGIN_MS > this.#clock.now()
    return live ? login : undefined
  }

  /** The login is over: its pages answer nothing any more. */
  end({ loginId }: OpenLogin): void {
    this.#logins.delete(loginId)
  }

  issueCode(login: Omit<LoginCode, 'code' | 'issuedAtMs'>): string {
    const code = this.#identifiers.accessTokenKeyId()
    put(this.#codes, code, { ...login, code, issuedAtMs: this.#clock.now() })
    return code
  }

  /** The code as long as it is good; it stays, since a wrong secret or verifier does not use it up. */
  findCode(code: string): LoginCode | undefined {
    const found = this.#codes.get(code)
    return found !== undefined && found.issuedAtMs + CODE_LIFE_MS > this.#clock.now() ? found : undefined
  }

  useCode(code: string): void {
    this.#codes.delete(code)
  }

  logIn(browserId: string, userId: string): BrowserSession {
    const session = { userId, authTimeMs: this.#clock.now() }
    put(this.#sessions, browserId, session)
    return session
  }

  session(browserId: string): BrowserSession | undefined {
    const session = this.#sessions.get(browserId)
    return session !== undefined && session.authTimeMs + SESSION_LIFE_MS > this.#clock.now() ? session : undefined
  }

  clear(): void {
    this.#logins.clear()
    this.#codes.clear()
    this.#sessions.clear()
  }
}

/** The oldest goes where there are too many. */
function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  const [oldest] = map.size >= MOST_OF_EACH ? map.keys() : []
  if (oldest !== undefined) map.delete(oldest)
  map.set(key, value)
}
