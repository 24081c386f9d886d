// Refusals that follow no table: JSON, duplicates, recipients, addresses, and rules between properties.
import type { ApiProfile } from '../limits.ts'
import type { SendBodies } from '../send-body.ts'
import type { WireError } from '../wire-error.ts'
import { badMessage, errors, JSON_TYPE, type NegativeCase, type PositiveCase, pushOf } from './case.ts'
import { GROUP, type Json, type JsonObject, ROOM, USER } from './samples.ts'

const HI = { type: 'text', text: 'hi' }
const HI_JSON = JSON.stringify(HI)
const URL = 'https://example.com/1'

const BOTH: readonly ApiProfile[] = ['2017', 'current']
const CURRENT: readonly ApiProfile[] = ['current']

interface Wrong {
  title: string
  operation?: keyof SendBodies
  profiles?: readonly ApiProfile[]
  body: string | JsonObject
  contentType?: string
  status?: 400 | 415
  error: WireError
}

const syntax = (line: number, column: number): WireError => ({
  message: `The request body could not be parsed as JSON (line: ${line}, column: ${column})`,
})
const property = (name: string, line: number | '-', column: number | '-'): WireError => ({
  message: `The property, '${name}', in the request body is invalid (line: ${line}, column: ${column})`,
})
const duplicate = (error: WireError, name: string): WireError => ({
  ...error,
  details: [{ message: `Duplicate field '${name}'` }],
})

const say = { type: 'message', label: 'Yes', text: 'yes' }
const template = (content: JsonObject): Json => ({ type: 'template', altText: 'a', template: content })
const button = (action: JsonObject): JsonObject =>
  pushOf(template({ type: 'buttons', text: 't', actions: [{ label: 'l', ...action }] }))
const picker = (rest: JsonObject): JsonObject => button({ type: 'datetimepicker', data: 'd', mode: 'date', ...rest })
const image = (url: string): JsonObject => pushOf({ type: 'image', originalContentUrl: url, previewImageUrl: URL })
const textV2 = (text: string, substitution: JsonObject = {}): Json => ({ type: 'textV2', text, substitution })
const all = { type: 'mention', mentionee: { type: 'all' } }
const column = (rest: JsonObject): JsonObject => ({ text: 't', actions: [say], ...rest })
const deep = (message: string, at: string): WireError => badMessage(0, { message, property: at })

const WRONG: readonly Wrong[] = [
  // The text itself.
  { title: 'an empty body', body: '', error: syntax(1, 1) },
  { title: 'a body of white space', body: ' \n ', error: syntax(2, 2) },
  { title: 'a body that ends early', body: '{"to":', error: syntax(1, 7) },
  { title: 'a body with something behind it', body: '{}\r\n{}', error: syntax(2, 1) },
  { title: 'a property without quotes', body: '{\n  to: "a"\n}', error: syntax(2, 3) },
  { title: 'a comma too many', body: '{"messages":[1,]}', error: syntax(1, 16) },
  { title: 'a line end in a text', body: '{"to":"a\nb"}', error: syntax(1, 9) },
  { title: 'an unknown escape', body: '{"to":"a\\x"}', error: syntax(1, 9) },
  { title: 'a text that does not end', body: '{"to":"a', error: syntax(1, 9) },
  { title: 'a number with a leading zero', body: '{"to":01}', error: syntax(1, 8) },
  { title: 'a list for a body', body: '[]', error: syntax(1, 1) },
  { title: 'a body of null', body: ' null', error: syntax(1, 2) },
  {
    title: 'a body of another type',
    contentType: 'text/plain',
    profiles: ['2017'],
    body: '{}',
    error: { message: 'The content type, text/plain, is not supported' },
  },
  {
    title: 'a body of another type',
    contentType: 'text/plain',
    status: 415,
    profiles: CURRENT,
    body: '{}',
    error: { message: 'The content type, text/plain, is not supported' },
  },
  // LINE news, 2022-10-31: both examples as published, but for the ids.
  {
    title: 'a property given twice',
    profiles: CURRENT,
    body: `{\n  "to": "${USER}",\n  "to": "${USER}",\n  "messages": [${HI_JSON}]\n}`,
    error: duplicate(syntax(3, 7), 'to'),
  },
  {
    title: 'a property of a message given twice',
    profiles: CURRENT,
    body: `{\n  "to": "${USER}",\n  "messages": [\n    {\n      "type": "text",\n      "text": "Hello, world1"\n    },\n    {\n      "type": "text",\n      "text": "Hello, world2",\n      "type": "text"\n    }\n  ]\n}`,
    error: duplicate(property('messages[1]', 11, 13), 'type'),
  },
  {
    title: 'a property given twice in two spellings',
    profiles: CURRENT,
    body: `{"to":"${USER}","messages":[{"type":"text","text":"a","te\\u0078t":"b"}]}`,
    error: duplicate(property('messages[0]', 1, 92), 'text'),
  },

  // The envelope.
  {
    title: 'no properties',
    body: {},
    error: errors(
      { message: 'May not be empty', property: 'to' },
      { message: 'May not be empty', property: 'messages' },
    ),
  },
  {
    title: 'no messages',
    body: { to: USER, messages: [] },
    error: errors({ message: 'Size must be between 1 and 5', property: 'messages' }),
  },
  {
    title: 'null for a message',
    body: { to: USER, messages: [null] },
    error: errors({ message: 'May not be empty', property: 'messages[0]' }),
  },
  { title: 'a text for a message', body: `{"to":"${USER}","messages":["hi"]}`, error: property('messages[0]', 1, 55) },
  {
    title: "the two errors of LINE's example",
    profiles: ['2017'],
    body: pushOf({ type: 'text', text: '' }, { type: 'smoke signal' }),
    error: errors(
      { message: 'May not be empty', property: 'messages[0].text' },
      {
        message:
          'Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]',
        property: 'messages[1].type',
      },
    ),
  },
  {
    title: 'a type named like a property of objects',
    body: pushOf({ type: 'constructor' }),
    profiles: ['2017'],
    error: errors({
      message:
        'Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]',
      property: 'messages[0].type',
    }),
  },
  ...['flex', 'textV2', 'coupon'].map((type) => ({
    title: `a message of type ${type}, which came later`,
    profiles: ['2017'] as const,
    body: pushOf({ type, text: 'a', altText: 'a', couponId: 'a', contents: { type: 'bubble' } }),
    error: errors({
      message:
        'Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]',
      property: 'messages[0].type',
    }),
  })),
  {
    title: 'a reply without a token',
    operation: 'reply',
    body: { messages: [HI] },
    error: errors({ message: 'May not be empty', property: 'replyToken' }),
  },
  {
    title: 'a reply token that is no text',
    operation: 'reply',
    body: '{"replyToken":{},"messages":[]}',
    error: property('replyToken', 1, 15),
  },
  {
    title: 'a broadcast without messages',
    operation: 'broadcast',
    body: {},
    error: errors({ message: 'May not be empty', property: 'messages' }),
  },
  {
    title: 'a narrowcast without messages',
    operation: 'narrowcast',
    body: {},
    error: errors({ message: 'May not be empty', property: 'messages' }),
  },
  {
    title: 'a narrowcast with a list for a recipient',
    operation: 'narrowcast',
    profiles: CURRENT,
    body: `{"messages":[${HI_JSON}],"recipient":[]}`,
    error: property('recipient', 1, 55),
  },
  {
    title: 'messages to validate that are none',
    operation: 'validate',
    body: {},
    error: errors({ message: 'May not be empty', property: 'messages' }),
  },
  {
    title: 'a text for a switch',
    profiles: CURRENT,
    body: `{"notificationDisabled":"yes","to":"${USER}","messages":[${HI_JSON}]}`,
    error: property('notificationDisabled', 1, 25),
  },
  {
    title: 'a unit name with a space',
    profiles: CURRENT,
    body: { ...pushOf(HI), customAggregationUnits: ['a b'] },
    error: errors({ message: 'invalid property', property: 'customAggregationUnits[0]' }),
  },
  {
    title: 'the first of two values of a wrong type',
    body: `{"messages":[{"text":1,"type":2}],"to":3}`,
    error: property('messages[0].type', 1, 31),
  },

  {
    title: 'a number beyond all numbers',
    body: `{"to":"${USER}","messages":[{"type":"location","title":"t","address":"a","latitude":1e999,"longitude":1}]}`,
    error: property('messages[0].latitude', 1, 111),
  },

  // Recipients are looked at last.
  { title: 'a malformed recipient', body: { to: 'kutemukan', messages: [HI] }, error: property('to', '-', '-') },
  {
    title: 'a malformed recipient and a bad message',
    body: { to: 'kutemukan', messages: [{}] },
    error: errors({ message: 'May not be empty', property: 'messages[0].type' }),
  },
  {
    title: 'a group in a multicast',
    operation: 'multicast',
    body: { to: [USER, GROUP], messages: [HI] },
    error: { message: 'The property, to[1], in the request body is invalid (line: -, column: -)' },
  },
  {
    title: 'a multicast to nobody',
    operation: 'multicast',
    profiles: CURRENT,
    body: { to: [], messages: [HI] },
    error: errors({ message: 'Size must be between 1 and 500', property: 'to' }),
  },
  {
    title: 'a tracking id for a group',
    profiles: CURRENT,
    body: {
      to: GROUP,
      messages: [HI, { type: 'video', originalContentUrl: URL, previewImageUrl: URL, trackingId: 't' }],
    },
    error: errors({ message: 'Must not be specified', property: 'messages[1].trackingId' }),
  },
  {
    title: 'a mention to a single user',
    profiles: CURRENT,
    body: pushOf(textV2('{a}', { a: all })),
    error: deep('invalid property', 'substitution/a/type'),
  },
  {
    title: 'a mention in a multicast',
    operation: 'multicast',
    profiles: CURRENT,
    body: { to: [USER], messages: [textV2('{a}', { a: all })] },
    error: deep('invalid property', 'substitution/a/type'),
  },
  {
    title: 'a quote in a broadcast',
    operation: 'broadcast',
    profiles: CURRENT,
    body: { messages: [{ ...HI, quoteToken: 'q' }] },
    error: errors({ message: 'Must not be specified', property: 'messages[0].quoteToken' }),
  },

  // Addresses.
  {
    title: 'an image over http',
    body: image('http://example.com/1.jpg'),
    error: errors({ message: 'invalid uri scheme', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'an image of this machine over http',
    body: image('http://localhost/1.jpg'),
    error: errors({ message: 'invalid uri scheme', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'an image without a scheme',
    body: image('example.com/1.jpg'),
    error: errors({ message: 'invalid uri scheme', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'an image without a host',
    body: image('https:///1.jpg'),
    error: errors({ message: 'invalid uri', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'a space in an address',
    body: image('https://example.com/a b.jpg'),
    error: errors({ message: 'invalid uri', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'a broken escape in an address',
    body: image('https://example.com/%zz'),
    error: errors({ message: 'invalid uri', property: 'messages[0].originalContentUrl' }),
  },
  {
    title: 'a link to a script',
    body: button({ type: 'uri', uri: 'javascript:alert(1)' }),
    error: deep('invalid uri scheme', 'template/actions/0/uri'),
  },
  {
    title: 'a link into LINE before there were any',
    profiles: ['2017'],
    body: button({ type: 'uri', uri: 'line://nv/chat' }),
    error: deep('invalid uri scheme', 'template/actions/0/uri'),
  },

  // Rules between properties.
  {
    title: 'an emoji that points at no placeholder',
    profiles: CURRENT,
    body: pushOf({ type: 'text', text: 'a$', emojis: [{ index: 0, productId: 'p', emojiId: 'e' }] }),
    error: errors({ message: 'invalid property', property: 'messages[0].emojis[0].index' }),
  },
  {
    title: 'an emoji before the text',
    profiles: CURRENT,
    body: pushOf({ type: 'text', text: 'a$', emojis: [{ index: -1, productId: 'p', emojiId: 'e' }] }),
    error: errors({ message: 'Must be greater than or equal to 0', property: 'messages[0].emojis[0].index' }),
  },
  {
    title: 'a key in braces that is none',
    profiles: CURRENT,
    body: pushOf(textV2('{!owe}')),
    error: deep("The key '!owe' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.", 'text'),
  },
  { title: 'a brace alone', profiles: CURRENT, body: pushOf(textV2('a { b')), error: deep('invalid property', 'text') },
  {
    title: 'a key without a substitution',
    profiles: CURRENT,
    body: pushOf(textV2('{toString}')),
    error: deep('must be specified', 'substitution/toString'),
  },
  {
    title: 'a mention and no substitution at all',
    profiles: CURRENT,
    body: pushOf({ type: 'textV2', text: '{a}' }),
    error: deep('must be specified', 'substitution/a'),
  },
  {
    title: 'a sender that poses as LINE',
    profiles: CURRENT,
    body: pushOf({ ...HI, sender: { name: 'LINE staff' } }),
    error: errors({ message: 'invalid property', property: 'messages[0].sender.name' }),
  },
  {
    title: 'a tracking id with a space',
    profiles: CURRENT,
    body: pushOf({ type: 'video', originalContentUrl: URL, previewImageUrl: URL, trackingId: 'a b' }),
    error: errors({ message: 'invalid property', property: 'messages[0].trackingId' }),
  },
  {
    title: 'a delivery tag with a hyphen',
    profiles: CURRENT,
    body: pushOf({ type: 'coupon', couponId: 'c', deliveryTag: 'a-b' }),
    error: errors({ message: 'invalid property', property: 'messages[0].deliveryTag' }),
  },
  {
    title: 'an area left of the image',
    body: pushOf({
      type: 'imagemap',
      baseUrl: URL,
      altText: 'a',
      baseSize: { width: 1040, height: 1 },
      actions: [{ type: 'message', text: 'a', area: { x: -1, y: 0, width: 1, height: 1 } }],
    }),
    error: errors({ message: 'Must be greater than or equal to 0', property: 'messages[0].actions[0].area.x' }),
  },
  {
    title: 'an imagemap without actions',
    body: pushOf({ type: 'imagemap', baseUrl: URL, altText: 'a', baseSize: { width: 1040, height: 1 }, actions: [] }),
    error: errors({ message: 'Size must be between 1 and 50', property: 'messages[0].actions' }),
  },
  {
    title: 'a color of three digits',
    profiles: CURRENT,
    body: pushOf(template({ type: 'buttons', text: 't', imageBackgroundColor: '#fff', actions: [say] })),
    error: deep('invalid property', 'template/imageBackgroundColor'),
  },
  {
    title: 'buttons without a button',
    body: pushOf(template({ type: 'buttons', text: 't', actions: [] })),
    error: deep('must be specified', 'template/actions'),
  },
  {
    title: 'a confirm with one button',
    body: pushOf(template({ type: 'confirm', text: 't', actions: [say] })),
    error: deep('must not be less than 2 items', 'template/actions'),
  },
  {
    title: 'columns with unequal actions',
    body: pushOf(template({ type: 'carousel', columns: [column({ actions: [say, say] }), column({})] })),
    error: deep('invalid property', 'template/columns/1/actions'),
  },
  {
    title: 'columns of which one has an image',
    profiles: CURRENT,
    body: pushOf(template({ type: 'carousel', columns: [column({}), column({ thumbnailImageUrl: URL })] })),
    error: deep('invalid property', 'template/columns/1/thumbnailImageUrl'),
  },
  {
    title: 'columns of which one has a title',
    profiles: CURRENT,
    body: pushOf(template({ type: 'carousel', columns: [column({ title: 't' }), column({})] })),
    error: deep('invalid property', 'template/columns/1/title'),
  },
  {
    title: 'a camera in a template',
    profiles: CURRENT,
    body: button({ type: 'camera' }),
    error: deep('invalid property', 'template/actions/0/type'),
  },
  {
    title: 'a rich menu switch in a quick reply',
    profiles: CURRENT,
    body: pushOf({
      ...HI,
      quickReply: { items: [{ type: 'action', action: { type: 'richmenuswitch', richMenuAliasId: 'a', data: 'd' } }] },
    }),
    error: errors({ message: 'invalid property', property: 'messages[0].quickReply.items[0].action.type' }),
  },
  {
    title: 'a clipboard action before there was one',
    profiles: ['2017'],
    body: button({ type: 'clipboard', clipboardText: 'c' }),
    error: deep('invalid property', 'template/actions/0/type'),
  },
  {
    title: 'a postback that shows two texts',
    profiles: CURRENT,
    body: button({ type: 'postback', data: 'd', text: 't', displayText: 't' }),
    error: deep('invalid property', 'template/actions/0/text'),
  },
  {
    title: 'a text for a keyboard that stays closed',
    profiles: CURRENT,
    body: button({ type: 'postback', data: 'd', inputOption: 'openVoice', fillInText: 't' }),
    error: deep('invalid property', 'template/actions/0/fillInText'),
  },
  ...[
    ['date', '2017-02-30'],
    ['date', '1899-12-31'],
    ['date', '2101-01-01'],
    ['date', '2017-06-18T06:15'],
    ['time', '24:00'],
    ['time', '6:15'],
    ['datetime', '2017-06-18'],
    ['datetime', '2017-06-18 06:15'],
    ['datetime', '2017-06-18T06:15T'],
  ].map(([mode = '', initial = '']) => ({
    title: `a picker of ${mode} that starts at ${initial}`,
    body: picker({ mode, initial }),
    error: deep('invalid property', 'template/actions/0/initial'),
  })),
  {
    title: 'a picker whose end is not after its start',
    body: picker({ mode: 'datetime', min: '2017-06-18t06:15', max: '2017-06-18T06:15' }),
    error: deep('invalid property', 'template/actions/0/max'),
  },
  {
    title: 'only the first bad message of the deep check',
    body: pushOf(HI, template({ type: 'a' }), template({ type: 'b' })),
    error: badMessage(1, { message: 'invalid property', property: 'template/type' }),
  },
  {
    title: 'a plain message before the deep check',
    body: pushOf(template({ type: 'a' }), { type: 'text' }),
    error: errors({ message: 'May not be empty', property: 'messages[1].text' }),
  },
]

export const BODY_CASES: readonly NegativeCase[] = WRONG.flatMap((wrong) =>
  (wrong.profiles ?? BOTH).map((profile) => ({
    title: `${wrong.title} (${profile})`,
    operation: wrong.operation ?? 'push',
    profile,
    body: typeof wrong.body === 'string' ? wrong.body : JSON.stringify(wrong.body),
    contentType: wrong.contentType ?? JSON_TYPE,
    status: wrong.status ?? 400,
    error: wrong.error,
  })),
)

const RIGHT: readonly {
  title: string
  operation?: keyof SendBodies
  profiles?: readonly ApiProfile[]
  body: string | JsonObject
}[] = [
  { title: 'properties nobody knows', body: { ...pushOf({ ...HI, color: 'red' }), priority: 1 } },
  { title: 'null for what may be absent', body: pushOf({ ...HI, quickReply: null, sender: null }) },
  {
    title: 'a property given twice before that was refused',
    profiles: ['2017'],
    body: `{"to":"x","to":"${USER}","messages":[${HI_JSON}]}`,
  },
  { title: 'a group', body: { to: GROUP, messages: [HI] } },
  { title: 'a room', body: { to: ROOM, messages: [HI] } },
  { title: 'a mention to a group', profiles: CURRENT, body: { to: GROUP, messages: [textV2('{a}', { a: all })] } },
  { title: 'a reply', operation: 'reply', body: { replyToken: 'nHuyWiB7yP5Zw52FIkcQobQuGDXCTA', messages: [HI] } },
  { title: 'a broadcast', operation: 'broadcast', body: { messages: [HI] } },
  { title: 'a narrowcast', operation: 'narrowcast', body: { messages: [HI], limit: { max: 100 } } },
  { title: 'messages to validate', operation: 'validate', body: { messages: [HI] } },
  {
    title: 'emoji of 2017 in a text',
    profiles: ['2017'],
    body: `{"to":"${USER}","messages":[{"type":"text","text":"\\uDBC0\\uDC84 LINE emoji"}]}`,
  },
  {
    title: 'what came later in profile 2017',
    profiles: ['2017'],
    body: pushOf({ ...HI, emojis: 'x', sender: 1, quickReply: [], quoteToken: {} }),
  },
  { title: 'a telephone number', body: button({ type: 'uri', uri: 'tel:09001234567' }) },
  { title: 'a link into LINE', profiles: CURRENT, body: button({ type: 'uri', uri: 'LINE://nv/chat' }) },
  {
    title: 'an image carousel without labels',
    body: pushOf(
      template({ type: 'image_carousel', columns: [{ imageUrl: URL, action: { type: 'postback', data: '' } }] }),
    ),
  },
  {
    title: 'a substitution named like a property of objects',
    profiles: CURRENT,
    body: `{"to":"${USER}","messages":[{"type":"textV2","text":"{__proto__}","substitution":{"__proto__":{"type":"emoji","productId":"p","emojiId":"e"}}}]}`,
  },
  {
    title: 'a sender whose name has line in it',
    profiles: CURRENT,
    body: pushOf({ ...HI, sender: { name: 'Online shop' } }),
  },
  {
    title: 'columns of which one has an image, in 2017',
    profiles: ['2017'],
    body: pushOf(template({ type: 'carousel', columns: [column({}), column({ thumbnailImageUrl: URL })] })),
  },
  {
    title: 'the last day of a leap February',
    body: picker({ initial: '2016-02-29', min: '1900-01-01', max: '2100-12-31' }),
  },
  { title: 'a whole day', body: picker({ mode: 'time', min: '00:00', max: '23:59' }) },
]

export const ACCEPTED_CASES: readonly PositiveCase[] = RIGHT.flatMap(({ title, operation, profiles, body }) =>
  (profiles ?? BOTH).map((profile) => ({
    title: `${title} (${profile})`,
    operation: operation ?? 'push',
    profile,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
)
