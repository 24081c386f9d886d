// One user's phone while it is on: the live stream into what the page has loaded, the outbox, and the platform's clock.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { hasMessage } from './chat-history.ts'
import { type ChatMessage, type ControlState, sendText, type UserProfile } from './control-api.ts'
import { followUser, type LiveState } from './live-stream.ts'
import { Outbox, type OutgoingText } from './outbox.ts'
import { addMessage, readHistory, reloadChats, reloadEverything } from './queries.ts'

export interface PhoneSession {
  user: UserProfile
  state: ControlState
  live: LiveState
  outbox: Outbox
  /** The last message somebody else sent while the page was open. */
  lastReceived: ChatMessage | undefined
  /** What the platform's clock shows. */
  nowMs(): number
}

const SessionContext = createContext<PhoneSession | undefined>(undefined)

export function useSession(): PhoneSession {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('a part of the phone stands outside a session')
  return session
}

export function useOutgoing(chatId: string): OutgoingText[] {
  const { outbox } = useSession()
  return useSyncExternalStore(outbox.subscribe, outbox.current).filter((entry) => entry.chatId === chatId)
}

interface SessionProps {
  user: UserProfile
  state: ControlState
  /** When the state was read, by this browser's clock. */
  stateReadAtMs: number
  children: ReactNode
}

/** Give it the user's id as `key`: another user is another phone. */
export function Session({ user, state, stateReadAtMs, children }: SessionProps) {
  const client = useQueryClient()
  const { userId } = user
  const [live, setLive] = useState<LiveState>('connecting')
  const [lastReceived, setLastReceived] = useState<ChatMessage>()
  const [outbox] = useState(
    () =>
      new Outbox({
        send: (chatId, text) => sendText(userId, chatId, text),
        onSent: (message) => addMessage(client, userId, message),
      }),
  )

  useEffect(
    () =>
      followUser(userId, {
        onState: setLive,
        onMessage: (message) => {
          if (message.from.id !== userId) setLastReceived(message)
          else if (!hasMessage(readHistory(client, userId, message.chatId), message.id))
            outbox.noteArrival(message.chatId, message.message.text)
          addMessage(client, userId, message)
          void reloadChats(client, userId)
        },
        onReturn: () => void reloadEverything(client),
      }),
    [client, outbox, userId],
  )

  const session = useMemo(() => {
    const { nowMs, frozen } = state.clock
    const aheadMs = nowMs - stateReadAtMs
    return { user, state, live, outbox, lastReceived, nowMs: () => (frozen ? nowMs : Date.now() + aheadMs) }
  }, [user, state, stateReadAtMs, live, outbox, lastReceived])
  return <SessionContext value={session}>{children}</SessionContext>
}
