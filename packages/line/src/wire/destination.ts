// What depends on the kind of chat a message goes to. A push names its chat; for a reply only the platform knows it.

import { propertyPath } from './json/property-path.ts'
import type { Message } from './messages/message.ts'
import type { WireErrorDetail } from './wire-error.ts'
import { accepted, type Checked, refused } from './wire-error.ts'
import { deepWords, envelopeWords, summaries } from './wording.ts'

export type ChatKind = 'user' | 'group' | 'room'

/** The same messages, when all of them may go to such a chat. */
export function checkDestination(messages: Message[], chat: ChatKind): Checked<Message[]> {
  const details: WireErrorDetail[] = []
  for (const [index, message] of messages.entries()) {
    // LINE reference, "Video message": no tracking id in messages to group chats and multi-person chats.
    if (message.type === 'video' && message.trackingId !== undefined && chat !== 'user')
      details.push({
        message: envelopeWords.notAllowed(),
        property: propertyPath(['messages', index, 'trackingId']),
      })
  }
  if (details.length > 0) return refused(400, summaries.errors(details.length), details)
  for (const [index, message] of messages.entries()) {
    const key = chat === 'user' && message.type === 'textV2' ? mentionIn(message.substitution) : undefined
    // LINE reference, "Mention object": the destination must be a group chat or multi-person chat.
    if (key !== undefined)
      return refused(400, summaries.message(index), [
        { message: deepWords.property(), property: `substitution/${key}/type` },
      ])
  }
  return accepted(messages)
}

function mentionIn(substitution: Readonly<Record<string, { type: string }>> | undefined): string | undefined {
  return Object.entries(substitution ?? {}).find(([, { type }]) => type === 'mention')?.[0]
}
