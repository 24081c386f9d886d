// Quick replies: buttons over the composer, of the newest message alone. LINE reference, "Quick reply".
import type { QuickReply } from '@hatoba/line/wire'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { CameraIcon, PinIcon, RollIcon } from '../icons.tsx'
import { languageOf } from '../text-language.ts'
import { texts } from '../texts.ts'
import { MediaPicture } from './media-picture.tsx'
import './quick-replies.css'

const ICONS = { camera: CameraIcon, cameraRoll: RollIcon, location: PinIcon }

export function QuickReplies({ message }: { message: ChatMessage }) {
  const acts = useChatActs()
  const items = (message.message.quickReply as QuickReply | undefined)?.items ?? [] // checked when it was sent
  if (items.length === 0) return null
  return (
    <ul className="quick-replies" aria-label={texts.quickReplies}>
      {items.map(({ action, imageUrl }, number) => {
        const at = `/quickReply/items/${number}`
        const label = action.label ?? texts.actions[action.type]
        const OwnIcon = action.type in ICONS ? ICONS[action.type as keyof typeof ICONS] : undefined // just looked up
        return (
          <li key={at}>
            <button type="button" lang={languageOf(label)} onClick={() => acts.tap(message, `${at}/action`, action)}>
              {imageUrl !== undefined && imageUrl !== '' ? (
                <MediaPicture message={message} at={`${at}/imageUrl`} alt="" />
              ) : (
                OwnIcon !== undefined && <OwnIcon />
              )}
              {label}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
