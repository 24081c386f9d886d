// `--profile`: which of the demo's two channels the gateway's demo app stands on.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type HttpReceiver, startReceiver } from '../testkit/http-receiver.ts'
import { startStack, type TestStack } from '../testkit/start-stack.ts'

let dataDir: string
let customer: HttpReceiver
const running: TestStack[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hatoba-profile-'))
  customer = await startReceiver()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((stack) => stack.close()))
  await customer.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(...flags: string[]): Promise<TestStack> {
  const started = await startStack({ dataDir, flags })
  running.push(started)
  await started.stack.pointDemoCustomer(customer.url)
  return started
}

/** What the user writes to the app's bot reaches the customer, and the customer's text the user. */
async function expectRoundTrip(test: TestStack, text: string): Promise<void> {
  const sent = await test.phone.send(text)
  await test.settle()
  const inbound = customer.received.map(({ rawBody }) => rawBody).filter((body) => body.includes(`"text":"${text}"`))
  expect(inbound).toHaveLength(1)
  const token = await fetch(`${test.gateway.url}/oauth2/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${test.gateway.keyId}:${test.gateway.keySecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  })
  const { access_token: accessToken } = (await token.json()) as { access_token: string } // an OAuth answer
  const answer = await fetch(`${test.gateway.url}/v1/projects/${test.gateway.projectId}/messages:send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      app_id: test.gateway.appId,
      recipient: {
        identified_by: { channel_identities: [{ channel: 'LINE', identity: test.platform.userId }] },
      },
      channel_priority_order: ['LINE'],
      message: { text_message: { text: `answer to ${text}` } },
    }),
  })
  expect(answer.status).toBe(200)
  expect(await test.phone.waitAfter(sent)).toMatchObject([{ message: { text: `answer to ${text}` } }])
}

it('puts the demo app on the channel of 2017, first in the JSON line', async () => {
  const test = await start('--profile', '2017')
  expect(test.platform.channels.map(({ profile }) => profile)).toEqual(['2017', 'current'])
  expect(test.channel.profile).toBe('2017')
  await expectRoundTrip(test, 'hello 2017')
})

it('moves the demo app to the other channel at the next start, and the first one falls silent', async () => {
  const first = await start()
  await expectRoundTrip(first, 'hello today')
  const [before] = first.platform.channels
  await running.pop()?.close()
  const second = await start('--profile', '2017')
  expect(second.channel.botUserId).not.toBe(before?.botUserId)
  await expectRoundTrip(second, 'hello again')
  const state = await fetch(`${second.platform.controlUrl}/state`).then((answer) => answer.json())
  const webhooks = new Map(
    (state as { channels: { profile: string; webhook: { use: boolean } }[] }).channels.map((channel) => [
      channel.profile,
      channel.webhook.use,
    ]),
  )
  expect(Object.fromEntries(webhooks)).toEqual({ '2017': true, current: false })
})
