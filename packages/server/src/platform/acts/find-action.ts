// The action that a tap means: found in the message by a JSON pointer, or in an imagemap by the place of the tap.
// Messages of bots were checked when they were sent; what is read here is looked at once more all the same, since a
// Flex Message carries actions at any depth.
import type { DatetimePickerMode, ImagemapAction } from '@hatoba/line/wire'

/** What a user can tap, in the words of the wire. */
export type TappedAction =
  | { type: 'postback'; data: string; displayText?: string; text?: string; inputOption?: string; fillInText?: string }
  | { type: 'message'; text: string }
  | { type: 'uri'; uri: string; desktopUri?: string }
  | { type: 'datetimepicker'; data: string; mode: DatetimePickerMode; max?: string; min?: string }
  | { type: 'camera' }
  | { type: 'cameraRoll' }
  | { type: 'location' }
  | { type: 'clipboard'; clipboardText: string }

type Json = Record<string, unknown>

const LONGEST_POINTER = 500

/** What stands at a JSON pointer (RFC 6901); undefined where nothing does. */
export function valueAt(document: unknown, pointer: string): unknown {
  if (pointer.length > LONGEST_POINTER || (pointer !== '' && !pointer.startsWith('/'))) return undefined
  let value = document
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Json)[key] // an object that has the key
  }
  return value
}

/** The area of an imagemap under a point of its base size; of areas that overlap the first. */
export function pointerAtPoint(message: object, x: number, y: number): string | undefined {
  if (!('type' in message) || message.type !== 'imagemap' || !('actions' in message)) return undefined
  const actions = message.actions as readonly ImagemapAction[] // an imagemap that was checked when it was sent
  const index = actions.findIndex(
    ({ area }) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height,
  )
  return index === -1 ? undefined : `/actions/${index}`
}

/** Undefined where it is no action. */
export function readAction(value: unknown): TappedAction | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const action = value as Json // an object or a list; each field is looked at below
  const text = (name: string): string | undefined => {
    const field = action[name]
    return typeof field === 'string' ? field : undefined
  }
  const optional = <Name extends string>(name: Name, from: string = name) => {
    const found = text(from)
    return (found === undefined ? {} : { [name]: found }) as { [K in Name]?: string } // the one field, where there is one
  }
  switch (action.type) {
    case 'postback': {
      const data = text('data')
      if (data === undefined) return undefined
      const shown = { ...optional('displayText'), ...optional('text') }
      return { type: 'postback', data, ...shown, ...optional('inputOption'), ...optional('fillInText') }
    }
    case 'message': {
      const said = text('text')
      return said === undefined || said === '' ? undefined : { type: 'message', text: said }
    }
    case 'uri': {
      const uri = text('uri') ?? text('linkUri')
      const desktop = valueAt(action, '/altUri/desktop')
      if (uri === undefined) return undefined
      return { type: 'uri', uri, ...(typeof desktop === 'string' && { desktopUri: desktop }) }
    }
    case 'datetimepicker': {
      const data = text('data')
      const mode = action.mode
      if (data === undefined || (mode !== 'date' && mode !== 'time' && mode !== 'datetime')) return undefined
      return { type: 'datetimepicker', data, mode, ...optional('max'), ...optional('min') }
    }
    case 'camera':
    case 'cameraRoll':
    case 'location':
      return { type: action.type }
    case 'clipboard': {
      const clipboardText = text('clipboardText')
      return clipboardText === undefined ? undefined : { type: 'clipboard', clipboardText }
    }
    default:
      return undefined
  }
}
