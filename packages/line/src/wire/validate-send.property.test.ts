import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, changed, pathsOf } from './test-data/case.ts'
import { type Json, SAMPLES, USER } from './test-data/samples.ts'
import { validateMessages, validateSend } from './validate-send.ts'

const profiles = fc.constantFrom('2017' as const, 'current' as const)
const operations = fc.constantFrom('reply', 'push', 'multicast', 'broadcast', 'narrowcast', 'validate')
const anything: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)))

/** A sample with some of its values replaced by others, of the right type or not. */
const bentMessages: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom(...SAMPLES.map(({ message }) => message)),
    fc.array(fc.tuple(fc.nat(), fc.oneof(anything, fc.string({ unit: 'binary' }))), { maxLength: 3 }),
  )
  .map(([message, changes]) => changes.reduce<Json>(bend, message))

function bend(message: Json, [pick, value]: [number, Json]): Json {
  const paths = pathsOf(message)
  const path = paths[pick % paths.length]
  return path === undefined || at(message, path) === undefined ? message : changed(message, path, value)
}

describe('validateSend, on anything', () => {
  it('answers every text with a value or a complete error', () => {
    fc.assert(
      fc.property(
        operations,
        profiles,
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        (operation, profile, text) => {
          checkAnswer(validateSend(operation, text, { profile, allowLoopbackHttp: false }))
        },
      ),
      { numRuns: 10_000 },
    )
  })

  it('answers every bent message with a value or a complete error', () => {
    fc.assert(
      fc.property(profiles, fc.array(bentMessages, { maxLength: 3 }), fc.boolean(), (profile, messages, http) => {
        const body = JSON.stringify({ to: USER, messages })
        checkAnswer(validateSend('push', body, { profile, allowLoopbackHttp: http }))
      }),
      { numRuns: 10_000 },
    )
  })

  it('takes again, unchanged, what it gave back', () => {
    fc.assert(
      fc.property(profiles, bentMessages, (profile, message) => {
        const options = { profile, allowLoopbackHttp: false }
        const first = validateMessages([message], options)
        if (first.ok) expect(validateMessages(first.value, options)).toEqual(first)
      }),
      { numRuns: 5000 },
    )
  })
})

function checkAnswer(answer: ReturnType<typeof validateSend>): void {
  if (answer.ok) return
  expect([400, 413]).toContain(answer.status)
  expect(answer.error.message).not.toBe('')
  for (const { message, property } of answer.error.details ?? []) {
    expect(message).not.toBe('')
    expect(property).not.toBe('')
  }
}
