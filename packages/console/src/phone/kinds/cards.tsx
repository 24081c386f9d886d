// Small cards: a file, a place, a set of mission stickers.
import type { Place } from '../acts-api.ts'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { FileIcon } from '../icons.tsx'
import { languageOf } from '../text-language.ts'
import { texts } from '../texts.ts'
import { MapDrawing } from './map-drawing.tsx'
import { StickerArt } from './sticker-art.tsx'
import './cards.css'

export function FileCard({ message: { message, content } }: { message: ChatMessage }) {
  const { fileName, fileSize } = message
  const name = typeof fileName === 'string' ? fileName : ''
  const about = (
    <>
      <FileIcon />
      <span className="file-card-text">
        <span className="file-card-name">{name}</span>
        <span className="file-card-size">{formatSize(typeof fileSize === 'number' ? fileSize : 0)}</span>
      </span>
    </>
  )
  if (content === undefined) return <span className="file-card">{about}</span>
  return (
    <a className="file-card" href={content.url} download={name}>
      {about}
    </a>
  )
}

const KILO = 1024

function formatSize(sizeBytes: number): string {
  if (sizeBytes < KILO) return texts.sizes.bytes(sizeBytes)
  if (sizeBytes < KILO * KILO) return texts.sizes.kilobytes(sizeBytes / KILO)
  return texts.sizes.megabytes(sizeBytes / (KILO * KILO))
}

export function PlaceCard({ message: { message } }: { message: ChatMessage }) {
  const acts = useChatActs()
  const place = message as unknown as Place // a location message of either direction
  const { title, address, latitude, longitude } = place
  return (
    <button
      type="button"
      className="place-card"
      lang={languageOf(`${title ?? ''}${address ?? ''}`)}
      onClick={() => acts.open({ kind: 'map', place })}
    >
      <span className="place-card-map">
        <MapDrawing latitude={latitude} longitude={longitude} />
      </span>
      <span className="place-card-title">{title || texts.kinds.location}</span>
      <span className="place-card-address">{address || formatPosition(place)}</span>
    </button>
  )
}

export const formatPosition = ({ latitude, longitude }: Place) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`

export function MissionSticker({ message: { message } }: { message: ChatMessage }) {
  const packageId = typeof message.packageId === 'string' ? message.packageId : ''
  return (
    <div className="mission">
      <p className="mission-title">{texts.missionSticker}</p>
      <StickerArt packageId={packageId} stickerId="1" />
      <p className="mission-note">{texts.missionStickerNote(packageId)}</p>
    </div>
  )
}
