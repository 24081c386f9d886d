import {
  LineSDKAPI,
  LineSDKConfiguration,
  type LineSDKCredential,
  type LineSDKError,
  LineSDKLogin,
  type LineSDKProfile,
} from '@hatoba/line/login'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../testkit/verifies.ts'
import { BROWN, type LoginWorld, startLoginWorld } from './login-world.ts'
import { type Application, CHANNEL_ID, newApplication } from './sdk-world.ts'

const DAY_MS = 86_400_000
let world: LoginWorld

beforeAll(async () => {
  world = await startLoginWorld()
})
afterAll(() => world.close())

interface End {
  login: LineSDKLogin
  credential: LineSDKCredential | null
  profile: LineSDKProfile | null
  error: LineSDKError | null
}

function newLogin(application: Application) {
  const login = LineSDKLogin.setup(
    new LineSDKConfiguration({ channelID: Number(CHANNEL_ID), context: application.context }),
  )
  const end = () =>
    new Promise<End>((resolve) => {
      login.delegate = {
        didLogin: (sender, credential, profile, error) => resolve({ login: sender, credential, profile, error }),
      }
    })
  return { login, end }
}

async function loggedIn() {
  const application = newApplication(world)
  await application.logIn()
  const configuration = new LineSDKConfiguration({ channelID: CHANNEL_ID, context: application.context })
  return { application, configuration, api: LineSDKAPI.initWithConfiguration(configuration) }
}

const completed = <T>(call: (completion: (result: T, error: LineSDKError | null) => void) => void) =>
  new Promise<[T, LineSDKError | null]>((resolve) => call((result, error) => resolve([result, error])))

describe('LineSDKLogin', () => {
  it('logs in with the LINE app, which hands its address over', async () => {
    verifies(
      'login.ios.LineSDKLogin.class',
      'login.ios.LineSDKLogin.startLogin',
      'login.ios.LineSDKLogin.handleOpenURL',
    )
    verifies('login.ios.LineSDKLogin.open-url-sample', 'login.ios.LineSDKLogin.canLoginWithLineApp')
    verifies('login.ios.LineSDKLogin.isAuthorized', 'login.ios.LineSDKLogin.isAuthorizing')
    verifies('login.ios.LineSDKLoginDelegate.protocol', 'login.ios.LineSDKLoginDelegate.didLogin')
    verifies(
      'login.ios.LineSDKProfile.class',
      'login.ios.LineSDKProfile.displayName',
      'login.ios.LineSDKProfile.userId',
    )
    verifies('login.ios.LineSDKProfile.pictureURL', 'login.ios.LineSDKProfile.statusMessage')
    verifies('login.ios.LineSDKCredential.class', 'login.ios.LineSDKCredential.accessToken')
    verifies('login.ios.LineSDKCredential.permissions', 'login.ios.LineSDKCredential.permission-p')
    const application = newApplication(world)
    const { login, end } = newLogin(application)
    expect(login.canLoginWithLineApp()).toBe(false)
    application.installed.lineApp = true
    expect(login.canLoginWithLineApp()).toBe(true)
    expect([login.isAuthorizing(), login.isAuthorized()]).toEqual([false, false])
    await login.startLogin()
    expect(application.opened.at(-1)?.by).toBe('app')
    expect([login.isAuthorizing(), login.isAuthorized()]).toEqual([true, false])
    const url = await application.allow()
    const ended = end()
    for (const other of [
      'https://example.com/',
      'nonsense',
      url.replace(/state=[^&]+/, 'state=x'),
      `${url}`.replace('/callback', '/x'),
    ])
      expect(login.handleOpenURL(other)).toBe(false)
    // The sample of the reference, in our words: the application hands every opened address over.
    const application_openURL = (opened: string) => LineSDKLogin.sharedInstance().handleOpenURL(opened)
    expect(application_openURL(url)).toBe(true)
    const { login: sender, credential, profile, error } = await ended
    expect([sender, error]).toEqual([login, null])
    expect(profile).toMatchObject({
      userId: BROWN,
      userID: BROWN,
      displayName: 'Brown',
      statusMessage: 'Hello',
      pictureURL: null,
    })
    expect(credential?.accessToken?.accessToken).toMatch(/^eyJ/)
    expect([...(credential?.permissions ?? [])]).toEqual(['P', 'openid'])
    expect([login.isAuthorizing(), login.isAuthorized()]).toEqual([false, true])
    expect(login.handleOpenURL(url)).toBe(false)
  })

  it('logs in with the web page where the LINE app is not there', async () => {
    const application = newApplication(world)
    const { login, end } = newLogin(application)
    await login.startLogin()
    expect(application.opened.at(-1)).toMatchObject({ by: 'web', inAppView: true })
    const url = await application.allow()
    expect(login.handleOpenURL(url)).toBe(false) // no app login is under way
    const ended = end()
    expect(await login.handleWebReturn('http://127.0.0.1:9/callback')).toBe(false)
    expect(await login.handleWebReturn(url)).toBe(true)
    expect((await ended).profile?.displayName).toBe('Brown')
  })

  it('logs in with the web page only, where that is asked for', async () => {
    verifies('login.ios.LineSDKLogin.startWebLoginWithSafariViewController')
    const application = newApplication(world)
    application.installed.lineApp = true
    const { login } = newLogin(application)
    await login.startWebLoginWithSafariViewController(true)
    await login.startWebLoginWithSafariViewController(false)
    expect(application.opened).toMatchObject([
      { by: 'web', inAppView: true },
      { by: 'web', inAppView: false },
    ])
  })

  it('tells its delegate of a denial, and of what cannot be opened', async () => {
    const application = newApplication(world)
    const { login, end } = newLogin(application)
    await login.startLogin()
    const denied = end()
    await login.handleWebReturn(await application.deny())
    expect(await denied).toMatchObject({ credential: null, profile: null, error: { code: 'cancelled' } })
    const broken = newApplication(world, { openWeb: () => Promise.reject(new Error('no window')) })
    const { login: other, end: otherEnd } = newLogin(broken)
    const ended = otherEnd()
    await other.startLogin()
    expect((await ended).error).toMatchObject({ code: 'cannot_open', message: 'no window' })
    expect(other.isAuthorizing()).toBe(false)
  })

  it('leads to the place where the LINE app is to be had', async () => {
    verifies('login.ios.LineSDKLogin.installLineApp')
    const application = newApplication(world)
    const { login } = newLogin(application)
    await login.installLineApp()
    expect(application.opened).toEqual([{ url: 'https://store.example/line', by: 'app' }])
  })

  it('is one instance with one configuration', () => {
    verifies('login.ios.LineSDKLogin.sharedInstance', 'login.ios.LineSDKLogin.configuration')
    verifies('login.ios.LineSDKConfiguration.class', 'login.ios.LineSDKConfiguration.channelID')
    const { login } = newLogin(newApplication(world))
    expect(LineSDKLogin.sharedInstance()).toBe(login)
    expect(login.configuration.channelID).toBe(CHANNEL_ID)
  })
})

describe('LineSDKConfiguration and LineSDKAPI', () => {
  it('know the token in use', async () => {
    verifies('login.ios.LineSDKAPI.class', 'login.ios.LineSDKAPI.initWithConfiguration')
    verifies('login.ios.LineSDKAPI.currentAccessToken', 'login.ios.LineSDKConfiguration.currentAccessToken')
    verifies('login.ios.LineSDKAccessToken.class', 'login.ios.LineSDKAccessToken.accessToken')
    verifies('login.ios.LineSDKAccessToken.expiresIn', 'login.ios.LineSDKAccessToken.estimatedExpiredDate')
    const { api, configuration } = await loggedIn()
    const token = api.currentAccessToken()
    expect(token?.accessToken).toBe(configuration.currentAccessToken()?.accessToken)
    expect(token?.expiresIn).toBe(30 * DAY_MS)
    expect(token?.estimatedExpiredDate()).toEqual(new Date(world.platform.clock.now() + 30 * DAY_MS))
    const { context } = newApplication(world)
    expect(new LineSDKAPI(new LineSDKConfiguration({ channelID: CHANNEL_ID, context })).currentAccessToken()).toBeNull()
  })

  it('get the profile, on the given queue or at once', async () => {
    verifies('login.ios.LineSDKAPI.getProfileWithCallbackQueue:completion')
    verifies('login.ios.LineSDKAPI.getProfileWithCompletion')
    const { api } = await loggedIn()
    const tasks: (() => void)[] = []
    let seen: string | undefined
    const queued = new Promise<void>((resolve) => {
      const queue = (task: () => void) => {
        tasks.push(task)
        resolve()
      }
      api.getProfileWithCallbackQueue(queue, (profile) => {
        seen = profile?.displayName
      })
    })
    await queued
    expect(seen).toBeUndefined()
    for (const task of tasks) task()
    expect(seen).toBe('Brown')
    const [profile, error] = await completed<LineSDKProfile | null>((done) => api.getProfileWithCompletion(done))
    expect([profile?.userId, error]).toEqual([BROWN, null])
  })

  it('refresh the token', async () => {
    verifies('login.ios.LineSDKAPI.refreshTokenWithCallbackQueue:completion')
    verifies('login.ios.LineSDKAPI.refreshTokenWithCompletion')
    const { api } = await loggedIn()
    const before = api.currentAccessToken()?.accessToken
    const [token] = await completed<{ accessToken: string } | null>((done) => api.refreshTokenWithCompletion(done))
    expect(token?.accessToken).not.toBe(before)
    const queue = (task: () => void) => queueMicrotask(task)
    const [again] = await completed<{ accessToken: string } | null>((done) =>
      api.refreshTokenWithCallbackQueue(queue, done),
    )
    expect(api.currentAccessToken()?.accessToken).toBe(again?.accessToken)
  })

  it('verify the token', async () => {
    verifies('login.ios.LineSDKAPI.verifyTokenWithCallbackQueue:Completion')
    verifies('login.ios.LineSDKAPI.verifyTokenWithCompletion', 'login.ios.LineSDKVerifyResult.class')
    verifies('login.ios.LineSDKVerifyResult.channelID', 'login.ios.LineSDKVerifyResult.expiresIn')
    verifies('login.ios.LineSDKVerifyResult.permissions', 'login.ios.LineSDKVerifyResult.permission-p')
    const { api } = await loggedIn()
    const [result] = await completed((done) => api.verifyTokenWithCompletion(done))
    expect(result).toEqual({ channelID: CHANNEL_ID, expiresIn: 30 * DAY_MS, permissions: new Set(['P', 'openid']) })
    world.platform.clock.advance(31 * DAY_MS)
    const [none, error] = await completed((done) => api.verifyTokenWithCallbackQueue(null, done))
    expect([none, error]).toMatchObject([null, { name: 'LineSDKError', code: 'server_error', httpStatus: 400 }])
  })

  it('log out', async () => {
    verifies('login.ios.LineSDKAPI.logoutWithCallbackQueue:completion', 'login.ios.LineSDKAPI.logoutWithCompletion')
    const { api } = await loggedIn()
    expect(await completed((done) => api.logoutWithCompletion(done))).toEqual([true, null])
    expect(api.currentAccessToken()).toBeNull()
    const [success, error] = await completed((done) => api.logoutWithCallbackQueue(undefined, done))
    expect([success, error?.code]).toEqual([false, 'not_logged_in'])
  })
})
