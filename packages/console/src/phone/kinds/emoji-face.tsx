// A LINE emoji as the phone draws it: a face of its own set, a few lines each.
import type { Mood } from '../own-emojis.ts'

export function EmojiFace({ mood, words }: { mood: Mood; words: string }) {
  return (
    <svg className="emoji-face" viewBox="0 0 24 24" role="img" aria-label={words}>
      <circle className={`emoji-ground emoji-ground-${mood}`} cx="12" cy="12" r="11" />
      <FaceLines mood={mood} />
    </svg>
  )
}

/** In a field of 24 by 24. */
export function FaceLines({ mood }: { mood: Mood }) {
  const { eyes, mouth, extra } = FACES[mood]
  return (
    <>
      <path className="face-line" d={eyes} />
      <path className="face-line" d={mouth} />
      {extra !== undefined && <path className={`face-extra face-extra-${mood}`} d={extra} />}
    </>
  )
}

const DOTS = 'M8.5 10v.6M15.5 10v.6'
const CLOSED = 'M7 10.6q1.5-1.8 3 0M14 10.6q1.5-1.8 3 0'
const HEART =
  'M8.4 7.6q-1.3-1.3-2.3 0-.7 1.2 2.3 3.4 3-2.2 2.3-3.4-1-1.3-2.3 0zM15.6 7.6q-1.3-1.3-2.3 0-.7 1.2 2.3 3.4 3-2.2 2.3-3.4-1-1.3-2.3 0z'

const FACES: Readonly<Record<Mood, { eyes: string; mouth: string; extra?: string }>> = {
  happy: { eyes: DOTS, mouth: 'M7.5 14q4.5 4.5 9 0' },
  laugh: { eyes: CLOSED, mouth: 'M7 13.5h10q-.6 5-5 5t-5-5z' },
  love: { eyes: 'M0 0', mouth: 'M8 14.5q4 4 8 0', extra: HEART },
  wink: { eyes: 'M8.5 10v.6M14 10.3h3', mouth: 'M8 14.2q4 3.6 8 0' },
  sad: { eyes: DOTS, mouth: 'M8 16.5q4-3.6 8 0' },
  cry: { eyes: DOTS, mouth: 'M8.5 17q3.5-3 7 0', extra: 'M8 12.2q-1.7 2.6 0 3.2 1.7-.6 0-3.2z' },
  angry: { eyes: 'M7 8.6l3 1.6M17 8.6l-3 1.6M9 11.2v.3M15 11.2v.3', mouth: 'M8.5 16.5q3.5-2.4 7 0' },
  surprised: { eyes: 'M8.5 9.4v1.2M15.5 9.4v1.2', mouth: 'M12 14.2a1.9 2.2 0 1 0 .01 0z' },
  sleepy: { eyes: 'M7 10.3q1.5 1.4 3 0M14 10.3q1.5 1.4 3 0', mouth: 'M10.5 15.8h3', extra: 'M17 4.5h3l-3 3h3' },
  shy: { eyes: DOTS, mouth: 'M10 15q2 1.6 4 0', extra: 'M5.6 13.6h2.2M16.2 13.6h2.2' },
  cool: {
    eyes: 'M5.5 8.8h13',
    mouth: 'M9 15.5q3.5 2.4 6-.6',
    extra: 'M6.2 9h4.9q-.2 3-2.5 3t-2.4-3zM12.9 9h4.9q-.1 3-2.4 3t-2.5-3z',
  },
  think: { eyes: DOTS, mouth: 'M9.5 16l4.5-1', extra: 'M13.6 6.6q2-1.4 3.6.2' },
}
