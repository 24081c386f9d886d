// X-Line-Retry-Key: a request that was accepted is not done twice.
import type { LineChannel } from '../accounts/channels.ts'
import type { PlatformCore } from '../core.ts'
import { type Answer, errorAnswer, jsonAnswer } from './answers.ts'
import type { ChannelOperation } from './operation.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

// unconfirmed: LINE answers 400 here and where the key is no UUID; its wording is not published
export const RETRY_KEY_NOT_TAKEN: Answer = errorAnswer(400, 'X-Line-Retry-Key is not supported for this API')

/** What is answered instead of doing the operation; undefined where it is to be done. */
export function answerToRetryKey(
  retryKey: string,
  operation: ChannelOperation,
  channel: LineChannel,
  core: PlatformCore,
): Answer | undefined {
  if (operation.retryKey === undefined) return RETRY_KEY_NOT_TAKEN
  if (!UUID.test(retryKey)) return errorAnswer(400, 'The value of X-Line-Retry-Key is invalid: it must be a UUID')
  const accepted = core.retryKeys.find(channel.channelId, retryKey.toLowerCase())
  if (accepted === undefined) return undefined
  const { requestId, sentMessages } = accepted
  const message = 'The retry key is already accepted'
  return {
    ...jsonAnswer(409, sentMessages === undefined ? { message } : { message, sentMessages }),
    headers: { 'x-line-accepted-request-id': requestId },
  }
}

/** LINE reference, "Retry failed API requests": only an accepted request uses the key up. */
export function rememberRetryKey(
  retryKey: string,
  answer: Answer,
  call: { requestId: string; channel: LineChannel },
  core: PlatformCore,
): void {
  if (answer.status >= 300) return
  core.retryKeys.accept({
    channelId: call.channel.channelId,
    retryKey: retryKey.toLowerCase(),
    requestId: call.requestId,
    acceptedAtMs: core.clock.now(),
    ...(answer.sentMessages !== undefined && { sentMessages: answer.sentMessages }),
  })
}
