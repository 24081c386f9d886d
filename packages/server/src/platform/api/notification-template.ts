// The body of a templated notification message, and the message that its user sees.
// LINE notification messages reference, "Send a LINE notification message (template)".
import { propertyPath } from '@hatoba/line/wire'
import type { MessageObject } from '../chats/chats.ts'
import { type Answer, errorAnswer } from './answers.ts'
import type { BodyReader } from './body-reader.ts'

interface Item {
  itemKey: string
  content: string
}

interface Button {
  buttonKey: string
  url: string
}

export interface NotificationTemplate {
  templateKey: string
  emphasizedItem?: Item
  items: Item[]
  buttons: Button[]
}

export type ReadTemplate = { ok: true; value: NotificationTemplate } | { ok: false; answer: Answer }

const MOST_ITEMS = 15
const MOST_BUTTONS = 2
const LONGEST_EMPHASIZED = 15
const LONGEST_CONTENT = 300
const LONGEST_URL = 1000
// unconfirmed: LINE's lists of keys are not public. Those in its examples end in a language, and its example of a key
// that there is not has none: here each key that ends in a language is one.
const KEY = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*_(?:ja|th|tw|zh|en)$/
const URL_SCHEME = /^(?:https?|line|tel):/i

/** Faults of single values are left in the reader; an answer is given where LINE has one of its own. */
export function readTemplate(body: BodyReader): ReadTemplate {
  const templateKey = body.requiredText('templateKey')
  const unknownKeys: { message: string; property: string }[] = []
  const hasBody = body.hasObject('body')
  const emphasized = hasBody && body.hasObject('body', 'emphasizedItem')
  const items: Item[] = []
  const emphasizedItem = emphasized
    ? readItem(body, ['body', 'emphasizedItem'], LONGEST_EMPHASIZED, unknownKeys)
    : undefined
  const itemCount = hasBody ? body.sizeOfList('body', 'items') : 0
  if (itemCount > MOST_ITEMS) body.fault(`Size must be between 0 and ${MOST_ITEMS}`, 'body', 'items')
  else
    for (let i = 0; i < itemCount; i++) {
      const item = readItem(body, ['body', 'items', i], LONGEST_CONTENT, unknownKeys)
      if (item === undefined) continue
      if (items.some(({ itemKey }) => itemKey === item.itemKey))
        body.fault(duplicate(item.itemKey), 'body', 'items', i, 'itemKey')
      items.push(item)
    }
  if (items.some(({ itemKey }) => itemKey === emphasizedItem?.itemKey))
    body.fault(duplicate(emphasizedItem?.itemKey ?? ''), 'body', 'emphasizedItem', 'itemKey')
  const buttons = hasBody ? readButtons(body, unknownKeys) : []
  if (templateKey !== undefined && !KEY.test(templateKey)) return { ok: false, answer: noSuchTemplate(templateKey) }
  if (unknownKeys.length > 0)
    return {
      ok: false,
      answer: errorAnswer(400, {
        message: `The request body has ${unknownKeys.length} invalid key(s).`,
        details: unknownKeys,
      }),
    }
  const value = { templateKey: templateKey ?? '', items, buttons, ...(emphasizedItem && { emphasizedItem }) }
  return { ok: true, value }
}

type Place = readonly (string | number)[]
type UnknownKeys = { message: string; property: string }[]

function readItem(body: BodyReader, place: Place, longest: number, unknown: UnknownKeys): Item | undefined {
  const itemKey = body.requiredText(...place, 'itemKey')
  const content = body.requiredText(...place, 'content')
  if (content !== undefined && content.length > longest)
    body.fault(`Length must be between 0 and ${longest}`, ...place, 'content')
  if (itemKey !== undefined && !KEY.test(itemKey))
    unknown.push({ message: `The specified item key does not exist: ${itemKey}`, property: pathOf(place, 'itemKey') })
  return itemKey === undefined || content === undefined ? undefined : { itemKey, content }
}

function readButtons(body: BodyReader, unknown: UnknownKeys): Button[] {
  const count = body.sizeOfList('body', 'buttons')
  if (count > MOST_BUTTONS) {
    body.fault(`Size must be between 0 and ${MOST_BUTTONS}`, 'body', 'buttons')
    return []
  }
  const buttons: Button[] = []
  for (let i = 0; i < count; i++) {
    const place = ['body', 'buttons', i]
    const buttonKey = body.requiredText(...place, 'buttonKey')
    const url = body.requiredText(...place, 'url')
    if (url !== undefined && url.length > LONGEST_URL)
      body.fault(`Length must be between 0 and ${LONGEST_URL}`, ...place, 'url')
    else if (url !== undefined && !URL_SCHEME.test(url)) body.fault('invalid uri scheme', ...place, 'url')
    // unconfirmed, formed after the wording for items
    if (buttonKey !== undefined && !KEY.test(buttonKey))
      unknown.push({
        message: `The specified button key does not exist: ${buttonKey}`,
        property: pathOf(place, 'buttonKey'),
      })
    if (buttonKey !== undefined && url !== undefined) buttons.push({ buttonKey, url })
  }
  return buttons
}

const duplicate = (itemKey: string) =>
  `Duplicate itemKey in items or between emphasizedItem and items are not allowed: ${itemKey}`

function pathOf(place: Place, key: string): string {
  return propertyPath([...place, key])
}

function noSuchTemplate(templateKey: string): Answer {
  return errorAnswer(400, {
    message: `Invalid templateKey: ${templateKey}`,
    details: [
      { message: "The specified template doesn't exist, or you don't have the permission", property: 'templateKey' },
    ],
  })
}

/** LINE's titles and labels are not public: the keys stand for them. */
export function notificationBubble(template: NotificationTemplate): MessageObject {
  const { templateKey, emphasizedItem, items, buttons } = template
  const line = ({ itemKey, content }: Item, size: string) => ({
    type: 'box',
    layout: 'horizontal',
    contents: [
      { type: 'text', text: itemKey, color: '#888888', size: 'sm', wrap: true },
      { type: 'text', text: content, size, wrap: true },
    ],
  })
  const lines = [
    { type: 'text', text: templateKey, weight: 'bold', wrap: true },
    ...(emphasizedItem === undefined ? [] : [line(emphasizedItem, 'xl')]),
    ...items.map((item) => line(item, 'sm')),
  ]
  const actions = buttons.map(({ buttonKey, url }) => ({
    type: 'button',
    action: { type: 'uri', label: buttonKey.slice(0, 40), uri: url },
  }))
  const contents = {
    type: 'bubble',
    body: { type: 'box', layout: 'vertical', spacing: 'md', contents: lines },
    ...(actions.length > 0 && { footer: { type: 'box', layout: 'vertical', contents: actions } }),
  }
  const message = { type: 'flex', altText: templateKey, contents }
  return message
}
