// Channel access tokens that are signed: v2.1 by an assertion, and stateless ones.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { channelAccessToken } from '@line/bot-sdk'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { provesEffect } from '../../../../../tests/testkit/proves-effect.ts'
import { BOT, OLD_BOT, startTestPlatform, type TestPlatform } from '../testing/start-test-platform.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const AUDIENCE = 'https://api.line.me/'

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
type Answer = Record<string, unknown>

let platform: TestPlatform
let keys: Keys
let otherKeys: Keys
let kid: string

const newKeys = () => generateKeyPair('RS256', { modulusLength: 2048, extractable: true })

beforeAll(async () => {
  keys = await newKeys()
  otherKeys = await newKeys()
})
beforeEach(async () => {
  platform = await startTestPlatform()
  const registered = await register(BOT.channelId, await publicJwk(keys))
  kid = registered.body.kid
  return () => platform.close()
})

const publicJwk = async ({ publicKey }: Keys) => ({ ...(await exportJWK(publicKey)), alg: 'RS256', use: 'sig' })

const register = (channelId: string, key: object) =>
  platform.control<{ kid: string; message: string }>('POST', `/channels/${channelId}/assertion-keys`, key)

interface Assertion {
  iss?: string
  sub?: string
  aud?: string
  lifeSeconds?: number
  token_exp?: unknown
  header?: object
  key?: Keys['privateKey']
}

function assertion(changes: Assertion = {}): Promise<string> {
  const { header, key, lifeSeconds = 1800, ...claims } = changes
  const nowSeconds = platform.clock.now() / 1000
  const payload = {
    iss: BOT.channelId,
    sub: BOT.channelId,
    aud: AUDIENCE,
    exp: nowSeconds + lifeSeconds,
    token_exp: 86_400,
    ...claims,
  }
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header })
    .sign(key ?? keys.privateKey)
}

const form = (path: string, fields: Record<string, string>) =>
  platform.api<Answer>(path, { method: 'POST', body: new URLSearchParams(fields) })

const issueV21 = (client_assertion: string) =>
  form('/oauth2/v2.1/token', {
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion,
  })

const verify = (token: string) =>
  platform.api<Answer>(`/oauth2/v2.1/verify?${new URLSearchParams({ access_token: token })}`)

const revoke = (token: string, secret = BOT.channelSecret) =>
  form('/oauth2/v2.1/revoke', { client_id: BOT.channelId, client_secret: secret, access_token: token })

const works = async (token: unknown) =>
  (await platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${String(token)}` } })).status === 200

const kids = async () =>
  (
    await platform.api<{ kids: string[] }>(
      `/oauth2/v2.1/tokens/kid?${new URLSearchParams({ client_assertion_type: ASSERTION_TYPE, client_assertion: await assertion() })}`,
    )
  ).body.kids

describe('a v2.1 token', () => {
  it('is issued for an assertion, with the life that it asks for, and works', async () => {
    provesEffect('POST /oauth2/v2.1/token', 'GET /v2/bot/info')
    provesEffect('GET /oauth2/v2.1/tokens/kid', 'POST /oauth2/v2.1/token')
    provesEffect('GET /oauth2/v2.1/verify', 'POST /oauth2/v2.1/token')
    const { status, body } = await issueV21(await assertion())
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 86_400,
      key_id: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect(await works(body.access_token)).toBe(true)
    expect(await kids()).toEqual([body.key_id])
    platform.clock.advance(1000)
    expect((await verify(String(body.access_token))).body).toEqual({ client_id: BOT.channelId, expires_in: 86_399 })
  })

  it('is issued, verified, listed and revoked by the official SDK', async () => {
    provesEffect('POST /oauth2/v2.1/revoke', 'GET /v2/bot/info')
    const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: platform.url })
    const issued = await client.issueChannelTokenByJWT('client_credentials', ASSERTION_TYPE, await assertion())
    expect(await works(issued.access_token)).toBe(true)
    expect(await client.verifyChannelTokenByJWT(issued.access_token)).toMatchObject({ client_id: BOT.channelId })
    const listed = await client.getsAllValidChannelAccessTokenKeyIds(ASSERTION_TYPE, await assertion())
    expect(listed.kids).toEqual([issued.key_id])
    await client.revokeChannelTokenByJWT(BOT.channelId, BOT.channelSecret, issued.access_token)
    expect(await works(issued.access_token)).toBe(false)
  })

  it('expires on the clock, and is told from one that was revoked', async () => {
    const first = String((await issueV21(await assertion())).body.access_token)
    const second = String((await issueV21(await assertion())).body.access_token)
    const answer = await fetch(`${platform.url}/oauth2/v2.1/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: BOT.channelId, client_secret: BOT.channelSecret, access_token: first }),
    })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect([await works(first), await works(second)]).toEqual([false, true])
    expect(await verify(first)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'The access token revoked' },
    })
    platform.clock.advance(86_400_000)
    expect(await works(second)).toBe(false)
    expect(await verify(second)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'The access token expired' },
    })
    expect((await revoke(second)).status).toBe(200)
    expect(await kids()).toEqual([])
  })

  it('is refused as the 31st of its channel, whatever other kinds it has; an expired one makes room', async () => {
    const credentials = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }
    const short = (await form('/v2/oauth/accessToken', credentials)).body.access_token
    for (let i = 0; i < 29; i++) await issueV21(await assertion())
    expect((await issueV21(await assertion({ token_exp: 60 }))).status).toBe(200)
    expect(await issueV21(await assertion())).toMatchObject({
      status: 400,
      body: { message: 'The maximum number of access tokens has already been issued' },
    })
    expect(await works(short)).toBe(true)
    expect((await form('/v2/oauth/accessToken', credentials)).status).toBe(200)
    platform.clock.advance(60_000)
    expect((await issueV21(await assertion())).status).toBe(200)
  })

  it('is not what the paths of version 2 speak of', async () => {
    const token = String((await issueV21(await assertion())).body.access_token)
    expect(await form('/v2/oauth/verify', { access_token: token })).toMatchObject({
      status: 400,
      body: { error_description: 'access_token invalid' },
    })
    expect((await form('/v2/oauth/revoke', { access_token: token })).status).toBe(200)
    expect(await works(token)).toBe(true)
  })

  it('outlives a restart, as its key does', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hatoba-tokens-'))
    onTestFinished(async () => {
      await platform.close()
      await rm(dataDir, { recursive: true })
    })
    await platform.close()
    platform = await startTestPlatform({ dataDir })
    kid = (await register(BOT.channelId, await publicJwk(keys))).body.kid
    const token = (await issueV21(await assertion())).body.access_token
    await platform.close()
    platform = await startTestPlatform({ dataDir })
    expect(await works(token)).toBe(true)
    expect((await issueV21(await assertion())).status).toBe(200)
  })

  it.each([
    ['no JWS', 'abc', 'The access token not JWS'],
    ['a long-lived token', BOT.token, 'The access token not JWS'],
    ['a JWS of somebody else', 'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl', 'The access token malformed'],
  ])('is not verified or revoked for %s', async (_what, token, error_description) => {
    const refusal = { status: 400, body: { error: 'invalid_request', error_description } }
    expect(await verify(token)).toMatchObject(refusal)
    expect(await revoke(token)).toMatchObject(refusal)
  })

  it('is not revoked without the secret of its channel', async () => {
    const token = String((await issueV21(await assertion())).body.access_token)
    expect(await revoke(token, 'wrong')).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    const { channelId, channelSecret } = OLD_BOT
    const theirs = { client_id: channelId, client_secret: channelSecret, access_token: token }
    expect((await form('/oauth2/v2.1/revoke', theirs)).status).toBe(200)
    expect(await works(token)).toBe(true)
    expect(await form('/oauth2/v2.1/revoke', { client_id: BOT.channelId })).toMatchObject({ status: 400 })
  })

  it('cannot be changed by who holds it', async () => {
    const token = String((await issueV21(await assertion())).body.access_token)
    const [header, payload, signature] = token.split('.')
    const claims = { ...JSON.parse(Buffer.from(String(payload), 'base64url').toString()), use: 'stateless' }
    const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
    expect(await works(forged)).toBe(false)
    expect(await verify(forged)).toMatchObject({ body: { error_description: 'The access token malformed' } })
  })
})

describe('an assertion', () => {
  it.each<[string, Assertion, string]>([
    ['has expired', { lifeSeconds: 0 }, 'Invalid exp'],
    ['lives longer than 30 minutes', { lifeSeconds: 1801 }, 'Invalid exp'],
    [
      'is of another channel',
      { iss: OLD_BOT.channelId, sub: OLD_BOT.channelId },
      'iss and clientId of key do not match',
    ],
    ['is about another channel', { sub: OLD_BOT.channelId }, 'Invalid sub'],
    ['is meant for somebody else', { aud: 'https://api.line.me' }, 'Invalid aud'],
    ['asks for a life of no time', { token_exp: 0 }, 'Invalid token_exp'],
    ['asks for more than 30 days', { token_exp: 2_592_001 }, 'Invalid token_exp'],
    ['asks for a life in words', { token_exp: '60' }, 'Invalid token_exp'],
  ])('that %s is refused', async (_what, changes, error_description) => {
    expect(await issueV21(await assertion(changes))).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description },
    })
  })

  it('that is signed by another key, or is none, is refused', async () => {
    expect(await issueV21(await assertion({ key: otherKeys.privateKey }))).toMatchObject({
      status: 400,
      body: { error: 'invalid_client', error_description: 'Invalid signature' },
    })
    expect(await issueV21('abc')).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    expect(await issueV21('x'.repeat(9000))).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
  })

  it('whose key nobody registered is not found', async () => {
    const refusal = { status: 404, body: { message: 'Cannot find channel key that satisfies the conditions' } }
    expect(await issueV21(await assertion({ header: { kid: 'unknown' } }))).toMatchObject(refusal)
    await platform.control('DELETE', `/channels/${BOT.channelId}/assertion-keys/${kid}`)
    expect(await issueV21(await assertion())).toMatchObject(refusal)
  })

  it('is wanted in its form', async () => {
    const whole = {
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion(),
    }
    const refusal = { error: 'invalid_request', error_description: 'some parameters missed or invalid' }
    for (const name of Object.keys(whole)) {
      const { [name as keyof typeof whole]: _left, ...rest } = whole
      expect(await form('/oauth2/v2.1/token', rest)).toMatchObject({ status: 400, body: refusal })
    }
    expect(await platform.api('/oauth2/v2.1/tokens/kid')).toMatchObject({ status: 400, body: refusal })
    expect(await platform.api('/oauth2/v2.1/verify')).toMatchObject({ status: 400, body: refusal })
  })
})

describe('a stateless token', () => {
  const credentials = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }

  it('is issued by secret or by assertion, without number, for 15 minutes', async () => {
    provesEffect('POST /oauth2/v3/token', 'GET /v2/bot/info')
    const bySecret = await form('/oauth2/v3/token', credentials)
    expect(bySecret.body).toEqual({ token_type: 'Bearer', access_token: expect.stringMatching(/^ey/), expires_in: 900 })
    const { client_secret: _, client_id: __, ...grant } = credentials
    const byAssertion = await form('/oauth2/v3/token', {
      ...grant,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion({ token_exp: undefined }),
    })
    expect(await works(byAssertion.body.access_token)).toBe(true)
    for (let i = 0; i < 40; i++) await form('/oauth2/v3/token', credentials)
    expect(await works(bySecret.body.access_token)).toBe(true)
    platform.clock.advance(900_000)
    expect(await works(bySecret.body.access_token)).toBe(false)
  })

  it('is issued by the official SDK, and cannot be revoked', async () => {
    const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: platform.url })
    const issued = await client.issueStatelessChannelTokenByClientSecret(BOT.channelId, BOT.channelSecret)
    expect((await revoke(issued.access_token)).status).toBe(200)
    expect(await works(issued.access_token)).toBe(true)
    const again = await client.issueStatelessChannelTokenByJWTAssertion(await assertion())
    expect(await works(again.access_token)).toBe(true)
  })

  it.each([
    [{ ...credentials, client_secret: 'wrong' }, "Invalid 'client_credentials'."],
    [{ ...credentials, client_id: '9' }, "Invalid 'client_credentials'."],
    [{ ...credentials, grant_type: 'password' }, 'some parameters missed or invalid'],
    [{ grant_type: 'client_credentials' }, 'some parameters missed or invalid'],
    [{ grant_type: 'client_credentials', client_assertion_type: 'x' }, 'some parameters missed or invalid'],
  ])('is not issued for %o', async (fields, error_description) => {
    expect(await form('/oauth2/v3/token', fields)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description },
    })
  })
})

describe('a public key', () => {
  it('is registered for a channel, listed and removed', async () => {
    const path = `/channels/${BOT.channelId}/assertion-keys`
    expect(kid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    const listed = await platform.control<{ keys: { kid: string }[] }>('GET', path)
    expect(listed.body.keys.map((key) => key.kid)).toEqual([kid])
    expect((await platform.control('DELETE', `${path}/${kid}`)).status).toBe(200)
    expect((await platform.control('DELETE', `${path}/${kid}`)).status).toBe(404)
    expect((await register('9', {})).status).toBe(404)
    expect((await platform.control('GET', '/channels/9/assertion-keys')).status).toBe(404)
  })

  it.each<[string, object]>([
    ['has a kid', { kid: 'mine' }],
    ['is private', { d: 'abc' }],
    ['is not RSA', { kty: 'EC' }],
    ['is for another algorithm', { alg: 'RS512' }],
    ['is for encryption', { use: 'enc' }],
    ['names both use and key_ops', { key_ops: ['verify'] }],
    ['is too short', { n: 'AQAB' }],
    ['has no exponent', { e: '' }],
  ])('that %s is refused', async (_what, changes) => {
    const refused = await register(BOT.channelId, { ...(await publicJwk(keys)), ...changes })
    expect(refused.status).toBe(400)
    expect(refused.body.message).toMatch(/^The body must be /)
  })

  it('may say key_ops instead of use', async () => {
    const { use: _, ...key } = await publicJwk(keys)
    expect((await register(BOT.channelId, { ...key, key_ops: ['verify'] })).status).toBe(200)
  })
})
