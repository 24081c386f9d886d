// A text with its links, mentions and LINE emoji.
import type { Mentionee, TextMessageV2 } from '@hatoba/line/wire'
import type { ReactNode } from 'react'
import type { MessageContent } from '../control-api.ts'
import { LinkedText } from '../linked-text.tsx'
import { hashOf, isLineCodePoint, moodOf, moodOfNumber } from '../own-emojis.ts'
import { languageOf } from '../text-language.ts'
import { texts } from '../texts.ts'
import { EmojiFace } from './emoji-face.tsx'
import './text-body.css'

/** A stretch of the text that is shown as something else. */
interface Span {
  index: number
  length: number
  show: (words: string) => ReactNode
}

export function TextBody({ message }: { message: MessageContent }) {
  const { text = '' } = message
  return (
    <span className="text-body" lang={languageOf(text)}>
      {message.type === 'textV2' ? showSubstituted(message) : showSpans(text, spansOf(message))}
    </span>
  )
}

interface Emoji {
  index: number
  /** Of users' texts, where the emoji stands as words; in bots' texts it is one `$`. */
  length?: number
  productId: string
  emojiId: string
}

function spansOf({ emojis, mention }: MessageContent): Span[] {
  // The platform checked both when the message was sent.
  const ofEmojis = ((emojis as Emoji[] | undefined) ?? []).map(({ index, length = 1, productId, emojiId }) => ({
    index,
    length,
    show: (words: string) => showEmoji(productId, emojiId, words),
  }))
  const mentionees = (mention as { mentionees: Mentionee[] } | undefined)?.mentionees ?? []
  return [...ofEmojis, ...mentionees.map(({ index, length }) => ({ index, length, show: showMention }))].sort(
    (a, b) => a.index - b.index,
  )
}

const showEmoji = (productId: string, emojiId: string, words: string): ReactNode => (
  <EmojiFace
    mood={moodOf(productId, emojiId)}
    words={words === '$' ? texts.lineEmoji(productId, emojiId) : words.replace(/[()]/g, '')}
  />
)

const showMention = (words: string): ReactNode => <span className="mention">{words}</span>

function showSpans(text: string, spans: readonly Span[]): ReactNode[] {
  const shown: ReactNode[] = []
  let at = 0
  for (const { index, length, show } of spans) {
    if (index < at) continue
    shown.push(...showPlain(text.slice(at, index), at))
    shown.push(<span key={`span ${index}`}>{show(text.slice(index, index + length))}</span>)
    at = index + length
  }
  return [...shown, ...showPlain(text.slice(at), at)]
}

// LINE reference 2017, "Text": LINE's own emoji are code points from U+100000 on.
const LINE_EMOJI = /([\u{100000}-\u{10fffd}])/u

function showPlain(text: string, at: number): ReactNode[] {
  if (text === '') return []
  return text.split(LINE_EMOJI).flatMap((part, number): ReactNode[] => {
    const codePoint = part.codePointAt(0)
    if (part === '' || codePoint === undefined) return []
    const key = `${at} ${number}`
    if (!isLineCodePoint(codePoint)) return [<LinkedText key={key} text={part} />]
    const name = codePoint.toString(16).toUpperCase()
    return [<EmojiFace key={key} mood={moodOfNumber(hashOf(name))} words={texts.lineCodePoint(name)} />]
  })
}

/** LINE reference, "Text message (v2)": `{key}` stands for something, `{{` and `}}` are braces. */
function showSubstituted({ text = '', substitution }: MessageContent): ReactNode[] {
  const substitutions = (substitution as TextMessageV2['substitution']) ?? {} // checked when it was sent
  let length = 0
  return text.split(/(\{\{|\}\}|\{[^{}]*\})/).flatMap((piece): ReactNode[] => {
    const at = length
    length += piece.length
    if (piece === '{{' || piece === '}}') return [piece.slice(1)]
    const key = piece.startsWith('{') ? piece.slice(1, -1) : undefined
    const found = key !== undefined && Object.hasOwn(substitutions, key) ? substitutions[key] : undefined
    if (key === undefined || found === undefined) return showPlain(piece, at)
    if (found.type === 'emoji') return [<span key={at}>{showEmoji(found.productId, found.emojiId, '$')}</span>]
    return [<span key={at}>{showMention(found.mentionee.type === 'all' ? texts.mentionAll : `@${key}`)}</span>]
  })
}
