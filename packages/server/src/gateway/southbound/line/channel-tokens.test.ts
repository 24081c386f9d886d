import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../../../../../../tests/testkit/http-receiver.ts'
import { AdjustableClock } from '../../../kit/clock.ts'
import { createOutbound, type Outbound } from '../../../kit/outbound.ts'
import { type ChannelCredentials, type ChannelTokens, channelTokens } from './channel-tokens.ts'

let line: HttpReceiver
let outbound: Outbound
let clock: AdjustableClock
let tokens: ChannelTokens
let answer: { status: number; body: string } | undefined
let credentials: ChannelCredentials

beforeEach(async () => {
  answer = undefined
  line = await startReceiver(
    () => answer ?? { status: 200, body: `{"access_token":"t${line.received.length}","expires_in":900}` },
  )
  outbound = createOutbound()
  clock = new AdjustableClock(Date.now())
  tokens = channelTokens(outbound, clock)
  credentials = { channelId: '1', channelSecret: 's', apiUrl: line.url, reach: 'loopback' }
})
afterEach(async () => {
  await outbound.close()
  await line.close()
})

const issued = (channelAccessToken: string) => ({ kind: 'issued', channelAccessToken })

it('asks once for many that need a token at the same time, and keeps it', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => tokens.get(credentials)))
  expect(new Set(all.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(issued('t1'))]))
  expect(await tokens.get(credentials)).toEqual(issued('t1'))
  expect(line.received).toHaveLength(1)
})

it('renews a token before it expires, once it was refused, and for another secret', async () => {
  expect(await tokens.get(credentials)).toEqual(issued('t1'))
  clock.advance(779_000)
  expect(await tokens.get(credentials)).toEqual(issued('t1'))
  clock.advance(2000)
  expect(await tokens.get(credentials)).toEqual(issued('t2'))
  tokens.forget(credentials)
  expect(await tokens.get(credentials)).toEqual(issued('t3'))
  expect(await tokens.get({ ...credentials, channelSecret: 'other' })).toEqual(issued('t4'))
})

it('tells a refusal from no answer, and asks again after both', async () => {
  answer = { status: 400, body: '{"error":"invalid_request","error_description":"Invalid \'client_credentials\'."}' }
  expect(await tokens.get(credentials)).toEqual({ kind: 'refused', reason: "Invalid 'client_credentials'." })
  for (const status of [500, 429]) {
    answer = { status, body: 'oops' }
    expect(await tokens.get(credentials)).toEqual({ kind: 'unanswered', reason: `status ${status}` })
  }
  answer = { status: 200, body: '<html>' }
  expect(await tokens.get(credentials)).toEqual({ kind: 'unanswered', reason: 'the answer holds no token' })
  answer = undefined
  expect(await tokens.get(credentials)).toMatchObject({ kind: 'issued' })
})
