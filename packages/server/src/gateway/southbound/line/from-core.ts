// Turns content into LINE message objects, within the limits of the LINE channel's API profile.
import { type ApiProfile, validateMessages } from '@hatoba/line/wire'
import type { Content } from '../../core/model.ts'
import type { Prepared } from '../../core/ports.ts'

export interface LineLimits {
  profile: ApiProfile
  allowLoopbackHttp: boolean
}

function toLineMessages(content: Content): unknown[] {
  switch (content.kind) {
    case 'text':
      return [{ type: 'text', text: content.text }]
    default:
      return content.kind satisfies never
  }
}

/** The payload is the JSON of the `messages` of a push. */
export function prepareForLine(content: Content, limits: LineLimits): Prepared {
  const messages = toLineMessages(content)
  const checked = validateMessages(messages, { ...limits, operation: 'push' })
  if (checked.ok) return { kind: 'ready', payload: JSON.stringify(messages) }
  const reasons = (checked.error.details ?? []).map(
    ({ property, message }) => `${property ?? 'messages'}: ${message ?? ''}`,
  )
  const description = reasons.length === 0 ? checked.error.message : reasons.join('; ')
  return { kind: 'refused', failure: { code: 'bad-content', description } }
}
