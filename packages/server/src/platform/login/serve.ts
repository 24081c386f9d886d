// LINE's login pages over HTTP: a person chooses who to be, allows or denies, and goes back to the application. The
// same pages are the LINE app for applications that open it. They are forms without scripts; each login belongs to the
// browser that began it, by a cookie, so that no other site can answer for the person.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkHostAndOrigin } from '../../kit/loopback-guard.ts'
import type { LineChannel } from '../accounts/channels.ts'
import type { LoginChannel } from '../accounts/login-channels.ts'
import type { User } from '../accounts/users.ts'
import { changeFriendship } from '../acts/friendship.ts'
import { OPERATIONS } from '../api/operations.ts'
import type { PlatformCore } from '../core.ts'
import type { AccessGuard } from '../pages/access.ts'
import { type AuthorizeError, type ReturnAddress, readAuthorize } from './authorize-request.ts'
import { isKnownOrigin } from './login-call.ts'
import type { OpenLogin } from './login-flows.ts'
import type { LoginVersion } from './logins.ts'
import { STYLE } from './page-style.ts'
import {
  badRequestPage,
  CONSENT_PATH,
  consentPage,
  FRIEND_PATH,
  formPostPage,
  friendPage,
  LOGIN_PATH,
  loginOverPage,
  pickerPage,
  refusedPage,
  STYLE_PATH,
  SUBMIT_SCRIPT_PATH,
} from './pages.ts'
import { serveProfileImages } from './profile-images.ts'
import { addressWith, DENIED, errorParameters } from './return-to-application.ts'

export interface LoginPagesParts {
  readonly core: PlatformCore
  readonly guard: AccessGuard
}

const ACCESS_HOST = 'access.line.me'
const COOKIE = 'hatoba_line_login'
const COOKIE_SECONDS = 86_400
const MOST_FORM_BYTES = 4096
const MOST_SHOWN_USERS = 100
const PREFLIGHT_SECONDS = '600'

/** Where an application opens the LINE app that this platform plays. */
const APP_LOGIN_PATH = '/line-app/login'

/** What a page's answer does to the person's login. */
interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly core: PlatformCore
}

export async function serveLogin(scope: FastifyInstance, { core, guard }: LoginPagesParts): Promise<void> {
  scope.register((pages, _options, done) => {
    serveLoginPages(pages, { core, guard })
    done()
  })
  serveProfileImages(scope, core)
  servePreflights(scope, core)
}

function serveLoginPages(scope: FastifyInstance, { core, guard }: LoginPagesParts): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MOST_FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  scope.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers
    const verdict = host === ACCESS_HOST ? checkHostAndOrigin(host, origin, [ACCESS_HOST]) : guard.checkSite(request)
    if (!verdict.allowed) await sendPage(reply, 403, refusedPage(verdict.reason))
    else if (!guard.mayEnter(request))
      await sendPage(reply, 401, refusedPage('Open the phone and give the token of this platform first'))
  })
  const begin = (version: LoginVersion, way: OpenLogin['way']) => (request: FastifyRequest, reply: FastifyReply) =>
    beginLogin({ request, reply, core }, version, way)
  scope.get('/oauth2/v2.1/authorize', begin('v2.1', 'web'))
  scope.get('/dialog/oauth/weblogin', begin('v2', 'web'))
  scope.get(APP_LOGIN_PATH, begin('v2.1', 'app'))
  for (const path of [LOGIN_PATH, CONSENT_PATH, FRIEND_PATH])
    scope.get(path, (request, reply) => withLogin({ request, reply, core }, showStep))
  scope.post(LOGIN_PATH, (request, reply) => withLogin({ request, reply, core }, chooseUser))
  scope.post(CONSENT_PATH, (request, reply) => withLogin({ request, reply, core }, answerConsent))
  scope.post(FRIEND_PATH, (request, reply) => withLogin({ request, reply, core }, answerFriend))
  scope.get(STYLE_PATH, (_request, reply) => reply.header('cache-control', 'no-cache').type('text/css').send(STYLE))
  scope.get(SUBMIT_SCRIPT_PATH, (_request, reply) => reply.type('text/javascript').send('document.forms[0].submit()\n'))
}

/** Pages of applications ask before they call with headers of their own. */
function servePreflights(scope: FastifyInstance, core: PlatformCore): void {
  const paths = new Set(OPERATIONS.filter(({ name }) => BROWSER_OPERATIONS.has(name)).map(({ path }) => path))
  for (const path of paths)
    scope.options(path, (request, reply) => {
      const { origin } = request.headers
      if (origin === undefined || !isKnownOrigin(origin, undefined, core)) return reply.code(403).send()
      return reply
        .code(204)
        .header('access-control-allow-origin', origin)
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type')
        .header('access-control-max-age', PREFLIGHT_SECONDS)
        .header('vary', 'Origin')
        .send()
    })
}

const BROWSER_OPERATIONS: ReadonlySet<string> = new Set([
  'issueChannelToken',
  'verifyChannelToken',
  'revokeChannelToken',
  'issueChannelTokenByJWT',
  'verifyChannelTokenByJWT',
  'revokeChannelTokenByJWT',
  'verifyIdToken',
  'getUserProfile',
  'getUserInfo',
  'getFriendshipStatus',
  'getLoginKeys',
  'getOpenIdConfiguration',
])

function beginLogin(visit: Visit, version: LoginVersion, way: OpenLogin['way']): FastifyReply {
  const { request, reply, core } = visit
  const query = new URL(request.url, 'http://line').searchParams
  const read = readAuthorize(query, version, core)
  if (!read.ok) {
    if ('page' in read) return sendPage(reply, 400, badRequestPage(read.page))
    return goBack(visit, read.back, errorParameters(read.back, read.error, read.description))
  }
  const { request: asked, channel } = read
  const browserId = readCookie(request.headers.cookie)
  const login = core.loginFlows.open(asked, way, browserId)
  if (browserId === undefined) setCookie(visit, login.browserId)

  const session = core.loginFlows.session(login.browserId)
  const known = session && userOfProvider(session.userId, channel, core)
  const isFresh =
    asked.maxAgeSeconds === undefined ||
    (session !== undefined && session.authTimeMs + asked.maxAgeSeconds * 1000 > core.clock.now())
  if (way === 'app') {
    // The phone's user is logged in to the app, always.
    const user =
      userOfProvider(query.get('login_user') ?? '', channel, core) ?? known ?? usersOf(channel, core).next().value
    if (user !== undefined)
      Object.assign(login, { userId: user.userId, authTimeMs: core.clock.now(), amr: 'lineautologin' })
  } else if (session !== undefined && known !== undefined && isFresh && asked.prompt !== 'login')
    Object.assign(login, { userId: known.userId, authTimeMs: session.authTimeMs, amr: 'linesso' })

  if (asked.prompt === 'none') {
    const error: AuthorizeError | undefined =
      login.userId === undefined ? 'LOGIN_REQUIRED' : needsConsent(login, core) ? 'INTERACTION_REQUIRED' : undefined
    if (error !== undefined) {
      core.loginFlows.end(login)
      return goBack(visit, asked, errorParameters(asked, error, 'The user must be asked.'))
    }
  }
  return showStep(visit, login, channel)
}

/** The page of the step that the login is at, or the way back where nothing is left to ask. */
function showStep(visit: Visit, login: OpenLogin, channel: LoginChannel): FastifyReply {
  const { reply, core } = visit
  const user = core.users.find(login.userId ?? '')
  const csp = { formTarget: new URL(login.request.redirectUri).origin }
  if (user === undefined) {
    const users = [...usersOf(channel, core)]
    const shown = users.slice(0, MOST_SHOWN_USERS)
    return sendPage(reply, 200, pickerPage(login, channel, shown, users.length - shown.length), csp)
  }
  const bot = botToAdd(login, channel, user, core)
  if (mustAsk(login, core)) {
    const along = login.request.botPrompt === 'normal' ? bot?.displayName : undefined
    return sendPage(reply, 200, consentPage(login, channel, user, along), csp)
  }
  if (bot !== undefined && login.request.botPrompt === 'aggressive')
    return sendPage(reply, 200, friendPage(login, bot.displayName), csp)
  return finish(visit, login, user)
}

function chooseUser(visit: Visit, login: OpenLogin, channel: LoginChannel): FastifyReply {
  const { request, core } = visit
  const form = formOf(request)
  if (form.get('action') === 'cancel') return deny(visit, login)
  const user = userOfProvider(form.get('user') ?? '', channel, core)
  if (user === undefined) return showStep(visit, login, channel)
  const { authTimeMs } = core.loginFlows.logIn(login.browserId, user.userId)
  Object.assign(login, { userId: user.userId, authTimeMs, amr: 'pwd' })
  return showStep(visit, login, channel)
}

function answerConsent(visit: Visit, login: OpenLogin, channel: LoginChannel): FastifyReply {
  const { request, core } = visit
  const form = formOf(request)
  const action = form.get('action')
  const user = core.users.find(login.userId ?? '')
  if (user === undefined || (action !== 'allow' && action !== 'deny')) return showStep(visit, login, channel)
  if (action === 'deny') return deny(visit, login)
  core.logins.addConsent(channel.channelId, user.userId, login.request.scope)
  login.consentGiven = true
  const bot = botToAdd(login, channel, user, core)
  if (bot === undefined || login.request.botPrompt === 'aggressive') return showStep(visit, login, channel)
  return finish(visit, login, user, addFriend(form.get('friend') === 'add', user, bot, core))
}

function answerFriend(visit: Visit, login: OpenLogin, channel: LoginChannel): FastifyReply {
  const { request, core } = visit
  const user = core.users.find(login.userId ?? '')
  if (user === undefined || mustAsk(login, core)) return showStep(visit, login, channel)
  const bot = botToAdd(login, channel, user, core)
  const added = bot && addFriend(formOf(request).get('friend') === 'add', user, bot, core)
  return finish(visit, login, user, added)
}

function addFriend(wanted: boolean, user: User, bot: LineChannel, core: PlatformCore): boolean {
  if (!wanted) return false
  const isBlocked = core.users.friendship(bot.channelId, user.userId) === 'blocked'
  return changeFriendship(core, user, bot, isBlocked ? 'unblock' : 'add').ok
}

/** @param friendAdded undefined where nobody was asked */
function finish(visit: Visit, login: OpenLogin, user: User, friendAdded?: boolean): FastifyReply {
  const { core } = visit
  const { request, way, authTimeMs = core.clock.now(), amr = 'pwd' } = login
  core.loginFlows.end(login)
  core.timeline.add({ kind: 'action', atMs: core.clock.now(), userId: user.userId, act: 'login', action: 'allow' }, 0)
  const code = core.loginFlows.issueCode({ request, way, userId: user.userId, authTimeMs, amr })
  const fields = new URLSearchParams({ code, state: request.state })
  if (friendAdded !== undefined) fields.set('friendship_status_changed', String(friendAdded))
  return goBack(visit, request, fields)
}

function deny(visit: Visit, login: OpenLogin): FastifyReply {
  const { core } = visit
  core.loginFlows.end(login)
  const who = login.userId === undefined ? {} : { userId: login.userId }
  core.timeline.add({ kind: 'action', atMs: core.clock.now(), ...who, act: 'login', action: 'deny' }, 0)
  return goBack(visit, login.request, errorParameters(login.request, DENIED.error, DENIED.description))
}

function goBack({ reply }: Visit, back: ReturnAddress, fields: URLSearchParams): FastifyReply {
  const { redirectUri, responseMode } = back
  if (responseMode === 'query')
    return reply.header('cache-control', 'no-store').redirect(addressWith(redirectUri, fields), 303)
  const formTarget = new URL(redirectUri).origin
  return sendPage(reply, 200, formPostPage(redirectUri, fields), { formTarget, script: true })
}

function withLogin(
  visit: Visit,
  next: (visit: Visit, login: OpenLogin, channel: LoginChannel) => FastifyReply,
): FastifyReply {
  const { request, reply, core } = visit
  const loginId =
    request.method === 'POST'
      ? formOf(request).get('login')
      : new URL(request.url, 'http://line').searchParams.get('login')
  const login = core.loginFlows.find(loginId ?? '', readCookie(request.headers.cookie) ?? '')
  const channel = login && core.loginChannels.find(login.request.channelId)
  if (login === undefined || channel === undefined) return sendPage(reply, 400, loginOverPage())
  return next(visit, login, channel)
}

/** The LINE app asks each time. */
const mustAsk = (login: OpenLogin, core: PlatformCore): boolean =>
  login.consentGiven === undefined && (login.way === 'app' || needsConsent(login, core))

/** Skipped once all was granted, unless the application wants it asked again. */
function needsConsent({ request, userId = '' }: OpenLogin, { logins }: PlatformCore): boolean {
  if (request.prompt === 'consent') return true
  const granted = logins.consented(request.channelId, userId)
  return request.scope.some((scope) => !granted.includes(scope))
}

/** The linked bot, where the application wants it offered and the user is no friend of it. */
function botToAdd(login: OpenLogin, channel: LoginChannel, user: User, core: PlatformCore): LineChannel | undefined {
  if (login.request.botPrompt === undefined || channel.linkedChannelId === undefined) return undefined
  const bot = core.channels.find(channel.linkedChannelId)
  return bot !== undefined && core.users.friendship(bot.channelId, user.userId) !== 'friend' ? bot : undefined
}

function* usersOf({ providerId }: LoginChannel, { users }: PlatformCore): Generator<User, undefined> {
  for (const user of users.all()) if (user.providerId === providerId) yield user
}

/** The same person may have another user id with this provider. */
function userOfProvider(userId: string, { providerId }: LoginChannel, core: PlatformCore): User | undefined {
  const user = core.users.find(userId)
  if (user === undefined || user.providerId === providerId) return user
  if (user.personId === undefined) return undefined
  for (const other of core.users.all())
    if (other.providerId === providerId && other.personId === user.personId) return other
  return undefined
}

const formOf = ({ body }: FastifyRequest): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams()

function readCookie(header = ''): string | undefined {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === COOKIE && value !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(value)) return value
  }
  return undefined
}

/** Lax: an application's link to the login page must bring it along; a form of another site does not. */
function setCookie({ request, reply }: Visit, browserId: string): void {
  const secure = request.headers.host === ACCESS_HOST ? '; Secure' : ''
  reply.header(
    'set-cookie',
    `${COOKIE}=${browserId}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
  )
}

/** @param formTarget an origin that a form's answer may lead to: browsers check it on redirects too */
function sendPage(
  reply: FastifyReply,
  status: number,
  html: string,
  { formTarget = '', script = false }: { formTarget?: string; script?: boolean } = {},
): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src https: http:',
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(script ? ["script-src 'self'"] : []),
  ]
  return reply
    .code(status)
    .header('content-security-policy', policy.join('; '))
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('referrer-policy', 'same-origin') // with no-referrer a browser sends its own forms with the Origin null
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html)
}
