// An imagemap: the picture in the size that LINE's apps would load, and its areas as buttons.
import { IMAGEMAP_WIDTHS, type ImagemapArea, type ImagemapMessage } from '@hatoba/line/wire'
import { mediaUrl } from '../acts-api.ts'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { PlayIcon } from '../icons.tsx'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import { MediaPicture } from './media-picture.tsx'
import './imagemap.css'

const SHOWN_WIDTH_PX = 300

export function Imagemap({ message }: { message: ChatMessage }) {
  const { user } = useSession()
  const acts = useChatActs()
  const { altText, baseSize, actions, video } = message.message as unknown as ImagemapMessage // checked when it was sent
  const width = widthToLoad(window.devicePixelRatio)
  const placeOf = ({ x, y, width: wide, height: high }: ImagemapArea) => ({
    left: `${(x / baseSize.width) * 100}%`,
    top: `${(y / baseSize.height) * 100}%`,
    width: `${(wide / baseSize.width) * 100}%`,
    height: `${(high / baseSize.height) * 100}%`,
  })
  return (
    <fieldset className="imagemap" aria-label={altText}>
      <div className="imagemap-picture" style={{ aspectRatio: `${baseSize.width} / ${baseSize.height}` }}>
        <MediaPicture message={message} at={`/baseUrl/${width}`} alt={altText} />
        {video !== undefined && (
          <button
            type="button"
            className="imagemap-film"
            style={placeOf(video.area)}
            aria-label={texts.playFilm}
            onClick={() =>
              acts.open({
                kind: 'film',
                message,
                url: mediaUrl(user.userId, message, '/video/originalContentUrl'),
                posterUrl: mediaUrl(user.userId, message, '/video/previewImageUrl'),
              })
            }
          >
            <MediaPicture message={message} at="/video/previewImageUrl" alt="" />
            <span className="film-sign">
              <span>
                <PlayIcon />
              </span>
            </span>
          </button>
        )}
        {actions.map((action, number) => (
          <button
            type="button"
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change places
            key={number}
            className="imagemap-area"
            style={placeOf(action.area)}
            aria-label={action.label ?? texts.areaOf(number + 1, actions.length)}
            onClick={() => acts.tap(message, `/actions/${number}`, action)}
          />
        ))}
      </div>
      <p className="imagemap-note">{texts.imagemapNote(width, actions.length)}</p>
    </fieldset>
  )
}

/** LINE reference, "Imagemap message": 240, 300, 460, 700 and 1040. unconfirmed: which one LINE's apps take. */
function widthToLoad(pixelRatio: number): number {
  const wanted = SHOWN_WIDTH_PX * pixelRatio
  return [...IMAGEMAP_WIDTHS].sort((a, b) => a - b).find((width) => width >= wanted) ?? 1040
}
