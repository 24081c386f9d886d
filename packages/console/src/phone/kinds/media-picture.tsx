// A picture that a message of a bot names, loaded through the platform; where LINE's apps would show a broken one, why.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { checkMedia, mediaUrl } from '../acts-api.ts'
import type { ChatMessage } from '../control-api.ts'
import { BrokenIcon } from '../icons.tsx'
import { useSession } from '../session.tsx'
import { texts } from '../texts.ts'
import './media-picture.css'

interface MediaPictureProps {
  message: ChatMessage
  /** JSON pointer to the URL in the message. */
  at: string
  alt: string
  className?: string
}

export function MediaPicture({ message, at, alt, className = '' }: MediaPictureProps) {
  const { user } = useSession()
  const [state, setState] = useState<'loading' | 'shown' | 'broken'>('loading')
  if (state === 'broken') return <BrokenFile message={message} at={at} className={className} />
  return (
    <img
      className={`media-picture media-${state} ${className}`}
      src={mediaUrl(user.userId, message, at)}
      alt={alt}
      onLoad={() => setState('shown')}
      onError={() => setState('broken')}
    />
  )
}

export function BrokenFile({ message, at, className = '' }: Omit<MediaPictureProps, 'alt'>) {
  const { user } = useSession()
  const { data } = useQuery({
    queryKey: ['media check', user.userId, message.id, at],
    queryFn: ({ signal }) => checkMedia(user.userId, message, at, signal),
  })
  return (
    <span className={`media-broken ${className}`}>
      <BrokenIcon />
      <span>{data?.message ?? texts.fileNotShown}</span>
    </span>
  )
}
