// The message objects a bot sends: their union, and the rule that reads any of them.
import type { Rule } from '../rules/rule.ts'
import { original, tagged } from '../rules/tagged.ts'
import { type TextMessage, textMessage } from './text.ts'

export type Message = TextMessage

export const messageRule: Rule<Message> = tagged<Message>({ text: original(textMessage) })
