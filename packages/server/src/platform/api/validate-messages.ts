// Checking messages without sending them.
import { type SendOperation, validateSend } from '@hatoba/line/wire'
import { type Answer, EMPTY_OBJECT, errorAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

/** LINE reference, "Validate message objects of a reply message". */
export const validateReply = validator('validateReply', 'reply')
/** LINE reference, "Validate message objects of a push message". */
export const validatePush = validator('validatePush', 'push')
/** LINE reference, "Validate message objects of a multicast message". */
export const validateMulticast = validator('validateMulticast', 'multicast')
/** LINE reference, "Validate message objects of a narrowcast message". */
export const validateNarrowcast = validator('validateNarrowcast', 'narrowcast')
/** LINE reference, "Validate message objects of a broadcast message". */
export const validateBroadcast = validator('validateBroadcast', 'broadcast')

function validator(name: string, meantFor: SendOperation): ChannelOperation {
  return {
    name,
    method: 'POST',
    path: `/v2/bot/message/validate/${meantFor}`,
    auth: 'channel',
    body: 'json',
    handle({ channel, rawText, note }): Answer {
      const { profile, allowLoopbackHttp } = channel
      const checked = validateSend('validate', rawText, { profile, allowLoopbackHttp, meantFor })
      if (!checked.ok) return errorAnswer(checked.status, checked.error)
      if (checked.notes.length > 0) note(checked.notes)
      return EMPTY_OBJECT
    },
  }
}
