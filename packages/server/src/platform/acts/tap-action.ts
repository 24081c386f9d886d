// A user taps something in a message of the bot: a button, an area of an imagemap, a quick reply. LINE reference,
// "Action objects", says what each does.
import { isPickerValue, type PostbackParams } from '@hatoba/line/wire'
import type { StoredMessage } from '../chats/chats.ts'
import type { StoredFile } from '../content/content-store.ts'
import type { PlatformCore } from '../core.ts'
import { postbackEvent } from '../webhooks/events.ts'
import { type ActOutcome, recordAct, refuse, type Seat, type Told, tellBot, together, whyMute } from './act.ts'
import { readAction, type TappedAction, valueAt } from './find-action.ts'
import { putImages } from './image-set.ts'
import { putMessage } from './send-message.ts'
import type { LocationContent, UserMessage } from './user-message.ts'

/** What the user chose in the dialog that the action opened. */
export interface Chosen {
  /** Of a datetime picker. */
  value?: string
  /** Of the camera or the camera roll. */
  files?: readonly StoredFile[]
  location?: Omit<LocationContent, 'type'>
  /** LINE for PC or Mac, where a URI action may have another address. */
  device?: 'phone' | 'desktop'
}

export interface Tapped extends Told {
  action: TappedAction['type']
  /** What came into the chat. */
  messages: StoredMessage[]
  /** The address that the device opens. */
  opened?: string
  /** What is in the clipboard now. */
  copied?: string
  /** What the app does with the input beside the chat. LINE reference, "Postback action": inputOption */
  inputOption?: string
  /** What stands in the input now. */
  filledIn?: string
}

/** @param at a JSON pointer into the message */
export function tapAction(
  core: PlatformCore,
  seat: Seat,
  stored: StoredMessage,
  at: string,
  chosen: Chosen,
): ActOutcome<Tapped> {
  const action = stored.unsent === undefined ? readAction(valueAt(stored.message, at)) : undefined
  if (action === undefined) return refuse(`there is no action at ${at} of message ${stored.id}`)
  // LINE reference, "Quick reply": shown with the newest message only
  if (at.startsWith('/quickReply/') && stored.chat.messages.at(-1) !== stored)
    return refuse('quick replies are gone once another message has come')
  const mute = action.type === 'uri' || action.type === 'clipboard' ? undefined : whyMute(core, seat)
  if (mute !== undefined) return refuse(mute)
  const wrong = whyWrongChoice(action, chosen)
  if (wrong !== undefined) return refuse(wrong)
  const causeId = recordAct(core, 'tap', seat, { messageId: stored.id, at, action: action.type })
  return { ok: true, value: { action: action.type, ...perform(core, seat, action, chosen, causeId) } }
}

function whyWrongChoice(action: TappedAction, { value, files = [], location }: Chosen): string | undefined {
  switch (action.type) {
    case 'datetimepicker': {
      const { mode, min, max } = action
      if (value === undefined) return `the picker wants a value: a ${mode}`
      if (!isPickerValue(value, mode)) return `${value} is no ${mode} as LINE writes it`
      // All forms sort as text once the T between date and time is a capital one.
      const sortable = value.toUpperCase()
      if (min !== undefined && sortable < min.toUpperCase()) return `${value} is before the picker's min, ${min}`
      if (max !== undefined && sortable > max.toUpperCase()) return `${value} is after the picker's max, ${max}`
      return undefined
    }
    case 'camera':
      return files.length === 1 ? undefined : 'the camera takes one picture: uploadIds must hold one'
    case 'cameraRoll':
      return files.length > 0 ? undefined : 'the camera roll wants pictures: uploadIds must hold some'
    case 'location':
      return location === undefined ? 'the map wants a location' : undefined
    case 'postback':
    case 'message':
    case 'uri':
    case 'clipboard':
      return undefined
    default:
      return action satisfies never
  }
}

function perform(
  core: PlatformCore,
  seat: Seat,
  action: TappedAction,
  { value = '', files = [], location, device }: Chosen,
  causeId: number,
): Omit<Tapped, 'action'> {
  const nothing = { messages: [], webhookEventIds: [] }
  const send = (message: UserMessage) => putMessage(core, seat, message, causeId)
  const postback = (data: string, params?: PostbackParams) => {
    const event = () => postbackEvent(core, seat.chat, seat.user.userId, { data, ...(params && { params }) })
    return tellBot(core, seat.chat, event, causeId)
  }
  switch (action.type) {
    case 'postback': {
      const { data, text, displayText, inputOption, fillInText } = action
      const told = postback(data)
      // LINE reference, "Postback action": `text` is sent as the user's message, `displayText` only shown as one
      const shown =
        text !== undefined
          ? [send({ type: 'text', text })]
          : displayText !== undefined
            ? [send({ type: 'text', text: displayText, isDisplayText: true })]
            : []
      return {
        messages: shown.map(({ stored }) => stored),
        ...together(told, ...shown),
        ...(inputOption !== undefined && { inputOption }),
        ...(fillInText !== undefined && { filledIn: fillInText }),
      }
    }
    case 'message': {
      const { stored, ...told } = send({ type: 'text', text: action.text })
      return { messages: [stored], ...told }
    }
    case 'uri':
      return { ...nothing, opened: device === 'desktop' ? (action.desktopUri ?? action.uri) : action.uri }
    case 'datetimepicker': {
      // LINE reference, "Postback event", params: with a capital T
      const chosen = value.toUpperCase()
      const { mode, data } = action
      const params = mode === 'date' ? { date: chosen } : mode === 'time' ? { time: chosen } : { datetime: chosen }
      return { messages: [], ...postback(data, params) }
    }
    case 'camera':
    case 'cameraRoll': {
      const sent = putImages(core, seat, files, causeId)
      return { messages: sent.map(({ stored }) => stored), ...together(...sent) }
    }
    case 'location': {
      if (location === undefined) return nothing
      const { stored, ...told } = send({ type: 'location', ...location })
      return { messages: [stored], ...told }
    }
    case 'clipboard':
      return { ...nothing, copied: action.clipboardText }
    default:
      return action satisfies never
  }
}
