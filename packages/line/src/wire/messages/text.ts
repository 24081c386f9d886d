import { type Inspection, type Place, within } from '../rules/inspection.ts'
import { added, type Fields, invalid, list, number, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { type CommonFields, commonFields } from './common-fields.ts'
import { quoteToken } from './quote-token.ts'

// LINE reference, "Message objects", text: `$` at `index` stands for the emoji.
export interface Emoji {
  index: number
  productId: string
  emojiId: string
}

export interface TextMessage extends CommonFields {
  type: 'text'
  text: string
  emojis?: Emoji[]
  quoteToken?: string
}

const PLACEHOLDER = '$'

const emoji = object<Emoji>({
  index: required(number({ min: 0 })),
  productId: required(text()),
  emojiId: required(text()),
})

// LINE counts an emoji as its alternative text, which it does not disclose: the placeholder counts as one here.
const fields: Fields<TextMessage> = {
  type: required(oneOf(['text'])),
  text: required(text({ limit: 'text.text' })),
  emojis: added(list(emoji, { min: 1, max: 'text.emojis' })),
  quoteToken,
  ...commonFields,
}

export const textMessage: Rule<TextMessage> = object(fields, checkPlaceholders)

function checkPlaceholders(message: TextMessage, inspection: Inspection, place: Place): void {
  message.emojis?.forEach(({ index }, position) => {
    if (message.text[index] === PLACEHOLDER) return
    // unconfirmed: the wording. LINE documents only that the answer is 400.
    invalid(inspection, within(within(within(place, 'emojis'), position), 'index'))
  })
}
