import { type QuickReplyAction, quickReplyAction } from '../actions/action.ts'
import { within } from '../rules/inspection.ts'
import { added, type Fields, inTier, invalid, list, object, oneOf, type Rule, required, text } from '../rules/rule.ts'
import { fileUrl } from '../rules/uri.ts'

// LINE reference, "Message objects", common properties.
export interface CommonFields {
  quickReply?: QuickReply
  sender?: Sender
}

export interface QuickReply {
  items: QuickReplyItem[]
}

export interface QuickReplyItem {
  type: 'action'
  imageUrl?: string
  action: QuickReplyAction
}

/** Under which name and icon the message appears. */
export interface Sender {
  name?: string
  iconUrl?: string
}

// unconfirmed: the least number of items; LINE gives a maximum only.
const quickReply: Rule<QuickReply> = object<QuickReply>({
  items: required(
    list(
      object<QuickReplyItem>({
        type: required(oneOf(['action'])),
        imageUrl: added(fileUrl('quickReply.imageUrl')),
        action: required(inTier('quick-reply', quickReplyAction)),
      }),
      { min: 1, max: 'quickReply.items' },
    ),
  ),
})

// LINE reference, "Customize icon and display name": "certain words such as LINE may not be used". Which others, is not
// published.
const RESERVED_WORD = /(?<![a-z0-9])line(?![a-z0-9])/i
const senderFields: Fields<Sender> = {
  name: added(text({ limit: 'sender.name', mayBeEmpty: true })),
  iconUrl: added(fileUrl('sender.iconUrl')),
}
const sender: Rule<Sender> = object(senderFields, ({ name }, inspection, place) => {
  if (name !== undefined && RESERVED_WORD.test(name)) invalid(inspection, within(place, 'name'))
})

export const commonFields: Fields<CommonFields> = {
  quickReply: added(quickReply),
  sender: added(sender),
}
