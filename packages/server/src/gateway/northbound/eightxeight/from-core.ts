// Writes answers in the 8x8 Messaging API's form.
import type { MessageId } from '../../core/ids.ts'
import type { SendResponse, WireUser } from './wire.ts'

/** UTC with two digits of a second's fraction (8x8 facts sheet, 1.1). */
export const eightTime = (atMs: number): string => new Date(atMs).toISOString().replace(/\dZ$/, 'Z')

export function writeAccepted(
  messageId: MessageId,
  user: WireUser,
  clientMessageId: string | undefined,
  acceptedAtMs: number,
): SendResponse {
  return {
    umid: messageId,
    user,
    ...(clientMessageId !== undefined && { clientMessageId }),
    status: { state: 'queued', timestamp: eightTime(acceptedAtMs) },
  }
}
