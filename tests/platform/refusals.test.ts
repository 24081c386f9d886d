// Everything that the platform refuses, over HTTP: the table of its routes and the cases of LINE's message objects.
// Each request leaves the state as it was, and together they leave no row of the limits, no message of the catalogue
// and no required field out.
import { LIMITS } from '@hatoba/line/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEGATIVE_CASES, POSITIVE_CASES } from '../../packages/line/src/wire/test-data/cases.ts'
import { OPERATIONS as ALL_OPERATIONS, SOCIAL_OPERATIONS } from '../../packages/server/src/platform/api/operations.ts'
import { verifies } from '../testkit/verifies.ts'
import { BOT, type JsonObject, OLD_BOT, type ProofWorld, startProofWorld } from './proof-world.ts'
import { CATALOGUE, TOKEN_ERRORS } from './refusals/catalogue.ts'
import { type Facts, gatherFacts } from './refusals/facts.ts'
import { type ApiRequest, changed, type Refusal, type WrongCase } from './refusals/route.ts'
import { ROUTES } from './refusals/routes.ts'

/** The Messaging API; what LINE Login refuses is tested with it. */
const OPERATIONS = ALL_OPERATIONS.filter((operation) => !SOCIAL_OPERATIONS.includes(operation))

const BOTS = { '2017': OLD_BOT, current: BOT }
type Profile = keyof typeof BOTS

/** What all tests of this file together have met. */
const met = { answers: [] as Refusal[], limits: new Set<string>() }

const operationOf = (name: string) => {
  const operation = OPERATIONS.find((entry) => entry.name === name)
  if (operation === undefined) throw new Error(`no operation is named ${name}`)
  return operation
}

function fetchInit(name: string, request: ApiRequest, token: string): [path: string, init: RequestInit] {
  const { path, query = {}, json, form, rawBody } = request
  const { method, auth, body: kind } = operationOf(name)
  const headers: Record<string, string> = { ...(auth === 'channel' && { authorization: `Bearer ${token}` }) }
  const body = rawBody ?? (json && JSON.stringify(json)) ?? (form && new URLSearchParams(form).toString())
  if (kind !== 'none')
    headers['content-type'] = kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  Object.assign(headers, request.headers)
  const search = new URLSearchParams(query).toString()
  const init = { method, headers, ...(body !== undefined && method !== 'GET' && { body }) }
  return [search === '' ? path : `${path}?${search}`, init]
}

function wrongCases(name: string, profile: Profile): WrongCase[] {
  const route = ROUTES[name]
  if (route === undefined) return []
  const { required, enums = {}, others = [] } = route
  const { auth, body, path } = operationOf(name)
  const broken = 'The request body could not be parsed as JSON (line: 1, column: 2)'
  const invalidToken = 'Authentication failed. Confirm that the access token in the authorization header is valid.'
  const needed = "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"
  const refusal = (status: number, message: string): Refusal => ({ status, body: { message } })
  const withHeader = (header: string, value: string) => (request: ApiRequest) => ({
    ...request,
    headers: { ...request.headers, [header]: value },
  })
  const cases: WrongCase[] = []
  for (const [field, answer] of Object.entries(required))
    cases.push({ title: `without ${field}`, change: (request) => changed(request, field, undefined), answer })
  for (const [field, { value, answer }] of Object.entries(enums))
    cases.push({ title: `with another ${field}`, change: (request) => changed(request, field, value), answer })
  if (auth === 'channel') {
    cases.push({ title: 'without a token', change: withHeader('authorization', ''), answer: refusal(401, needed) })
    const unknown = withHeader('authorization', 'Bearer nobody')
    cases.push({ title: 'with an unknown token', change: unknown, answer: refusal(401, invalidToken) })
  }
  if (body !== 'none') {
    const text = 'The content type, text/plain, is not supported'
    cases.push({
      title: 'as plain text',
      change: withHeader('content-type', 'text/plain'),
      answer: refusal(profile === '2017' && auth !== 'none' ? 400 : 415, text),
    })
  }
  if (body === 'json')
    cases.push({
      title: 'as broken JSON',
      change: (request) => ({ ...request, rawBody: '{x' }),
      answer: refusal(400, broken),
    })
  if (path.startsWith('/v2/bot/message/push')) {
    const tooLarge = JSON.stringify({ to: 'x'.repeat(2 * 1024 * 1024) })
    const answer = refusal(413, 'The request body is too large')
    cases.push({ title: 'as more than 2 MB', change: (request) => ({ ...request, rawBody: tooLarge }), answer })
  }
  return [...cases, ...others].filter((one) => one.profile === undefined || one.profile === profile)
}

describe.each(['2017', 'current'] as const)('in the profile of %s', (profile) => {
  const bot = BOTS[profile]
  let world: ProofWorld
  let facts: Facts
  beforeAll(async () => {
    world = await startProofWorld(bot)
    facts = await gatherFacts(world, bot)
  })
  afterAll(() => world.close())

  const stateHash = async () => (await world.act<{ hash: string }>('GET', '/state/hash')).hash

  async function expectRefusal(path: string, init: RequestInit, answer: Refusal): Promise<void> {
    const before = await stateHash()
    const { status, body } = await world.platform.api<JsonObject>(path, init)
    met.answers.push({ status, body })
    expect({ status, body }).toMatchObject(answer)
    if (answer.status !== 409) expect(body).toEqual(answer.body)
    expect(await stateHash()).toBe(before)
  }

  describe.each(Object.keys(ROUTES))('%s', (name) => {
    it.each(wrongCases(name, profile))('refuses a request $title', async ({ change, answer, prepare, tidy }) => {
      verifies('line.common.status-400', 'line.common.status-401', 'line.common.status-403', 'line.common.status-429')
      verifies('line.common.error-message', 'line.common.message-content-type', 'line.common.message-not-json')
      const good = ROUTES[name]?.good(facts) ?? { path: '' }
      await prepare?.(world, facts, good)
      await world.platform.settle()
      await expectRefusal(...fetchInit(name, change(good, facts), bot.token), answer)
      await tidy?.(world, facts)
    })
  })

  it('names what is wrong with three headers in place of a token', async () => {
    verifies('line.common.message-authentication')
    const headers = {
      'x-line-channelid': bot.channelId,
      'x-line-channelsecret': 'x',
      'x-line-trusted-user-with-acl': 'y',
    }
    const message = 'Authentication failed due to the following reason: invalid X-Line-ChannelSecret'
    await expectRefusal('/v2/bot/info', { headers }, { status: 401, body: { message } })
  })

  it('says so where something is not emulated', async () => {
    const message = 'Not found: Hatoba does not emulate GET /v2/bot/nothing'
    await expectRefusal('/v2/bot/nothing', {}, { status: 404, body: { message } })
  })

  it("refuses every case of LINE's message objects in the same words as the check itself", {
    timeout: 180_000,
  }, async () => {
    verifies('line.common.error-details', 'line.common.message-body-errors', 'line.common.message-invalid-property')
    const settings = `/channels/${bot.channelId}`
    await world.act('PATCH', settings, { allowLoopbackHttp: false })
    let before = await stateHash()
    for (const { title, operation, body, contentType, status, error, overLimit, ...one } of NEGATIVE_CASES) {
      const path = pathOf(operation)
      if (one.profile !== profile || path === undefined) continue
      const headers = { authorization: `Bearer ${bot.token}`, 'content-type': contentType }
      const answer = await world.platform.api<JsonObject>(path, { method: 'POST', headers, body })
      expect({ title, status: answer.status, body: answer.body }).toEqual({ title, status, body: error })
      met.answers.push({ status, body: answer.body })
      if (overLimit !== undefined) met.limits.add(overLimit)
      const after = await stateHash()
      expect({ title, hash: after }).toEqual({ title, hash: before })
      before = after
    }
    await world.act('PATCH', settings, { allowLoopbackHttp: true })
  })

  it("takes every case of LINE's message objects that is just within the limits", { timeout: 60_000 }, async () => {
    for (const { title, operation, body, ...one } of POSITIVE_CASES) {
      // Whom they are sent to is no person here: the check's own endpoint says what it thinks of the messages.
      if (one.profile !== profile || operation === 'narrowcast') continue
      const { messages, to } = JSON.parse(body)
      const kind = to === undefined || typeof to !== 'string' || to.startsWith('U') ? 'push' : 'reply'
      const path = `/v2/bot/message/validate/${kind}`
      const headers = { authorization: `Bearer ${bot.token}` }
      const { status, body: answer } = await world.platform.post(path, { messages }, headers)
      expect({ title, status, answer }).toEqual({ title, status: 200, answer: {} })
    }
  })

  it.each(Object.entries(ROUTES))(
    '%s takes the request that all of its refusals are made from',
    async (name, route) => {
      if (route.goodOnlyIn !== undefined && route.goodOnlyIn !== profile) return
      const [path, init] = fetchInit(name, route.good(facts), bot.token)
      const answer = await fetch(`${world.platform.url}${path}`, init)
      expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([route.goodStatus ?? 200, ''])
    },
  )
})

function pathOf(operation: string): string | undefined {
  if (operation === 'narrowcast') return undefined // not emulated; its messages have an endpoint that checks them
  return `/v2/bot/message/${operation === 'validate' ? 'validate/push' : operation}`
}

describe('together they meet', () => {
  it('every operation', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(OPERATIONS.map(({ name }) => name).sort())
  })

  it('a refusal for everything that an operation needs', () => {
    // The test of a webhook takes an empty body: it needs nothing.
    const bare = OPERATIONS.filter(({ name, body, path }) => {
      const { required = {}, others = [] } = ROUTES[name] ?? {}
      if (body !== 'none' && name !== 'testWebhookEndpoint' && Object.keys(required).length === 0) return true
      return path.includes(':') && others.length === 0
    })
    expect(bare.map(({ name }) => name)).toEqual([])
  })

  it('every message of the catalogue, and no other', () => {
    const fits = ({ status, body }: Refusal) =>
      CATALOGUE.filter((entry) => entry.status === status && entry.message.test(String(body.message)))
    const unmet = CATALOGUE.filter((entry) => !met.answers.some((answer) => fits(answer).includes(entry)))
    expect(unmet).toEqual([])
    const outside = met.answers.filter((answer) => answer.body.error === undefined && fits(answer).length === 0)
    expect(outside).toEqual([])
  })

  it('every error of the token endpoints, and no other', () => {
    const texts = met.answers
      .map(({ body }) => body)
      .filter(({ error }) => error !== undefined)
      .map(({ error, error_description: words }) => (words === undefined ? String(error) : `${error}: ${words}`))
    expect([...new Set(texts)].sort()).toEqual([...TOKEN_ERRORS].sort())
  })

  it('every row of the limits', () => {
    const rows = LIMITS.map(({ name }) => name)
    expect(rows.filter((name) => !met.limits.has(name))).toEqual([])
  })
})
