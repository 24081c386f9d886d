import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlatformOptions } from '../index.ts'
import { startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

const TOKEN = 'the-token-of-this-platform'
let pagesDir: string
let platform: TestPlatform | undefined

beforeEach(() => {
  pagesDir = mkdtempSync(join(tmpdir(), 'hatoba-pages-'))
  mkdirSync(join(pagesDir, 'assets'))
  writeFileSync(join(pagesDir, 'index.html'), '<!doctype html><title>Phone</title>')
  writeFileSync(join(pagesDir, 'assets', 'index-abc123.js'), 'console.log(1)')
})
afterEach(async () => {
  await platform?.close()
  platform = undefined
  rmSync(pagesDir, { recursive: true })
})

async function start(
  options: Partial<PlatformOptions> = {},
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const started = await startTestPlatform({ pagesDir, ...options })
  platform = started
  return (path, init = {}) => fetch(`${started.url}${path}`, { redirect: 'manual', ...init })
}

describe('the pages', () => {
  it('are served with a strict policy', async () => {
    const get = await start()
    const answer = await get('/')
    expect(await answer.text()).toContain('<title>Phone</title>')
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('may keep for good what has a hash in its name', async () => {
    const get = await start()
    const answer = await get('/assets/index-abc123.js')
    expect(answer.headers.get('content-type')).toMatch(/javascript/)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('answer with the one document at addresses of their own, and with 404 for what is missing', async () => {
    const get = await start()
    const page = await get('/chats/some-bot', { headers: { accept: 'text/html' } })
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Phone')])
    expect((await get('/assets/gone.js', { headers: { accept: 'text/javascript' } })).status).toBe(404)
    expect((await get('/chats', { method: 'POST' })).status).toBe(404)
    const doubled = await get('//v2/bot/info')
    expect([doubled.status, await doubled.json()]).toEqual([404, { message: 'Not found' }])
    expect((await get('/..%2f..%2fetc/passwd', { headers: { accept: 'text/css' } })).status).not.toBe(200)
  })

  it('say so where they are not built', async () => {
    const get = await start({ pagesDir: undefined })
    expect(await (await get('/')).text()).toContain('not built')
  })

  it('come with probes for whoever runs the platform', async () => {
    const get = await start()
    expect((await get('/livez')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
  })
})

describe('a platform that others reach', () => {
  it('does not start without a token', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5'])
      await expect(startTestPlatform({ host })).rejects.toMatchObject({ name: 'TokenMissingError' })
  })

  it('wants the token for the control API', async () => {
    const get = await start({ host: '0.0.0.0', token: TOKEN })
    const state = (authorization?: string) =>
      get('/_hatoba/state', authorization === undefined ? {} : { headers: { authorization } })
    expect((await state()).status).toBe(401)
    expect((await state('Bearer wrong')).status).toBe(401)
    expect((await state(`Bearer ${TOKEN}`)).status).toBe(200)
  })

  it('gives a cookie for a link with the token, and takes the token out of the address', async () => {
    const get = await start({ host: '0.0.0.0', token: TOKEN })
    const asked = await get('/')
    expect([asked.status, await asked.text()]).toEqual([401, expect.stringContaining('<form method="post"')])
    const entered = await get(`/?token=${TOKEN}`)
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/'])
    const setCookie = entered.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    expect(setCookie).not.toContain(TOKEN)
    const cookie = setCookie.split(';')[0] ?? ''
    expect((await get('/', { headers: { cookie } })).status).toBe(200)
    expect((await get('/_hatoba/state', { headers: { cookie } })).status).toBe(200)
    expect((await get('/_hatoba/state', { headers: { cookie: `${cookie}x` } })).status).toBe(401)
  })

  it('takes the token by a form', async () => {
    const get = await start({ host: '0.0.0.0', token: TOKEN })
    const enter = (token: string) => get('/_hatoba/session', { method: 'POST', body: new URLSearchParams({ token }) })
    expect((await enter('wrong')).status).toBe(401)
    const entered = await enter(TOKEN)
    expect(entered.status).toBe(303)
    expect(entered.headers.get('set-cookie')).toContain('HttpOnly')
  })
})
