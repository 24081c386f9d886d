// One user's phone while it is on: the live stream into what the page has loaded, the outbox, and the platform's clock.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { hasMessage } from './chat-history.ts'
import type { ChatMessage, ControlState, UserProfile } from './control-api.ts'
import { sendDraft } from './draft.ts'
import { followUser, type LiveState } from './live-stream.ts'
import { Outbox, type Outgoing } from './outbox.ts'
import { addMessage, changeMessage, readHistory, reloadChats, reloadEverything } from './queries.ts'

export interface PhoneSession {
  user: UserProfile
  state: ControlState
  live: LiveState
  outbox: Outbox
  /** The last message somebody else sent while the page was open. */
  lastReceived: ChatMessage | undefined
  /** The loading animations of bots: until when, by chat. */
  loadingUntilMs: ReadonlyMap<string, number>
  /** The page is this phone, and has its title; else it is one of several. */
  isAlone: boolean
  /** What the platform's clock shows. */
  nowMs(): number
}

const SessionContext = createContext<PhoneSession | undefined>(undefined)

export function useSession(): PhoneSession {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('a part of the phone stands outside a session')
  return session
}

export function useOutgoing(chatId: string): Outgoing[] {
  const { outbox } = useSession()
  return useSyncExternalStore(outbox.subscribe, outbox.current).filter((entry) => entry.chatId === chatId)
}

interface SessionProps {
  user: UserProfile
  state: ControlState
  /** When the state was read, by this browser's clock. */
  stateReadAtMs: number
  isAlone?: boolean
  children: ReactNode
}

/** Give it the user's id as `key`: another user is another phone. */
export function Session({ user, state, stateReadAtMs, isAlone = true, children }: SessionProps) {
  const client = useQueryClient()
  const { userId } = user
  const [live, setLive] = useState<LiveState>('connecting')
  const [lastReceived, setLastReceived] = useState<ChatMessage>()
  const [loadingUntilMs, setLoadingUntilMs] = useState<ReadonlyMap<string, number>>(new Map())
  const [outbox] = useState(
    () =>
      new Outbox({
        send: (chatId, draft, onProgress) => sendDraft(userId, chatId, draft, onProgress),
        onSent: (message) => addMessage(client, userId, message),
      }),
  )

  useEffect(
    () =>
      followUser(userId, {
        onState: setLive,
        onMessage: (message) => {
          if (message.from.kind === 'bot') setLoadingUntilMs((before) => without(before, message.chatId))
          if (message.from.id !== userId) setLastReceived(message)
          else if (!hasMessage(readHistory(client, userId, message.chatId), message.id))
            outbox.noteArrival(message.chatId, message.message)
          addMessage(client, userId, message)
          void reloadChats(client, userId)
        },
        onChange: (message) => {
          changeMessage(client, userId, message)
          void reloadChats(client, userId)
        },
        onLoading: ({ chatId, untilMs }) => setLoadingUntilMs((before) => new Map(before).set(chatId, untilMs)),
        onReturn: () => void reloadEverything(client),
      }),
    [client, outbox, userId],
  )

  const session = useMemo(() => {
    const { nowMs, frozen } = state.clock
    const aheadMs = nowMs - stateReadAtMs
    return {
      user,
      state,
      live,
      outbox,
      lastReceived,
      loadingUntilMs,
      isAlone,
      nowMs: () => (frozen ? nowMs : Date.now() + aheadMs),
    }
  }, [user, state, stateReadAtMs, live, outbox, lastReceived, loadingUntilMs, isAlone])
  return <SessionContext value={session}>{children}</SessionContext>
}

function without(map: ReadonlyMap<string, number>, chatId: string): ReadonlyMap<string, number> {
  if (!map.has(chatId)) return map
  const rest = new Map(map)
  rest.delete(chatId)
  return rest
}
