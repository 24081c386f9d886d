// A button of a message: its label, and what it does.
import type { Action } from '@hatoba/line/wire'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { languageOf } from '../text-language.ts'
import { texts } from '../texts.ts'

interface ActionButtonProps {
  message: ChatMessage
  /** JSON pointer to the action in the message. */
  at: string
  action: Action
  className?: string
}

export function ActionButton({ message, at, action, className = 'template-button' }: ActionButtonProps) {
  const acts = useChatActs()
  const label = action.label ?? texts.actions[action.type]
  return (
    <button type="button" className={className} lang={languageOf(label)} onClick={() => acts.tap(message, at, action)}>
      {label}
    </button>
  )
}
