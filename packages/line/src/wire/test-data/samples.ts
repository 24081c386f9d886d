// One message of each kind with every property it can have, and which of them LINE requires. Data for tests: cases of
// refusal are made from these by leaving out, replacing and enlarging.
import type { ApiProfile } from '../limits.ts'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

export interface Sample {
  name: string
  profiles: readonly ApiProfile[]
  message: JsonObject
  /** Paths without which LINE refuses the message; `*` is any entry of a list or map that has what follows. */
  required: readonly string[]
  /** Paths to a value out of a list, also with `*`: LINE refuses any other. */
  enums: readonly string[]
  /** Paths that another property needs: they cannot be left out alone, and have cases of their own. */
  needed?: readonly string[]
}

const both = ['2017', 'current'] as const
const current = ['current'] as const

export const USER = `U${'0123456789abcdef'.repeat(2)}`
export const GROUP = `C${'0123456789abcdef'.repeat(2)}`
export const ROOM = `R${'0123456789abcdef'.repeat(2)}`

const area = { x: 0, y: 10, width: 520, height: 1040 }
const url = (name: string) => `https://example.com/${name}`

const postback = { type: 'postback', label: 'Buy', data: 'action=buy&itemid=123' }
const messageAction = { type: 'message', label: 'Yes', text: 'yes' }
const uriAction = { type: 'uri', label: 'View detail', uri: 'http://example.com/page/123' }
const datetimepicker = {
  type: 'datetimepicker',
  label: 'Select date',
  data: 'storeId=12345',
  mode: 'datetime',
  initial: '2017-12-25t00:00',
  max: '2018-01-24T23:59',
  min: '2017-12-25t00:00',
}

const quickReply = {
  items: [
    { type: 'action', imageUrl: url('icon.png'), action: { type: 'camera', label: 'Camera' } },
    { type: 'action', action: { type: 'cameraRoll', label: 'Camera roll' } },
    { type: 'action', action: { type: 'location', label: 'Location' } },
    { type: 'action', action: { type: 'clipboard', label: 'Copy', clipboardText: '3B48740B' } },
    { type: 'action', action: { ...postback, displayText: 'Buy', inputOption: 'openKeyboard', fillInText: 'a\nb' } },
    { type: 'action', action: messageAction },
    { type: 'action', action: { ...uriAction, altUri: { desktop: 'https://example.com/pc' } } },
    { type: 'action', action: datetimepicker },
  ],
}

export const SAMPLES: readonly Sample[] = [
  {
    name: 'text of 2017',
    profiles: both,
    message: { type: 'text', text: 'Hello, world' },
    required: ['type', 'text'],
    enums: ['type'],
  },
  {
    name: 'text',
    profiles: current,
    message: {
      type: 'text',
      text: '$ LINE emoji $',
      emojis: [
        { index: 0, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' },
        { index: 13, productId: '5ac1bfd5040ab15980c9b435', emojiId: '002' },
      ],
      quoteToken: 'yHAz4Ua2wx7',
      sender: { name: 'Cony', iconUrl: 'https://line.me/conyprof' },
    },
    required: ['type', 'text', 'emojis.*.index', 'emojis.*.productId', 'emojis.*.emojiId'],
    enums: ['type'],
  },
  {
    name: 'quick reply',
    profiles: current,
    message: { type: 'text', text: 'Choose', quickReply },
    required: [
      'type',
      'text',
      'quickReply.items',
      'quickReply.items.*.type',
      'quickReply.items.*.action',
      'quickReply.items.*.action.type',
      'quickReply.items.*.action.label',
      'quickReply.items.*.action.clipboardText',
      'quickReply.items.*.action.data',
      'quickReply.items.*.action.text',
      'quickReply.items.*.action.uri',
      'quickReply.items.*.action.mode',
    ],
    enums: [
      'type',
      'quickReply.items.*.type',
      'quickReply.items.*.action.type',
      'quickReply.items.*.action.inputOption',
      'quickReply.items.*.action.mode',
    ],
    needed: ['quickReply.items.4.action.inputOption'],
  },
  {
    name: 'text v2',
    profiles: current,
    message: {
      type: 'textV2',
      text: 'Welcome, {user1}! {laugh}\n{everyone} {{There}} is a newcomer!',
      substitution: {
        user1: { type: 'mention', mentionee: { type: 'user', userId: USER } },
        laugh: { type: 'emoji', productId: '5a8555cfe6256cc92ea23c2a', emojiId: '002' },
        everyone: { type: 'mention', mentionee: { type: 'all' } },
      },
      quoteToken: 'yHAz4Ua2wx7',
    },
    required: [
      'type',
      'text',
      'substitution.*',
      'substitution.*.type',
      'substitution.*.mentionee',
      'substitution.*.mentionee.type',
      'substitution.*.mentionee.userId',
      'substitution.*.productId',
      'substitution.*.emojiId',
    ],
    enums: ['type', 'substitution.*.type', 'substitution.*.mentionee.type'],
    needed: ['substitution'],
  },
  {
    name: 'sticker',
    profiles: both,
    message: { type: 'sticker', packageId: '446', stickerId: '1988', quoteToken: 'yHAz4Ua2wx7' },
    required: ['type', 'packageId', 'stickerId'],
    enums: ['type'],
  },
  {
    name: 'image',
    profiles: both,
    message: { type: 'image', originalContentUrl: url('original.jpg'), previewImageUrl: url('preview.jpg') },
    required: ['type', 'originalContentUrl', 'previewImageUrl'],
    enums: ['type'],
  },
  {
    name: 'video',
    profiles: both,
    message: {
      type: 'video',
      originalContentUrl: url('original.mp4'),
      previewImageUrl: url('preview.jpg'),
      trackingId: 'track-id',
    },
    required: ['type', 'originalContentUrl', 'previewImageUrl'],
    enums: ['type'],
  },
  {
    name: 'audio',
    profiles: both,
    message: { type: 'audio', originalContentUrl: url('original.m4a'), duration: 60000 },
    required: ['type', 'originalContentUrl', 'duration'],
    enums: ['type'],
  },
  {
    name: 'location',
    profiles: both,
    message: {
      type: 'location',
      title: 'my location',
      address: '〒150-0002 東京都渋谷区渋谷2丁目21−1',
      latitude: 35.65910807942215,
      longitude: 139.70372892916203,
    },
    required: ['type', 'title', 'address', 'latitude', 'longitude'],
    enums: ['type'],
  },
  {
    name: 'imagemap of 2017',
    profiles: both,
    message: {
      type: 'imagemap',
      baseUrl: url('bot/images/rm001'),
      altText: 'this is an imagemap',
      baseSize: { height: 1040, width: 1040 },
      actions: [
        { type: 'uri', linkUri: url(''), area },
        { type: 'message', text: 'hello', area },
      ],
    },
    required: [
      'type',
      'baseUrl',
      'altText',
      'baseSize',
      'baseSize.width',
      'baseSize.height',
      'actions',
      'actions.*.type',
      'actions.*.linkUri',
      'actions.*.text',
      'actions.*.area',
      'actions.*.area.x',
      'actions.*.area.y',
      'actions.*.area.width',
      'actions.*.area.height',
    ],
    enums: ['type', 'actions.*.type'],
  },
  {
    name: 'imagemap',
    profiles: current,
    message: {
      type: 'imagemap',
      baseUrl: url('bot/images/rm001'),
      altText: 'this is an imagemap',
      baseSize: { height: 1040, width: 1040 },
      video: {
        originalContentUrl: url('video.mp4'),
        previewImageUrl: url('video_preview.jpg'),
        area,
        externalLink: { linkUri: url('see_more.html'), label: 'See More' },
      },
      actions: [
        { type: 'clipboard', label: 'Copy', clipboardText: '3B48740B', area },
        { type: 'uri', label: 'Open', linkUri: 'line://app/1', area },
        { type: 'message', label: 'Say', text: 'hello', area },
      ],
    },
    required: [
      'type',
      'baseUrl',
      'altText',
      'baseSize',
      'baseSize.width',
      'baseSize.height',
      'actions',
      'actions.*.type',
      'actions.*.linkUri',
      'actions.*.text',
      'actions.*.clipboardText',
      'actions.*.area',
      'actions.*.area.x',
      'actions.*.area.y',
      'actions.*.area.width',
      'actions.*.area.height',
      'video.originalContentUrl',
      'video.previewImageUrl',
      'video.area',
      'video.area.x',
      'video.area.y',
      'video.area.width',
      'video.area.height',
      'video.externalLink.linkUri',
      'video.externalLink.label',
    ],
    enums: ['type', 'actions.*.type'],
  },
  {
    name: 'buttons of 2017',
    profiles: both,
    message: {
      type: 'template',
      altText: 'this is a buttons template',
      template: {
        type: 'buttons',
        thumbnailImageUrl: url('bot/images/image.jpg'),
        title: 'Menu',
        text: 'Please select',
        actions: [{ ...postback, text: 'Buy' }, messageAction, uriAction, datetimepicker],
      },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.text',
      'template.actions',
      'template.actions.*.type',
      'template.actions.*.label',
      'template.actions.*.data',
      'template.actions.1.text',
      'template.actions.*.uri',
      'template.actions.*.mode',
    ],
    enums: ['type', 'template.type', 'template.actions.*.type', 'template.actions.*.mode'],
  },
  {
    name: 'buttons',
    profiles: current,
    message: {
      type: 'template',
      altText: 'This is a buttons template',
      template: {
        type: 'buttons',
        thumbnailImageUrl: url('bot/images/image.jpg'),
        imageAspectRatio: 'rectangle',
        imageSize: 'cover',
        imageBackgroundColor: '#FFFFFF',
        title: 'Menu',
        text: 'Please select',
        defaultAction: uriAction,
        actions: [
          { ...postback, displayText: 'Buy', inputOption: 'openKeyboard', fillInText: '---' },
          { type: 'clipboard', label: 'Copy', clipboardText: '3B48740B' },
          { ...uriAction, altUri: { desktop: 'http://example.com/pc/page/222' } },
        ],
      },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.text',
      'template.defaultAction.type',
      'template.defaultAction.label',
      'template.defaultAction.uri',
      'template.actions',
      'template.actions.*.type',
      'template.actions.*.label',
      'template.actions.*.data',
      'template.actions.*.uri',
      'template.actions.*.clipboardText',
    ],
    enums: [
      'type',
      'template.type',
      'template.imageAspectRatio',
      'template.imageSize',
      'template.defaultAction.type',
      'template.actions.*.type',
      'template.actions.*.inputOption',
    ],
    needed: ['template.actions.0.inputOption'],
  },
  {
    name: 'confirm',
    profiles: both,
    message: {
      type: 'template',
      altText: 'this is a confirm template',
      template: { type: 'confirm', text: 'Are you sure?', actions: [messageAction, { ...messageAction, label: 'No' }] },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.text',
      'template.actions',
      'template.actions.*.type',
      'template.actions.*.label',
      'template.actions.*.text',
    ],
    enums: ['type', 'template.type', 'template.actions.*.type'],
  },
  {
    name: 'carousel of 2017',
    profiles: both,
    message: {
      type: 'template',
      altText: 'this is a carousel template',
      template: {
        type: 'carousel',
        columns: [
          {
            thumbnailImageUrl: url('bot/images/item1.jpg'),
            title: 'this is menu',
            text: 'description',
            actions: [postback, uriAction],
          },
        ],
      },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.columns',
      'template.columns.*.text',
      'template.columns.*.actions',
      'template.columns.*.actions.*.type',
      'template.columns.*.actions.*.label',
      'template.columns.*.actions.*.data',
      'template.columns.*.actions.*.uri',
    ],
    enums: ['type', 'template.type', 'template.columns.*.actions.*.type'],
  },
  {
    name: 'carousel',
    profiles: current,
    message: {
      type: 'template',
      altText: 'this is a carousel template',
      template: {
        type: 'carousel',
        columns: [
          {
            thumbnailImageUrl: url('bot/images/item1.jpg'),
            imageBackgroundColor: '#000000',
            title: 'this is menu',
            text: 'description',
            defaultAction: uriAction,
            actions: [postback],
          },
        ],
        imageAspectRatio: 'square',
        imageSize: 'contain',
      },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.columns',
      'template.columns.*.text',
      'template.columns.*.defaultAction.type',
      'template.columns.*.defaultAction.label',
      'template.columns.*.defaultAction.uri',
      'template.columns.*.actions',
      'template.columns.*.actions.*.type',
      'template.columns.*.actions.*.label',
      'template.columns.*.actions.*.data',
    ],
    enums: [
      'type',
      'template.type',
      'template.imageAspectRatio',
      'template.imageSize',
      'template.columns.*.defaultAction.type',
      'template.columns.*.actions.*.type',
    ],
  },
  {
    name: 'image carousel',
    profiles: both,
    message: {
      type: 'template',
      altText: 'this is a image carousel template',
      template: {
        type: 'image_carousel',
        columns: [
          { imageUrl: url('bot/images/item1.jpg'), action: postback },
          { imageUrl: url('bot/images/item2.jpg'), action: { ...messageAction } },
        ],
      },
    },
    required: [
      'type',
      'altText',
      'template',
      'template.type',
      'template.columns',
      'template.columns.*.imageUrl',
      'template.columns.*.action',
      'template.columns.*.action.type',
      'template.columns.*.action.data',
      'template.columns.*.action.text',
    ],
    enums: ['type', 'template.type', 'template.columns.*.action.type'],
  },
  {
    name: 'flex',
    profiles: current,
    message: {
      type: 'flex',
      altText: 'this is a flex message',
      contents: {
        type: 'bubble',
        body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'hello' }] },
      },
    },
    required: ['type', 'altText', 'contents', 'contents.type'],
    enums: ['type', 'contents.type'],
  },
  {
    name: 'coupon',
    profiles: current,
    message: { type: 'coupon', couponId: '01JYNW8JMQVFBNWF1APF8Z3FS7', deliveryTag: '2025_winter_campaign' },
    required: ['type', 'couponId'],
    enums: ['type'],
  },
]
