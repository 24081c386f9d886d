// The sample web application in a browser, against the real pages.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBrowser, launchBrowser } from '../testkit/browser.ts'
import { LOGIN, type LoginWorld, startLoginWorld } from './login-world.ts'

const SAMPLE = fileURLToPath(new URL('../../examples/login-web/login-web.ts', import.meta.url))
const found = await findBrowser()

describe.skipIf(!found.found)('the sample web application', () => {
  let world: LoginWorld
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const samples: ChildProcess[] = []
  let url: string
  let urlWithSecret: string

  async function startSample(env: Record<string, string> = {}): Promise<string> {
    const child = spawn(process.execPath, ['--conditions=@hatoba/source', '--no-warnings', SAMPLE], {
      env: { LINE_API_URL: world.platform.url, LINE_LOGIN_CHANNEL_ID: LOGIN.channelId, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    samples.push(child)
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the sample stopped with ${code}`)))
      createInterface({ input: child.stdout }).once('line', resolve)
    })
  }

  beforeAll(async () => {
    world = await startLoginWorld()
    url = await startSample()
    urlWithSecret = await startSample({ LINE_LOGIN_CHANNEL_SECRET: LOGIN.channelSecret })
    const callbackUrls = [url, urlWithSecret].map((base) => `${base}/callback`)
    await world.platform.control('PATCH', `/channels/${LOGIN.channelId}`, { callbackUrls })
    world.platform.clock.advance(Date.now() - world.platform.clock.now()) // the browser's clock is the machine's
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    for (const sample of samples) sample.kill()
    await world?.close()
  })
  beforeEach(async () => {
    context = await browser.newContext()
    page = await context.newPage()
  })
  afterEach(() => context.close())

  const state = (text: string) => page.getByRole('status').getByText(text).waitFor()
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  /** As a person who was never here, or was. */
  async function answerPages(answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
    const brown = page.getByRole('button', { name: /Brown/ })
    await page.getByText('LINE Login, by Hatoba').waitFor()
    if (await brown.isVisible()) await brown.click()
    const choice = page.getByRole('button', { name: answer, exact: true })
    await Promise.race([choice.waitFor(), page.waitForURL(/localhost/)])
    if (page.url().startsWith(world.platform.url)) await choice.click()
  }

  it.each([
    ['without a secret, by PKCE', () => url],
    ['with a secret, which its server keeps', () => urlWithSecret],
  ])('logs in %s, reads the profile, refreshes after the token has expired, and logs out', async (_how, base) => {
    await page.goto(base())
    await state('Not logged in')
    await press('Log in with LINE')
    await answerPages()
    await state('Welcome, Brown')
    await press('Read the profile')
    await state('You are Brown')
    const token = () => page.evaluate(() => JSON.stringify(sessionStorage))
    const old = await token()
    expect(old).toContain('accessToken')
    expect(old).not.toContain(LOGIN.channelSecret)
    world.platform.clock.advance(31 * 86_400_000)
    await press('Read the profile')
    await state('You are Brown')
    await expect.poll(token).not.toBe(old)
    await press('Log out')
    await state('Logged out')
    await page.reload()
    await state('Not logged in')
  })

  it.each([
    { app: true, button: 'Log in with LINE', asks: 'You are in the LINE app as' },
    { app: false, button: 'Log in with LINE', asks: 'You are logged in as' },
    { app: true, button: 'Log in with LINE on the web', asks: 'You are logged in as' },
    { app: false, button: 'Log in with LINE on the web', asks: 'You are logged in as' },
  ])('takes the right way: $button, with the app there: $app', async ({ app, button, asks }) => {
    await world.platform.control('POST', '/reset')
    const callbackUrls = [url, urlWithSecret].map((base) => `${base}/callback`)
    await world.platform.control('PATCH', `/channels/${LOGIN.channelId}`, { callbackUrls })
    await page.goto(url)
    await state('Not logged in')
    if (app) await page.getByLabel('The LINE app is on this device').check()
    await press(button)
    await page.getByText('LINE Login, by Hatoba').waitFor()
    const brown = page.getByRole('button', { name: /Brown/ })
    if (await brown.isVisible()) await brown.click()
    await page.getByText(asks).waitFor()
    await press('Allow')
    await state('Welcome, Brown')
  })

  it('tells a denial', async () => {
    await page.goto(url)
    await page.getByLabel('The LINE app is on this device').check()
    await press('Log in with LINE')
    await answerPages('Deny')
    await state('Not logged in: cancelled')
  })

  it('refuses a return with another state', async () => {
    await page.goto(url)
    await state('Not logged in')
    await press('Log in with LINE')
    await page.getByText('LINE Login, by Hatoba').waitFor()
    await page.goto(`${url}/callback?code=stolen&state=forged`)
    await state('Not logged in: state_mismatch')
  })

  it('leads to pages that everybody can use', async () => {
    await page.goto(world.authorizeUrl({ redirect_uri: `${url}/callback`, prompt: 'consent', bot_prompt: 'normal' }))
    for (const step of ['picker', 'consent']) {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations, step).toEqual([])
      if (step === 'picker') await page.getByRole('button', { name: /Brown/ }).click()
    }
  })
})
