// The LINE emoji that the phone can send: a set of its own, drawn by emoji-face.tsx. LINE's art is never shipped.

/** Of no set that LINE sells. */
export const OWN_PRODUCT_ID = '68617462616661636573'

export const OWN_EMOJIS = [
  { emojiId: '001', name: 'happy' },
  { emojiId: '002', name: 'laugh' },
  { emojiId: '003', name: 'love' },
  { emojiId: '004', name: 'wink' },
  { emojiId: '005', name: 'sad' },
  { emojiId: '006', name: 'cry' },
  { emojiId: '007', name: 'angry' },
  { emojiId: '008', name: 'surprised' },
  { emojiId: '009', name: 'sleepy' },
  { emojiId: '010', name: 'shy' },
  { emojiId: '011', name: 'cool' },
  { emojiId: '012', name: 'think' },
] as const

export type Mood = (typeof OWN_EMOJIS)[number]['name']

/** The face of any LINE emoji: ours as it is called, another always the same one. */
export function moodOf(productId: string, emojiId: string): Mood {
  const own = productId === OWN_PRODUCT_ID ? OWN_EMOJIS.find((emoji) => emoji.emojiId === emojiId) : undefined
  return own?.name ?? moodOfNumber(hashOf(`${productId}:${emojiId}`))
}

export const moodOfNumber = (number: number): Mood => OWN_EMOJIS[number % OWN_EMOJIS.length]?.name ?? 'happy'

export function hashOf(text: string): number {
  let hash = 7
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) % 1_000_003
  return hash
}

/** LINE documentation 2017, "Emoji": the code points of LINE's own emoji in texts. */
const FIRST_OF_LINE = 0x100000

export const isLineCodePoint = (codePoint: number): boolean => codePoint >= FIRST_OF_LINE
