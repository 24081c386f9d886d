// A stretch of a chat, drawn while it is near the view; else an empty box of the same height stands for it.
import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Bubble } from './bubble.tsx'
import { toChatRows } from './bubble-groups.ts'
import type { Stretch } from './chat-history.ts'
import type { ChatMessage } from './control-api.ts'
import { formatDay } from './days.ts'
import { useSession } from './session.tsx'

interface ChatStretchProps {
  stretch: Stretch
  byId: ReadonlyMap<string, ChatMessage>
  /** Drawn from the start. */
  isNear: boolean
  scroller: RefObject<HTMLElement | null>
}

const LIKELY_ROW_PX = 42
/** How far outside of the view a stretch is drawn already. */
const AHEAD = '900px 0px'

export const ChatStretch = memo(function ChatStretch({ stretch, byId, isNear, scroller }: ChatStretchProps) {
  const { user, nowMs } = useSession()
  const { messages, before, after } = stretch
  const box = useRef<HTMLOListElement>(null)
  const [isDrawn, setDrawn] = useState(isNear)
  const heightPx = useRef(messages.length * LIKELY_ROW_PX)
  const rows = useMemo(() => toChatRows(messages, before, after), [messages, before, after])

  useLayoutEffect(() => {
    if (isDrawn && box.current !== null) heightPx.current = box.current.offsetHeight
  })
  useEffect(() => {
    if (box.current === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        if (last === undefined) return
        // As tall as it is now: pictures may have come in since it was drawn.
        if (!last.isIntersecting && box.current !== null) heightPx.current = box.current.offsetHeight
        setDrawn(last.isIntersecting)
      },
      { root: scroller.current, rootMargin: AHEAD },
    )
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [scroller])

  return (
    <ol className="chat-log-rows" ref={box} style={isDrawn ? undefined : { height: heightPx.current }}>
      {isDrawn &&
        rows.map((row) =>
          row.kind === 'day' ? (
            <li key={row.key} className="day">
              <span>{formatDay(row.atMs, nowMs())}</span>
            </li>
          ) : (
            <Bubble
              key={row.key}
              row={row}
              mine={row.message.from.id === user.userId}
              quoted={byId.get(String(row.message.message.quotedMessageId))}
            />
          ),
        )}
    </ol>
  )
}, isSame)

/** `byId` is made anew with each message; it matters only where a quoted message is drawn, and those keep what they had. */
function isSame(one: ChatStretchProps, other: ChatStretchProps): boolean {
  return (
    isSameList(one.stretch.messages, other.stretch.messages) &&
    one.stretch.before === other.stretch.before &&
    one.stretch.after === other.stretch.after
  )
}

const isSameList = (one: readonly ChatMessage[], other: readonly ChatMessage[]): boolean =>
  one === other || (one.length === other.length && one.every((message, at) => message === other[at]))
