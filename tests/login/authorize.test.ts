import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOT, BROWN, LOGIN, type LoginWorld, OTHER_LOGIN, startLoginWorld } from './login-world.ts'

let world: LoginWorld

beforeAll(async () => {
  world = await startLoginWorld()
})
afterAll(() => world.close())

const back = (location: string | undefined) => Object.fromEntries(new URL(location ?? '').searchParams)

describe("LINE's login page", () => {
  it('asks who the person is, then for consent, and goes back with a code and the state', async () => {
    const person = world.person()
    const picker = await person.open(world.authorizeUrl())
    expect(picker.html).toContain('Log in to Test Login')
    expect(picker.html).toContain('Brown')
    expect(picker.html).not.toContain('Moon') // of another provider
    const consent = await person.press(picker, { user: BROWN })
    expect(consent.html).toContain('Test Login asks for your permission')
    const done = await person.press(consent, { action: 'allow' })
    expect(done.status).toBe(303)
    expect(done.location?.startsWith(LOGIN.redirectUri)).toBe(true)
    expect(back(done.location)).toEqual({ code: expect.stringMatching(/^[\w-]{22}$/), state: 'some-state' })
  })

  it('skips the consent once it was given, unless it is asked for', async () => {
    const person = world.person()
    await person.allow(world.authorizeUrl())
    expect((await person.open(world.authorizeUrl())).status).toBe(303)
    expect((await person.open(world.authorizeUrl({ prompt: 'consent' }))).html).toContain('asks for your permission')
    expect((await person.open(world.authorizeUrl({ prompt: 'login' }))).html).toContain('Who are you?')
    expect((await person.open(world.authorizeUrl({ scope: 'profile openid email' }))).html).toContain('e-mail')
  })

  it('goes back with ACCESS_DENIED when the person denies, at either page', async () => {
    const denied = {
      error: 'ACCESS_DENIED',
      error_description: 'The resource owner denied the request.',
      state: 'some-state',
    }
    const person = world.person()
    const picker = await person.open(world.authorizeUrl({ prompt: 'consent' }))
    expect(back((await person.press(picker, { action: 'cancel' })).location)).toEqual(denied)
    const again = await person.open(world.authorizeUrl({ prompt: 'consent' }))
    const consent = await person.press(again, { user: BROWN })
    expect(back((await person.press(consent, { action: 'deny' })).location)).toEqual(denied)
  })

  it('tells a wrong channel or redirect URI on a page, and never by a redirect', async () => {
    const wrong: Record<string, string | undefined>[] = [
      { client_id: '42' },
      { client_id: undefined },
      { redirect_uri: undefined },
      { redirect_uri: 'http://127.0.0.1:9/callback/evil' },
      { redirect_uri: 'http://evil.example/callback' },
      { redirect_uri: `${LOGIN.redirectUri}#x` },
      { redirect_uri: LOGIN.redirectUri.replace('http:', 'https:') },
      { redirect_uri: OTHER_LOGIN.redirectUri },
      { redirect_uri: 'javascript:alert(1)' },
      { redirect_uri: 'http://127.0.0.1:9/app' }, // lacks the registered query
      { redirect_uri: LOGIN.redirectUri.toUpperCase() },
    ]
    for (const path of ['/oauth2/v2.1/authorize', '/dialog/oauth/weblogin', '/line-app/login'])
      for (const parameters of wrong) {
        const page = await world.person().open(world.authorizeUrl(parameters, path))
        expect([page.status, page.location], JSON.stringify(parameters)).toEqual([400, undefined])
        expect(page.html).toContain('400 Bad Request')
      }
  })

  it('takes additional query parameters of a registered redirect URI', async () => {
    const redirect_uri = `${LOGIN.redirectUri}?next=%2Fcart`
    const url = await world.person().allow(world.authorizeUrl({ redirect_uri }))
    expect(url.searchParams.get('next')).toBe('/cart')
    expect(url.searchParams.get('code')).toMatch(/./)
    const longer = 'http://127.0.0.1:9/app?from=line&x=1'
    expect((await world.person().allow(world.authorizeUrl({ redirect_uri: longer }))).searchParams.get('x')).toBe('1')
  })

  it.each([
    [{ response_type: 'token' }, 'UNSUPPORTED_RESPONSE_TYPE'],
    [{ scope: 'friends' }, 'INVALID_SCOPE'],
    [{ scope: '' }, 'INVALID_SCOPE'],
    [{ scope: 'email profile' }, 'INVALID_SCOPE'],
    [{ prompt: 'maybe' }, 'INVALID_REQUEST'],
    [{ max_age: 'soon' }, 'INVALID_REQUEST'],
    [{ bot_prompt: 'loud' }, 'INVALID_REQUEST'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'INVALID_REQUEST'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'INVALID_REQUEST'],
    [{ response_mode: 'query.jwt' }, 'INVALID_REQUEST'],
    [{ state: undefined }, 'INVALID_REQUEST'],
    [{ prompt: 'none' }, 'LOGIN_REQUIRED'],
  ])('goes back with an error for %j', async (parameters, error) => {
    const page = await world.person().open(world.authorizeUrl(parameters))
    expect(back(page.location)).toMatchObject({ error })
  })

  it('does not ask where prompt is none, and says when it would have to', async () => {
    const person = world.person()
    await person.allow(world.authorizeUrl({ client_id: OTHER_LOGIN.channelId, redirect_uri: OTHER_LOGIN.redirectUri }))
    const cony = world.person()
    const asked = await cony.press(await cony.open(world.authorizeUrl()), { user: `U${'2'.repeat(32)}` })
    expect(asked.html).toContain('asks for your permission')
    expect(back((await cony.open(world.authorizeUrl({ prompt: 'none' }))).location)).toMatchObject({
      error: 'INTERACTION_REQUIRED',
    })
    expect(back((await person.open(world.authorizeUrl({ prompt: 'none' }))).location)).toHaveProperty('code')
  })

  it('asks again who the person is once max_age has passed', async () => {
    const person = world.person()
    await person.allow(world.authorizeUrl())
    world.platform.clock.advance(120_000)
    expect((await person.open(world.authorizeUrl({ max_age: '60' }))).html).toContain('Who are you?')
    expect((await person.open(world.authorizeUrl({ max_age: '600' }))).status).toBe(303)
  })

  it('offers to add the linked bot, and tells whether it was added', async () => {
    const sally = `U${'3'.repeat(32)}`
    const person = world.person()
    const consent = await person.press(await person.open(world.authorizeUrl({ bot_prompt: 'normal' })), { user: sally })
    expect(consent.html).toContain('Add Test Bot as a friend')
    const declined = await person.press(consent, { action: 'allow' })
    expect(back(declined.location)).toMatchObject({ friendship_status_changed: 'false' })
    const ask = await person.open(world.authorizeUrl({ bot_prompt: 'aggressive' }))
    expect(ask.html).toContain('Add Test Bot as a friend?')
    const added = await person.press(ask, { friend: 'add' })
    expect(back(added.location)).toMatchObject({ friendship_status_changed: 'true' })
    const friends = await world.platform.control<{ chats: { friendship: string }[] }>('GET', `/users/${sally}/chats`)
    expect(friends.body.chats[0]?.friendship).toBe('friend')
    expect(back((await person.open(world.authorizeUrl({ bot_prompt: 'normal' }))).location)).not.toHaveProperty(
      'friendship_status_changed',
    )
    expect(BOT.channelId).toBe('1000000001')
  })

  it('sends the answer as a form where the application asks for that', async () => {
    const person = world.person()
    await person.allow(world.authorizeUrl())
    const page = await person.open(world.authorizeUrl({ response_mode: 'form_post' }))
    expect(page.status).toBe(200)
    expect(page.html).toContain(`<form method="post" action="${LOGIN.redirectUri}">`)
    expect(page.html).toMatch(/name="code" value="[\w-]{22}"/)
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9")
  })

  it('speaks LINE Login 2.0 as well', async () => {
    const person = world.person()
    const url = world.authorizeUrl({}, '/dialog/oauth/weblogin')
    const picker = await person.open(url)
    expect(back((await person.press(picker, { action: 'cancel' })).location)).toEqual({
      error: 'access_denied',
      error_description: 'The user has denied the approval',
      errorCode: '417',
      errorMessage: 'DISALLOWED',
      state: 'some-state',
    })
    expect((await person.allow(url)).searchParams.get('code')).toMatch(/./)
  })

  it('belongs to the browser that began it, and to no other site', async () => {
    const person = world.person()
    const picker = await person.open(world.authorizeUrl({ prompt: 'login' }))
    const thief = world.person()
    await thief.open(world.authorizeUrl())
    expect((await thief.press(picker, { user: BROWN })).html).toContain('This login is over')
    const login = /name="login" value="([^"]+)"/.exec(picker.html)?.[1] ?? ''
    const forged = await fetch(`${world.platform.url}/oauth2/v2.1/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'http://evil.example', cookie: person.cookie() },
      body: new URLSearchParams({ login, user: BROWN }),
    })
    expect(forged.status).toBe(403)
    const set = (await world.person().open(world.authorizeUrl())).headers.get('set-cookie')
    expect(set).toMatch(/; HttpOnly; SameSite=Lax$/)
  })

  it('has pages with a strict policy that nothing can be smuggled into', async () => {
    const evil = '<script>alert(1)</script>'
    await world.platform.control('PATCH', `/users/${BROWN}`, { displayName: evil })
    const page = await world.person().open(world.authorizeUrl())
    await world.platform.control('PATCH', `/users/${BROWN}`, { displayName: 'Brown' })
    expect(page.html).not.toContain(evil)
    expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/)
    expect(page.headers.get('content-security-policy')).not.toContain('script-src')
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    const style = await fetch(`${world.platform.url}/line-login/style.css`)
    expect(style.headers.get('content-type')).toContain('text/css')
  })

  it('plays the LINE app, which asks each time', async () => {
    const person = world.person()
    await person.allow(world.authorizeUrl())
    const page = await person.open(world.authorizeUrl({}, '/line-app/login'))
    expect(page.html).toContain('You are in the LINE app as')
    expect(back((await person.press(page, { action: 'allow' })).location)).toHaveProperty('code')
    const again = await person.open(world.authorizeUrl({}, '/line-app/login'))
    expect(back((await person.press(again, { action: 'deny' })).location)).toMatchObject({ error: 'ACCESS_DENIED' })
  })
})
