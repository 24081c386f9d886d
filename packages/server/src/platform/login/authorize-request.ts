// Reads what an application asks of LINE's login page. A wrong channel or redirect URI is told on a page and never by
// a redirect; every other fault goes back to the application. LINE facts sheet, "LINE Login v2.1 authorize"
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { PlatformCore } from '../core.ts'
import type { LoginVersion } from './logins.ts'

export interface AuthorizeRequest {
  readonly version: LoginVersion
  readonly channelId: string
  /** As it was given, with its additional query parameters. */
  readonly redirectUri: string
  readonly state: string
  readonly scope: readonly string[]
  readonly nonce?: string
  readonly prompt?: 'none' | 'consent' | 'login'
  readonly maxAgeSeconds?: number
  readonly botPrompt?: 'normal' | 'aggressive'
  readonly codeChallenge?: string
  readonly responseMode: 'query' | 'form_post'
  /** A language tag for the pages. */
  readonly language?: string
}

/** Where an answer goes: enough of the request to send an error back. */
export type ReturnAddress = Pick<AuthorizeRequest, 'version' | 'redirectUri' | 'responseMode'> & { state?: string }

export type ReadAuthorize =
  | { ok: true; request: AuthorizeRequest; channel: LoginChannel }
  | { ok: false; page: string }
  | { ok: false; back: ReturnAddress; error: AuthorizeError; description: string }

export type AuthorizeError =
  | 'INVALID_REQUEST'
  | 'ACCESS_DENIED'
  | 'UNSUPPORTED_RESPONSE_TYPE'
  | 'INVALID_SCOPE'
  | 'SERVER_ERROR'
  | 'LOGIN_REQUIRED'
  | 'INTERACTION_REQUIRED'

const LONGEST_VALUE = 2000
const KNOWN_SCOPES = new Set(['profile', 'openid', 'email'])
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/

export function readAuthorize(query: URLSearchParams, version: LoginVersion, core: PlatformCore): ReadAuthorize {
  for (const [name, value] of query)
    if (value.length > LONGEST_VALUE) return { ok: false, page: `The parameter ${name.slice(0, 40)} is too long.` }
  const channel = core.loginChannels.find(query.get('client_id') ?? '')
  if (channel === undefined) return { ok: false, page: 'Invalid client_id value.' }
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!channel.callbackUrls.some((registered) => isRegistered(redirectUri, registered)))
    return {
      ok: false,
      page: 'Invalid redirect_uri value. Check if it is registered in a LINE developers site.', // as LINE says it
    }
  const state = query.get('state')
  const responseMode = query.get('response_mode') === 'form_post' ? 'form_post' : 'query'
  const back: ReturnAddress = { version, redirectUri, responseMode, ...(state !== null && { state }) }
  const refuse = (error: AuthorizeError, description: string): ReadAuthorize => ({
    ok: false,
    back,
    error,
    description,
  })

  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1)
  if (repeated !== undefined) return refuse('INVALID_REQUEST', `${repeated} stands twice.`)
  if (query.get('response_type') !== 'code') return refuse('UNSUPPORTED_RESPONSE_TYPE', 'response_type must be code.')
  if (!state) return refuse('INVALID_REQUEST', 'state is missing.')
  const base = { version, channelId: channel.channelId, redirectUri, state, responseMode } as const
  if (version === 'v2') return { ok: true, request: { ...base, scope: ['P'] }, channel }

  const mode = query.get('response_mode')
  if (mode !== null && mode !== 'query' && mode !== 'form_post')
    return refuse('INVALID_REQUEST', `response_mode ${mode} is not emulated: query and form_post are.`)
  const scope = [...new Set((query.get('scope') ?? '').split(' ').filter(Boolean))]
  const badScope = whyBadScope(scope, channel)
  if (badScope !== undefined) return refuse('INVALID_SCOPE', badScope)
  const prompt = query.get('prompt')
  if (prompt !== null && prompt !== 'none' && prompt !== 'consent' && prompt !== 'login')
    return refuse('INVALID_REQUEST', 'prompt must be none, consent or login.')
  const maxAge = query.get('max_age')
  if (maxAge !== null && !/^\d{1,9}$/.test(maxAge))
    return refuse('INVALID_REQUEST', 'max_age must be a number of seconds.')
  const botPrompt = query.get('bot_prompt')
  if (botPrompt !== null && botPrompt !== 'normal' && botPrompt !== 'aggressive')
    return refuse('INVALID_REQUEST', 'bot_prompt must be normal or aggressive.')
  const codeChallenge = query.get('code_challenge')
  const method = query.get('code_challenge_method')
  // LINE documentation, "PKCE support": S256 only
  if (codeChallenge === null ? method !== null : method !== 'S256' || !CHALLENGE.test(codeChallenge))
    return refuse('INVALID_REQUEST', 'code_challenge must come with code_challenge_method S256.')
  const nonce = query.get('nonce')
  const language = query
    .get('ui_locales')
    ?.split(' ')
    .find((tag) => LANGUAGE.test(tag))
  return {
    ok: true,
    channel,
    request: {
      ...base,
      scope,
      ...(nonce !== null && { nonce }),
      ...(prompt !== null && { prompt }),
      ...(maxAge !== null && { maxAgeSeconds: Number(maxAge) }),
      ...(botPrompt !== null && { botPrompt }),
      ...(codeChallenge !== null && { codeChallenge }),
      ...(language !== undefined && { language }),
    },
  }
}

function whyBadScope(scope: readonly string[], channel: LoginChannel): string | undefined {
  const unknown = scope.find((word) => !KNOWN_SCOPES.has(word))
  if (unknown !== undefined) return `The scope ${unknown.slice(0, 40)} is unknown.`
  if (!scope.includes('profile') && !scope.includes('openid')) return 'The scope needs profile or openid.'
  if (!scope.includes('email')) return undefined
  if (!scope.includes('openid')) return 'The scope email needs openid.'
  return channel.emailPermission ? undefined : 'The channel has no permission for the scope email.'
}

/** Equal to the registered one; only query parameters may be added. LINE facts sheet, "LINE Login v2.1 authorize" */
function isRegistered(redirectUri: string, registered: string): boolean {
  if (redirectUri === registered) return true
  if (!URL.canParse(redirectUri) || !URL.canParse(registered) || redirectUri.includes('#')) return false
  const [base = '', query = ''] = splitQuery(redirectUri)
  const [registeredBase = '', registeredQuery = ''] = splitQuery(registered)
  if (base !== registeredBase) return false
  const given = new Map([...new URLSearchParams(query)])
  return [...new URLSearchParams(registeredQuery)].every(([name, value]) => given.get(name) === value)
}

function splitQuery(url: string): string[] {
  const at = url.indexOf('?')
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)]
}
