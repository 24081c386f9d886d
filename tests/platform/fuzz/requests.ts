// Requests to fuzz with: taken from what the platform accepts and from all cases of message objects, then spoiled in
// body, headers, path and query. Which request comes is told by the seed and its number alone.
import { NEGATIVE_CASES, POSITIVE_CASES } from '../../../packages/line/src/wire/test-data/cases.ts'
import { OPERATIONS } from '../../../packages/server/src/platform/api/operations.ts'
import { BROWN, CONY, GROUP, type Json, ROOM } from '../proof-world.ts'
import type { Facts } from '../refusals/facts.ts'
import { ROUTES } from '../refusals/routes.ts'
import { badText, badValue, garbled, spoiled } from './bad-values.ts'
import { type Random, seededRandom } from './random.ts'

export interface FuzzRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array
}

const FORM = 'application/x-www-form-urlencoded'
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=shift_jis',
  FORM,
  'text/plain',
  'a/b',
  ';',
] as const
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'] as const
const CASES = [...NEGATIVE_CASES, ...POSITIVE_CASES].filter(({ body }) => body.length < 20_000)

/** Acts of the control API, with bodies that they take. Long polls and streams are left out: they wait. */
const ACTS: readonly { method: string; path: string; body?: Json }[] = [
  { method: 'POST', path: `/users/${BROWN}/chats/{bot}/messages`, body: { type: 'text', text: 'hi' } },
  {
    method: 'POST',
    path: `/users/${CONY}/chats/${GROUP}/messages`,
    body: { type: 'sticker', packageId: '1', stickerId: '1' },
  },
  { method: 'POST', path: `/users/${BROWN}/friends/{bot}`, body: { action: 'block' } },
  { method: 'POST', path: `/users/${BROWN}/friends/{bot}`, body: { action: 'unblock' } },
  { method: 'POST', path: `/users/${BROWN}/beacons/{bot}`, body: { type: 'enter', hwid: 'd41d8cd98f' } },
  { method: 'POST', path: `/users/${BROWN}/groups`, body: { kind: 'room', members: [CONY] } },
  { method: 'POST', path: `/users/${CONY}/chats/${ROOM}/invite`, body: { botUserId: '{bot}' } },
  { method: 'PATCH', path: `/users/${CONY}`, body: { displayName: 'Cony', consent: true, language: 'en' } },
  { method: 'POST', path: '/users', body: { providerId: 'p1', displayName: 'New' } },
  { method: 'POST', path: '/channels', body: { providerId: 'p1', displayName: 'New', kind: 'messaging' } },
  { method: 'PATCH', path: '/channels/{channel}', body: { displayName: 'Bot', greeting: 'hi', autoResponse: null } },
  {
    method: 'POST',
    path: '/channels/{channel}/events',
    body: { type: 'accountLink', userId: BROWN, result: 'ok', nonce: 'n' },
  },
  { method: 'GET', path: '/state' },
  { method: 'GET', path: '/state/hash' },
  { method: 'GET', path: `/users/${BROWN}/chats` },
  { method: 'GET', path: `/users/${BROWN}/chats/{bot}/messages?limit=50` },
  { method: 'GET', path: '/timeline?after=1&limit=10' },
]

/** @param number which request of the seed */
export function fuzzRequest(seed: number, number: number, facts: Facts): FuzzRequest {
  const random = seededRandom(seed * 1_000_003 + number)
  const kind = random.below(10)
  const request = kind < 5 ? ofRoute(random, facts) : kind < 8 ? ofCase(random, facts) : ofAct(random, facts)
  return spoilEnvelope(request, random)
}

function ofRoute(random: Random, facts: Facts): FuzzRequest {
  const [name, route] = random.pick(Object.entries(ROUTES))
  const { path, query, headers = {}, json, form } = route.good(facts)
  const operation = OPERATIONS.find((entry) => entry.name === name)
  const search = new URLSearchParams(query)
  if (random.chance(30)) search.set(badText(random).slice(0, 50), badText(random).slice(0, 500))
  const body = json !== undefined ? bodyOf(json, random) : formOf(form, random)
  return {
    method: operation?.method ?? 'GET',
    path: search.size === 0 ? path : `${path}?${search}`,
    headers: {
      authorization: `Bearer ${facts.bot.token}`,
      'content-type': form === undefined ? 'application/json' : FORM,
      ...headers,
    },
    ...(body !== undefined && { body }),
  }
}

function ofCase(random: Random, facts: Facts): FuzzRequest {
  const { operation, body } = random.pick(CASES)
  const text = body.replaceAll(/U(?:0123456789abcdef){2}/g, BROWN).replaceAll(/C(?:0123456789abcdef){2}/g, GROUP)
  const path = operation === 'narrowcast' || operation === 'validate' ? 'validate/narrowcast' : operation
  return {
    method: 'POST',
    path: `/v2/bot/message/${path}`,
    headers: { authorization: `Bearer ${facts.bot.token}`, 'content-type': 'application/json' },
    body: respoiled(text, random),
  }
}

function ofAct(random: Random, { bot }: Facts): FuzzRequest {
  const { method, path, body } = random.pick(ACTS)
  const filled = path.replace('{bot}', bot.botUserId).replace('{channel}', bot.channelId)
  const value = body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace('{bot}', bot.botUserId))
  return {
    method,
    path: `/_hatoba${filled}`,
    headers: value === undefined ? {} : { 'content-type': 'application/json' },
    ...(value !== undefined && { body: bodyOf(value, random) }),
  }
}

function bodyOf(value: Json, random: Random): string | Uint8Array {
  return respoiled(JSON.stringify(value), random)
}

function respoiled(text: string, random: Random): string | Uint8Array {
  switch (random.below(8)) {
    case 0:
      return text
    case 1:
      return garbled(text, random)
    case 2:
      return Uint8Array.from({ length: random.below(300) }, () => random.below(256))
    case 3:
      return JSON.stringify(badValue(random))
    default: {
      let value = parsed(text)
      for (let times = 1 + random.below(3); times > 0; times--) value = spoiled(value, random)
      return JSON.stringify(value)
    }
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function formOf(form: Record<string, string> | undefined, random: Random): string | undefined {
  if (form === undefined) return undefined
  const fields = new URLSearchParams(form)
  const name = random.pick(Object.keys(form))
  if (random.chance(30)) fields.delete(name)
  else if (random.chance(50)) fields.set(name, badText(random))
  return random.chance(20) ? garbled(fields.toString(), random) : fields.toString()
}

function spoilEnvelope(request: FuzzRequest, random: Random): FuzzRequest {
  const headers = { ...request.headers }
  let { method, path } = request
  if (random.chance(5)) headers['content-type'] = random.pick(CONTENT_TYPES)
  if (random.chance(5)) headers.authorization = headerText(random)
  if (random.chance(5)) headers['x-line-retry-key'] = headerText(random)
  if (random.chance(3)) headers['x-line-channelid'] = headerText(random)
  if (random.chance(3)) headers['x-line-delivery-tag'] = headerText(random)
  if (random.chance(5)) method = random.pick(METHODS)
  if (random.chance(10)) {
    const steps = path.split('/')
    steps[1 + random.below(steps.length - 1)] = encodeURIComponent(badText(random).toWellFormed()).slice(0, 600)
    path = steps.join('/')
  }
  if (random.chance(2)) path = `${path.slice(0, 20)}${random.pick(['%', '%zz', '//', '/..', '?', '?&=&='])}`
  // Long polls and streams would hold the run up.
  if (/\/(wait|stream)(\?|$)/.test(path)) path = '/livez'
  const { body } = request
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD'
  return { method, path, headers, ...(hasBody && { body }) }
}

/** What a header can carry. */
function headerText(random: Random): string {
  return badText(random)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .trim()
}
