// The JSON samples of LINE's reference of 2017, verbatim.
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../webhook/index.ts'
import { validateMessages } from './validate-send.ts'

const FIXTURES = new URL('../../../../tests/fixtures/seeds/003/', import.meta.url)

function samplesIn(folder: string): { name: string; json: unknown }[] {
  return globSync(`${folder}/**/*.json`, { cwd: FIXTURES })
    .sort()
    .map((path) => ({ name: path, json: JSON.parse(readFileSync(new URL(path, FIXTURES), 'utf8')) }))
}

const messages = samplesIn('send-message-object')
const events = samplesIn('webhook-event-object').filter(
  ({ name }) => !name.endsWith('example-webhook-event-object.json'),
)

describe('the samples of 2017', () => {
  it('are there', () => {
    expect(messages.length).toBeGreaterThanOrEqual(12)
    expect(events.length).toBeGreaterThanOrEqual(12)
  })

  it.each(messages)('can be sent in either profile: $name', ({ json }) => {
    for (const profile of ['2017', 'current'] as const)
      expect(validateMessages([json], { profile, allowLoopbackHttp: false })).toEqual({
        ok: true,
        notes: [],
        value: [json],
      })
  })

  it.each(events)('can be read: $name', ({ json }) => {
    const [event] = parseWebhook(JSON.stringify({ events: [json] })).events
    expect(event?.type).not.toBe('unknown')
    expect(event).toEqual(json)
  })
})
