// Which way a send that holds a reply token takes. LINE knows no retry key for replies, so each try is marked on disk
// before it is made, and `attempts` is set to the marks once a try is known not to have delivered:
//   no mark                   a first reply, while the token lives; a push once it does not
//   attempts reached marks    the reply was refused for certain: a push, under the retry key
//   one mark more             it may have been delivered, so a push never; one more reply, and a spent token tells that
//                             the first one delivered
//   two marks more            nobody knows
import type { StoredSend } from '../core/ports.ts'
import type { StoredJob } from '../store/port.ts'

type ReplyStep = { kind: 'push' } | { kind: 'reply'; replyToken: string; isRepeat: boolean } | { kind: 'unknown' }

export function replyStep({ marks, attempts }: StoredJob, { reply }: StoredSend, nowMs: number): ReplyStep {
  if (reply === undefined) return { kind: 'push' }
  const { replyToken } = reply
  if (marks === 0) return nowMs < reply.untilMs ? { kind: 'reply', replyToken, isRepeat: false } : { kind: 'push' }
  if (attempts >= marks) return { kind: 'push' }
  return marks === 1 ? { kind: 'reply', replyToken, isRepeat: true } : { kind: 'unknown' }
}
