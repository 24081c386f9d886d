import { expect, test } from 'vitest'
import { type ChatMessage, ControlApiError } from './control-api.ts'
import { Outbox } from './outbox.ts'

/** A platform whose answers the test gives, in the order it wants. */
function startOutbox() {
  const asked: { text: string; answer: PromiseWithResolvers<ChatMessage> }[] = []
  const sent: string[] = []
  const outbox = new Outbox({
    send: (_chatId, text) => {
      const answer = Promise.withResolvers<ChatMessage>()
      asked.push({ text, answer })
      return answer.promise
    },
    onSent: ({ id }) => sent.push(id),
  })
  return { outbox, asked, sent, shown: () => outbox.current().map(({ text, state }) => `${text} ${state}`) }
}

const stored = (id: string, text: string): ChatMessage => ({
  id,
  chatId: 'Ubot',
  from: { kind: 'user', id: 'Ubrown', displayName: 'Brown' },
  sentAtMs: 1,
  message: { type: 'text', text },
})

/** One turn of the event loop: every promise that can settle has. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('sends the texts of one chat one after the other', async () => {
  const { outbox, asked, sent, shown } = startOutbox()
  outbox.submit('Ubot', 'one')
  outbox.submit('Ubot', 'two')
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['one'])
  expect(shown()).toEqual(['one sending', 'two sending'])

  asked[0]?.answer.resolve(stored('1', 'one'))
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['one', 'two'])
  asked[1]?.answer.resolve(stored('2', 'two'))
  await nextTurn()
  expect(sent).toEqual(['1', '2'])
  expect(shown()).toEqual([])
})

test('keeps a refused text with its reason, sends what follows, and sends it again on request', async () => {
  const { outbox, asked, shown } = startOutbox()
  outbox.submit('Ubot', 'too long')
  outbox.submit('Ubot', 'fine')
  await nextTurn()
  asked[0]?.answer.reject(new ControlApiError('refused', 'The text is too long.'))
  await nextTurn()
  expect(outbox.current()[0]).toMatchObject({ text: 'too long', state: 'failed', reason: 'The text is too long.' })
  asked[1]?.answer.resolve(stored('2', 'fine'))
  await nextTurn()

  outbox.retry(outbox.current()[0]?.key ?? 0)
  await nextTurn()
  expect(asked.map(({ text }) => text)).toEqual(['too long', 'fine', 'too long'])
  expect(shown()).toEqual(['too long sending'])
})

test('gives no reason where no answer came', async () => {
  const { outbox, asked } = startOutbox()
  outbox.submit('Ubot', 'hello')
  await nextTurn()
  asked[0]?.answer.reject(new ControlApiError('unreachable', 'no answer'))
  await nextTurn()
  expect(outbox.current()).toEqual([{ key: 1, chatId: 'Ubot', text: 'hello', state: 'failed' }])
  outbox.discard(1)
  expect(outbox.current()).toEqual([])
})

test('shows a text that came by the stream before its answer only once', async () => {
  const { outbox, asked, shown } = startOutbox()
  outbox.submit('Ubot', 'hello')
  outbox.submit('Ubot', 'hello')
  await nextTurn()
  outbox.noteArrival('Uother', 'hello')
  outbox.noteArrival('Ubot', 'something else')
  expect(shown()).toHaveLength(2)
  outbox.noteArrival('Ubot', 'hello')
  expect(shown()).toEqual(['hello sending'])
  asked[0]?.answer.resolve(stored('1', 'hello'))
  await nextTurn()
  expect(shown()).toEqual(['hello sending'])
  asked[1]?.answer.resolve(stored('2', 'hello'))
  await nextTurn()
  expect(shown()).toEqual([])
})
