// Finds the web addresses in a text.

// Japanese and Chinese put no space behind an address: their marks end it.
const WEB_ADDRESS = /(https?:\/\/[^\s<>"'「」『』（）【】、。！？]+)/g
const TRAILING_MARKS = /[.,;:!?)\]}]+$/

export interface TextPart {
  text: string
  isLink: boolean
}

/** The text in parts; the marks that end a sentence do not belong to the address before them. */
export function splitLinks(text: string): TextPart[] {
  return text.split(WEB_ADDRESS).flatMap((part, at): TextPart[] => {
    if (at % 2 === 0) return part === '' ? [] : [{ text: part, isLink: false }]
    const marks = TRAILING_MARKS.exec(part)?.[0] ?? ''
    const address = part.slice(0, part.length - marks.length)
    if (!URL.canParse(address)) return [{ text: part, isLink: false }]
    return marks === ''
      ? [{ text: address, isLink: true }]
      : [
          { text: address, isLink: true },
          { text: marks, isLink: false },
        ]
  })
}
