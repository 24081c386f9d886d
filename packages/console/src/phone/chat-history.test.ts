import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { type ChatHistory, hasMessage, messagesOf, withMessage } from './chat-history.ts'
import type { ChatMessage } from './control-api.ts'
import { addMessage, readHistory } from './queries.ts'

const message = (id: string, sentAtMs: number): ChatMessage => ({
  id,
  chatId: 'Ubot',
  from: { kind: 'bot', id: 'Ubot', displayName: 'Hatoba Demo' },
  sentAtMs,
  message: { type: 'text', text: id },
})

const history = (...pages: ChatMessage[][]): ChatHistory => ({
  pages: pages.map((messages) => ({ messages, hasMore: false })),
  pageParams: pages.map(() => undefined),
})

const idsOf = (kept: ChatHistory | undefined) => messagesOf(kept).map(({ id }) => id)

test('reads the pages, newest first, as one list, oldest first', () => {
  expect(idsOf(history([message('3', 30), message('4', 40)], [message('1', 10), message('2', 20)]))).toEqual([
    '1',
    '2',
    '3',
    '4',
  ])
  expect(idsOf(undefined)).toEqual([])
})

test('keeps a message once, however often it comes', () => {
  const once = withMessage(history([message('1', 10)]), message('2', 20))
  expect(idsOf(withMessage(once, message('2', 20)))).toEqual(['1', '2'])
  expect(hasMessage(once, '2')).toBe(true)
  expect(hasMessage(once, '3')).toBe(false)
})

test('puts a late message where it belongs, behind those of the same moment', () => {
  const kept = history([message('1', 10), message('2', 20), message('4', 40)])
  expect(idsOf(withMessage(kept, message('3', 20)))).toEqual(['1', '2', '3', '4'])
  expect(idsOf(withMessage(kept, message('0', 5)))).toEqual(['0', '1', '2', '4'])
})

test('does not lose a message that comes while an older answer is on its way', async () => {
  const client = new QueryClient()
  const answer = Promise.withResolvers<{ messages: ChatMessage[]; hasMore: boolean }>()
  const loading = client.fetchInfiniteQuery({
    queryKey: ['history', 'Ubrown', 'Ubot'],
    queryFn: () => answer.promise,
    initialPageParam: undefined,
  })
  addMessage(client, 'Ubrown', message('2', 20))
  answer.resolve({ messages: [message('1', 10)], hasMore: false })
  await loading
  expect(idsOf(readHistory(client, 'Ubrown', 'Ubot'))).toEqual(['1', '2'])
  client.clear()
})
