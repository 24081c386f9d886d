// A platform with a Login channel, and a person with a browser that has no window: it follows LINE's pages by their
// forms, as a browser without scripts does.
import { createHash, randomBytes } from 'node:crypto'
import type { PlatformOptions, PlatformSeed } from '../../packages/server/src/platform/index.ts'
import {
  BOT,
  BROWN,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../../packages/server/src/platform/testing/start-test-platform.ts'

export { BOT, BROWN }

export const LOGIN = {
  channelId: '1000000011',
  channelSecret: 'e'.repeat(32),
  redirectUri: 'http://127.0.0.1:9/callback',
}
export const OTHER_LOGIN = {
  channelId: '1000000012',
  channelSecret: 'f'.repeat(32),
  redirectUri: 'http://127.0.0.1:9/other',
}

interface Answered {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

export interface LoginWorld {
  platform: TestPlatform
  /** The address of LINE's page for these parameters. */
  authorizeUrl(parameters?: Record<string, string | undefined>, path?: string): string
  /** A person, with cookies. */
  person(): Person
  /** A code that Brown allowed. */
  code(parameters?: Record<string, string | undefined>): Promise<string>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answered>
  get(path: string, headers?: Record<string, string>): Promise<Answered>
  /** The tokens of Brown's login. */
  logIn(parameters?: Record<string, string | undefined>): Promise<Record<string, string>>
  /** As {@link logIn} with LINE Login 2.0. */
  logInV2(): Promise<Record<string, string>>
  close(): Promise<void>
}

interface Page {
  status: number
  html: string
  headers: Headers
  /** Where the page leads by itself; the way back to the application is not followed. */
  location: string | undefined
}

export interface Person {
  open(url: string): Promise<Page>
  /** Sends the page's form with a button and more fields. */
  press(page: Page, fields: Record<string, string>): Promise<Page>
  /** Opens, chooses Brown where asked, and allows where asked: where the application gets back to. */
  allow(url: string, userId?: string): Promise<URL>
  cookie(): string
}

function loginSeed(): PlatformSeed {
  const seed = testSeed()
  const [brown, ...others] = seed.users
  if (brown === undefined) throw new Error('the seed has no users')
  return {
    ...seed,
    users: [{ ...brown, email: 'brown@example.com' }, ...others],
    loginChannels: [
      {
        channelId: LOGIN.channelId,
        providerId: 'p1',
        displayName: 'Test Login',
        channelSecret: LOGIN.channelSecret,
        callbackUrls: [LOGIN.redirectUri, 'http://127.0.0.1:9/app?from=line'],
        linkedChannelId: BOT.channelId,
        emailPermission: true,
      },
      {
        channelId: OTHER_LOGIN.channelId,
        providerId: 'p1',
        displayName: 'Other Login',
        channelSecret: OTHER_LOGIN.channelSecret,
        callbackUrls: [OTHER_LOGIN.redirectUri],
        appTypes: ['web' as const],
      },
    ],
  }
}

export async function startLoginWorld(options: Partial<PlatformOptions> = {}): Promise<LoginWorld> {
  const platform = await startTestPlatform({ seed: loginSeed(), ...options })

  const authorizeUrl: LoginWorld['authorizeUrl'] = (parameters = {}, path = '/oauth2/v2.1/authorize') => {
    const all = {
      response_type: 'code',
      client_id: LOGIN.channelId,
      redirect_uri: LOGIN.redirectUri,
      state: 'some-state',
      scope: path.startsWith('/dialog') ? undefined : 'profile openid',
      ...parameters,
    }
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return `${platform.url}${path}?${new URLSearchParams(given)}`
  }

  async function answered(answer: Response): Promise<Answered> {
    const text = await answer.text()
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) // LINE answers objects
    return { status: answer.status, headers: answer.headers, body }
  }
  const post: LoginWorld['post'] = async (path, form, headers = {}) =>
    answered(await fetch(`${platform.url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers }))
  const get: LoginWorld['get'] = async (path, headers = {}) =>
    answered(await fetch(`${platform.url}${path}`, { headers }))
  const person = () => newPerson(platform.url)
  const code: LoginWorld['code'] = async (parameters) =>
    (await person().allow(authorizeUrl(parameters))).searchParams.get('code') ?? ''

  return {
    platform,
    authorizeUrl,
    person,
    code,
    post,
    get,
    async logIn(parameters) {
      const { body } = await post('/oauth2/v2.1/token', {
        grant_type: 'authorization_code',
        code: await code(parameters),
        redirect_uri: LOGIN.redirectUri,
        client_id: LOGIN.channelId,
        client_secret: LOGIN.channelSecret,
      })
      return body as Record<string, string>
    },
    async logInV2() {
      const back = await person().allow(authorizeUrl({}, '/dialog/oauth/weblogin'))
      const { body } = await post('/v2/oauth/accessToken', {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: LOGIN.redirectUri,
        client_id: LOGIN.channelId,
        client_secret: LOGIN.channelSecret,
      })
      return body as Record<string, string>
    },
    close: () => platform.close(),
  }
}

export function newPerson(platformUrl: string): Person {
  let cookie = ''
  async function load(url: string, init: RequestInit = {}): Promise<Page> {
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    const set = answer.headers.get('set-cookie')
    if (set !== null) cookie = set.split(';')[0] ?? ''
    const html = await answer.text()
    return {
      status: answer.status,
      html,
      headers: answer.headers,
      location: answer.headers.get('location') ?? undefined,
    }
  }
  const press: Person['press'] = (page, fields) => {
    const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const login = /name="login" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const body = new URLSearchParams({ login, ...fields })
    return load(`${platformUrl}${action}`, { method: 'POST', body, headers: { origin: platformUrl } })
  }
  return {
    open: load,
    press,
    cookie: () => cookie,
    async allow(url, userId = BROWN) {
      let page = await load(url)
      if (page.html.includes('name="user"')) page = await press(page, { user: userId })
      if (page.html.includes('value="allow"')) page = await press(page, { action: 'allow' })
      if (page.location === undefined) throw new Error(`the login did not end: ${page.status} ${page.html}`)
      return new URL(page.location)
    },
  }
}

export function newVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}
