// The calls that the SDK makes of LINE: each gives an outcome, and throws nothing.
import { API_URL, type ExchangeRequest, type HttpAnswer, type LineContext } from './context.ts'
import type { PublicKey } from './id-token.ts'
import { failed, type Outcome, success } from './outcome.ts'

const LONGEST_CALL_MS = 15_000
const MOST_ANSWER_CHARACTERS = 1_000_000

/** What the token endpoint answers, in our words. */
export interface IssuedToken {
  readonly accessToken: string
  readonly expiresInMillis: number
  readonly refreshToken: string | undefined
  readonly scope: readonly string[]
  readonly idToken: string | undefined
}

export interface ProfileFields {
  readonly userId: string
  readonly displayName: string
  readonly pictureUrl?: string
  readonly statusMessage?: string
}

export interface VerifiedToken {
  readonly channelId: string
  readonly expiresInMillis: number
  readonly scope: readonly string[]
}

export class SocialApi {
  readonly #context: LineContext
  readonly #channelId: string
  readonly #url: string

  constructor(context: LineContext, channelId: string) {
    this.#context = context
    this.#channelId = channelId
    this.#url = (context.apiUrl ?? API_URL).replace(/\/+$/, '')
  }

  /** LINE reference, "Issue access token": a public channel proves itself with the code verifier alone. */
  async exchangeCode(code: string, redirectUri: string, codeVerifier: string): Promise<Outcome<IssuedToken>> {
    const answer = await this.#exchange({ kind: 'code', code, redirectUri, codeVerifier }, '/oauth2/v2.1/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    })
    return readIssued(answer)
  }

  async refresh(refreshToken: string | undefined): Promise<Outcome<IssuedToken>> {
    const answer = await this.#exchange({ kind: 'refresh', refreshToken }, '/oauth2/v2.1/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken ?? '',
    })
    return readIssued(answer)
  }

  revoke(accessToken: string): Promise<Outcome<Json>> {
    const form = { access_token: accessToken }
    return this.#exchange({ kind: 'revoke', accessToken }, '/oauth2/v2.1/revoke', form)
  }

  async verify(accessToken: string): Promise<Outcome<VerifiedToken>> {
    const query = new URLSearchParams({ access_token: accessToken })
    const answer = await this.#call('GET', `/oauth2/v2.1/verify?${query}`)
    return mapped(answer, ({ client_id, expires_in, scope }) =>
      typeof client_id === 'string' && typeof expires_in === 'number'
        ? { channelId: client_id, expiresInMillis: expires_in * 1000, scope: wordsOf(scope) }
        : undefined,
    )
  }

  async profile(accessToken: string): Promise<Outcome<ProfileFields>> {
    const answer = await this.#call('GET', '/v2/profile', { authorization: `Bearer ${accessToken}` })
    return mapped(answer, ({ userId, displayName, pictureUrl, statusMessage }) =>
      typeof userId === 'string' && typeof displayName === 'string'
        ? {
            userId,
            displayName,
            ...(typeof pictureUrl === 'string' && { pictureUrl }),
            ...(typeof statusMessage === 'string' && { statusMessage }),
          }
        : undefined,
    )
  }

  async publicKeys(): Promise<Outcome<readonly PublicKey[]>> {
    const answer = await this.#call('GET', '/oauth2/v2.1/certs')
    return mapped(answer, ({ keys }) => (Array.isArray(keys) ? (keys as PublicKey[]) : undefined)) // each is checked where it is used
  }

  /** LINE reference, "Verify ID token": for HS256, whose key the application must not have. */
  async checkIdToken(idToken: string, nonce: string): Promise<Outcome<Json>> {
    return this.#send('/oauth2/v2.1/verify', { id_token: idToken, nonce })
  }

  async #exchange(request: ExchangeRequest, path: string, form: Record<string, string>): Promise<Outcome<Json>> {
    const { exchange } = this.#context
    if (exchange === undefined) return this.#send(path, form)
    let answer: HttpAnswer
    try {
      answer = await exchange(request)
    } catch (error) {
      return failed('network', 'network_error', messageOf(error))
    }
    return readAnswer(answer)
  }

  #send(path: string, form: Record<string, string>): Promise<Outcome<Json>> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#call('POST', path, headers, String(new URLSearchParams({ ...form, client_id: this.#channelId })))
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Outcome<Json>> {
    const { fetch: fetchOfContext } = this.#context
    const signal = AbortSignal.timeout(LONGEST_CALL_MS)
    const init = { method, headers, signal, ...(body !== undefined && { body }) }
    try {
      return await readAnswer(await (fetchOfContext ?? fetch)(this.#url + path, init))
    } catch (error) {
      return failed('network', 'network_error', messageOf(error))
    }
  }
}

type Json = Readonly<Record<string, unknown>>

async function readAnswer(answer: HttpAnswer): Promise<Outcome<Json>> {
  const { status } = answer
  let text: string
  try {
    text = await answer.text()
  } catch (error) {
    return failed('network', 'network_error', messageOf(error), status)
  }
  const value = text.length > MOST_ANSWER_CHARACTERS ? undefined : parse(text)
  if (status < 200 || status > 299) return failed('server', 'server_error', errorTextOf(value, status), status)
  if (value === undefined) return failed('server', 'bad_answer', 'the answer is no JSON object', status)
  return success(value, status)
}

/** An empty body counts as an empty object: revoking answers so. */
function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof value === 'object' && value !== null ? (value as Json) : undefined // any object can be read so
  } catch {
    return undefined
  }
}

/** OAuth endpoints answer `{error, error_description?}`, the others `{message}`. */
function errorTextOf(value: Json | undefined, status: number): string {
  const { error, error_description: description, message } = value ?? {}
  if (typeof message === 'string') return message
  if (typeof error !== 'string') return `LINE answered ${status}`
  return typeof description === 'string' ? `${error}: ${description}` : error
}

function readIssued(answer: Outcome<Json>): Outcome<IssuedToken> {
  return mapped(answer, ({ access_token, expires_in, refresh_token, scope, id_token }) =>
    typeof access_token === 'string' && access_token !== '' && typeof expires_in === 'number'
      ? {
          accessToken: access_token,
          expiresInMillis: expires_in * 1000,
          refreshToken: typeof refresh_token === 'string' ? refresh_token : undefined,
          scope: wordsOf(scope),
          idToken: typeof id_token === 'string' ? id_token : undefined,
        }
      : undefined,
  )
}

function mapped<T>(answer: Outcome<Json>, read: (body: Json) => T | undefined): Outcome<T> {
  if (!answer.ok) return answer
  const value = read(answer.value)
  if (value !== undefined) return success(value, answer.httpStatus)
  return failed('server', 'bad_answer', "LINE's answer lacks a property", answer.httpStatus)
}

const wordsOf = (scope: unknown): string[] => (typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
