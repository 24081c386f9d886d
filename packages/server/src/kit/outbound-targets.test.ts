// What an outgoing request can reach, with the tests' own name server and a dialler that only writes down where it
// would have gone.
import type { LookupAddress, LookupOptions } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOutbound, type Outbound, OutboundError, type OutboundSettings } from './outbound.ts'
import { FORBIDDEN_TARGETS, PUBLIC_TARGETS, REBINDING_HOSTS, zone } from './outbound-targets.test-data.ts'

let outbound: Outbound
let dialled: string[]
let lookUps: Map<string, number>

/** Answers from the zone, aliases followed, each look-up of a name with its next entry. */
function answer(name: string, depth = 0): LookupAddress[] {
  const entries = zone[name]
  if (entries === undefined || depth > 8) return []
  const round = lookUps.get(name) ?? 0
  lookUps.set(name, round + 1)
  const entry = entries[Math.min(round, entries.length - 1)] ?? []
  if (typeof entry === 'string') return answer(entry, depth + 1)
  return entry.map((address) => ({ address, family: isIP(address) }))
}

const resolve = (
  name: string,
  _options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => {
  const found = answer(name)
  if (found.length > 0 || name === 'nothing.example') return done(null, found)
  done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), [])
}

const buildDialler: OutboundSettings['buildDialler'] = (options) => (target, done) => {
  const refused = (): void => done(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), null)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) {
    dialled.push(host)
    return refused()
  }
  const { lookup } = options as { lookup: LookupFunction } // what every dialler here is built with
  lookup(host, { all: true }, (error, found) => {
    if (error) return done(error, null)
    dialled.push(...[found].flat().map((entry) => (typeof entry === 'string' ? entry : entry.address)))
    refused()
  })
}

beforeEach(() => {
  dialled = []
  lookUps = new Map()
  outbound = createOutbound({ resolve: resolve as NonNullable<OutboundSettings['resolve']>, buildDialler }) // called in this form alone
})
afterEach(() => outbound.close())

const callback = (url: string) =>
  outbound.request({ url, method: 'POST', body: '{}', timeoutMs: 2000, reach: 'public', keepBodyBytes: 0 })

const media = (url: string) =>
  outbound.download({
    url,
    answerTimeoutMs: 2000,
    idleTimeoutMs: 2000,
    timeoutMs: 2000,
    reach: 'public',
    mostBytes: 1000,
  })

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const result = await attempt.catch((error: unknown) => error)
  expect(result).toBeInstanceOf(OutboundError)
  return (result as OutboundError).code // checked on the line above
}

describe.each([
  ['a callback', callback],
  ['a media URL', media],
])('%s', (_name, call) => {
  it('dials none of 300 forbidden targets', async () => {
    expect(new Set(FORBIDDEN_TARGETS).size).toBeGreaterThanOrEqual(300)
    const codes = new Map<string, string>()
    for (const url of FORBIDDEN_TARGETS) codes.set(url, await codeOf(call(url)))
    expect(dialled).toEqual([])
    const loose = [...codes].filter(([, code]) => code !== 'address_denied' && code !== 'bad_url')
    // Names that are no names at all, such as aliases in a circle, are not found.
    expect(loose.filter(([, code]) => code !== 'unreachable')).toEqual([])
    expect(loose.length).toBeLessThanOrEqual(6)
  })

  it('dials each public target', async () => {
    expect(new Set(PUBLIC_TARGETS).size).toBeGreaterThanOrEqual(30)
    for (const url of PUBLIC_TARGETS) {
      dialled = []
      expect([url, await codeOf(call(url))]).toEqual([url, 'unreachable'])
      expect(dialled.length, url).toBeGreaterThan(0)
    }
  })

  it.each(REBINDING_HOSTS)('is checked at each look-up: %s', async (host) => {
    expect(await codeOf(call(`https://${host}/`))).toBe('unreachable')
    const first = [...dialled]
    for (let again = 0; again < 3; again++) expect(await codeOf(call(`https://${host}/`))).toBe('address_denied')
    expect(dialled).toEqual(first)
  })
})

it('reaches this machine, and nothing else inside, where loopback is allowed', async () => {
  const loopback = (url: string) => outbound.request({ url, timeoutMs: 2000, reach: 'loopback' })
  for (const url of ['http://127.0.0.1/', 'http://[::1]/', 'http://localhost/', 'http://2130706433/'])
    expect([url, await codeOf(loopback(url))]).toEqual([url, 'unreachable'])
  const before = dialled.length
  const others = FORBIDDEN_TARGETS.filter((url) => /10\.0\.0\.1|169\.254|192\.168|fd00|fe80|ff02/.test(url))
  expect(others.length).toBeGreaterThan(30)
  for (const url of others)
    if (!/127\.0\.0\.1/.test(url))
      expect([url, await codeOf(loopback(url))]).toEqual([url, expect.stringMatching(/^(address_denied|bad_url)$/)])
  expect(dialled).toHaveLength(before)
})
