// The messages of a chat, newest at the bottom and in view; older ones are loaded when the person comes to the top. Only
// the stretches near the view are drawn, so that a long chat is as light as a short one.
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { Avatar } from './avatar.tsx'
import { OutgoingBubble } from './bubble.tsx'
import { messagesOf, stretchesOf } from './chat-history.ts'
import { ChatStretch } from './chat-stretch.tsx'
import { DownIcon } from './icons.tsx'
import { readChat, type useHistory } from './queries.ts'
import { useOutgoing, useSession } from './session.tsx'
import { texts } from './texts.ts'
import { TypingBubble } from './typing-bubble.tsx'
import './chat-log.css'

interface ChatLogProps {
  chatId: string
  title: string
  isBot: boolean
  history: ReturnType<typeof useHistory>
}

const NEAR_BOTTOM_PX = 40

export function ChatLog({ chatId, title, isBot, history }: ChatLogProps) {
  const { outbox } = useSession()
  const stretches = useMemo(() => stretchesOf(history.data), [history.data])
  const byId = useMemo(() => new Map(messagesOf(history.data).map((message) => [message.id, message])), [history.data])
  const outgoing = useOutgoing(chatId)
  const { scroller, atBottom, noteScroll, toBottom, jump } = useBottom()
  const newest = stretches.at(-1)?.messages.at(-1)
  const [seenId, setSeenId] = useState(newest?.id)
  useReading(chatId, newest?.id)

  useEffect(() => {
    if (atBottom) setSeenId(newest?.id)
  }, [atBottom, newest?.id])
  const lastKey = outgoing.at(-1)?.key
  useEffect(() => {
    if (lastKey !== undefined) toBottom() // who writes wants to see it
  }, [lastKey, toBottom])

  if (newest === undefined && outgoing.length === 0)
    return (
      <EmptyChat
        chatId={chatId}
        title={title}
        isBot={isBot}
        onHello={() => outbox.submit(chatId, { type: 'text', text: texts.sayHello })}
      />
    )
  return (
    <div className="chat-log-frame">
      <section
        className="chat-log"
        ref={scroller}
        onScroll={noteScroll}
        onKeyDown={jump}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={texts.messagesWith(title)}
      >
        <div className="chat-log-content">
          {history.hasNextPage && <OlderMessages loading={history.isFetchingNextPage} load={history.fetchNextPage} />}
          {stretches.map((stretch, at) => (
            <ChatStretch
              key={stretch.key}
              stretch={stretch}
              byId={byId}
              isNear={at >= stretches.length - 2}
              scroller={scroller}
            />
          ))}
          <ol className="chat-log-rows">
            {outgoing.map((entry) => (
              <OutgoingBubble
                key={entry.key}
                entry={entry}
                retry={() => outbox.retry(entry.key)}
                discard={() => outbox.discard(entry.key)}
              />
            ))}
          </ol>
          {isBot && <TypingBubble chatId={chatId} name={title} />}
        </div>
      </section>
      {!atBottom && newest !== undefined && newest.id !== seenId && (
        <button type="button" className="to-newest" onClick={toBottom}>
          <DownIcon />
          {texts.newMessages}
        </button>
      )}
    </div>
  )
}

/** The scroller lays its content out from the bottom (chat-log.css): 0 is the bottom, and above it is negative. */
function useBottom() {
  const scroller = useRef<HTMLElement>(null)
  const [atBottom, setAtBottom] = useState(true)
  return useMemo(
    () => ({
      scroller,
      atBottom,
      noteScroll: () => setAtBottom((scroller.current?.scrollTop ?? 0) > -NEAR_BOTTOM_PX),
      toBottom: () => scroller.current?.scrollTo({ top: 0 }),
      /** At once: a browser's own glide to the end stops where a stretch is drawn on the way. */
      jump: (event: KeyboardEvent) => {
        if (event.target !== scroller.current || (event.key !== 'Home' && event.key !== 'End')) return
        event.preventDefault()
        scroller.current?.scrollTo({ top: event.key === 'End' ? 0 : -scroller.current.scrollHeight })
      },
    }),
    [atBottom],
  )
}

/** Marks the chat as read, for as long as somebody can see it. */
function useReading(chatId: string, newestId: string | undefined): void {
  const client = useQueryClient()
  const { userId } = useSession().user
  useEffect(() => {
    if (newestId === undefined) return
    const read = () => {
      if (document.visibilityState === 'visible') void readChat(client, userId, chatId)
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [client, userId, chatId, newestId])
}

/** Loads by itself once it comes into view; the button is for those who do not scroll. */
function OlderMessages({ loading, load }: { loading: boolean; load: () => unknown }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (button.current === null || loading) return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void load()
    })
    observer.observe(button.current)
    return () => observer.disconnect()
  }, [loading, load])
  return (
    <button ref={button} type="button" className="older" disabled={loading} onClick={() => void load()}>
      {loading ? texts.loadingOlder : texts.olderMessages}
    </button>
  )
}

interface EmptyChatProps {
  chatId: string
  title: string
  isBot: boolean
  onHello: () => void
}

function EmptyChat({ chatId, title, isBot, onHello }: EmptyChatProps) {
  return (
    <div className="chat-empty">
      <Avatar id={chatId} name={title} shape={isBot ? 'bot' : 'person'} size="large" />
      <p className="notice-title">{texts.emptyChat(title)}</p>
      <p className="notice-hint">{texts.emptyChatHint}</p>
      <button type="button" className="button" onClick={onHello}>
        {texts.sayHello}
      </button>
    </div>
  )
}
