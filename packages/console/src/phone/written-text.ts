// A text as it is written in the composer, made into the message: mentions and LINE emoji found by their words.
import type { TextDraft } from './draft.ts'
import { OWN_EMOJIS, OWN_PRODUCT_ID } from './own-emojis.ts'

/** Somebody that was picked from the list; `all` is everybody. */
export type Mentioned = { name: string; userId: string } | { name: string; all: true }

export function toTextDraft(text: string, mentioned: readonly Mentioned[], quotedMessageId?: string): TextDraft {
  const mentionees = findMentions(text, mentioned)
  const emojis = findEmojis(text)
  return {
    type: 'text',
    text,
    ...(emojis.length > 0 && { emojis }),
    ...(mentionees.length > 0 && { mention: { mentionees } }),
    ...(quotedMessageId !== undefined && { quotedMessageId }),
  }
}

type Mentionee = NonNullable<TextDraft['mention']>['mentionees'][number]

function findMentions(text: string, mentioned: readonly Mentioned[]): Mentionee[] {
  // The longest names first: @Ann must not be found in @Anna.
  const byLength = [...mentioned].sort((a, b) => b.name.length - a.name.length)
  const found: Mentionee[] = []
  for (let index = text.indexOf('@'); index !== -1; index = text.indexOf('@', index + 1)) {
    const whom = byLength.find(({ name }) => text.startsWith(name, index + 1))
    if (whom === undefined) continue
    const span = { index, length: whom.name.length + 1 }
    found.push('all' in whom ? { ...span, type: 'all' } : { ...span, userId: whom.userId })
  }
  return found
}

/** LINE reference, "Text message": an emoji stands in the text as its words in brackets. */
function findEmojis(text: string): NonNullable<TextDraft['emojis']> {
  const found: NonNullable<TextDraft['emojis']> = []
  for (const { index, 0: words } of text.matchAll(/\(([a-z]+)\)/g)) {
    const emoji = OWN_EMOJIS.find(({ name }) => `(${name})` === words)
    if (emoji !== undefined)
      found.push({ index, length: words.length, productId: OWN_PRODUCT_ID, emojiId: emoji.emojiId })
  }
  return found
}
