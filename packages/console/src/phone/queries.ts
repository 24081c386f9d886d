// What the page has loaded from the control API, and the rules by which it is kept fresh.
import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getGroup } from './acts-api.ts'
import { type ChatHistory, withChange, withMessage } from './chat-history.ts'
import { type ChatMessage, ControlApiError, getChats, getMessages, getState, markRead } from './control-api.ts'

const STATE_FRESH_MS = 60_000
/** The stream tells of messages, not of who is asked into a group, comes and goes. */
const GROUPS_FRESH_MS = 5_000
const NEWEST_PAGE_LENGTH = 50
/** Who goes back wants to go far. */
const OLDER_PAGE_LENGTH = 200

const chatsKey = (userId: string) => ['chats', userId]
const historyKey = (userId: string, chatId: string) => ['history', userId, chatId]

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always', // the platform runs on this machine: it answers where the browser believes to be offline
        retry: (failures, error) => failures < 2 && error instanceof ControlApiError && error.code === 'unreachable',
        retryDelay: 400,
        staleTime: STATE_FRESH_MS, // the stream tells of changes
      },
    },
  })
}

/** Users, bots and the platform's clock; asked for again each minute, since webhooks and the clock can be changed elsewhere. */
export function useControlState() {
  return useQuery({
    queryKey: ['state'],
    queryFn: ({ signal }) => getState(signal),
    refetchInterval: STATE_FRESH_MS,
    refetchOnWindowFocus: 'always',
  })
}

export function useChats(userId: string) {
  return useQuery({
    queryKey: chatsKey(userId),
    queryFn: ({ signal }) => getChats(userId, signal),
    refetchInterval: GROUPS_FRESH_MS,
  })
}

export function useHistory(userId: string, chatId: string) {
  return useInfiniteQuery({
    queryKey: historyKey(userId, chatId),
    queryFn: ({ pageParam: before, signal }) =>
      getMessages(
        { userId, chatId, before, limit: before === undefined ? NEWEST_PAGE_LENGTH : OLDER_PAGE_LENGTH },
        signal,
      ),
    structuralSharing: false, // to compare ten thousand messages takes longer than to show the new ones
    initialPageParam: undefined as string | undefined, // widened: only the first page has none
    getNextPageParam: (oldest) => (oldest.hasMore ? oldest.messages[0]?.id : undefined),
  })
}

export function readHistory(client: QueryClient, userId: string, chatId: string): ChatHistory | undefined {
  return client.getQueryData<ChatHistory>(historyKey(userId, chatId))
}

export function addMessage(client: QueryClient, userId: string, message: ChatMessage): void {
  const queryKey = historyKey(userId, message.chatId)
  const put = () => {
    client.setQueryData<ChatHistory>(queryKey, (history) => history && withMessage(history, message))
  }
  put()
  // An answer still on its way may have been written before this message: put it in once more behind that.
  client
    .getQueryCache()
    .find({ queryKey })
    ?.promise?.then(put, () => undefined)
}

export function changeMessage(client: QueryClient, userId: string, message: ChatMessage): void {
  client.setQueryData<ChatHistory>(
    historyKey(userId, message.chatId),
    (history) => history && withChange(history, message),
  )
}

/** The members of a group or room. */
export function useGroup(chatId: string, isGroup: boolean) {
  return useQuery({
    queryKey: ['group', chatId],
    queryFn: ({ signal }) => getGroup(chatId, signal),
    enabled: isGroup,
    refetchInterval: GROUPS_FRESH_MS,
  })
}

export async function readChat(client: QueryClient, userId: string, chatId: string): Promise<void> {
  await markRead(userId, chatId).catch(() => undefined) // nobody waits for it, and the next message marks it again
  await reloadChats(client, userId)
}

export function reloadChats(client: QueryClient, userId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: chatsKey(userId) })
}

export function reloadEverything(client: QueryClient): Promise<void> {
  return client.invalidateQueries()
}
