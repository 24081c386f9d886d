// Each row of LIMITS in each profile: a body on the limit, which is taken, and one just over it, which is not. The
// figures are written again here, so that neither table can change alone.
import type { ApiProfile, LimitName } from '../limits.ts'
import type { WireError } from '../wire-error.ts'
import { badMessage, errors, JSON_TYPE, type NegativeCase, type PositiveCase, pushOf } from './case.ts'
import { GROUP, type Json, type JsonObject, USER } from './samples.ts'

interface LimitCase {
  limit: LimitName
  figures: { '2017': number | null; current: number | null }
  operation?: 'push' | 'multicast'
  /** A body of a given size. */
  body: (size: number) => JsonObject
  error: (max: number) => WireError
}

// One grapheme cluster of eight UTF-16 units: a text that counts graphemes may be eight times as long in units.
const FAMILY = '👨‍👩‍👧'
const units = (count: number) => 'x'.repeat(count)
const clusters = (count: number) => FAMILY.repeat(count)
const https = (length: number) => `https://example.com/${units(length)}`.slice(0, length)
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

const URL = 'https://example.com/1'
const area = { x: 0, y: 0, width: 1, height: 1 }
const say = { type: 'message', label: 'Yes', text: 'yes' }

const text = (rest: JsonObject): Json => ({ type: 'text', text: 'hi', ...rest })
const image = (rest: JsonObject): Json => ({ type: 'image', originalContentUrl: URL, previewImageUrl: URL, ...rest })
const video = (rest: JsonObject): Json => ({ type: 'video', originalContentUrl: URL, previewImageUrl: URL, ...rest })
const place = (rest: JsonObject): Json => ({
  type: 'location',
  title: 't',
  address: 'a',
  latitude: 1,
  longitude: 2,
  ...rest,
})
const tap = (rest: JsonObject): Json => ({ type: 'uri', linkUri: URL, area, ...rest })
const imagemap = (rest: JsonObject): Json => ({
  type: 'imagemap',
  baseUrl: URL,
  altText: 'a',
  baseSize: { width: 1040, height: 1040 },
  actions: [tap({})],
  ...rest,
})
const clip = (rest: JsonObject): Json =>
  imagemap({ video: { originalContentUrl: URL, previewImageUrl: URL, area, ...rest } })
const template = (content: Json, rest: JsonObject = {}): Json => ({
  type: 'template',
  altText: 'a',
  template: content,
  ...rest,
})
const buttons = (rest: JsonObject): Json => template({ type: 'buttons', text: 't', actions: [say], ...rest })
const confirm = (rest: JsonObject): Json => template({ type: 'confirm', text: 't', actions: [say, say], ...rest })
const column = (rest: JsonObject): Json => ({ text: 't', actions: [say], ...rest })
const carousel = (columns: Json[]): Json => template({ type: 'carousel', columns })
const slide = (rest: JsonObject): Json => ({ imageUrl: URL, action: say, ...rest })
const imageCarousel = (columns: Json[]): Json => template({ type: 'image_carousel', columns })
const button = (action: JsonObject): Json => buttons({ actions: [{ label: 'l', ...action }] })
const quick = (action: JsonObject, rest: JsonObject = {}): Json =>
  text({ quickReply: { items: [{ type: 'action', action: { label: 'l', ...action }, ...rest }] } })

// What LINE says about each, by the place of the property.
const length = (property: string) => (max: number) =>
  errors({ message: `Length must be between 0 and ${max}`, property: `messages[0].${property}` })
const size = (property: string) => (max: number) => errors({ message: `Size must be between 1 and ${max}`, property })
const deepLength = (property: string) => (max: number) =>
  badMessage(0, { message: `must not be longer than ${max} characters`, property })
const deepSize = (property: string) => (max: number) =>
  badMessage(0, { message: `must not be more than ${max} items`, property })
const deepUri = (property: string) => (max: number) =>
  badMessage(0, { message: `size must be between 0 and ${max}`, property })
const quickLength = (property: string) => (max: number) =>
  errors({
    message: `must not be longer than ${max} characters`,
    property: `messages[0].quickReply.items[0].${property}`,
  })

const row = (
  limit: LimitName,
  [in2017, current]: [number | null, number | null],
  message: (size: number) => Json,
  error: (max: number) => WireError,
): LimitCase => ({ limit, figures: { '2017': in2017, current }, body: (count) => pushOf(message(count)), error })

const mention = { type: 'mention', mentionee: { type: 'all' } }
const emoji = { type: 'emoji', productId: '1', emojiId: '1' }
const substituted = (count: number, substitution: Json): Json => ({
  type: 'textV2',
  text: '{a}'.repeat(count),
  substitution: { a: substitution },
})

/** A flex container whose JSON has so many bytes. */
function container(type: string, bytes: number): Json {
  const empty = JSON.stringify({ type, x: '' }).length
  return { type, x: units(bytes - empty) }
}

const ROWS: readonly LimitCase[] = [
  row('send.messages', [5, 5], () => null, size('messages')),
  {
    limit: 'multicast.to',
    figures: { '2017': 150, current: 500 },
    operation: 'multicast',
    body: (count) => ({ to: times(count, () => USER), messages: [text({})] }),
    error: size('to'),
  },
  {
    limit: 'send.customAggregationUnits',
    figures: { '2017': null, current: 1 },
    body: (count) => ({ ...pushOf(text({})), customAggregationUnits: times(count, (index) => `unit_${index}`) }),
    error: (max) => errors({ message: `Size must be between 0 and ${max}`, property: 'customAggregationUnits' }),
  },
  {
    limit: 'send.customAggregationUnit',
    figures: { '2017': null, current: 30 },
    body: (count) => ({ ...pushOf(text({})), customAggregationUnits: [units(count)] }),
    error: (max) => errors({ message: `Length must be between 0 and ${max}`, property: 'customAggregationUnits[0]' }),
  },

  row('text.text', [2000, 5000], (n) => text({ text: units(n) }), length('text')),
  row(
    'text.emojis',
    [null, 20],
    (n) => text({ text: '$'.repeat(n), emojis: times(n, (index) => ({ index, productId: 'p', emojiId: 'e' })) }),
    size('messages[0].emojis'),
  ),
  row('textV2.text', [null, 5000], (n) => ({ type: 'textV2', text: units(n) }), length('text')),
  row(
    'textV2.substitution',
    [null, 100],
    (n) => ({
      type: 'textV2',
      text: 'hi',
      substitution: Object.fromEntries(times(n, (index) => [`k${index}`, emoji])),
    }),
    deepSize('substitution'),
  ),
  row(
    'textV2.substitutionKey',
    [null, 20],
    (n) => ({ type: 'textV2', text: 'hi', substitution: { [units(n)]: emoji } }),
    (max) => badMessage(0, { message: 'invalid property', property: `substitution/${units(max + 1)}` }),
  ),
  {
    limit: 'textV2.mentions',
    figures: { '2017': null, current: 20 },
    body: (n) => ({ to: GROUP, messages: [substituted(n, mention)] }),
    error: deepSize('text'),
  },
  row('textV2.emojis', [null, 20], (n) => substituted(n, emoji), deepSize('text')),
  row(
    'image.originalContentUrl',
    [1000, 2000],
    (n) => image({ originalContentUrl: https(n) }),
    length('originalContentUrl'),
  ),
  row('image.previewImageUrl', [1000, 2000], (n) => image({ previewImageUrl: https(n) }), length('previewImageUrl')),
  row(
    'video.originalContentUrl',
    [1000, 2000],
    (n) => video({ originalContentUrl: https(n) }),
    length('originalContentUrl'),
  ),
  row('video.previewImageUrl', [1000, 2000], (n) => video({ previewImageUrl: https(n) }), length('previewImageUrl')),
  row('video.trackingId', [null, 100], (n) => video({ trackingId: units(n) }), length('trackingId')),
  row(
    'audio.originalContentUrl',
    [1000, 2000],
    (n) => ({ type: 'audio', originalContentUrl: https(n), duration: 1 }),
    length('originalContentUrl'),
  ),
  row('location.title', [100, 100], (n) => place({ title: units(n) }), length('title')),
  row('location.address', [100, 100], (n) => place({ address: units(n) }), length('address')),
  row(
    'coupon.deliveryTag',
    [null, 30],
    (n) => ({ type: 'coupon', couponId: 'c', deliveryTag: units(n) }),
    length('deliveryTag'),
  ),

  row('imagemap.baseUrl', [1000, 2000], (n) => imagemap({ baseUrl: https(n) }), length('baseUrl')),
  row('imagemap.altText', [400, 1500], (n) => imagemap({ altText: units(n) }), length('altText')),
  row('imagemap.actions', [50, 50], (n) => imagemap({ actions: times(n, () => tap({})) }), size('messages[0].actions')),
  row(
    'imagemap.action.label',
    [null, 100],
    (n) => imagemap({ actions: [tap({ label: units(n) })] }),
    length('actions[0].label'),
  ),
  row(
    'imagemap.action.linkUri',
    [1000, 1000],
    (n) => imagemap({ actions: [tap({ linkUri: https(n) })] }),
    length('actions[0].linkUri'),
  ),
  row(
    'imagemap.action.text',
    [400, 400],
    (n) => imagemap({ actions: [{ type: 'message', text: units(n), area }] }),
    length('actions[0].text'),
  ),
  row(
    'imagemap.action.clipboardText',
    [null, 1000],
    (n) => imagemap({ actions: [{ type: 'clipboard', clipboardText: units(n), area }] }),
    length('actions[0].clipboardText'),
  ),
  row(
    'imagemap.video.originalContentUrl',
    [null, 2000],
    (n) => clip({ originalContentUrl: https(n) }),
    length('video.originalContentUrl'),
  ),
  row(
    'imagemap.video.previewImageUrl',
    [null, 2000],
    (n) => clip({ previewImageUrl: https(n) }),
    length('video.previewImageUrl'),
  ),
  row(
    'imagemap.video.externalLink.linkUri',
    [null, 1000],
    (n) => clip({ externalLink: { linkUri: https(n), label: 'l' } }),
    length('video.externalLink.linkUri'),
  ),
  row(
    'imagemap.video.externalLink.label',
    [null, 30],
    (n) => clip({ externalLink: { linkUri: URL, label: units(n) } }),
    length('video.externalLink.label'),
  ),

  row(
    'template.altText',
    [400, 1500],
    (n) => template({ type: 'confirm', text: 't', actions: [say, say] }, { altText: units(n) }),
    length('altText'),
  ),
  row(
    'buttons.thumbnailImageUrl',
    [1000, 2000],
    (n) => buttons({ thumbnailImageUrl: https(n) }),
    deepUri('template/thumbnailImageUrl'),
  ),
  row('buttons.title', [40, 40], (n) => buttons({ title: clusters(n) }), deepLength('template/title')),
  row('buttons.text.alone', [160, 160], (n) => buttons({ text: clusters(n) }), deepLength('template/text')),
  row(
    'buttons.text.withImageOrTitle',
    [60, 60],
    (n) => buttons({ title: 't', text: clusters(n) }),
    deepLength('template/text'),
  ),
  row('buttons.actions', [4, 4], (n) => buttons({ actions: times(n, () => say) }), deepSize('template/actions')),
  row('confirm.text', [240, 240], (n) => confirm({ text: clusters(n) }), deepLength('template/text')),
  row('confirm.actions', [2, 2], (n) => confirm({ actions: times(n, () => say) }), deepSize('template/actions')),
  row('carousel.columns', [5, 10], (n) => carousel(times(n, () => column({}))), deepSize('template/columns')),
  row(
    'carousel.thumbnailImageUrl',
    [1000, 2000],
    (n) => carousel([column({ thumbnailImageUrl: https(n) })]),
    deepUri('template/columns/0/thumbnailImageUrl'),
  ),
  row(
    'carousel.title',
    [40, 40],
    (n) => carousel([column({ title: clusters(n) })]),
    deepLength('template/columns/0/title'),
  ),
  row(
    'carousel.text.alone',
    [120, 120],
    (n) => carousel([column({ text: clusters(n) })]),
    deepLength('template/columns/0/text'),
  ),
  row(
    'carousel.text.withImageOrTitle',
    [60, 60],
    (n) => carousel([column({ thumbnailImageUrl: URL, text: clusters(n) })]),
    deepLength('template/columns/0/text'),
  ),
  row(
    'carousel.actions',
    [3, 3],
    (n) => carousel([column({ actions: times(n, () => say) })]),
    deepSize('template/columns/0/actions'),
  ),
  row('imageCarousel.columns', [5, 10], (n) => imageCarousel(times(n, () => slide({}))), deepSize('template/columns')),
  row(
    'imageCarousel.imageUrl',
    [1000, 2000],
    (n) => imageCarousel([slide({ imageUrl: https(n) })]),
    deepUri('template/columns/0/imageUrl'),
  ),

  row(
    'flex.altText',
    [null, 1500],
    (n) => ({ type: 'flex', altText: units(n), contents: { type: 'bubble' } }),
    length('altText'),
  ),
  row(
    'flex.bubble',
    [null, 30_720],
    (n) => ({ type: 'flex', altText: 'a', contents: container('bubble', n) }),
    () =>
      badMessage(0, {
        message: 'Too large flex message. The maximum size of JSON data that defines a bubble is 30 KB.',
        property: '/',
      }),
  ),
  row(
    'flex.carousel',
    [null, 51_200],
    (n) => ({ type: 'flex', altText: 'a', contents: container('carousel', n) }),
    () =>
      badMessage(0, {
        message: 'Too large flex message. The maximum size of JSON data that defines a carousel is 50 KB.',
        property: '/',
      }),
  ),

  row(
    'quickReply.items',
    [null, 13],
    (n) => text({ quickReply: { items: times(n, () => ({ type: 'action', action: say })) } }),
    size('messages[0].quickReply.items'),
  ),
  row(
    'quickReply.imageUrl',
    [null, 2000],
    (n) => quick(say, { imageUrl: https(n) }),
    length('quickReply.items[0].imageUrl'),
  ),
  row('sender.name', [null, 20], (n) => text({ sender: { name: units(n) } }), length('sender.name')),
  row('sender.iconUrl', [null, 2000], (n) => text({ sender: { iconUrl: https(n) } }), length('sender.iconUrl')),

  row('action.label', [20, 20], (n) => button({ ...say, label: clusters(n) }), deepLength('template/actions/0/label')),
  row(
    'action.label.imageCarousel',
    [12, 12],
    (n) => imageCarousel([slide({ action: { ...say, label: clusters(n) } })]),
    deepLength('template/columns/0/action/label'),
  ),
  row('action.label.quickReply', [null, 20], (n) => quick({ ...say, label: clusters(n) }), quickLength('action.label')),
  row(
    'postback.data',
    [300, 300],
    (n) => button({ type: 'postback', data: units(n) }),
    deepLength('template/actions/0/data'),
  ),
  row(
    'postback.displayText',
    [null, 300],
    (n) => button({ type: 'postback', data: 'd', displayText: clusters(n) }),
    deepLength('template/actions/0/displayText'),
  ),
  row(
    'postback.text',
    [300, 300],
    (n) => button({ type: 'postback', data: 'd', text: clusters(n) }),
    deepLength('template/actions/0/text'),
  ),
  row(
    'postback.fillInText',
    [null, 300],
    (n) => button({ type: 'postback', data: 'd', inputOption: 'openKeyboard', fillInText: clusters(n) }),
    deepLength('template/actions/0/fillInText'),
  ),
  row(
    'message.text',
    [300, 300],
    (n) => button({ type: 'message', text: clusters(n) }),
    deepLength('template/actions/0/text'),
  ),
  row('uri.uri', [1000, 1000], (n) => button({ type: 'uri', uri: https(n) }), deepUri('template/actions/0/uri')),
  row(
    'uri.altUri.desktop',
    [null, 1000],
    (n) => button({ type: 'uri', uri: URL, altUri: { desktop: https(n) } }),
    deepUri('template/actions/0/altUri/desktop'),
  ),
  row(
    'datetimepicker.data',
    [300, 300],
    (n) => button({ type: 'datetimepicker', data: units(n), mode: 'date' }),
    deepLength('template/actions/0/data'),
  ),
  row(
    'clipboard.clipboardText',
    [null, 1000],
    (n) => button({ type: 'clipboard', clipboardText: units(n) }),
    deepLength('template/actions/0/clipboardText'),
  ),
]

/** `send.messages` is about the list itself. */
function bodyOf({ limit, body }: LimitCase, count: number): string {
  if (limit === 'send.messages') return JSON.stringify(pushOf(...times(count, () => text({}))))
  return JSON.stringify(body(count))
}

const PROFILES: readonly ApiProfile[] = ['2017', 'current']

const withFigure = ROWS.flatMap((entry) =>
  PROFILES.flatMap((profile) => {
    const max = entry.figures[profile]
    return max === null ? [] : [{ entry, profile, max }]
  }),
)

const BODY_BYTES = 2 * 1024 * 1024
const MAX_DEPTH = 100

/** Arrays in arrays, `depth` levels in all with the object and the list around them, in a property LINE ignores. */
const nested = (depth: number) =>
  `{"deep":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)},"to":"${USER}","messages":[{"type":"text","text":"hi"}]}`

/** A body of exactly so many bytes, padded where LINE does not look. */
function padded(bytes: number): string {
  const body = { ...pushOf(text({})), padding: '' }
  return JSON.stringify({ ...body, padding: units(bytes - JSON.stringify(body).length) })
}

export const LIMIT_CASES: readonly NegativeCase[] = [
  ...withFigure.map(
    ({ entry, profile, max }): NegativeCase => ({
      title: `${entry.limit} over ${max} (${profile})`,
      operation: entry.operation ?? 'push',
      profile,
      body: bodyOf(entry, max + 1),
      contentType: JSON_TYPE,
      status: 400,
      error: entry.error(max),
      overLimit: entry.limit,
    }),
  ),
  ...PROFILES.flatMap((profile): NegativeCase[] => [
    {
      title: `a body of more than 2 MB (${profile})`,
      operation: 'push',
      profile,
      body: padded(BODY_BYTES + 1),
      contentType: JSON_TYPE,
      status: 413,
      error: { message: 'The request body is too large' },
      overLimit: 'request.body',
    },
    {
      title: `a body nested deeper than ${MAX_DEPTH} (${profile})`,
      operation: 'push',
      profile,
      body: nested(MAX_DEPTH + 1),
      contentType: JSON_TYPE,
      status: 400,
      error: { message: 'The request body could not be parsed as JSON (line: 1, column: 108)' },
      overLimit: 'request.depth',
    },
  ]),
]

export const AT_LIMIT_CASES: readonly PositiveCase[] = [
  ...withFigure.map(
    ({ entry, profile, max }): PositiveCase => ({
      title: `${entry.limit} of ${max} (${profile})`,
      operation: entry.operation ?? 'push',
      profile,
      body: bodyOf(entry, max),
      atLimit: entry.limit,
    }),
  ),
  ...PROFILES.flatMap((profile): PositiveCase[] => [
    {
      title: `a body of 2 MB (${profile})`,
      operation: 'push',
      profile,
      body: padded(BODY_BYTES),
      atLimit: 'request.body',
    },
    {
      title: `a body nested ${MAX_DEPTH} deep (${profile})`,
      operation: 'push',
      profile,
      body: nested(MAX_DEPTH),
      atLimit: 'request.depth',
    },
  ]),
]

/** What has no limit in 2017 because the property or kind came later is not looked at there. */
export const UNKNOWN_IN_2017: readonly LimitName[] = ROWS.filter(({ figures }) => figures['2017'] === null).map(
  ({ limit }) => limit,
)
