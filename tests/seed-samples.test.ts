// The documents' own samples go through our vocabulary and come out as they went in, in the profile of 2017.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseWebhook } from '@hatoba/line/webhook'
import { serializeWebhookBody, validateMessages, validateSend, type WebhookEvent } from '@hatoba/line/wire'
import { describe, expect, it } from 'vitest'
import { seedSamplesFolder } from './requirements/read-seed-index.ts'
import { verifies } from './testkit/verifies.ts'

const in2017 = { profile: '2017', allowLoopbackHttp: false } as const
const userId = 'U206d25c2ea6bd87c17655609a1c37cb8'

const read = (path: string) => readFileSync(new URL(path, seedSamplesFolder), 'utf8')

const jsonBelow = (folder: string): string[] =>
  readdirSync(fileURLToPath(new URL(folder, seedSamplesFolder)), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}${name.replaceAll('\\', '/')}`)

describe('a sample of a message to send', () => {
  const samples = jsonBelow('003/send-message-object/')

  it('is there for each kind', () => {
    expect(samples).toHaveLength(12)
  })

  it.each(samples)('is accepted and given back whole: %s', (path) => {
    verifies('line.imagemap.sample', 'line.message.text-emoji')
    const message: unknown = JSON.parse(read(path))
    expect(validateMessages([message], in2017)).toEqual({ ok: true, notes: [], value: [message] })
  })
})

describe('the body of a sample request', () => {
  it.each([
    ['reply', '003/reply-message/reply-message-request-example.curl'],
    ['push', '003/push-message/push-message-request-example.curl'],
    ['multicast', '003/multicast/multicast-request-example.curl'],
  ] as const)('is accepted but for its masked ids: %s', (operation, path) => {
    const body = /-d '([^']+)'/.exec(read(path))?.[1]?.replaceAll(/x{33}/g, userId) ?? ''
    const { messages }: { messages: unknown[] } = JSON.parse(body)
    expect(validateSend(operation, body, in2017)).toMatchObject({ ok: true, value: { messages } })
  })
})

describe('a sample of a webhook', () => {
  const bodies = [
    '003/webhooks/example-webhook-request-body.json',
    '003/webhook-event-object/example-webhook-event-object.json',
  ]
  const events = jsonBelow('003/webhook-event-object/').filter((path) => !bodies.includes(path))

  it('is there for each event', () => {
    expect(events).toHaveLength(13)
  })

  it.each([...bodies, ...events])('is read as known events, and written as it was read: %s', (path) => {
    verifies('line.event.several-in-one-body')
    const sample: { events?: unknown[] } = JSON.parse(read(path))
    const body = sample.events === undefined ? { events: [sample] } : sample
    const parsed = parseWebhook(JSON.stringify(body)).events
    const known = parsed.filter((event): event is WebhookEvent => event.type !== 'unknown')
    expect(known).toHaveLength(parsed.length)
    expect(JSON.parse(serializeWebhookBody({ destination: userId, events: known }, '2017'))).toEqual(body)
  })
})
