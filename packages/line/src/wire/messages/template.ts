import { imageCarouselAction, type TemplateAction, templateAction } from '../actions/action.ts'
import type { LimitName } from '../limits.ts'
import { type Inspection, type Place, within } from '../rules/inspection.ts'
import {
  added,
  type Fields,
  inTier,
  invalid,
  list,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  text,
  tooLong,
} from '../rules/rule.ts'
import { original, tagged } from '../rules/tagged.ts'
import { fileUrl } from '../rules/uri.ts'
import { type CommonFields, commonFields } from './common-fields.ts'

// LINE reference, "Message objects", template; LINE reference 2017, "Template messages".
export interface TemplateMessage extends CommonFields {
  type: 'template'
  altText: string
  template: Template
}

export type Template = ButtonsTemplate | ConfirmTemplate | CarouselTemplate | ImageCarouselTemplate

interface ImageStyle {
  imageAspectRatio?: 'rectangle' | 'square'
  imageSize?: 'cover' | 'contain'
}

export interface ButtonsTemplate extends ImageStyle {
  type: 'buttons'
  thumbnailImageUrl?: string
  imageBackgroundColor?: string
  title?: string
  text: string
  defaultAction?: TemplateAction
  actions: TemplateAction[]
}

export interface ConfirmTemplate {
  type: 'confirm'
  text: string
  actions: TemplateAction[]
}

export interface CarouselTemplate extends ImageStyle {
  type: 'carousel'
  columns: CarouselColumn[]
}

export interface CarouselColumn {
  thumbnailImageUrl?: string
  imageBackgroundColor?: string
  title?: string
  text: string
  defaultAction?: TemplateAction
  actions: TemplateAction[]
}

export interface ImageCarouselTemplate {
  type: 'image_carousel'
  columns: ImageCarouselColumn[]
}

export interface ImageCarouselColumn {
  imageUrl: string
  action: TemplateAction
}

const imageStyle: Fields<ImageStyle> = {
  imageAspectRatio: added(oneOf(['rectangle', 'square'])),
  imageSize: added(oneOf(['cover', 'contain'])),
}
const imageBackgroundColor = added(text({ pattern: /^#[0-9a-fA-F]{6}$/ }))
const defaultAction = added(templateAction)

const buttonsFields: Fields<ButtonsTemplate> = {
  type: required(oneOf(['buttons'])),
  thumbnailImageUrl: optional(fileUrl('buttons.thumbnailImageUrl')),
  imageBackgroundColor,
  title: optional(text({ limit: 'buttons.title', mayBeEmpty: true })),
  text: required(text()),
  defaultAction,
  actions: required(list(templateAction, { min: 1, max: 'buttons.actions' })),
  ...imageStyle,
}

const buttons = object(
  buttonsFields,
  textLength({ alone: 'buttons.text.alone', withImageOrTitle: 'buttons.text.withImageOrTitle' }),
)

const confirm = object<ConfirmTemplate>({
  type: required(oneOf(['confirm'])),
  text: required(text({ limit: 'confirm.text' })),
  actions: required(list(templateAction, { min: 2, max: 'confirm.actions' })),
})

const columnFields: Fields<CarouselColumn> = {
  thumbnailImageUrl: optional(fileUrl('carousel.thumbnailImageUrl')),
  imageBackgroundColor,
  title: optional(text({ limit: 'carousel.title', mayBeEmpty: true })),
  text: required(text()),
  defaultAction,
  actions: required(list(templateAction, { min: 1, max: 'carousel.actions' })),
}

const column = object(
  columnFields,
  textLength({ alone: 'carousel.text.alone', withImageOrTitle: 'carousel.text.withImageOrTitle' }),
)

const carouselFields: Fields<CarouselTemplate> = {
  type: required(oneOf(['carousel'])),
  columns: required(list(column, { min: 1, max: 'carousel.columns' })),
  ...imageStyle,
}

const carousel = object(carouselFields, checkColumnsAlike)

const imageCarousel = object<ImageCarouselTemplate>({
  type: required(oneOf(['image_carousel'])),
  columns: required(
    list(
      object<ImageCarouselColumn>({
        imageUrl: required(fileUrl('imageCarousel.imageUrl')),
        action: required(imageCarouselAction),
      }),
      { min: 1, max: 'imageCarousel.columns' },
    ),
  ),
})

const template = tagged<Template>({
  buttons: original(buttons),
  confirm: original(confirm),
  carousel: original(carousel),
  image_carousel: original(imageCarousel),
})

const fields: Fields<TemplateMessage> = {
  type: required(oneOf(['template'])),
  altText: required(text({ limit: 'template.altText' })),
  template: required(inTier('deep', template)),
  ...commonFields,
}

export const templateMessage: Rule<TemplateMessage> = object(fields)

interface TextUnderImage {
  thumbnailImageUrl?: string
  title?: string
  text: string
}

/** An image or a title leaves less room for the text. */
function textLength(limits: { alone: LimitName; withImageOrTitle: LimitName }) {
  return ({ thumbnailImageUrl, title, text }: TextUnderImage, inspection: Inspection, place: Place) => {
    const name = thumbnailImageUrl || title ? limits.withImageOrTitle : limits.alone
    tooLong(text, name, inspection, within(place, 'text'))
  }
}

/** LINE reference, "Column object for carousel": as many actions in each column; image and title in all or none. */
function checkColumnsAlike({ columns }: CarouselTemplate, inspection: Inspection, place: Place): void {
  const [first, ...others] = columns
  if (first === undefined) return
  const list = within(place, 'columns')
  for (const [index, other] of others.entries()) {
    const at = within(list, index + 1)
    if (other.actions.length !== first.actions.length) invalid(inspection, within(at, 'actions'))
    if (inspection.profile === '2017') continue
    if (!other.thumbnailImageUrl !== !first.thumbnailImageUrl) invalid(inspection, within(at, 'thumbnailImageUrl'))
    if (!other.title !== !first.title) invalid(inspection, within(at, 'title'))
  }
}
