// A bot on the official LINE SDK for Node, unmodified: only its base URL is set. It echoes text with the reply token,
// greets new friends by name, and answers "later" with a push.
//
//   LINE_API_URL=http://localhost:8081 CHANNEL_SECRET=... CHANNEL_ACCESS_TOKEN=... node examples/echo-bot/echo-bot.ts
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messagingApi, middleware, type webhook } from '@line/bot-sdk'

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

const client = new messagingApi.MessagingApiClient({
  channelAccessToken: setting('CHANNEL_ACCESS_TOKEN'),
  baseURL: process.env.LINE_API_URL ?? 'https://api.line.me',
})
const checkSignature = middleware({ channelSecret: setting('CHANNEL_SECRET') })

async function handle(event: webhook.Event): Promise<void> {
  const userId = event.source?.type === 'user' ? event.source.userId : undefined
  if (event.type === 'follow' && userId !== undefined) {
    const { displayName } = await client.getProfile(userId)
    await client.replyMessage({
      replyToken: event.replyToken,
      messages: [{ type: 'text', text: `Welcome, ${displayName}!` }],
    })
    return
  }
  if (event.type !== 'message' || event.message.type !== 'text' || event.replyToken === undefined) return
  if (event.message.text === 'later' && userId !== undefined) {
    await client.pushMessage({ to: userId, messages: [{ type: 'text', text: 'Here is your push.' }] })
    return
  }
  await client.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: event.message.text }] })
}

const server = createServer((request, response) => {
  // The SDK's middleware reads the raw body, checks X-Line-Signature over it, and leaves the parsed body behind.
  Promise.resolve(
    checkSignature(Object.assign(request, { body: undefined }), response, (error?: Error) => {
      if (error) {
        response.writeHead(401).end()
        return
      }
      const { events } = (request as typeof request & { body: webhook.CallbackRequest }).body // set by the middleware
      Promise.all(events.map(handle)).then(
        () => response.writeHead(200).end(),
        (failure: unknown) => {
          process.stderr.write(`echo bot: ${String(failure)}\n`)
          response.writeHead(500).end()
        },
      )
    }),
  ).catch(() => response.writeHead(400).end())
})

server.listen(Number(process.env.PORT ?? '3000'), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}/webhook\n`)
})
