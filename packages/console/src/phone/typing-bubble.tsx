// The loading animation that a bot asks for. LINE reference, "Display a loading animation".
import { useEffect, useState } from 'react'
import { Avatar } from './avatar.tsx'
import { getLoading } from './control-api.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'

export function TypingBubble({ chatId, name }: { chatId: string; name: string }) {
  const { user, loadingUntilMs, nowMs } = useSession()
  const [firstUntilMs, setFirstUntilMs] = useState<number>()
  const [, setOver] = useState(0)
  useEffect(() => {
    const asked = new AbortController()
    // What began before this page was open; a chat without one, or a platform that is away, shows none.
    getLoading(user.userId, chatId, asked.signal).then(
      ({ untilMs }) => setFirstUntilMs(untilMs ?? undefined),
      () => undefined,
    )
    return () => asked.abort()
  }, [user.userId, chatId])

  const untilMs = loadingUntilMs.get(chatId) ?? firstUntilMs ?? 0
  const leftMs = untilMs - nowMs()
  useEffect(() => {
    if (leftMs <= 0) return
    const timer = setTimeout(() => setOver(untilMs), leftMs)
    return () => clearTimeout(timer)
  }, [leftMs, untilMs])
  if (leftMs <= 0) return null
  return (
    <div className="row row-theirs row-first" role="status">
      <div className="row-avatar">
        <Avatar id={chatId} name={name} shape="bot" />
      </div>
      <div className="bubble bubble-theirs typing">
        <span className="visually-hidden">{texts.botIsTyping(name)}</span>
        <span className="typing-dot" />
        <span className="typing-dot" />
        <span className="typing-dot" />
      </div>
    </div>
  )
}
