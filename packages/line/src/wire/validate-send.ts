// Checks a send request as LINE does, in LINE's order: size, JSON, types, envelope and plain messages, deep check,
// recipients. What belongs to state (tokens, friendship, quota) is not known here.
import { type ChatKind, checkDestination } from './destination.ts'
import { type ChatId, parseChatId, parseGroupId, parseUserId, type UserId } from './ids.ts'
import { parseJson } from './json/parse-json.ts'
import type { ApiProfile } from './limits.ts'
import type { Message } from './messages/message.ts'
import { BODY, Inspection, type SendOperation, within } from './rules/inspection.ts'
import { bodyRules, messageList, type SendBodies, type WireBodies } from './send-body.ts'
import { accepted, type Checked, refused } from './wire-error.ts'
import { summaries } from './wording.ts'

export interface ValidateOptions {
  profile: ApiProfile
  /** Takes `http` URLs of this very machine where LINE demands `https`, with a note. */
  allowLoopbackHttp: boolean
}

export interface ValidateSendOptions extends ValidateOptions {
  /** For `validate`: which operation the messages are meant for. */
  meantFor?: SendOperation
}

/** @param rawText the body as it came in */
export function validateSend<Operation extends keyof SendBodies>(
  operation: Operation,
  rawText: string,
  options: ValidateSendOptions,
): Checked<SendBodies[Operation]> {
  const document = parseJson(rawText, { duplicates: options.profile === '2017' ? 'last-wins' : 'refuse' })
  if (!document.ok) return document
  const { value: json } = document
  const inspection = new Inspection({
    ...options,
    operation: operation === 'validate' ? options.meantFor : operation,
  })
  const wire = bodyRules[operation].read(json.value, inspection, BODY)
  const refusal = inspection.refusal(json)
  if (refusal !== undefined) return refusal
  if (wire === undefined) throw new Error('a body was refused without a reason')
  const body = finishers[operation](wire)
  return body.ok ? accepted(body.value, inspection.notes) : body
}

/** The same checks on messages that were read already; there is no text to give positions in. */
export function validateMessages(
  value: unknown,
  options: ValidateOptions & { operation?: SendOperation },
): Checked<Message[]> {
  const inspection = new Inspection({ ...options, operation: options.operation })
  const messages = messageList.read(value, inspection, within(BODY, 'messages'))
  const refusal = inspection.refusal(undefined)
  if (refusal !== undefined) return refusal
  if (messages === undefined) throw new Error('messages were refused without a reason')
  return accepted(messages, inspection.notes)
}

type Finishers = { [Operation in keyof SendBodies]: (wire: WireBodies[Operation]) => Checked<SendBodies[Operation]> }

/** Fills in what was left out, and reads the recipients. */
const finishers: Finishers = {
  reply: ({ notificationDisabled = false, ...wire }) => accepted({ ...wire, notificationDisabled }),
  push: ({ notificationDisabled = false, customAggregationUnits = [], ...wire }) => {
    const to = parseChatId(wire.to)
    if (to === undefined) return refused(400, summaries.property('to'))
    const messages = checkDestination(wire.messages, chatKind(to))
    return messages.ok ? accepted({ ...wire, to, notificationDisabled, customAggregationUnits }) : messages
  },
  multicast: ({ notificationDisabled = false, customAggregationUnits = [], ...wire }) => {
    const to: UserId[] = []
    for (const [index, text] of wire.to.entries()) {
      // LINE reference, "Send multicast message": ids of groups and rooms are refused too.
      const id = parseUserId(text)
      if (id === undefined) return refused(400, summaries.recipient(`to[${index}]`))
      to.push(id)
    }
    return accepted({ ...wire, to, notificationDisabled, customAggregationUnits })
  },
  broadcast: ({ notificationDisabled = false, ...wire }) => accepted({ ...wire, notificationDisabled }),
  narrowcast: ({ notificationDisabled = false, ...wire }) => accepted({ ...wire, notificationDisabled }),
  validate: (wire) => accepted(wire),
}

function chatKind(id: ChatId): ChatKind {
  if (parseUserId(id) !== undefined) return 'user'
  return parseGroupId(id) !== undefined ? 'group' : 'room'
}
