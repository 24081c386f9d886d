import { propertyPath } from '../json/property-path.ts'
import type { Inspection, Place } from '../rules/inspection.ts'
import { pathOf } from '../rules/inspection.ts'
import { added, type Fields, list, number, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { later, original, tagged } from '../rules/tagged.ts'
import { fileUrl, link } from '../rules/uri.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

// LINE reference, "Message objects", imagemap. Its faults are told as those of plain messages are (seen in published
// logs: `messages[0].actions[0].text`).
export interface ImagemapMessage extends CommonFields {
  type: 'imagemap'
  /** LINE loads `{baseUrl}/1040` and other widths. */
  baseUrl: string
  altText: string
  baseSize: { width: number; height: number }
  video?: ImagemapVideo
  actions: ImagemapAction[]
}

export interface ImagemapArea {
  x: number
  y: number
  width: number
  height: number
}

export interface ImagemapVideo {
  originalContentUrl: string
  previewImageUrl: string
  area: ImagemapArea
  externalLink?: { linkUri: string; label: string }
}

export type ImagemapAction = ImagemapUriAction | ImagemapMessageAction | ImagemapClipboardAction

export interface ImagemapUriAction {
  type: 'uri'
  label?: string
  linkUri: string
  area: ImagemapArea
}

export interface ImagemapMessageAction {
  type: 'message'
  label?: string
  text: string
  area: ImagemapArea
}

export interface ImagemapClipboardAction {
  type: 'clipboard'
  label?: string
  clipboardText: string
  area: ImagemapArea
}

const area = object<ImagemapArea>({
  x: required(number({ min: 0 })),
  y: required(number({ min: 0 })),
  width: required(number({ min: 0 })),
  height: required(number({ min: 0 })),
})

const label = added(text({ limit: 'imagemap.action.label', mayBeEmpty: true }))

const action = tagged<ImagemapAction>({
  uri: original(
    object<ImagemapUriAction>({
      type: required(oneOf(['uri'])),
      label,
      linkUri: required(link('imagemap.action.linkUri')),
      area: required(area),
    }),
  ),
  message: original(
    object<ImagemapMessageAction>({
      type: required(oneOf(['message'])),
      label,
      text: required(text({ limit: 'imagemap.action.text' })),
      area: required(area),
    }),
  ),
  clipboard: later(
    object<ImagemapClipboardAction>({
      type: required(oneOf(['clipboard'])),
      label,
      clipboardText: required(text({ limit: 'imagemap.action.clipboardText' })),
      area: required(area),
    }),
  ),
})

const video = object<ImagemapVideo>({
  originalContentUrl: required(fileUrl('imagemap.video.originalContentUrl')),
  previewImageUrl: required(fileUrl('imagemap.video.previewImageUrl')),
  area: required(area),
  externalLink: added(
    object<{ linkUri: string; label: string }>({
      linkUri: required(link('imagemap.video.externalLink.linkUri')),
      label: required(text({ limit: 'imagemap.video.externalLink.label' })),
    }),
  ),
})

const fields: Fields<ImagemapMessage> = {
  type: required(oneOf(['imagemap'])),
  baseUrl: required(fileUrl('imagemap.baseUrl')),
  altText: required(text({ limit: 'imagemap.altText' })),
  baseSize: required(
    object<{ width: number; height: number }>({
      width: required(number({ min: 0 })),
      height: required(number({ min: 0 })),
    }),
  ),
  video: added(video),
  // unconfirmed: LINE gives a maximum only.
  actions: required(list(action, { min: 1, max: 'imagemap.actions' })),
  ...commonFields,
}

export const imagemapMessage: Rule<ImagemapMessage> = object(fields, checkWidth)

const DOCUMENTED_WIDTH = 1040

/** LINE asks for a width of 1040 but takes others: published logs of both eras show 746 and 2500 accepted. */
function checkWidth({ baseSize }: ImagemapMessage, inspection: Inspection, place: Place): void {
  if (baseSize.width === DOCUMENTED_WIDTH) return
  inspection.note(`${propertyPath(pathOf(place))}.baseSize.width: LINE asks for ${DOCUMENTED_WIDTH}`)
}
