// The language of a text, as far as its letters tell: it decides which face its Chinese characters have, and how a
// screen reader speaks it.

const KANA = /[\u3040-\u30ff\uff66-\uff9d]/
const HAN = /\p{Script=Han}/u
const THAI = /\p{Script=Thai}/u
const HANGUL = /\p{Script=Hangul}/u
const LONGEST_LOOKED_AT = 500

/** Undefined where the letters say nothing. */
export function languageOf(text: string): 'ja' | 'zh' | 'th' | 'ko' | undefined {
  const start = text.slice(0, LONGEST_LOOKED_AT)
  if (KANA.test(start)) return 'ja'
  if (THAI.test(start)) return 'th'
  if (HANGUL.test(start)) return 'ko'
  return HAN.test(start) ? 'zh' : undefined
}
