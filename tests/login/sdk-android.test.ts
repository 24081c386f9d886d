import {
  LineAccessToken,
  LineApiClientBuilder,
  LineApiError,
  LineApiResponse,
  LineCredential,
  LineLoginApi,
  LineLoginResult,
  LineProfile,
  NoSuchElementError,
} from '@hatoba/line/login'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { BROWN, LOGIN, type LoginWorld, startLoginWorld } from './login-world.ts'
import { type Application, CHANNEL_ID, newApplication } from './sdk-world.ts'

const DAY_MS = 86_400_000
let world: LoginWorld

beforeAll(async () => {
  world = await startLoginWorld()
})
afterAll(() => world.close())

async function loggedIn(): Promise<Application> {
  const application = newApplication(world)
  expect((await application.logIn()).isSuccess()).toBe(true)
  return application
}

describe('LineLoginApi and LineLoginResult', () => {
  it('log in on the web page', async () => {
    verifies('login.android.LineLoginApi.class', 'login.android.LineLoginApi.getLoginIntentWithoutLineAppAuth')
    verifies('login.android.LineLoginResult.class', 'login.android.LineLoginResult.isSuccess')
    verifies('login.android.LineLoginResult.getResponseCode', 'login.android.LineLoginResult.getLineProfile')
    verifies('login.android.LineLoginResult.getLineCredential', 'login.android.LineLoginResult.getErrorData')
    const application = newApplication(world)
    application.installed.lineApp = true
    const intent = LineLoginApi.getLoginIntentWithoutLineAppAuth(application.context, Number(CHANNEL_ID))
    expect(intent.usesLineApp).toBe(false)
    expect(await intent.start()).toBe('web')
    expect(application.opened).toMatchObject([{ by: 'web' }])
    const url = await application.allow()
    const result = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, url)
    expect(result.isSuccess()).toBe(true)
    expect(result.getResponseCode()).toMatchObject({ name: 'SUCCESS' })
    expect(result.getLineProfile()?.getUserId()).toBe(BROWN)
    expect(result.getLineCredential()?.getPermission()).toContain('P')
    expect(result.getErrorData().toJSON()).toEqual({ httpResponseCode: 0, message: null })
    const copy = LineLoginResult.fromJSON(JSON.parse(JSON.stringify(result)))
    expect(copy.toJSON()).toEqual(result.toJSON())
    const replayed = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, url)
    expect(replayed.getResponseCode().name).toBe('INTERNAL_ERROR')
  })

  it('prefer the LINE app where it is there', async () => {
    verifies('login.android.LineLoginApi.getLoginIntent')
    const application = newApplication(world)
    const intent = LineLoginApi.getLoginIntent(application.context, CHANNEL_ID)
    expect(await intent.start()).toBe('web')
    application.installed.lineApp = true
    expect(await intent.start()).toBe('app')
    expect(application.opened.map(({ by }) => by)).toEqual(['web', 'app'])
    const url = await application.allow()
    const result = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, url)
    expect(result.getLineProfile()?.getDisplayName()).toBe('Brown')
  })

  it('tell a denial from a fault', async () => {
    const application = newApplication(world)
    await LineLoginApi.getLoginIntent(application.context, CHANNEL_ID).start()
    const url = await application.deny()
    const result = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, url)
    expect(result.isSuccess()).toBe(false)
    expect(result.getResponseCode()).toMatchObject({ name: 'CANCEL', httpStatus: 0 })
    expect(result.getErrorData().getMessage()).toBe('The resource owner denied the request.')
    expect([result.getLineProfile(), result.getLineCredential()]).toEqual([null, null])
  })

  it('refuse a return with another state, and let the login go on', async () => {
    const application = newApplication(world)
    await LineLoginApi.getLoginIntent(application.context, CHANNEL_ID).start()
    const url = await application.allow()
    for (const forged of [
      url.replace(/state=[^&]+/, 'state=forged'),
      url.replace('/callback', '/elsewhere'),
      'nonsense',
    ]) {
      const refused = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, forged)
      expect(refused.getResponseCode().name).toBe('INTERNAL_ERROR')
    }
    const result = await LineLoginApi.getLoginResultFromIntent(application.context, CHANNEL_ID, url)
    expect(result.isSuccess()).toBe(true)
  })

  it('send a new state, nonce and PKCE challenge each time, and never a secret', async () => {
    const application = newApplication(world)
    const intent = LineLoginApi.getLoginIntent(application.context, CHANNEL_ID)
    await intent.start()
    await intent.start()
    const [first, second] = application.opened.map(({ url }) => new URL(url).searchParams)
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first?.get(name)).toMatch(/^[\w-]{43}$/)
      expect(first?.get(name)).not.toBe(second?.get(name))
    }
    expect(second?.get('code_challenge_method')).toBe('S256')
    expect(String(second)).not.toContain('secret')
  })

  it('hand the exchange to the server of an application that has a secret', async () => {
    const asked: string[] = []
    const application = newApplication(world, {
      exchange: (request) => {
        asked.push(request.kind)
        const secret = { client_id: CHANNEL_ID, client_secret: LOGIN.channelSecret }
        const post = (path: string, form: Record<string, string>) =>
          fetch(`${world.platform.url}${path}`, { method: 'POST', body: new URLSearchParams({ ...form, ...secret }) })
        if (request.kind === 'revoke') return post('/oauth2/v2.1/revoke', { access_token: request.accessToken })
        if (request.kind === 'refresh')
          return post('/oauth2/v2.1/token', { grant_type: 'refresh_token', refresh_token: request.refreshToken ?? '' })
        const { code, codeVerifier, redirectUri } = request
        const form = { grant_type: 'authorization_code', code, code_verifier: codeVerifier, redirect_uri: redirectUri }
        return post('/oauth2/v2.1/token', form)
      },
    })
    expect((await application.logIn()).isSuccess()).toBe(true)
    expect((await application.client().refreshAccessToken()).isSuccess()).toBe(true)
    expect((await application.client().logout()).isSuccess()).toBe(true)
    expect(asked).toEqual(['code', 'refresh', 'revoke'])
  })
})

describe('LineApiClient', () => {
  it('is made by a builder from a context and a channel', async () => {
    verifies('login.android.LineApiClientBuilder.class', 'login.android.LineApiClientBuilder.constructor')
    verifies('login.android.LineApiClientBuilder.build', 'login.android.LineApiClient.interface')
    const { context } = await loggedIn()
    const client = new LineApiClientBuilder(context, Number(CHANNEL_ID)).build()
    expect((await client.getProfile()).isSuccess()).toBe(true)
  })

  it('gives the token in use, and a failure where there is none', async () => {
    verifies('login.android.LineApiClient.getCurrentAccessToken')
    const response = await (await loggedIn()).client().getCurrentAccessToken()
    expect(response.getResponseData().getAccessToken()).toMatch(/^eyJ/)
    const none = await newApplication(world).client().getCurrentAccessToken()
    expect(none.isSuccess()).toBe(false)
    expect(() => none.getResponseData()).toThrow(NoSuchElementError)
  })

  it('gets the profile', async () => {
    verifies('login.android.LineApiClient.getProfile', 'login.android.LineProfile.class')
    verifies('login.android.LineProfile.getDisplayName', 'login.android.LineProfile.getPictureUrl')
    verifies('login.android.LineProfile.getStatusMessage', 'login.android.LineProfile.getUserId')
    const client = (await loggedIn()).client()
    const profile = (await client.getProfile()).getResponseData()
    expect([profile.getDisplayName(), profile.getUserId()]).toEqual(['Brown', BROWN])
    expect([profile.getStatusMessage(), profile.getPictureUrl()]).toEqual(['Hello', null])
    const pictured = LineProfile.fromJSON({ userId: BROWN, displayName: 'B', pictureUrl: 'https://example.com/p?x=1' })
    expect(pictured.getPictureUrl()).toEqual(new URL('https://example.com/p?x=1'))
    expect(pictured.getPictureUrl('large')?.href).toBe('https://example.com/p/large?x=1')
    expect(pictured.getPictureUrl('small')?.href).toBe('https://example.com/p/small?x=1')
    expect(pictured.getStatusMessage()).toBeNull()
    expect(LineProfile.fromJSON(JSON.parse(JSON.stringify(pictured))).toJSON()).toEqual(pictured.toJSON())
    expect((await newApplication(world).client().getProfile()).getResponseCode().name).toBe('INTERNAL_ERROR')
  })

  it('refreshes the token, with one request for all who ask at once', async () => {
    verifies('login.android.LineApiClient.refreshAccessToken')
    let requests = 0
    const application = newApplication(world, {
      fetch: (url, init) => {
        if (init.body?.includes('grant_type=refresh_token')) requests += 1
        return fetch(url, init)
      },
    })
    await application.logIn()
    const before = (await application.client().getCurrentAccessToken()).getResponseData().getAccessToken()
    const all = await Promise.all(Array.from({ length: 20 }, () => application.client().refreshAccessToken()))
    const tokens = new Set(all.map((response) => response.getResponseData().getAccessToken()))
    expect([requests, tokens.size, tokens.has(before)]).toEqual([1, 1, false])
    const [token] = tokens
    expect((await application.client().getCurrentAccessToken()).getResponseData().getAccessToken()).toBe(token)
  })

  it('refreshes by itself a token that has expired, by this clock or by LINE, unless that is disabled', async () => {
    verifies('login.android.LineApiClientBuilder.disableTokenAutoRefresh')
    const application = await loggedIn()
    world.platform.clock.advance(31 * DAY_MS)
    const kept = await application.client({ autoRefresh: false }).getProfile()
    expect([kept.isServerError(), kept.getErrorData().getHttpResponseCode()]).toEqual([true, 401])
    expect((await application.client().getProfile()).isSuccess()).toBe(true)
    expect((await application.client({ autoRefresh: false }).getProfile()).isSuccess()).toBe(true)
    const slow = newApplication(world, { now: () => 0 }) // a clock that stands
    await slow.logIn()
    world.platform.clock.advance(31 * DAY_MS)
    const profiles = await Promise.all([slow.client().getProfile(), slow.client().getProfile()])
    expect(profiles.map((response) => response.isSuccess())).toEqual([true, true])
    world.platform.clock.advance(91 * DAY_MS)
    expect((await application.client().getProfile()).getErrorData().getMessage()).toContain('invalid_grant')
    expect((await application.client().getCurrentAccessToken()).isSuccess()).toBe(false)
  })

  it('verifies the token', async () => {
    verifies('login.android.LineApiClient.verifyToken', 'login.android.LineCredential.class')
    verifies('login.android.LineCredential.getAccessToken', 'login.android.LineCredential.getPermission')
    verifies('login.android.LineCredential.permission-p')
    const application = await loggedIn()
    world.platform.clock.advance(1_000_000)
    const credential = (await application.client().verifyToken()).getResponseData()
    expect(credential.getPermission()).toEqual(['P', 'openid'])
    expect(credential.getAccessToken().getIssuedClientTimeMillis()).toBe(world.platform.clock.now())
    expect(credential.getAccessToken().getExpiresInMillis()).toBe(30 * DAY_MS - 1_000_000)
    expect(LineCredential.fromJSON(JSON.parse(JSON.stringify(credential))).toJSON()).toEqual(credential.toJSON())
    world.platform.clock.advance(31 * DAY_MS)
    const failed = await application.client().verifyToken()
    expect([failed.isServerError(), failed.getErrorData().getHttpResponseCode()]).toEqual([true, 400])
  })

  it('logs out: the token is revoked and forgotten', async () => {
    verifies('login.android.LineApiClient.logout')
    const application = await loggedIn()
    const token = (await application.client().getCurrentAccessToken()).getResponseData().getAccessToken()
    expect((await application.client().logout()).isSuccess()).toBe(true)
    expect((await world.get('/v2/profile', { authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await application.client().getCurrentAccessToken()).isSuccess()).toBe(false)
  })

  it('does not bring a token back that was logged out while it was refreshed', async () => {
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const application = newApplication(world, {
      fetch: async (url, init) => {
        const answer = await fetch(url, init)
        if (init.body?.includes('grant_type=refresh_token')) await held
        return answer
      },
    })
    await application.logIn()
    const refreshing = application.client().refreshAccessToken()
    await application.client().logout()
    goOn()
    expect((await refreshing).isSuccess()).toBe(false)
    expect((await application.client().getCurrentAccessToken()).isSuccess()).toBe(false)
  })
})

describe('LineAccessToken', () => {
  it('knows its own life', async () => {
    verifies('login.android.LineAccessToken.class', 'login.android.LineAccessToken.getAccessToken')
    verifies('login.android.LineAccessToken.getEstimatedExpirationTimeMillis')
    verifies('login.android.LineAccessToken.getExpiresInMillis')
    verifies('login.android.LineAccessToken.getIssuedClientTimeMillis')
    const loggedInAtMs = world.platform.clock.now()
    const application = await loggedIn()
    const token = (await application.client().getCurrentAccessToken()).getResponseData()
    expect(token.getAccessToken()).toMatch(/^eyJ/)
    expect(token.getIssuedClientTimeMillis()).toBe(loggedInAtMs)
    expect(token.getEstimatedExpirationTimeMillis()).toBe(loggedInAtMs + 30 * DAY_MS)
    world.platform.clock.advance(DAY_MS)
    expect(token.getExpiresInMillis()).toBe(29 * DAY_MS)
    world.platform.clock.advance(30 * DAY_MS)
    expect(token.getExpiresInMillis()).toBe(0)
    expect(LineAccessToken.fromJSON(JSON.parse(JSON.stringify(token))).toJSON()).toEqual(token.toJSON())
  })
})

describe('LineApiResponse and LineApiError', () => {
  it('tell a success', () => {
    verifies('login.android.LineApiResponse.class', 'login.android.LineApiResponse.getResponseCode')
    verifies('login.android.LineApiResponse.getResponseData', 'login.android.LineApiResponse.isSuccess')
    const response = LineApiResponse.success('data')
    expect([response.isSuccess(), response.isNetworkError(), response.isServerError()]).toEqual([true, false, false])
    expect(response.getResponseCode()).toEqual({ name: 'SUCCESS', httpStatus: 200 })
    expect(response.getResponseData()).toBe('data')
    expect(response.getErrorData()).toBe(LineApiError.NONE)
    expect(() => LineApiResponse.success(undefined).getResponseData()).toThrow(NoSuchElementError)
  })

  it('tell an error of the server', async () => {
    verifies('login.android.LineApiResponse.isServerError', 'login.android.LineApiResponse.getErrorData')
    verifies('login.android.LineApiError.class', 'login.android.LineApiError.getHttpResponseCode')
    verifies('login.android.LineApiError.getMessage')
    const application = await loggedIn()
    const rule = { on: 'call', operation: 'getUserProfile', fault: { kind: 'status', status: 500 } }
    await world.platform.control('POST', '/faults', rule)
    const response = await application.client().getProfile()
    await world.platform.control('DELETE', '/faults')
    expect([response.isSuccess(), response.isServerError(), response.isNetworkError()]).toEqual([false, true, false])
    expect(response.getResponseCode()).toEqual({ name: 'SERVER_ERROR', httpStatus: 500 })
    const error = response.getErrorData()
    expect([error.getHttpResponseCode(), error.getMessage()]).toEqual([500, 'Internal server error'])
    expect(LineApiError.fromJSON(JSON.parse(JSON.stringify(error))).toJSON()).toEqual(error.toJSON())
  })

  it('tell a failure of the network', async () => {
    verifies('login.android.LineApiResponse.isNetworkError')
    const application = await loggedIn()
    const rule = { on: 'call', operation: 'getUserProfile', fault: { kind: 'reset' } }
    await world.platform.control('POST', '/faults', rule)
    const response = await application.client().getProfile()
    await world.platform.control('DELETE', '/faults')
    expect([response.isNetworkError(), response.isServerError()]).toEqual([true, false])
    expect(response.getResponseCode()).toEqual({ name: 'NETWORK_ERROR', httpStatus: 0 })
  })
})
