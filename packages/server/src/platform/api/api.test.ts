// What LINE's API answers when something is wrong, and how the two profiles differ.
import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifies } from '../../../../../tests/testkit/verifies.ts'
import {
  BOT,
  BROWN,
  CONY,
  OLD_BOT,
  startTestPlatform,
  type TestPlatform,
  testSeed,
} from '../testing/start-test-platform.ts'

let platform: TestPlatform
const PUSH = '/v2/bot/message/push'
const text = (content: string) => ({ type: 'text', text: content })
const old = { authorization: `Bearer ${OLD_BOT.token}` }

beforeAll(async () => {
  platform = await startTestPlatform()
})
afterAll(() => platform.close())

describe('authentication', () => {
  const REQUIRED = "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"

  it.each([{}, { authorization: '' }, { authorization: 'Bearer ' }, { authorization: 'Basic abc' }])(
    'wants a bearer token: %o',
    async (headers) => {
      expect(await platform.api('/v2/bot/info', { headers })).toMatchObject({
        status: 401,
        body: { message: REQUIRED },
      })
    },
  )

  it('refuses an unknown token', async () => {
    verifies('line.common.status-401', 'line.overview.auth-token')
    const answer = await platform.api('/v2/bot/info', { headers: { authorization: 'Bearer wrong' } })
    expect(answer.status).toBe(401)
    expect(answer.body.message).toBe(
      'Authentication failed. Confirm that the access token in the authorization header is valid.',
    )
  })

  it('uses the wording of 2017 where every channel is of 2017', async () => {
    verifies('line.common.message-authentication')
    const seed = testSeed()
    const only2017 = { ...seed, channels: seed.channels.slice(1), friendships: [] }
    const oldPlatform = await startTestPlatform({ seed: only2017 })
    const answer = await oldPlatform.api('/v2/bot/info', { headers: { authorization: 'Bearer wrong' } })
    expect(answer.body.message).toBe(
      'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
    )
    await oldPlatform.close()
  })

  it('comes before everything else', async () => {
    verifies('line.push.header-authorization')
    const answer = await platform.post(PUSH, 'no json', { authorization: 'Bearer wrong', 'content-type': 'text/plain' })
    expect(answer.status).toBe(401)
  })
})

describe('every answer', () => {
  it("carries LINE's headers and a request id of its own", async () => {
    verifies('line.common.request-id')
    const first = await platform.post(PUSH, { to: BROWN, messages: [text('1')] })
    const second = await platform.post(PUSH, { to: BROWN, messages: [] })
    const ids = [first, second].map(({ headers }) => headers.get('x-line-request-id'))
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(ids[1]).not.toBe(ids[0])
    expect(Object.fromEntries(first.headers)).toMatchObject({
      server: 'legy',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-xss-protection': '1; mode=block',
      'x-frame-options': 'DENY',
      'cache-control': 'max-age=0, no-cache, no-store',
      pragma: 'no-cache',
      expires: expect.stringMatching(/GMT$/),
    })
  })
})

describe('a bad request', () => {
  it('names line and column of bad JSON', async () => {
    verifies('line.common.message-not-json', 'line.common.status-400')
    expect(await platform.post(PUSH, '{\n  "to": ,\n}')).toMatchObject({
      status: 400,
      body: { message: 'The request body could not be parsed as JSON (line: 2, column: 9)' },
    })
  })

  it('lists every error with its property', async () => {
    verifies('line.common.message-body-errors', 'line.common.error-details', 'line.common.error-message')
    const answer = await platform.post(PUSH, { to: BROWN, messages: [text(''), { type: 'nonsense' }] })
    expect(answer).toMatchObject({
      status: 400,
      body: {
        message: 'The request body has 2 error(s)',
        details: [
          { message: 'May not be empty', property: 'messages[0].text' },
          {
            message: expect.stringMatching(/^Must be one of the following values: \[text, /),
            property: 'messages[1].type',
          },
        ],
      },
    })
  })

  it('is refused for its content type', async () => {
    verifies('line.common.message-content-type', 'line.push.header-content-type')
    expect(await platform.post(PUSH, '{}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      body: { message: 'The content type, text/plain, is not supported' },
    })
  })

  it('may be 2 MB long and no longer', async () => {
    const big = JSON.stringify({ to: BROWN, messages: [text('x')], padding: 'x'.repeat(2 * 1024 * 1024 - 200) })
    expect((await platform.post(PUSH, big)).status).toBe(200)
    expect((await platform.post(PUSH, `${big}${' '.repeat(200)}`)).status).toBe(413)
  })

  it('is answered in words where the operation is not emulated', async () => {
    for (const [method, path] of [
      ['GET', '/v2/bot/insight/followers'],
      ['DELETE', PUSH],
      ['POST', '/v2/bot/richmenu'],
    ] as const) {
      const answer = await platform.api(path, { method, ...(method === 'POST' && { body: 'not { json' }) })
      expect(answer).toMatchObject({
        status: 404,
        body: { message: expect.stringContaining(`Not found: Hatoba does not emulate ${method} ${path}`) },
      })
      expect(answer.headers.get('x-line-request-id')).not.toBeNull()
    }
  })

  it('is answered by 400 where its path cannot be read', async () => {
    expect(await platform.api('/v2/bot/profile/%zz')).toMatchObject({ status: 400, body: { message: 'Bad Request' } })
  })

  it('finds no content where there is none', async () => {
    const headers = { authorization: `Bearer ${BOT.token}` }
    const answer = await platform.api('/v2/bot/message/123/content', { headers })
    expect(answer).toMatchObject({ status: 404, body: { message: 'not found' } })
  })
})

describe('a retry key', () => {
  const key = (n: number) => ({ 'x-line-retry-key': `123e4567-e89b-42d3-a456-${String(n).padStart(12, '0')}` })
  const push = (content: string, headers: Record<string, string>) =>
    platform.post(PUSH, { to: CONY, messages: [text(content)] }, headers)

  it('lets an accepted push be repeated without being done twice, for 24 hours', async () => {
    const first = await push('once', key(1))
    const again = await push('once', key(1))
    expect(again.status).toBe(409)
    expect(again.body).toEqual({ message: 'The retry key is already accepted', sentMessages: first.body.sentMessages })
    expect(again.headers.get('x-line-accepted-request-id')).toBe(first.headers.get('x-line-request-id'))
    expect(await platform.chat(CONY)).toHaveLength(1)
    platform.clock.advance(24 * 3_600_000)
    expect((await push('once', key(1))).status).toBe(200)
  })

  it('is not used up by a request that was refused', async () => {
    expect((await push('', key(2))).status).toBe(400)
    expect((await push('now', key(2))).status).toBe(200)
  })

  it('repeats no messages for a broadcast', async () => {
    const broadcast = () => platform.post('/v2/bot/message/broadcast', { messages: [text('all')] }, key(3))
    expect((await broadcast()).status).toBe(200)
    expect(await broadcast()).toMatchObject({ status: 409, body: { message: 'The retry key is already accepted' } })
    expect((await broadcast()).body).not.toHaveProperty('sentMessages')
  })

  it('belongs to its channel', async () => {
    expect((await push('mine', key(4))).status).toBe(200)
    expect((await push('theirs', { ...key(4), ...old })).status).toBe(200)
  })

  it('must be a UUID, and is taken by sends alone', async () => {
    expect((await push('x', { 'x-line-retry-key': 'abc' })).status).toBe(400)
    const credentials = { client_id: BOT.channelId, client_secret: BOT.channelSecret }
    const issue = { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', ...credentials }) }
    expect(await platform.api('/v2/oauth/accessToken', { ...issue, headers: key(9) })).toMatchObject({
      status: 400,
      body: { message: 'X-Line-Retry-Key is not supported for this API' },
    })
    const headers = { authorization: `Bearer ${BOT.token}`, ...key(5) }
    expect((await platform.api('/v2/bot/info', { headers })).status).toBe(400)
  })
})

describe('the 2017 profile', () => {
  it('answers sends with an empty object', async () => {
    verifies('line.push.response', 'line.common.status-200')
    const answer = await platform.post(PUSH, { to: BROWN, messages: [text('2017')] }, old)
    expect(answer).toMatchObject({ status: 200, body: {} })
    expect(answer.body).not.toHaveProperty('sentMessages')
    expect(answer.headers.get('content-type')).toBe('application/json;charset=UTF-8')
  })

  it('has its own limits', async () => {
    verifies('line.message.text-max-2000')
    const long = text('x'.repeat(2001))
    expect((await platform.post(PUSH, { to: BROWN, messages: [long] }, old)).status).toBe(400)
    expect((await platform.post(PUSH, { to: BROWN, messages: [long] })).status).toBe(200)
  })

  it('gives a profile of four fields', async () => {
    verifies('line.profile.response')
    const answer = await platform.api(`/v2/bot/profile/${BROWN}`, { headers: old })
    expect(answer.body).toEqual({ userId: BROWN, displayName: 'Brown', statusMessage: 'Hello' })
  })
})

describe('channel access tokens', () => {
  type TokenAnswer = { access_token: string; expires_in: number; error?: string; error_description?: string }
  const credentials = { grant_type: 'client_credentials', client_id: BOT.channelId, client_secret: BOT.channelSecret }
  const form = (path: string, fields: Record<string, string>) =>
    platform.api<TokenAnswer>(`/v2/oauth/${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  const works = async (token: string) =>
    (await platform.api('/v2/bot/info', { headers: { authorization: `Bearer ${token}` } })).status === 200

  it('are issued for 30 days, verified and revoked', async () => {
    verifies(
      'line.token.issue.operation',
      'line.token.issue.header-content-type',
      'line.token.issue.grant-type',
      'line.token.issue.client-id',
      'line.token.issue.client-secret',
      'line.token.issue.response',
      'line.token.issue.token-type',
      'line.token.issue.access-token',
      'line.token.issue.expires-in',
      'line.token.revoke.operation',
      'line.token.revoke.header-content-type',
      'line.token.revoke.access-token',
      'line.token.revoke.response',
    )
    const { body: issued } = await form('accessToken', credentials)
    expect(issued).toEqual({ access_token: expect.any(String), expires_in: 2_592_000, token_type: 'Bearer' })
    expect(await works(issued.access_token)).toBe(true)
    platform.clock.advance(1000)
    expect((await form('verify', { access_token: issued.access_token })).body).toEqual({
      client_id: BOT.channelId,
      expires_in: 2_591_999,
      scope: 'P CM',
    })
    const revoked = await fetch(`${platform.url}/v2/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ access_token: issued.access_token }),
    })
    expect([revoked.status, await revoked.text()]).toEqual([200, ''])
    expect(await works(issued.access_token)).toBe(false)
    expect(await form('verify', { access_token: issued.access_token })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'access_token invalid' },
    })
    expect((await form('revoke', { access_token: issued.access_token })).status).toBe(200)
  })

  it('expire on the clock', async () => {
    const { body } = await form('accessToken', credentials)
    platform.clock.advance(2_592_000_000)
    expect(await works(body.access_token)).toBe(false)
    expect(await works(BOT.token)).toBe(true)
  })

  it('are 30 at most: the 31st ends the oldest', async () => {
    verifies('line.token.issue.max-30')
    const tokens: string[] = []
    for (let i = 0; i < 31; i++) tokens.push((await form('accessToken', credentials)).body.access_token)
    expect(await works(tokens[0] ?? '')).toBe(false)
    expect(await works(tokens[1] ?? '')).toBe(true)
    expect(await works(tokens[30] ?? '')).toBe(true)
  })

  it.each([
    [{}, 'invalid_request', 'some parameters missed or invalid'],
    [{ ...credentials, grant_type: 'password' }, 'invalid_request', 'some parameters missed or invalid'],
    [{ ...credentials, client_id: '9' }, 'invalid_client', 'invalid client_id'],
    [{ ...credentials, client_secret: 'wrong' }, 'invalid_client', 'invalid client_secret'],
  ])('are not issued for %o', async (fields, error, error_description) => {
    verifies('line.token.issue.error', 'line.token.issue.error-description')
    const answer = await form('accessToken', fields)
    expect(answer).toMatchObject({ status: 400, body: { error, error_description } })
  })
})

describe('a path of LINE that is none of ours', () => {
  it.each(['/v1/events', '/v2', '/v2/', '/oauth2', '/bot'])('is refused in so many words: %s', async (path) => {
    const answer = await platform.api(path)
    expect(answer).toMatchObject({ status: 404, body: { message: `Not found: Hatoba does not emulate GET ${path}` } })
    expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('a method that LINE does not know', () => {
  it.each(['QUERY', 'TRACE', 'PURGE', 'PROPFIND', 'M-SEARCH'])(
    'is refused as %s, and is no failure of the platform',
    async (method) => {
      const { port } = new URL(platform.url)
      const asked = request({ port, host: '127.0.0.1', path: '/v2/bot/info', method }).end()
      const [answer] = await once(asked, 'response')
      answer.resume()
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
      expect(answer.headers['x-line-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )
})
