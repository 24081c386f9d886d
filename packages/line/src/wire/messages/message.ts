// The message objects a bot sends: their union, and the rule that reads any of them.
import type { Rule } from '../rules/rule.ts'
import { later, original, tagged } from '../rules/tagged.ts'
import { type CouponMessage, couponMessage } from './coupon.ts'
import { type FlexMessage, flexMessage } from './flex.ts'
import { type ImagemapMessage, imagemapMessage } from './imagemap.ts'
import { type LocationMessage, locationMessage } from './location.ts'
import {
  type AudioMessage,
  audioMessage,
  type ImageMessage,
  imageMessage,
  type VideoMessage,
  videoMessage,
} from './media.ts'
import { type StickerMessage, stickerMessage } from './sticker.ts'
import { type TemplateMessage, templateMessage } from './template.ts'
import { type TextMessage, textMessage } from './text.ts'
import { type TextMessageV2, textMessageV2 } from './text-v2.ts'

export type Message =
  | TextMessage
  | ImageMessage
  | VideoMessage
  | AudioMessage
  | LocationMessage
  | StickerMessage
  | TemplateMessage
  | ImagemapMessage
  | FlexMessage
  | TextMessageV2
  | CouponMessage

// In the order of LINE's own list of values ("Must be one of the following values: [text, image, ...]").
// unconfirmed: today's list; LINE's reference still prints that of 2017.
export const messageRule: Rule<Message> = tagged<Message>({
  text: original(textMessage),
  image: original(imageMessage),
  video: original(videoMessage),
  audio: original(audioMessage),
  location: original(locationMessage),
  sticker: original(stickerMessage),
  template: original(templateMessage),
  imagemap: original(imagemapMessage),
  flex: later(flexMessage),
  textV2: later(textMessageV2),
  coupon: later(couponMessage),
})
