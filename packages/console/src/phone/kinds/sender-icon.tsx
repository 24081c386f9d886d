// The icon under which a bot sends one message. LINE reference, "Customize icon and display name".
import { useState } from 'react'
import { mediaUrl } from '../acts-api.ts'
import { Avatar } from '../avatar.tsx'
import type { ChatMessage } from '../control-api.ts'
import { useSession } from '../session.tsx'

export function SenderIcon({ message, name }: { message: ChatMessage; name: string }) {
  const { user } = useSession()
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return <Avatar id={name} name={name} shape="bot" />
  return (
    <img
      className="avatar avatar-bot avatar-medium"
      src={mediaUrl(user.userId, message, '/sender/iconUrl')}
      alt=""
      onError={() => setBroken(true)}
    />
  )
}
