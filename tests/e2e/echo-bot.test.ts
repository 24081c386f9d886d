// A bot on the official LINE SDK, as its author would run it, directly against the platform.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStack, type TestStack } from '../testkit/start-stack.ts'
import { verifies } from '../testkit/verifies.ts'

const BOT = fileURLToPath(new URL('../../examples/echo-bot/echo-bot.ts', import.meta.url))
let test: TestStack
let bot: ChildProcess

beforeAll(async () => {
  test = await startStack()
  const { channelSecret, channelAccessToken, channelId } = test.channel
  bot = spawn(process.execPath, [BOT], {
    env: {
      LINE_API_URL: test.platform.url,
      CHANNEL_SECRET: channelSecret,
      CHANNEL_ACCESS_TOKEN: channelAccessToken,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const webhookUrl = await new Promise<string>((resolve, reject) => {
    bot.once('exit', (code) => reject(new Error(`the bot stopped with ${code}`)))
    if (bot.stdout) createInterface({ input: bot.stdout }).once('line', resolve)
  })
  const answer = await fetch(`${test.platform.controlUrl}/channels/${channelId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webhookUrl, useWebhook: true }),
  })
  expect(answer.status).toBe(200)
})
afterAll(async () => {
  bot?.kill()
  await test?.close()
})

it('answers with the reply token what it was told through the SDK middleware', async () => {
  verifies('line.reference.official-sdk', 'line.reply.operation')
  const sent = await test.phone.send('repeat this')
  expect(await test.phone.waitAfter(sent)).toMatchObject([{ from: { kind: 'bot' }, message: { text: 'repeat this' } }])
})

it('pushes when it is asked to answer later', async () => {
  verifies('line.overview.customized-answers')
  const sent = await test.phone.send('later')
  expect(await test.phone.waitAfter(sent)).toMatchObject([{ message: { text: 'Here is your push.' } }])
})

it('greets a friend who comes back by the name in their profile', async () => {
  const last = await test.phone.send('before')
  await test.phone.waitAfter(last)
  await test.phone.block()
  await test.phone.unblock()
  await test.settle()
  expect(await test.phone.botTexts()).toContain('Welcome, Brown!')
})
