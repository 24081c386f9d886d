// A sound: a button, a bar and a length. The length is the message's until the file says better.
import { useRef, useState } from 'react'
import { mediaUrl } from '../acts-api.ts'
import type { ChatMessage } from '../control-api.ts'
import { PauseIcon, PlayIcon } from '../icons.tsx'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import { BrokenFile } from './media-picture.tsx'
import './sound.css'

const AT = '/originalContentUrl'

export function Sound({ message }: { message: ChatMessage }) {
  const { user } = useSession()
  const player = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [isBroken, setBroken] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const { duration } = message.message
  const [lengthMs, setLengthMs] = useState(typeof duration === 'number' ? duration : 0)
  const url = message.content?.url ?? mediaUrl(user.userId, message, AT)

  const toggle = () => {
    if (isPlaying) player.current?.pause()
    else player.current?.play().catch(() => setBroken(true))
  }
  const noteLength = () => {
    const seconds = player.current?.duration ?? Number.NaN
    if (Number.isFinite(seconds)) setLengthMs(seconds * 1000)
  }
  return (
    <div className="sound">
      {/* biome-ignore lint/a11y/useMediaCaption: what somebody sends has no captions */}
      <audio
        ref={player}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onLoadedMetadata={noteLength}
        onTimeUpdate={() => setAtMs((player.current?.currentTime ?? 0) * 1000)}
        onEnded={() => setAtMs(0)}
        onError={() => setBroken(true)}
      />
      <button type="button" className="sound-button" onClick={toggle} aria-label={isPlaying ? texts.pause : texts.play}>
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </button>
      <progress className="sound-bar" max={Math.max(lengthMs, 1)} value={atMs} aria-label={texts.playedSoFar} />
      <span className="sound-length">{formatLength(isPlaying ? atMs : lengthMs)}</span>
      {isBroken && message.content === undefined && <BrokenFile message={message} at={AT} className="sound-broken" />}
      {isBroken && message.content !== undefined && (
        <span className="media-broken sound-broken">{texts.cannotPlay}</span>
      )}
    </div>
  )
}

function formatLength(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
