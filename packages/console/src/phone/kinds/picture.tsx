// Pictures and films: the preview in the chat, the whole on a tap.
import { mediaUrl } from '../acts-api.ts'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { PlayIcon } from '../icons.tsx'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import { MediaPicture } from './media-picture.tsx'

export function Picture({ message }: { message: ChatMessage }) {
  const { user } = useSession()
  const acts = useChatActs()
  const { content, from } = message
  const url = content?.url ?? mediaUrl(user.userId, message, '/originalContentUrl')
  const alt = texts.pictureFrom(from.displayName)
  return (
    <button
      type="button"
      className="chat-picture"
      aria-label={`${texts.openPicture}: ${alt}`}
      onClick={() => acts.open({ kind: 'picture', url })}
    >
      {content === undefined ? (
        <MediaPicture message={message} at="/previewImageUrl" alt="" />
      ) : (
        <img src={url} width={content.width} height={content.height} alt="" />
      )}
    </button>
  )
}

export function Film({ message }: { message: ChatMessage }) {
  const { user } = useSession()
  const acts = useChatActs()
  const { content, from } = message
  const posterUrl = content === undefined ? mediaUrl(user.userId, message, '/previewImageUrl') : undefined
  const url = content?.url ?? mediaUrl(user.userId, message, '/originalContentUrl')
  return (
    <button
      type="button"
      className="chat-picture"
      aria-label={`${texts.playFilm}: ${texts.filmFrom(from.displayName)}`}
      onClick={() => acts.open({ kind: 'film', message, url, posterUrl })}
    >
      <span className="film">
        {content === undefined ? (
          <MediaPicture message={message} at="/previewImageUrl" alt="" />
        ) : (
          <span className="film-empty" />
        )}
        <span className="film-sign">
          <span>
            <PlayIcon />
          </span>
        </span>
      </span>
    </button>
  )
}
