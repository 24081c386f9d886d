// The window's title: whose phone or which chat, and how much is unread.
import { useEffect } from 'react'
import type { ChatSummary } from './control-api.ts'
import { useSession } from './session.tsx'
import { texts } from './texts.ts'

export function usePageTitle(name: string, chats: readonly ChatSummary[] | undefined): void {
  const { isAlone } = useSession()
  const unread = chats?.reduce((sum, chat) => sum + chat.unread, 0) ?? 0
  useEffect(() => {
    if (isAlone) document.title = texts.pageTitle(name, unread)
  }, [isAlone, name, unread])
}
