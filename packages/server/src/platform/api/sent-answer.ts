// The answer of reply and push, which differs by profile.
import type { LineChannel } from '../accounts/channels.ts'
import type { SentMessage } from '../chats/retry-keys.ts'
import { type Answer, EMPTY_OBJECT } from './answers.ts'

/** LINE reference 2017, "Push message": an empty object; today `sentMessages`, in the order of the request. */
export function sentAnswer(channel: LineChannel, sentMessages: readonly SentMessage[]): Answer {
  if (channel.profile === '2017') return EMPTY_OBJECT
  return { status: 200, body: JSON.stringify({ sentMessages }), sentMessages }
}
