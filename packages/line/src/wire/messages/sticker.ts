import { type Fields, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { type CommonFields, commonFields } from './common-fields.ts'
import { quoteToken } from './quote-token.ts'

// LINE reference, "Message objects", sticker. Which stickers may be sent is a list outside the reference: any is taken.
export interface StickerMessage extends CommonFields {
  type: 'sticker'
  packageId: string
  stickerId: string
  quoteToken?: string
}

const fields: Fields<StickerMessage> = {
  type: required(oneOf(['sticker'])),
  packageId: required(text()),
  stickerId: required(text()),
  quoteToken,
  ...commonFields,
}

export const stickerMessage: Rule<StickerMessage> = object(fields)
