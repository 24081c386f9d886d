import { describe, expect, it } from 'vitest'
import { verifies } from '../../../../tests/testkit/verifies.ts'
import { refuseContentType } from './content-type.ts'
import { LIMITS } from './limits.ts'
import { changed, expand, pathsOf } from './test-data/case.ts'
import { NEGATIVE_CASES, type NegativeCase, POSITIVE_CASES } from './test-data/cases.ts'
import { UNKNOWN_IN_2017 } from './test-data/limit-cases.ts'
import { GROUP, SAMPLES, USER } from './test-data/samples.ts'
import { validateMessages, validateSend } from './validate-send.ts'
import type { deepWords, envelopeWords, summaries } from './wording.ts'

const STRICT = { allowLoopbackHttp: false }

function answerTo({ operation, body, profile, contentType }: NegativeCase) {
  return refuseContentType(contentType, profile) ?? validateSend(operation, body, { profile, ...STRICT })
}

describe('validateSend', () => {
  it.each(NEGATIVE_CASES)('refuses $title', (wrong) => {
    verifies(
      'line.message.object',
      'line.message.text-text',
      'line.message.text-max-2000',
      'line.message.image-original-url',
      'line.message.image-original-url-max-1000',
      'line.message.image-preview-url',
      'line.message.image-preview-url-max-1000',
      'line.message.video-original-url',
      'line.message.video-original-url-max-1000',
      'line.message.video-preview-url',
      'line.message.video-preview-url-max-1000',
      'line.message.audio-original-url',
      'line.message.audio-original-url-max-1000',
      'line.message.audio-duration',
      'line.message.location-title',
      'line.message.location-title-max-100',
      'line.message.location-address',
      'line.message.location-address-max-100',
      'line.message.location-latitude',
      'line.message.location-longitude',
      'line.message.sticker-package-id',
      'line.message.sticker-sticker-id',
      'line.imagemap.base-url',
      'line.imagemap.base-url-max-1000',
      'line.imagemap.alt-text',
      'line.imagemap.alt-text-max-400',
      'line.imagemap.base-height',
      'line.imagemap.actions',
      'line.imagemap.actions-max-50',
      'line.imagemap.uri-action-link',
      'line.imagemap.uri-action-link-max-1000',
      'line.imagemap.uri-action-area',
      'line.imagemap.message-action-text',
      'line.imagemap.message-action-text-max-400',
      'line.imagemap.message-action-area',
      'line.imagemap.area-x',
      'line.imagemap.area-y',
      'line.imagemap.area-width',
      'line.imagemap.area-height',
      'line.template.alt-text',
      'line.template.alt-text-max-400',
      'line.template.template',
      'line.template.buttons-image-url-max-1000',
      'line.template.buttons-title-max-40',
      'line.template.buttons-text',
      'line.template.buttons-text-max-160',
      'line.template.buttons-text-max-60',
      'line.template.buttons-actions',
      'line.template.buttons-actions-max-4',
      'line.template.confirm-text',
      'line.template.confirm-text-max-240',
      'line.template.confirm-actions',
      'line.template.carousel-columns',
      'line.template.carousel-columns-max-5',
      'line.template.carousel-column-image-url-max-1000',
      'line.template.carousel-column-title-max-40',
      'line.template.carousel-column-text',
      'line.template.carousel-column-text-max-120',
      'line.template.carousel-column-text-max-60',
      'line.template.carousel-column-actions',
      'line.template.carousel-column-actions-max-3',
      'line.template.image-carousel-columns',
      'line.template.image-carousel-columns-max-5',
      'line.template.image-carousel-image',
      'line.template.image-carousel-image-url-max-1000',
      'line.template.image-carousel-action',
      'line.action.postback-label',
      'line.action.postback-label-max-20',
      'line.action.postback-data',
      'line.action.postback-data-max-300',
      'line.action.postback-text-max-300',
      'line.action.message-label',
      'line.action.message-label-max-20',
      'line.action.message-label-max-12',
      'line.action.message-text',
      'line.action.message-text-max-300',
      'line.action.uri-label',
      'line.action.uri-label-max-20',
      'line.action.uri-uri',
      'line.action.uri-uri-max-1000',
      'line.action.datetimepicker-label',
      'line.action.datetimepicker-label-max-20',
      'line.action.datetimepicker-data',
      'line.action.datetimepicker-data-max-300',
      'line.action.datetimepicker-mode',
      'line.action.datetimepicker-initial',
      'line.action.datetimepicker-max',
      'line.action.datetimepicker-min',
      'line.action.datetimepicker-format-date',
      'line.action.datetimepicker-format-time',
      'line.action.datetimepicker-format-datetime',
      'line.reply.reply-token',
      'line.reply.messages',
      'line.push.to',
      'line.push.messages',
      'line.push.messages-max-5',
      'line.multicast.to',
      'line.multicast.to-max-150',
      'line.common.message-body-errors',
      'line.common.error-details',
      'line.common.message-invalid-property',
      'line.common.message-not-json',
      'line.common.message-content-type',
    )
    expect(answerTo(wrong)).toEqual({ ok: false, status: wrong.status, error: wrong.error })
  })

  it.each(POSITIVE_CASES)('takes $title', ({ operation, body, profile }) => {
    verifies(
      'line.message.text-emoji',
      'line.template.buttons-title',
      'line.template.buttons-image',
      'line.template.carousel-column-title',
      'line.template.carousel-column-image',
    )
    expect(validateSend(operation, body, { profile, ...STRICT })).toMatchObject({ ok: true, notes: [] })
  })

  it('gives back what LINE knows of a message and nothing else', () => {
    const body = JSON.stringify({
      to: USER,
      priority: 'high',
      messages: [{ type: 'text', text: 'hi', color: 'red', quickReply: { items: [], more: 1 } }],
    })
    expect(validateSend('push', body, { profile: '2017', ...STRICT })).toEqual({
      ok: true,
      notes: [],
      value: {
        to: USER,
        messages: [{ type: 'text', text: 'hi' }],
        notificationDisabled: false,
        customAggregationUnits: [],
      },
    })
  })

  it('keeps the switches of a push in the current profile', () => {
    const body = JSON.stringify({
      to: GROUP,
      messages: [{ type: 'text', text: 'hi' }],
      notificationDisabled: true,
      customAggregationUnits: ['Promotion_a'],
    })
    expect(validateSend('push', body, { profile: 'current', ...STRICT })).toMatchObject({
      value: { notificationDisabled: true, customAggregationUnits: ['Promotion_a'] },
    })
    expect(validateSend('push', body, { profile: '2017', ...STRICT })).toMatchObject({
      value: { notificationDisabled: false, customAggregationUnits: [] },
    })
  })

  it.each(SAMPLES)('gives back $name whole', ({ message, profiles }) => {
    if (!profiles.includes('current')) return
    const checked = validateMessages([message], { profile: 'current', ...STRICT })
    expect(checked).toEqual({ ok: true, notes: [], value: [message] })
  })

  it('takes http for this machine where the channel allows it, and says so', () => {
    const hosts = ['localhost:8081', '127.0.0.1', '127.9.9.9:1', '[::1]:8081', 'bot.localhost', '0x7f.1']
    for (const host of hosts) {
      const address = `http://${host}/1.jpg`
      const messages = [{ type: 'image', originalContentUrl: address, previewImageUrl: 'https://example.com/1' }]
      expect(validateMessages(messages, { profile: 'current', allowLoopbackHttp: true })).toMatchObject({
        ok: true,
        notes: ['messages[0].originalContentUrl: LINE takes https only; http is accepted for a host on this machine'],
      })
    }
  })

  it('does not take http for another host, however it is dressed up', () => {
    const hosts = [
      'example.com',
      'localhost.example.com',
      'localhost@example.com',
      'example.com#localhost',
      '128.0.0.1',
    ]
    for (const host of hosts) {
      const address = `http://${host}/1.jpg`
      const messages = [{ type: 'image', originalContentUrl: address, previewImageUrl: 'https://example.com/1' }]
      expect(validateMessages(messages, { profile: 'current', allowLoopbackHttp: true })).toMatchObject({ ok: false })
    }
  })

  it('takes an imagemap of another width than 1040, with a note', () => {
    const sample = SAMPLES.find(({ name }) => name === 'imagemap')
    const message = changed(sample?.message ?? {}, ['baseSize', 'width'], 2500)
    expect(validateMessages([message], { profile: 'current', ...STRICT })).toMatchObject({
      ok: true,
      notes: ['messages[0].baseSize.width: LINE asks for 1040'],
    })
  })

  it('takes an address that is not percent-encoded, with a note', () => {
    const address = 'https://example.com/写真.jpg'
    const messages = [{ type: 'image', originalContentUrl: address, previewImageUrl: 'https://example.com/1' }]
    expect(validateMessages(messages, { profile: 'current', ...STRICT })).toMatchObject({
      ok: true,
      notes: ['messages[0].originalContentUrl: LINE asks for percent-encoding'],
    })
  })

  it('points at the first value of a wrong type among very many in a large body', () => {
    const body = `{"padding":"${'\\n'.repeat(900_000)}","messages":[{"type":1}],"to":[${Array(500).fill('1').join()}]}`
    expect(validateSend('multicast', body, { profile: 'current', ...STRICT })).toMatchObject({
      error: { message: "The property, 'messages[0].type', in the request body is invalid (line: 1, column: 1800035)" },
    })
  })

  it('has no position to give where there is no text', () => {
    expect(validateMessages([{ type: 1 }], { profile: 'current', ...STRICT })).toMatchObject({
      error: { message: "The property, 'messages[0].type', in the request body is invalid (line: -, column: -)" },
    })
    expect(validateMessages('hi', { profile: 'current', ...STRICT })).toMatchObject({
      error: { message: "The property, 'messages', in the request body is invalid (line: -, column: -)" },
    })
  })

  it('counts a text in UTF-16 units, of which an emoji has two', () => {
    const apples = (count: number) => [{ type: 'text', text: '🍎'.repeat(count) }]
    expect(validateMessages(apples(2500), { profile: 'current', ...STRICT })).toMatchObject({ ok: true })
    expect(validateMessages(apples(2501), { profile: 'current', ...STRICT })).toMatchObject({ ok: false })
  })

  it('knows which operation messages to validate are meant for', () => {
    const body = JSON.stringify({ messages: [{ type: 'text', text: 'hi', quoteToken: 'q' }] })
    const options = { profile: 'current', ...STRICT } as const
    expect(validateSend('validate', body, { ...options, meantFor: 'reply' })).toMatchObject({ ok: true })
    expect(validateSend('validate', body, { ...options, meantFor: 'multicast' })).toMatchObject({ ok: false })
  })
})

describe('the cases', () => {
  it('have titles of their own', () => {
    const titles = [...NEGATIVE_CASES, ...POSITIVE_CASES].map(({ title }) => title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  })

  it('go over each row of LIMITS in each profile that has it', () => {
    const rows = LIMITS.flatMap(({ name, ...figures }) =>
      (['2017', 'current'] as const).flatMap((profile) => (figures[profile] === null ? [] : [`${name} ${profile}`])),
    )
    const over = NEGATIVE_CASES.flatMap(({ overLimit, profile }) => (overLimit ? [`${overLimit} ${profile}`] : []))
    const within = POSITIVE_CASES.flatMap(({ atLimit, profile }) => (atLimit ? [`${atLimit} ${profile}`] : []))
    expect(over.sort()).toEqual([...rows].sort())
    expect(within.sort()).toEqual([...rows].sort())
    expect([...UNKNOWN_IN_2017].sort()).toEqual(
      LIMITS.flatMap((row) => (row['2017'] === null ? [row.name] : [])).sort(),
    )
  })

  it('get each message of the catalogue for an answer', () => {
    const top = NEGATIVE_CASES.map(({ error }) => error.message)
    const details = NEGATIVE_CASES.flatMap(({ error }) => error.details?.map(({ message }) => message ?? '') ?? [])
    const unseen = Object.entries({ ...SUMMARIES }).filter(([, pattern]) => !top.some((text) => pattern.test(text)))
    const unsaid = [...Object.entries(ENVELOPE), ...Object.entries(DEEP)].filter(
      ([, pattern]) => !details.some((text) => pattern.test(text)),
    )
    expect([...unseen, ...unsaid]).toEqual([])
  })

  it.each(SAMPLES)(
    'leave out of $name all that is required, and nothing else',
    ({ message, profiles, required, needed }) => {
      const listed = [...required, ...(needed ?? [])].flatMap((pattern) =>
        expand(pattern, message).map((path) => path.join('.')),
      )
      for (const profile of profiles) {
        const properties = pathsOf(message).filter((path) => typeof path.at(-1) === 'string')
        const refused = properties.filter(
          (path) => !validateMessages([changed(message, path, undefined)], { profile, ...STRICT }).ok,
        )
        expect(refused.map((path) => path.join('.')).sort()).toEqual([...new Set(listed)].sort())
      }
    },
  )

  it.each(SAMPLES)('replace every listed value of $name', ({ message, enums }) => {
    const listed = enums.flatMap((pattern) => expand(pattern, message).map((path) => path.join('.')))
    const names = ['type', 'mode', 'inputOption', 'imageAspectRatio', 'imageSize']
    const found = pathsOf(message)
      .filter((path) => names.includes(String(path.at(-1))))
      .map((path) => path.join('.'))
      // What is in a flex container is not looked at.
      .filter((path) => !path.startsWith('contents.body'))
    expect(listed.sort()).toEqual(found.sort())
  })
})

// One pattern for each entry of the catalogue: an entry without one does not compile.
const SUMMARIES: Record<keyof typeof summaries, RegExp> = {
  errors: /^The request body has \d+ error\(s\)$/,
  property: /^The property, '[^']+', in the request body is invalid \(line: (?:\d+|-), column: (?:\d+|-)\)$/,
  recipient: /^The property, to\[\d+\], in the request body is invalid \(line: -, column: -\)$/,
  syntax: /^The request body could not be parsed as JSON \(line: \d+, column: \d+\)$/,
  contentType: /^The content type, .+, is not supported$/,
  message: /^A message \(messages\[\d\]\) in the request body is invalid$/,
  tooLarge: /^The request body is too large$/,
}

const ENVELOPE: Record<keyof typeof envelopeWords, RegExp> = {
  missing: /^May not be empty$/,
  oneOf: /^Must be one of the following values: \[.+\]$/,
  length: /^Length must be between 0 and \d+$/,
  size: /^Size must be between \d and \d+$/,
  min: /^Must be greater than or equal to 0$/,
  notAllowed: /^Must not be specified$/,
  duplicate: /^Duplicate field '.+'$/,
}

const DEEP: Record<keyof typeof deepWords, RegExp> = {
  missing: /^must be specified$/,
  labelMissing: /^`label` must be specified$/,
  length: /^must not be longer than \d+ characters$/,
  size: /^must not be more than \d+ items$/,
  tooFew: /^must not be less than 2 items$/,
  uriLength: /^size must be between 0 and \d+$/,
  uriScheme: /^invalid uri scheme$/,
  uri: /^invalid uri$/,
  property: /^invalid property$/,
  flexSize: /^Too large flex message\. The maximum size of JSON data that defines a (?:bubble|carousel) is \d+ KB\.$/,
  key: /^The key '.+' enclosed in '\{\}' does not match the pattern/,
}
