// Every size and count LINE checks in what a bot sends, for both API profiles, with its source: one table, no figure
// anywhere else. Files behind URLs have a table of their own (media-limits.ts).

/** `2017`: the Messaging API as documented in 2017. `current`: as documented today. */
export type ApiProfile = '2017' | 'current'

/**
 * What is counted. Most texts are counted in UTF-16 units, some in grapheme clusters (LINE documentation, "Character
 * counting in a text"; 2017 says only "characters", so today's unit serves both columns).
 */
export type LimitUnit = 'items' | 'utf16' | 'graphemes' | 'bytes' | 'levels'

export interface LimitRow {
  name: string
  /** null: LINE states no limit, or does not know the property in this profile. */
  '2017': number | null
  current: number | null
  unit: LimitUnit
  source: { '2017': string | null; current: string | null }
}

const SEND_2017 = 'LINE reference 2017, "Send message object"'
const ACTION_2017 = 'LINE reference 2017, "Template action"'
const OURS = 'ours: LINE states none, and every input has a limit'

const row = <Name extends string>(
  name: Name,
  unit: LimitUnit,
  in2017: readonly [value: number, source: string] | null,
  current: readonly [value: number, source: string] | null,
) => ({
  name,
  '2017': in2017?.[0] ?? null,
  current: current?.[0] ?? null,
  unit,
  source: { '2017': in2017?.[1] ?? null, current: current?.[1] ?? null },
})

const message = (section: string) => `LINE reference, "Message objects", ${section}`
const action = (section: string) => `LINE reference, "Action objects", ${section}`

export const LIMITS = [
  row('request.body', 'bytes', [2 * 1024 * 1024, OURS], [2 * 1024 * 1024, 'LINE reference, "Status codes", 413']),
  row('request.depth', 'levels', [100, OURS], [100, OURS]),
  row('send.messages', 'items', [5, 'LINE reference 2017, "Push message"'], [5, 'LINE reference, "Send push message"']),
  row(
    'multicast.to',
    'items',
    [150, 'LINE reference 2017, "Multicast"'],
    [500, 'LINE reference, "Send multicast message"'],
  ),
  row('send.customAggregationUnits', 'items', null, [1, 'LINE reference, "Send push message"']),
  row('send.customAggregationUnit', 'utf16', null, [30, 'LINE reference, "Send push message"']),

  row('text.text', 'utf16', [2000, SEND_2017], [5000, message('text')]),
  row('text.emojis', 'items', null, [20, message('text')]),
  row('textV2.text', 'utf16', null, [5000, message('text v2')]),
  row('textV2.substitution', 'items', null, [100, message('text v2')]),
  row('textV2.substitutionKey', 'utf16', null, [20, message('text v2')]),
  row('textV2.mentions', 'items', null, [20, message('text v2, mention object')]),
  row('textV2.emojis', 'items', null, [20, message('text v2, emoji object')]),
  row('image.originalContentUrl', 'utf16', [1000, SEND_2017], [2000, message('image')]),
  row('image.previewImageUrl', 'utf16', [1000, SEND_2017], [2000, message('image')]),
  row('video.originalContentUrl', 'utf16', [1000, SEND_2017], [2000, message('video')]),
  row('video.previewImageUrl', 'utf16', [1000, SEND_2017], [2000, message('video')]),
  row('video.trackingId', 'utf16', null, [100, message('video')]),
  row('audio.originalContentUrl', 'utf16', [1000, SEND_2017], [2000, message('audio')]),
  row('location.title', 'utf16', [100, SEND_2017], [100, message('location')]),
  row('location.address', 'utf16', [100, SEND_2017], [100, message('location')]),
  row('coupon.deliveryTag', 'utf16', null, [30, message('coupon')]),

  row('imagemap.baseUrl', 'utf16', [1000, SEND_2017], [2000, message('imagemap')]),
  row('imagemap.altText', 'utf16', [400, SEND_2017], [1500, message('imagemap')]),
  row('imagemap.actions', 'items', [50, SEND_2017], [50, message('imagemap')]),
  row('imagemap.action.label', 'utf16', null, [100, message('imagemap actions')]),
  row('imagemap.action.linkUri', 'utf16', [1000, SEND_2017], [1000, message('imagemap actions')]),
  row('imagemap.action.text', 'utf16', [400, SEND_2017], [400, message('imagemap actions')]),
  row('imagemap.action.clipboardText', 'utf16', null, [1000, message('imagemap actions')]),
  row('imagemap.video.originalContentUrl', 'utf16', null, [2000, message('imagemap')]),
  row('imagemap.video.previewImageUrl', 'utf16', null, [2000, message('imagemap')]),
  row('imagemap.video.externalLink.linkUri', 'utf16', null, [1000, message('imagemap')]),
  row('imagemap.video.externalLink.label', 'utf16', null, [30, message('imagemap')]),

  row('template.altText', 'utf16', [400, SEND_2017], [1500, message('template')]),
  row('buttons.thumbnailImageUrl', 'utf16', [1000, SEND_2017], [2000, message('buttons')]),
  row('buttons.title', 'graphemes', [40, SEND_2017], [40, message('buttons')]),
  row('buttons.text.alone', 'graphemes', [160, SEND_2017], [160, message('buttons')]),
  row('buttons.text.withImageOrTitle', 'graphemes', [60, SEND_2017], [60, message('buttons')]),
  row('buttons.actions', 'items', [4, SEND_2017], [4, message('buttons')]),
  row('confirm.text', 'graphemes', [240, SEND_2017], [240, message('confirm')]),
  row('confirm.actions', 'items', [2, SEND_2017], [2, message('confirm')]),
  row('carousel.columns', 'items', [5, SEND_2017], [10, message('carousel')]),
  row('carousel.thumbnailImageUrl', 'utf16', [1000, SEND_2017], [2000, message('carousel')]),
  row('carousel.title', 'graphemes', [40, SEND_2017], [40, message('carousel')]),
  row('carousel.text.alone', 'graphemes', [120, SEND_2017], [120, message('carousel')]),
  row('carousel.text.withImageOrTitle', 'graphemes', [60, SEND_2017], [60, message('carousel')]),
  row('carousel.actions', 'items', [3, SEND_2017], [3, message('carousel')]),
  row('imageCarousel.columns', 'items', [5, SEND_2017], [10, message('image carousel')]),
  row('imageCarousel.imageUrl', 'utf16', [1000, SEND_2017], [2000, message('image carousel')]),

  row('flex.altText', 'utf16', null, [1500, message('flex')]),
  row('flex.bubble', 'bytes', null, [30 * 1024, message('flex bubble')]),
  row('flex.carousel', 'bytes', null, [50 * 1024, message('flex carousel')]),

  row('quickReply.items', 'items', null, [13, message('quick reply')]),
  row('quickReply.imageUrl', 'utf16', null, [2000, message('quick reply')]),
  row('sender.name', 'utf16', null, [20, message('icon and display name')]),
  row('sender.iconUrl', 'utf16', null, [2000, message('icon and display name')]),

  row('action.label', 'graphemes', [20, ACTION_2017], [20, action('label')]),
  row('action.label.imageCarousel', 'graphemes', [12, ACTION_2017], [12, action('label')]),
  row('action.label.quickReply', 'graphemes', null, [20, action('label')]),
  row('postback.data', 'utf16', [300, ACTION_2017], [300, action('postback')]),
  row('postback.displayText', 'graphemes', null, [300, action('postback')]),
  row('postback.text', 'graphemes', [300, ACTION_2017], [300, action('postback')]),
  row('postback.fillInText', 'graphemes', null, [300, action('postback')]),
  row('message.text', 'graphemes', [300, ACTION_2017], [300, action('message')]),
  row('uri.uri', 'utf16', [1000, ACTION_2017], [1000, action('URI')]),
  row('uri.altUri.desktop', 'utf16', null, [1000, action('URI')]),
  row('datetimepicker.data', 'utf16', [300, ACTION_2017], [300, action('datetime picker')]),
  row('clipboard.clipboardText', 'utf16', null, [1000, action('clipboard')]),
] as const satisfies readonly LimitRow[]

export type LimitName = (typeof LIMITS)[number]['name']

const rows: ReadonlyMap<string, LimitRow> = new Map(LIMITS.map((entry) => [entry.name, entry]))

export function limitRow(name: LimitName): LimitRow {
  const found = rows.get(name)
  if (found === undefined) throw new Error(`no limit is named ${name}`)
  return found
}

/** The figure that holds in a profile; null where there is none. */
export function limit(name: LimitName, profile: ApiProfile): number | null {
  return limitRow(name)[profile]
}
