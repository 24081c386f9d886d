import { expect, test } from 'vitest'
import { toChatRows } from './bubble-groups.ts'
import type { ChatMessage } from './control-api.ts'

const at = (day: number, hour: number, minute: number, second = 0) =>
  new Date(2026, 2, day, hour, minute, second).getTime()

let lastId = 0
const message = (senderId: string, sentAtMs: number): ChatMessage => {
  lastId += 1
  return {
    id: String(lastId),
    chatId: 'Ubot',
    from: { kind: senderId === 'Ubot' ? 'bot' : 'user', id: senderId, displayName: senderId },
    sentAtMs,
    message: { type: 'text', text: 'x' },
  }
}

const outline = (messages: ChatMessage[]) =>
  toChatRows(messages).map((row) => {
    if (row.kind === 'day') return 'day'
    return `${row.message.from.id}${row.startsGroup ? ' first' : ''}${row.endsGroup ? ' last' : ''}`
  })

test('puts a separator where a day begins', () => {
  expect(outline([message('Ubot', at(3, 23, 59)), message('Ubot', at(4, 0, 0))])).toEqual([
    'day',
    'Ubot first last',
    'day',
    'Ubot first last',
  ])
  expect(outline([])).toEqual([])
})

test('keeps what one sender wrote within a minute together', () => {
  const minute = at(4, 10, 30)
  expect(
    outline([
      message('Ubot', minute),
      message('Ubot', minute + 20_000),
      message('Ubot', minute + 59_999),
      message('Ubrown', minute + 59_999),
      message('Ubot', minute + 60_000),
    ]),
  ).toEqual(['day', 'Ubot first', 'Ubot', 'Ubot last', 'Ubrown first last', 'Ubot first last'])
})

test('gives each row a key of its own', () => {
  const rows = toChatRows([message('Ubot', at(4, 1, 0)), message('Ubot', at(5, 1, 0)), message('Ubot', at(5, 2, 0))])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
})
