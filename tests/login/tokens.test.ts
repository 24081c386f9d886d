import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { provesEffect } from '../testkit/proves-effect.ts'
import { verifies } from '../testkit/verifies.ts'
import { BOT, BROWN, LOGIN, type LoginWorld, newVerifier, OTHER_LOGIN, startLoginWorld } from './login-world.ts'

const DAY_MS = 86_400_000
const CLIENT = { client_id: LOGIN.channelId, client_secret: LOGIN.channelSecret }
const OTHER = { client_id: OTHER_LOGIN.channelId, client_secret: OTHER_LOGIN.channelSecret }

let world: LoginWorld

beforeAll(async () => {
  world = await startLoginWorld()
})
afterAll(() => world.close())

const exchange = (code: string, more: Record<string, string> = CLIENT) =>
  world.post('/oauth2/v2.1/token', { grant_type: 'authorization_code', code, redirect_uri: LOGIN.redirectUri, ...more })
const bearer = (token = '') => ({ authorization: `Bearer ${token}` })

describe('the Social API of 2017', () => {
  let tokens: Record<string, string>
  beforeEach(async () => {
    tokens = await world.logInV2()
  })

  it('gives a token for the code of a login, with the one scope P', async () => {
    verifies('login.social.access-token-needed', 'login.social.status-200')
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/./),
      expires_in: 2_592_000,
      refresh_token: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
      scope: 'P',
      token_type: 'Bearer',
    })
    expect((await world.get('/v2/profile')).status).toBe(401)
  })

  it('verifies a token', async () => {
    verifies('login.verify.operation', 'login.verify.header-content-type', 'login.verify.access-token')
    verifies('login.verify.response', 'login.verify.scope', 'login.verify.client-id', 'login.verify.expires-in')
    world.platform.clock.advance(35_000)
    const { status, body } = await world.post('/v2/oauth/verify', { access_token: tokens.access_token ?? '' })
    expect([status, body]).toEqual([200, { scope: 'P', client_id: LOGIN.channelId, expires_in: 2_591_965 }])
    const asJson = await world.platform.api('/v2/oauth/verify', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ access_token: tokens.access_token }),
    })
    expect(asJson.status).toBe(415)
    world.platform.clock.advance(30 * DAY_MS)
    const late = await world.post('/v2/oauth/verify', { access_token: tokens.access_token ?? '' })
    expect(late).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'access_token invalid' },
    })
  })

  it('refreshes a token until 10 days after its end', async () => {
    verifies('login.refresh.operation', 'login.refresh.header-content-type', 'login.refresh.grant-type')
    verifies('login.refresh.refresh-token', 'login.refresh.client-id', 'login.refresh.client-secret')
    verifies('login.refresh.response', 'login.refresh.response-token-type', 'login.refresh.response-scope')
    verifies('login.refresh.response-access-token', 'login.refresh.response-expires-in')
    verifies('login.refresh.response-refresh-token')
    const refresh = (form: Record<string, string> = {}) =>
      world.post('/v2/oauth/accessToken', {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token ?? '',
        ...CLIENT,
        ...form,
      })
    world.platform.clock.advance(40 * DAY_MS - 1000)
    const { status, body } = await refresh()
    expect([status, body]).toEqual([
      200,
      {
        token_type: 'Bearer',
        scope: 'P',
        access_token: expect.not.stringMatching(tokens.access_token ?? ''),
        expires_in: 2_592_000,
        refresh_token: expect.stringMatching(/./),
      },
    ])
    expect((await world.get('/v2/profile', bearer(String(body.access_token)))).status).toBe(200)
    for (const wrong of [{ client_secret: 'x' }, { client_id: '1' }, OTHER, { refresh_token: 'none' }])
      expect((await refresh(wrong)).status).toBe(400)
    expect((await refresh(OTHER)).body).toEqual({ error: 'invalid_grant', error_description: 'invalid refresh_token' })
    world.platform.clock.advance(40 * DAY_MS)
    expect((await refresh()).body).toEqual({ error: 'invalid_grant', error_description: 'invalid refresh_token' })
  })

  it('neither refreshes nor revokes channel access tokens as if they were users’', async () => {
    verifies('login.refresh.not-for-channel-tokens', 'login.revoke.not-for-channel-tokens')
    const form = { grant_type: 'refresh_token', refresh_token: BOT.token }
    expect((await world.post('/v2/oauth/accessToken', { ...form, ...CLIENT })).status).toBe(400)
    const ofBot = { client_id: BOT.channelId, client_secret: BOT.channelSecret }
    expect((await world.post('/v2/oauth/accessToken', { ...form, ...ofBot })).status).toBe(400)
    await world.post('/v2/oauth/revoke', { refresh_token: BOT.token })
    expect((await world.get('/v2/bot/info', bearer(BOT.token))).status).toBe(200)
  })

  it('revokes by the refresh token, with an empty object', async () => {
    verifies('login.revoke.operation', 'login.revoke.header-content-type', 'login.revoke.refresh-token')
    verifies('login.revoke.response')
    const revoked = await world.post('/v2/oauth/revoke', { refresh_token: tokens.refresh_token ?? '' })
    expect([revoked.status, revoked.body]).toEqual([200, {}])
    expect((await world.get('/v2/profile', bearer(tokens.access_token))).status).toBe(401)
    expect((await world.post('/v2/oauth/revoke', { refresh_token: 'unknown' })).status).toBe(200)
  })

  it('answers the profile, without what the user does not have', async () => {
    provesEffect('GET /v2/profile', 'PATCH /_hatoba/users/{userId}')
    verifies('login.profile.operation', 'login.profile.header-authorization', 'login.profile.response')
    verifies('login.profile.display-name', 'login.profile.user-id', 'login.profile.picture-url')
    verifies('login.profile.status-message')
    await world.platform.control('PATCH', `/users/${BROWN}`, { pictureUrl: 'https://example.com/abcdefghijklmn' })
    const full = await world.get('/v2/profile', bearer(tokens.access_token))
    expect(full.body).toEqual({
      userId: BROWN,
      displayName: 'Brown',
      pictureUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/profile-images\//),
      statusMessage: 'Hello',
    })
    await world.platform.control('PATCH', `/users/${BROWN}`, { pictureUrl: null, statusMessage: null })
    const bare = await world.get('/v2/profile', bearer(tokens.access_token))
    expect(bare.body).toEqual({ userId: BROWN, displayName: 'Brown' })
    await world.platform.control('PATCH', `/users/${BROWN}`, { statusMessage: 'Hello' })
  })

  it('answers each of its errors', async () => {
    verifies('login.social.status-400', 'login.social.status-401', 'login.social.status-403')
    verifies('login.social.status-429', 'login.social.status-500')
    expect((await world.post('/v2/oauth/verify', {})).status).toBe(400)
    expect(await world.get('/v2/profile', bearer('wrong'))).toMatchObject({
      status: 401,
      body: { message: 'invalid token' },
    })
    expect((await world.get('/v2/profile', { authorization: 'Basic x' })).body).toHaveProperty('message')
    const openid = await world.logIn({ scope: 'openid' })
    expect(await world.get('/v2/profile', bearer(openid.access_token))).toMatchObject({
      status: 403,
      body: { message: expect.any(String) },
    })
    const rule = { on: 'call', operation: 'getUserProfile', fault: { kind: 'status', status: 500 } }
    await world.platform.control('POST', '/faults', rule)
    expect((await world.get('/v2/profile', bearer(tokens.access_token))).status).toBe(500)
    await world.platform.control('DELETE', '/faults')
    await world.platform.control('PATCH', `/channels/${LOGIN.channelId}`, { limits: 'real' })
    let last = 0
    for (let i = 0; i < 1001; i++) last = (await world.get('/v2/profile', bearer(tokens.access_token))).status
    await world.platform.control('PATCH', `/channels/${LOGIN.channelId}`, { limits: 'off' })
    expect(last).toBe(429)
  })

  it('serves profile pictures and their thumbnails', async () => {
    verifies('login.social.thumbnail-large', 'login.social.thumbnail-small')
    verifies('login.android.LineProfile.picture-large', 'login.android.LineProfile.picture-small')
    const picture = new PNG({ width: 300, height: 240 })
    picture.data.fill(200)
    const bytes = PNG.sync.write(picture)
    const host = createServer((_request, response) => response.setHeader('content-type', 'image/png').end(bytes))
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    const { port } = host.address() as AddressInfo // of a server that listens on a port
    await world.platform.control('PATCH', `/users/${BROWN}`, { pictureUrl: `http://127.0.0.1:${port}/brown.png` })
    const { body } = await world.get('/v2/profile', bearer(tokens.access_token))
    const size = async (suffix: string) => {
      const { width, height } = PNG.sync.read(
        Buffer.from(await (await fetch(`${body.pictureUrl}${suffix}`)).arrayBuffer()),
      )
      return [width, height]
    }
    expect(await size('')).toEqual([300, 240])
    expect(await size('/large')).toEqual([200, 200])
    expect(await size('/small')).toEqual([51, 51])
    expect((await fetch(`${body.pictureUrl}/huge`)).status).toBe(404)
    await world.platform.control('PATCH', `/users/${BROWN}`, { pictureUrl: null })
    host.close()
  })
})

describe('LINE Login v2.1', () => {
  it('gives tokens and an id token of HS256 to an application that holds the secret', async () => {
    const code = await world.code({ scope: 'profile openid email', nonce: 'n1', max_age: '600' })
    const { body } = await exchange(code)
    expect(body).toMatchObject({ expires_in: 2_592_000, scope: 'profile openid', token_type: 'Bearer' })
    expect(body.access_token).toMatch(/^eyJ/)
    const key = new TextEncoder().encode(LOGIN.channelSecret)
    const { payload, protectedHeader } = await jwtVerify(String(body.id_token), key, {
      currentDate: new Date(world.platform.clock.now()),
    })
    expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'HS256' })
    expect(payload).toMatchObject({
      iss: 'https://access.line.me',
      sub: BROWN,
      aud: LOGIN.channelId,
      nonce: 'n1',
      amr: ['pwd'],
      auth_time: expect.any(Number),
      name: 'Brown',
      email: 'brown@example.com',
    })
  })

  it('gives an id token of ES256 to one that has PKCE instead, checked by the published keys', async () => {
    provesEffect('GET /oauth2/v2.1/certs', 'POST /oauth2/v2.1/token')
    const { verifier, challenge } = newVerifier()
    const code = await world.code({ code_challenge: challenge, code_challenge_method: 'S256' })
    const { body } = await exchange(code, { client_id: LOGIN.channelId, code_verifier: verifier })
    expect(decodeProtectedHeader(String(body.id_token))).toMatchObject({ alg: 'ES256', kid: expect.any(String) })
    const keys = createRemoteJWKSet(new URL(`${world.platform.url}/oauth2/v2.1/certs`))
    const { payload } = await jwtVerify(String(body.id_token), keys, {
      currentDate: new Date(world.platform.clock.now()),
    })
    expect(payload.sub).toBe(BROWN)
  })

  it.each<[string, Record<string, string>, string]>([
    ['an unknown code', { code: 'none' }, 'invalid authorization code'],
    ['another redirect URI', { redirect_uri: `${LOGIN.redirectUri}?x=1` }, 'redirect_uri does not match'],
    ['a wrong secret', { client_secret: 'x'.repeat(32) }, 'invalid client_secret'],
    ['an unknown channel', { client_id: '42' }, 'invalid client_id'],
    ['a foreign channel', OTHER, 'invalid authorization code'],
    ['no code', { code: '' }, 'some parameters missed or invalid'],
    ['no proof', { client_secret: '' }, 'code_verifier is required'],
  ])('refuses %s', async (_what, more, description) => {
    const code = await world.code()
    const refused = await exchange(code, { ...CLIENT, ...more })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ error: expect.any(String), error_description: description })
  })

  it('takes the id and the secret of a client from the Authorization header too', async () => {
    const form = { grant_type: 'authorization_code', code: await world.code(), redirect_uri: LOGIN.redirectUri }
    const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${LOGIN.channelId}:${secret}`)}` })
    expect((await world.post('/oauth2/v2.1/token', form, basic('wrong'))).body.error).toBe('invalid_client')
    expect((await world.post('/oauth2/v2.1/token', form, basic(LOGIN.channelSecret))).status).toBe(200)
  })

  it('takes a code once, and for ten minutes', async () => {
    const invalid = { error: 'invalid_grant', error_description: 'invalid authorization code' }
    const code = await world.code()
    const [first, second] = await Promise.all([exchange(code), exchange(code)])
    expect([first?.status, second?.status].toSorted()).toEqual([200, 400])
    expect((await exchange(code)).body).toEqual(invalid)
    const late = await world.code()
    world.platform.clock.advance(600_000)
    expect((await exchange(late)).body).toEqual(invalid)
  })

  it('refuses a wrong or missing verifier', async () => {
    const { challenge } = newVerifier()
    const code = await world.code({ code_challenge: challenge, code_challenge_method: 'S256' })
    const refused = { error: 'invalid_grant', error_description: 'invalid code_verifier' }
    expect((await exchange(code)).body).toEqual(refused)
    expect((await exchange(code, { ...CLIENT, code_verifier: newVerifier().verifier })).body).toEqual(refused)
  })

  it('wants the secret of a channel that has web applications alone', async () => {
    const { verifier, challenge } = newVerifier()
    const url = world.authorizeUrl({
      client_id: OTHER_LOGIN.channelId,
      redirect_uri: OTHER_LOGIN.redirectUri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const code = (await world.person().allow(url)).searchParams.get('code') ?? ''
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: OTHER_LOGIN.redirectUri,
      code_verifier: verifier,
    }
    const bare = await world.post('/oauth2/v2.1/token', { ...form, client_id: OTHER_LOGIN.channelId })
    expect(bare.body).toMatchObject({ error: 'invalid_request' })
    expect((await world.post('/oauth2/v2.1/token', { ...form, ...OTHER })).status).toBe(200)
  })

  it('refreshes with the same refresh token for 90 days from the first issue', async () => {
    const tokens = await world.logIn()
    const refresh = (client: Record<string, string>) =>
      world.post('/oauth2/v2.1/token', {
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh_token ?? '',
        ...client,
      })
    world.platform.clock.advance(60 * DAY_MS)
    const { body } = await refresh({ client_id: LOGIN.channelId })
    expect(body).toMatchObject({ refresh_token: tokens.refresh_token, scope: 'profile openid' })
    expect(body.access_token).not.toBe(tokens.access_token)
    const invalid = { error: 'invalid_grant', error_description: 'invalid refresh token' }
    expect((await refresh(OTHER)).body).toEqual(invalid)
    world.platform.clock.advance(30 * DAY_MS)
    expect((await refresh(CLIENT)).body).toEqual(invalid)
  })

  it('verifies access tokens and tells expired and revoked ones apart', async () => {
    const tokens = await world.logIn()
    const verify = (token = '') => world.get(`/oauth2/v2.1/verify?access_token=${encodeURIComponent(token)}`)
    expect((await verify(tokens.access_token)).body).toEqual({
      scope: 'profile openid',
      client_id: LOGIN.channelId,
      expires_in: 2_592_000,
    })
    await world.post('/oauth2/v2.1/revoke', { access_token: tokens.access_token ?? '', ...CLIENT })
    expect((await verify(tokens.access_token)).body.error_description).toBe('The access token revoked')
    const other = await world.logIn()
    world.platform.clock.advance(30 * DAY_MS)
    expect((await verify(other.access_token)).body.error_description).toBe('The access token expired')
    expect((await verify('x')).body.error_description).toBe('The access token not JWS')
    expect((await world.get('/v2/profile', bearer(other.access_token))).body).toEqual({
      message: 'The access token expired',
    })
  })

  it('verifies id tokens with the wordings of LINE', async () => {
    provesEffect('POST /oauth2/v2.1/verify', 'POST /oauth2/v2.1/token')
    const { id_token = '' } = await world.logIn({ nonce: 'n1' })
    const verify = (more: Record<string, string>) =>
      world.post('/oauth2/v2.1/verify', { id_token, client_id: LOGIN.channelId, ...more })
    expect((await verify({ nonce: 'n1', user_id: BROWN })).body).toMatchObject({ sub: BROWN, aud: LOGIN.channelId })
    const fault = async (more: Record<string, string>) => (await verify(more)).body.error_description
    expect(await fault({ id_token: `${id_token}x` })).toBe('Invalid IdToken.')
    expect(await fault({ id_token: 'x' })).toBe('Invalid IdToken.')
    expect(await fault({ nonce: 'n2' })).toBe('Invalid IdToken Nonce.')
    expect(await fault({ user_id: 'U0' })).toBe('Invalid IdToken Subject Identifier.')
    world.platform.clock.advance(3_600_000)
    expect(await fault({})).toBe('IdToken expired.')
  })

  it('answers user information in the form of OAuth', async () => {
    provesEffect('GET /oauth2/v2.1/userinfo', 'POST /oauth2/v2.1/token')
    provesEffect('POST /oauth2/v2.1/userinfo', 'POST /oauth2/v2.1/token')
    const both = await world.logIn()
    for (const method of ['GET', 'POST']) {
      const { body } = await world.platform.api('/oauth2/v2.1/userinfo', { method, headers: bearer(both.access_token) })
      expect(body).toEqual({ sub: BROWN, name: 'Brown' })
    }
    const openid = await world.logIn({ scope: 'openid' })
    expect((await world.get('/oauth2/v2.1/userinfo', bearer(openid.access_token))).body).toEqual({ sub: BROWN })
    const profile = await world.logIn({ scope: 'profile' })
    expect(await world.get('/oauth2/v2.1/userinfo', bearer(profile.access_token))).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    })
    expect(await world.get('/oauth2/v2.1/userinfo')).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
  })

  it('tells the friendship with the linked bot', async () => {
    provesEffect('GET /friendship/v1/status', 'POST /_hatoba/users/{userId}/friends/{botUserId}')
    const tokens = await world.logIn()
    expect((await world.get('/friendship/v1/status', bearer(tokens.access_token))).body).toEqual({ friendFlag: true })
    const befriend = (action: string) =>
      world.platform.control('POST', `/users/${BROWN}/friends/${BOT.botUserId}`, { action })
    await befriend('block')
    expect((await world.get('/friendship/v1/status', bearer(tokens.access_token))).body).toEqual({ friendFlag: false })
    await befriend('unblock')
    expect(await world.get('/friendship/v1/status')).toMatchObject({
      status: 401,
      body: { message: expect.any(String) },
    })
  })

  it('ends all tokens of a user whom the provider deauthorizes, and asks for consent again', async () => {
    provesEffect('POST /user/v1/deauthorize', 'POST /oauth2/v2.1/token')
    const tokens = await world.logIn()
    const deauthorize = (token: string, userAccessToken = tokens.access_token) =>
      world.platform.api('/user/v1/deauthorize', {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ userAccessToken }),
      })
    const stateless = await world.post('/oauth2/v3/token', {
      grant_type: 'client_credentials',
      client_id: BOT.channelId,
      client_secret: BOT.channelSecret,
    })
    const channelToken = String(stateless.body.access_token)
    expect((await deauthorize(BOT.token)).status).toBe(400) // a long-lived one
    expect(await deauthorize(channelToken, 'wrong')).toMatchObject({ status: 400, body: { message: 'invalid token' } })
    expect((await deauthorize(channelToken)).status).toBe(204)
    expect((await world.get('/v2/profile', bearer(tokens.access_token))).status).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '', ...CLIENT }
    expect((await world.post('/oauth2/v2.1/token', refresh)).status).toBe(400)
  })

  it('is found by discovery, with the issuer that LINE has', async () => {
    provesEffect('GET /.well-known/openid-configuration', 'GET /oauth2/v2.1/certs')
    const { body } = await world.get('/.well-known/openid-configuration')
    expect(body).toMatchObject({
      issuer: 'https://access.line.me',
      authorization_endpoint: `${world.platform.url}/oauth2/v2.1/authorize`,
      token_endpoint: `${world.platform.url}/oauth2/v2.1/token`,
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    })
    expect((await world.get(new URL(String(body.jwks_uri)).pathname)).body).toMatchObject({
      keys: [{ kty: 'EC', alg: 'ES256' }],
    })
  })

  it('lets pages of registered origins call, and no others', async () => {
    const preflight = (origin: string) =>
      fetch(`${world.platform.url}/v2/profile`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      })
    const allowed = await preflight('http://127.0.0.1:9')
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, 'http://127.0.0.1:9'])
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization')
    expect((await preflight('http://evil.example')).status).toBe(403)
    const from = (origin: string) => world.get('/v2/profile', { origin, ...bearer('x') })
    expect((await from('http://127.0.0.1:9')).headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:9')
    expect((await from('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  })

  it('keeps nothing secret of it in the timeline', async () => {
    const tokens = await world.logIn()
    await world.get('/v2/profile', bearer(tokens.access_token))
    const { body } = await world.platform.control('GET', '/timeline?limit=1000')
    const told = JSON.stringify(body)
    for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token, LOGIN.channelSecret])
      expect(told).not.toContain(secret)
  })
})
