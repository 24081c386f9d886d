// The stream of one user's messages. It comes back by itself after every loss; whoever listens is told of the loss, and of
// the return, so as to load what was missed.
import { type ChatMessage, streamUrl } from './control-api.ts'

export type LiveState = 'connecting' | 'live' | 'lost'

export interface LiveListener {
  onState(state: LiveState): void
  onMessage(message: ChatMessage): void
  /** An older message was edited or taken back. */
  onChange(message: ChatMessage): void
  /** A bot shows its loading animation. */
  onLoading(loading: { chatId: string; untilMs: number }): void
  /** The stream is there, or back: messages may have come before it was. */
  onReturn(): void
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000

/** Opens the stream and keeps it open. The answer closes it. */
export function followUser(userId: string, listener: LiveListener): () => void {
  let source: EventSource
  let state: LiveState = 'connecting'
  let waitMs = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  const become = (next: LiveState) => {
    if (next === state) return
    state = next
    listener.onState(next)
  }
  const open = () => {
    source = new EventSource(streamUrl(userId))
    source.addEventListener('hello', () => {
      const missedSome = state !== 'live' // what was loaded before the stream was there is old already
      waitMs = FIRST_WAIT_MS
      become('live')
      if (missedSome) listener.onReturn()
    })
    source.addEventListener('message', (event: MessageEvent<string>) => {
      listener.onMessage(JSON.parse(event.data) as ChatMessage) // the platform's own shape
    })
    source.addEventListener('message-changed', (event: MessageEvent<string>) => {
      listener.onChange(JSON.parse(event.data) as ChatMessage) // as above
    })
    source.addEventListener('loading', (event: MessageEvent<string>) => {
      listener.onLoading(JSON.parse(event.data) as { chatId: string; untilMs: number }) // as above
    })
    source.addEventListener('error', () => {
      become('lost')
      // The browser repeats a broken connection by itself, with its last event id, but gives up on a refusal.
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
