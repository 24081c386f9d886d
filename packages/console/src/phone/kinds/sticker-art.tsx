// Stickers as the phone draws them: a pigeon of its own in two dozen moods, and for every id of LINE's a placeholder that is
// always the same. LINE's art belongs to its makers and is never shipped.
import { hashOf, type Mood, moodOfNumber } from '../own-emojis.ts'
import { texts } from '../texts.ts'
import { FaceLines } from './emoji-face.tsx'
import './sticker-art.css'

export interface OwnSticker {
  stickerId: string
  mood: Mood
  /** Drawn under the pigeon. */
  says: string
  keywords: string[]
}

/** Of no package that LINE sells. */
export const OWN_PACKAGE_ID = '900001'

const own = (number: number, mood: Mood, says: string, ...keywords: string[]): OwnSticker => ({
  stickerId: String(90000100 + number),
  mood,
  says,
  keywords: [mood, ...keywords],
})

export const OWN_STICKERS: readonly OwnSticker[] = [
  own(1, 'happy', 'Hello!', 'greeting'),
  own(2, 'laugh', 'Ha ha ha', 'joy'),
  own(3, 'love', 'Love it', 'heart'),
  own(4, 'wink', 'OK!', 'agreed'),
  own(5, 'sad', 'Oh no …', 'pity'),
  own(6, 'cry', 'Sniff', 'tears'),
  own(7, 'angry', 'Grrr!', 'cross'),
  own(8, 'surprised', 'What?!', 'shock'),
  own(9, 'sleepy', 'Good night', 'bed'),
  own(10, 'shy', 'Thank you', 'thanks'),
  own(11, 'cool', 'Leave it to me', 'sure'),
  own(12, 'think', 'Hmm …', 'wait'),
  own(13, 'happy', 'おはよう', 'morning'),
  own(14, 'shy', 'ありがとう', 'thanks'),
  own(15, 'cry', 'ごめんね', 'sorry'),
  own(16, 'laugh', 'やったー', 'success'),
  own(17, 'happy', 'สวัสดี', 'greeting'),
  own(18, 'shy', 'ขอบคุณ', 'thanks'),
  own(19, 'happy', '你好', 'greeting'),
  own(20, 'shy', '谢谢', 'thanks'),
  own(21, 'surprised', 'On my way', 'soon'),
  own(22, 'wink', 'Ship ahoy', 'harbour'),
  own(23, 'love', 'Congratulations', 'party'),
  own(24, 'sleepy', 'So tired', 'work'),
]

export function StickerArt({ packageId, stickerId }: { packageId: string; stickerId: string }) {
  const found = packageId === OWN_PACKAGE_ID ? OWN_STICKERS.find((other) => other.stickerId === stickerId) : undefined
  return found === undefined ? <Placeholder packageId={packageId} stickerId={stickerId} /> : <Pigeon sticker={found} />
}

function Pigeon({ sticker: { mood, says, stickerId } }: { sticker: OwnSticker }) {
  const turned = Number(stickerId) % 2 === 0
  return (
    <svg className="sticker-art" viewBox="0 0 120 120" role="img" aria-label={texts.stickerCalled(says)}>
      <g className={turned ? 'pigeon-turned' : undefined}>
        <path className="pigeon-foot" d="M50 88v7m0 0-5 3m5-3 5 3M68 88v7m0 0-5 3m5-3 5 3" />
        <path className="pigeon-tail" d="M86 66 112 62l-7 11-14 9z" />
        <path
          className="pigeon-body"
          d="M18 46C18 25 34 12 51 12c18 0 28 12 30 28 2 14 15 16 15 30 0 14-16 20-38 20-26 0-40-16-40-44z"
        />
        <path className="pigeon-neck" d="M22 62q26 16 54-2 4 8 4 12-24 18-52 4-4-7-6-14z" />
        <path className="pigeon-wing" d="M62 64q22-8 31 4-6 14-24 13-9-5-7-17z" />
        <path className="pigeon-beak" d="M18 44 7 50l12 5z" />
      </g>
      <g transform={turned ? 'translate(47 15) scale(1.75)' : 'translate(25 15) scale(1.75)'}>
        <FaceLines mood={mood} />
      </g>
      <text className="sticker-says" x="60" y="114" textAnchor="middle">
        {says}
      </text>
    </svg>
  )
}

const SHAPES = [
  'M60 10 102 34v48L60 106 18 82V34z',
  'M60 12a46 46 0 1 1-.1 0z',
  'M30 14h60q16 0 16 16v56q0 16-16 16H30q-16 0-16-16V30q0-16 16-16z',
  'M60 8l13 18 22-4-2 23 19 13-19 13 2 23-22-4-13 18-13-18-22 4 2-23L8 58l19-13-2-23 22 4z',
]
const TINTS = 6

/** Shape, colour and face come from the two ids alone. */
function Placeholder({ packageId, stickerId }: { packageId: string; stickerId: string }) {
  const hash = hashOf(`${packageId}:${stickerId}`)
  return (
    <svg
      className="sticker-art"
      viewBox="0 0 120 120"
      role="img"
      aria-label={texts.stickerNumbered(packageId, stickerId)}
    >
      <path className={`placeholder-ground placeholder-tint-${hash % TINTS}`} d={SHAPES[hash % SHAPES.length]} />
      <g transform="translate(34 20) scale(2.2)">
        <FaceLines mood={moodOfNumber(hash >> 3)} />
      </g>
      <rect className="placeholder-plate" x="18" y="74" width="84" height="30" rx="8" />
      <text className="placeholder-id" x="60" y="86.5" textAnchor="middle">
        {packageId.length > 12 ? `${packageId.slice(0, 11)}…` : packageId}
      </text>
      <text className="placeholder-id placeholder-id-strong" x="60" y="99" textAnchor="middle">
        {stickerId.length > 12 ? `${stickerId.slice(0, 11)}…` : stickerId}
      </text>
    </svg>
  )
}
