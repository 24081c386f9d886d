import { expect, test } from 'vitest'
import { type ChatMessage, ControlApiError } from './control-api.ts'
import type { Draft } from './draft.ts'
import { Outbox } from './outbox.ts'

/** A platform whose answers the test gives, in the order it wants. */
function startOutbox() {
  const asked: { text: string; answer: PromiseWithResolvers<ChatMessage[]> }[] = []
  const sent: string[] = []
  const outbox = new Outbox({
    send: (_chatId, draft) => {
      const answer = Promise.withResolvers<ChatMessage[]>()
      asked.push({ text: textOf(draft), answer })
      return answer.promise
    },
    onSent: ({ id }) => sent.push(id),
  })
  return { outbox, asked, sent, shown: () => outbox.current().map(({ draft, state }) => `${textOf(draft)} ${state}`) }
}

const textOf = (draft: Draft) => (draft.type === 'text' ? draft.text : draft.type)
const text = (words: string): Draft => ({ type: 'text', text: words })

const stored = (id: string, words: string): ChatMessage => ({
  id,
  chatId: 'Ubot',
  from: { kind: 'user', id: 'Ubrown', displayName: 'Brown' },
  sentAtMs: 1,
  message: { type: 'text', text: words },
})

/** One turn of the event loop: every promise that can settle has. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('sends the texts of one chat one after the other', async () => {
  const { outbox, asked, sent, shown } = startOutbox()
  outbox.submit('Ubot', text('one'))
  outbox.submit('Ubot', text('two'))
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['one'])
  expect(shown()).toEqual(['one sending', 'two sending'])

  asked[0]?.answer.resolve([stored('1', 'one')])
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['one', 'two'])
  asked[1]?.answer.resolve([stored('2', 'two')])
  await nextTurn()
  expect(sent).toEqual(['1', '2'])
  expect(shown()).toEqual([])
})

test('keeps a refused text with its reason, sends what follows, and sends it again on request', async () => {
  const { outbox, asked, shown } = startOutbox()
  outbox.submit('Ubot', text('too long'))
  outbox.submit('Ubot', text('fine'))
  await nextTurn()
  asked[0]?.answer.reject(new ControlApiError('refused', 'The text is too long.'))
  await nextTurn()
  expect(outbox.current()[0]).toMatchObject({
    draft: text('too long'),
    state: 'failed',
    reason: 'The text is too long.',
  })
  asked[1]?.answer.resolve([stored('2', 'fine')])
  await nextTurn()

  outbox.retry(outbox.current()[0]?.key ?? 0)
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['too long', 'fine', 'too long'])
  expect(shown()).toEqual(['too long sending'])
})

test('gives no reason where no answer came', async () => {
  const { outbox, asked } = startOutbox()
  outbox.submit('Ubot', text('hello'))
  await nextTurn()
  asked[0]?.answer.reject(new ControlApiError('unreachable', 'no answer'))
  await nextTurn()
  expect(outbox.current()).toEqual([{ key: 1, chatId: 'Ubot', draft: text('hello'), state: 'failed' }])
  outbox.discard(1)
  expect(outbox.current()).toEqual([])
})

test('shows a text that came by the stream before its answer only once', async () => {
  const { outbox, asked, shown } = startOutbox()
  outbox.submit('Ubot', text('hello'))
  outbox.submit('Ubot', text('hello'))
  await nextTurn()
  outbox.noteArrival('Uother', { type: 'text', text: 'hello' })
  outbox.noteArrival('Ubot', { type: 'text', text: 'something else' })
  expect(shown()).toHaveLength(2)
  outbox.noteArrival('Ubot', { type: 'text', text: 'hello' })
  expect(shown()).toEqual(['hello sending'])
  asked[0]?.answer.resolve([stored('1', 'hello')])
  await nextTurn()
  expect(shown()).toEqual(['hello sending'])
  asked[1]?.answer.resolve([stored('2', 'hello')])
  await nextTurn()
  expect(shown()).toEqual([])
})

test('sends what was sent last once more, in its own chat', async () => {
  const { outbox, asked } = startOutbox()
  expect(outbox.resendLast('Ubot')).toBe(false)
  outbox.submit('Ubot', text('hello'))
  outbox.submit('Uother', text('elsewhere'))
  expect(outbox.resendLast('Ubot')).toBe(true)
  await nextTurn()
  asked[0]?.answer.resolve([stored('1', 'hello')])
  await nextTurn()
  expect(asked.map((one) => one.text)).toEqual(['hello', 'elsewhere', 'hello'])
})

test('tells how much of a file has left', async () => {
  const progress: (number | undefined)[] = []
  const outbox = new Outbox({
    send: async (_chatId, _draft, onProgress) => {
      onProgress(0.5)
      return []
    },
    onSent: () => undefined,
  })
  outbox.subscribe(() => progress.push(outbox.current()[0]?.progress))
  outbox.submit('Ubot', { type: 'file', file: new File(['x'], 'x.txt') })
  await nextTurn()
  expect(progress).toEqual([undefined, 0.5, undefined])
})
