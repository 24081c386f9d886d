// A customer of the gateway, as a company would write one: it takes callbacks of the Sinch Conversation API, checks
// their signature with Sinch's own SDK and answers through messages:send. Nothing in it knows Hatoba.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConversationCallbackWebhooks, SinchClient } from '@sinch/sdk-core'

const MOST_BODY_BYTES = 1024 * 1024

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

const gatewayUrl = setting('GATEWAY_URL')
const appId = setting('SINCH_APP_ID')
const sinch = new SinchClient({
  projectId: setting('SINCH_PROJECT_ID'),
  keyId: setting('SINCH_KEY_ID'),
  keySecret: setting('SINCH_KEY_SECRET'),
  authHostname: gatewayUrl,
  conversationHostname: gatewayUrl,
})
const callbacks = new ConversationCallbackWebhooks(setting('SINCH_WEBHOOK_SECRET'))

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MOST_BODY_BYTES) throw new Error('body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Messages answered already: the gateway may tell a thing twice, an answer goes out once. */
const answered = new Set<string>()
const MOST_REMEMBERED = 1000

async function handle(rawBody: string): Promise<void> {
  const event = callbacks.parseEvent(JSON.parse(rawBody))
  if (event.trigger !== 'MESSAGE_INBOUND' || !('message' in event)) return
  const message = event.message
  const inbound = message?.contact_message
  if (message?.id === undefined || inbound === undefined || !('text_message' in inbound) || answered.has(message.id))
    return
  answered.add(message.id)
  try {
    await sinch.conversation.messages.sendTextMessage({
      sendMessageRequestBody: {
        app_id: appId,
        recipient: { contact_id: message.contact_id ?? '' },
        message: { text_message: { text: answerTo(inbound.text_message?.text ?? '') } },
      },
    })
  } catch (error) {
    answered.delete(message.id) // the callback is answered with 500 and comes again
    throw error
  }
  for (const oldest of answered) {
    if (answered.size <= MOST_REMEMBERED) break
    answered.delete(oldest)
  }
}

function answerTo(text: string): string {
  if (/^(hello|hi|hey)\b/i.test(text))
    return 'Hello, Brown! This is the demo customer, answering through the Sinch API.'
  return `You wrote: ${text}`.slice(0, 2000)
}

const server = createServer((request, response) => {
  if (request.method !== 'POST' || request.url !== '/callbacks') {
    response.writeHead(404).end()
    return
  }
  readBody(request)
    .then(async (rawBody) => {
      if (!callbacks.validateAuthenticationHeader(request.headers, rawBody)) {
        response.writeHead(401).end()
        return
      }
      await handle(rawBody)
      response.writeHead(200).end()
    })
    .catch((error: unknown) => {
      process.stderr.write(`demo customer: ${error instanceof Error ? error.message : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500).end()
    })
})

server.listen(Number(process.env.CUSTOMER_PORT ?? '8082'), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo // a TCP server's address is an AddressInfo
  process.stdout.write(`http://127.0.0.1:${port}/callbacks\n`)
})
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => {}) // a Ctrl+C reaches the whole group; whoever started this says when to stop
process.on('disconnect', () => process.exit(0)) // started by another program that is gone
