// What happens when a user taps: the action objects of templates, image carousels and quick replies, which differ in
// the label they want and in the actions they take. LINE reference, "Action objects"; LINE reference 2017, "Template
// action".
import type { LimitName } from '../limits.ts'
import { BODY, type Inspection, type Place, within } from '../rules/inspection.ts'
import {
  added,
  type Field,
  type Fields,
  invalid,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  text,
  tooLong,
} from '../rules/rule.ts'
import { later, original, tagged } from '../rules/tagged.ts'
import { link } from '../rules/uri.ts'
import { deepWords } from '../wording.ts'
import { type DatetimePickerAction, datetimePickerAction } from './datetime-picker.ts'

export interface PostbackAction {
  type: 'postback'
  label?: string
  data: string
  displayText?: string
  /** Deprecated since `displayText` exists. */
  text?: string
  inputOption?: 'closeRichMenu' | 'openRichMenu' | 'openKeyboard' | 'openVoice'
  fillInText?: string
}

export interface MessageAction {
  type: 'message'
  label?: string
  text: string
}

export interface UriAction {
  type: 'uri'
  label?: string
  uri: string
  altUri?: AltUri
}

export interface AltUri {
  desktop?: string
}

export interface ClipboardAction {
  type: 'clipboard'
  label?: string
  clipboardText: string
}

/** These three belong to quick replies only. */
export interface CameraAction {
  type: 'camera'
  label?: string
}

export interface CameraRollAction {
  type: 'cameraRoll'
  label?: string
}

export interface LocationAction {
  type: 'location'
  label?: string
}

export type TemplateAction = PostbackAction | MessageAction | UriAction | DatetimePickerAction | ClipboardAction
export type QuickReplyAction = TemplateAction | CameraAction | CameraRollAction | LocationAction
export type Action = QuickReplyAction

interface LabelRule {
  limit: LimitName
  required: boolean
}

// LINE reference, "Specifications of the label".
export const templateAction = templateActions({ limit: 'action.label', required: true })
export const imageCarouselAction = templateActions({ limit: 'action.label.imageCarousel', required: false })
export const quickReplyAction = quickReplyActions({ limit: 'action.label.quickReply', required: true })

function templateActions(labelRule: LabelRule): Rule<TemplateAction> {
  const label = labelField(labelRule)
  return tagged<TemplateAction>({
    postback: original(postback(label)),
    message: original(messageAction(label)),
    uri: original(uriAction(label)),
    datetimepicker: original(datetimePickerAction(label)),
    clipboard: later(clipboard(label)),
  })
}

function quickReplyActions(labelRule: LabelRule): Rule<QuickReplyAction> {
  const label = labelField(labelRule)
  return tagged<QuickReplyAction>({
    postback: original(postback(label)),
    message: original(messageAction(label)),
    uri: original(uriAction(label)),
    datetimepicker: original(datetimePickerAction(label)),
    clipboard: later(clipboard(label)),
    camera: later(object<CameraAction>({ type: required(oneOf(['camera'])), label })),
    cameraRoll: later(object<CameraRollAction>({ type: required(oneOf(['cameraRoll'])), label })),
    location: later(object<LocationAction>({ type: required(oneOf(['location'])), label })),
  })
}

type LabelField = Field<string, 'optional'>

function labelField(label: LabelRule): LabelField {
  // LINE facts sheet, "Known detail messages": a missing or empty label is told of at the action, not at the label.
  const absent = (inspection: Inspection, { parent: action = BODY }: Place) =>
    inspection.fault(deepWords.labelMissing(), action)
  return {
    ...optional<string>({
      read(value, inspection, place) {
        if (typeof value !== 'string') return inspection.wrongType(place)
        if (value === '' && label.required) return absent(inspection, place)
        return tooLong(value, label.limit, inspection, place) ? undefined : value
      },
    }),
    whenAbsent: label.required ? absent : undefined,
  }
}

function postback(label: LabelField): Rule<PostbackAction> {
  const fields: Fields<PostbackAction> = {
    type: required(oneOf(['postback'])),
    label,
    data: required(text({ limit: 'postback.data', mayBeEmpty: true })),
    displayText: added(text({ limit: 'postback.displayText', mayBeEmpty: true })),
    text: optional(text({ limit: 'postback.text', mayBeEmpty: true })),
    inputOption: added(oneOf(['closeRichMenu', 'openRichMenu', 'openKeyboard', 'openVoice'])),
    fillInText: added(text({ limit: 'postback.fillInText', mayBeEmpty: true })),
  }
  return object(fields, (action, inspection, place) => {
    // LINE reference, "Postback action": not both at the same time; only with openKeyboard.
    if (action.displayText !== undefined && action.text !== undefined) invalid(inspection, within(place, 'text'))
    if (action.fillInText !== undefined && action.inputOption !== 'openKeyboard')
      invalid(inspection, within(place, 'fillInText'))
  })
}

function messageAction(label: LabelField): Rule<MessageAction> {
  return object<MessageAction>({
    type: required(oneOf(['message'])),
    label,
    text: required(text({ limit: 'message.text' })),
  })
}

function uriAction(label: LabelField): Rule<UriAction> {
  return object<UriAction>({
    type: required(oneOf(['uri'])),
    label,
    uri: required(link('uri.uri')),
    altUri: added(object<AltUri>({ desktop: added(link('uri.altUri.desktop')) })),
  })
}

function clipboard(label: LabelField): Rule<ClipboardAction> {
  return object<ClipboardAction>({
    type: required(oneOf(['clipboard'])),
    label,
    clipboardText: required(text({ limit: 'clipboard.clipboardText' })),
  })
}
